"""From the queue into the database, by a real worker: on SQLite through the folder, on PostgreSQL through Redis."""

import datetime as dt
from pathlib import Path
from typing import cast

import pytest
from celery import current_app
from django.conf import settings
from django.utils import timezone

from guide.folder_queue import Channel
from guide.models import Heartbeat
from guide.tasks import heartbeat
from tests.processes import CeleryWorker, wait_for


def test_a_task_goes_through_the_queue_into_the_database(celery_worker: CeleryWorker) -> None:
    sent_at = timezone.now()
    heartbeat.delay()
    wait_for(lambda: Heartbeat.last() is not None, seconds=20, said=celery_worker.said)
    last = Heartbeat.last()
    assert last is not None
    assert sent_at <= last <= timezone.now()


def test_the_worker_keeps_our_logging(celery_worker: CeleryWorker) -> None:
    heartbeat.delay()
    wait_for(lambda: "guide.tasks.heartbeat" in celery_worker.said(), seconds=20, said=celery_worker.said)
    line = next(line for line in celery_worker.said().splitlines() if "guide.tasks.heartbeat" in line)
    instant, level, logger, *_ = line.split()
    assert dt.datetime.fromisoformat(instant).tzinfo == dt.UTC
    assert (level, logger) == ("INFO", "celery.app.trace")


def test_the_worker_says_nothing_about_root(celery_worker: CeleryWorker) -> None:
    assert "superuser" not in celery_worker.said()


@pytest.mark.parametrize("entry", settings.CELERY_BEAT_SCHEDULE)
def test_each_entry_of_the_schedule_names_a_task_and_expires(entry: str) -> None:
    current_app.loader.import_default_modules()
    assert settings.CELERY_BEAT_SCHEDULE[entry]["task"] in current_app.tasks
    options = cast("dict[str, int]", settings.CELERY_BEAT_SCHEDULE[entry]["options"])
    assert options["expires"] > 0


def test_no_task_may_run_as_long_as_redis_waits_for_it() -> None:
    assert settings.CELERY_TASK_SOFT_TIME_LIMIT < settings.CELERY_TASK_TIME_LIMIT < 3600 / 2


def test_a_message_in_the_folder_appears_complete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a message is being written, no name that a worker would read exists."""
    seen: list[str] = []
    write_text = Path.write_text

    def write_and_look(path: Path, text: str) -> int:
        written = write_text(path, text)
        seen.extend(entry.name for entry in tmp_path.iterdir())
        return written

    monkeypatch.setattr(Path, "write_text", write_and_look)
    channel = Channel.__new__(Channel)
    monkeypatch.setattr(Channel, "data_folder_out", str(tmp_path))
    channel._put("guide", {"body": "x"})
    assert [name.endswith(".guide.msg") for name in seen] == [False]
    assert [entry.name.partition(".")[2] for entry in tmp_path.iterdir()] == ["guide.msg"]
