"""A refresh that is killed at any instant leaves the guide as before or as after, and the next one completes.

TEST_KILLS is how often a worker, or the Redis that holds its queue, is killed; “make soak” sets it to 50.
"""

import datetime as dt
import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from kombu import Connection

from broadcasters.models import Broadcaster
from competitions.models import Competition
from guide.feeds.models import Feed, Run, Trigger, Verdict
from guide.feeds.obtaining import FromFile, obtained_from, stored
from guide.feeds.refresh import refresh
from guide.feeds.runs import close_abandoned
from guide.feeds.tasks import refresh_feed, sweep
from guide.publication.models import Change, Revision
from guide.rights.models import Right, RightCountry
from tests.feeds.documents import write_rights
from tests.feeds.server import LOOPBACK, FeedServer
from tests.processes import CeleryWorker, wait_for
from tests.servers import start_redis

KILLS = int(os.environ.get("TEST_KILLS", "1"))
RIGHTS = 600
CHANGED = 300

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("bundled_data")]


class Crowd:
    """A feed of many rights, half of which say something new in each round."""

    def __init__(self, folder: Path, address: str = "https://feed.example/rights.csv") -> None:
        self.path = folder / "rights.csv"
        self.competitions = list(Competition.objects.standing().values_list("slug", flat=True))
        self.broadcasters = list(Broadcaster.objects.standing().values_list("slug", flat=True))
        self.feed = Feed.objects.create(
            slug="crowd",
            name="A crowd of rights",
            kind="rights",
            adapter="rights-csv",
            address=address,
            is_trusted=True,
            is_on=True,
        )
        refresh(self.feed, FromFile(self.document("As first announced.")), trigger=Trigger.PERSON)
        begun = time.monotonic()
        refresh(self.feed, FromFile(self.document("As announced again.")), trigger=Trigger.PERSON)
        self.seconds = time.monotonic() - begun

    def document(self, note: str) -> Path:
        return write_rights(self.path, RIGHTS, self.competitions, self.broadcasters, note=note, changed=CHANGED)

    def run_with(self, note: str) -> int:
        """A run that holds the document of the next round, for a worker to read it from."""
        now = timezone.now()
        with self.document(note).open("rb") as file:
            snapshot = stored(self.feed, obtained_from(file))
        held = Verdict.HELD
        run = Run.objects.create(feed=self.feed, started_at=now, ended_at=now, verdict=held, snapshot=snapshot)
        return run.pk

    def has_begun(self, planted: int) -> bool:
        return Run.objects.filter(feed=self.feed, pk__gt=planted).exists()

    def is_due(self) -> None:
        """Let the interval of the feed pass."""
        Run.objects.filter(feed=self.feed).update(next_at=timezone.now())

    def rights_that_say(self, note: str) -> int:
        return Right.objects.standing().filter(origin=self.feed.origin, note=note).count()

    def is_whole(self) -> None:
        """What holds at every instant: each revision has its run, each right its country, and the log no future."""
        assert Right.objects.standing().filter(origin=self.feed.origin).count() == RIGHTS
        assert RightCountry.objects.filter(right__origin=self.feed.origin).count() == RIGHTS
        assert not Change.objects.filter(revision__gt=Revision.objects.get().number).exists()
        applied = Run.objects.filter(feed=self.feed, verdict=Verdict.APPLIED).count()
        assert Change.objects.filter(actor=self.feed.origin).values("revision").distinct().count() == applied


def send(crowd: Crowd, run: int) -> None:
    refresh_feed.delay(crowd.feed.pk, Trigger.PERSON, run, is_approved=True)


def test_a_killed_worker_leaves_the_guide_as_before_or_as_after(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    crowd = Crowd(tmp_path)
    chance = random.Random(20261127)  # noqa: S311 (nothing secret)
    before = after = 0
    for number in range(KILLS):
        note = f"Round {number}"
        run = crowd.run_with(note)
        with CeleryWorker(log=tmp_path / f"worker-{number}.log"):
            send(crowd, run)
            wait_for(lambda: crowd.has_begun(run), seconds=60, said=lambda: "no worker has taken it")  # noqa: B023
            time.sleep(chance.uniform(0.0, 1.2 * crowd.seconds))
        # The block has ended with kill -9 of the worker and its children.
        crowd.is_whole()
        assert crowd.rights_that_say(note) in (0, CHANGED)
        before, after = (before, after + 1) if crowd.rights_that_say(note) else (before + 1, after)
        close_abandoned(now=timezone.now() + dt.timedelta(hours=1))
        with CeleryWorker(log=tmp_path / f"again-{number}.log") as worker:
            send(crowd, run)
            wait_for(lambda: crowd.rights_that_say(f"Round {number}") == CHANGED, seconds=60, said=worker.said)  # noqa: B023
            wait_for(lambda: not Run.objects.filter(verdict=Verdict.OPEN).exists(), seconds=60, said=worker.said)
        crowd.is_whole()
    record_property("kills", f"{KILLS} kills: {before} as before, {after} as after; the next run completed each")
    assert before + after == KILLS


def test_a_killed_redis_loses_messages_and_nothing_else(
    tmp_path: Path, server: FeedServer, record_property: Callable[[str, object], None]
) -> None:
    crowd = Crowd(tmp_path, server.url("/rights.csv"))
    chance = random.Random(20261128)  # noqa: S311 (nothing secret)
    process, url = start_redis(tmp_path)
    worker_settings = {
        "REDIS_URL": url,
        "GUIDE_FEEDS_REFRESH": "true",
        "GUIDE_FEED_HTTP_HOSTS": LOOPBACK,
        "GUIDE_FEED_PRIVATE_HOSTS": server.place,
    }
    interrupted = 0
    try:
        with CeleryWorker(log=tmp_path / "worker.log", settings=worker_settings) as worker:
            for number in range(KILLS):
                note = f"Round {number}"
                # A message of the round before may still come; it will do as well.
                last = Run.objects.latest("pk").pk
                server.serve("/rights.csv", crowd.document(note).read_bytes())
                asked_at = 0.0
                deadline = time.monotonic() + 60
                while not crowd.has_begun(last):
                    assert time.monotonic() < deadline, worker.said()
                    # More than once: a late message may just now end a run, which puts off the next.
                    if time.monotonic() - asked_at > 1:
                        asked_at = time.monotonic()
                        crowd.is_due()
                        send_sweep(url)
                    time.sleep(0.05)
                time.sleep(chance.uniform(0.0, 1.2 * crowd.seconds))
                process.kill()
                process.wait()
                interrupted += crowd.rights_that_say(note) == 0
                process, _ = start_redis(tmp_path, port=int(url.rsplit(":", 1)[1].split("/")[0]))
                # A worker that has lost its queue stops what it was at; the run is then closed by its age.
                deadline = time.monotonic() + 90
                while crowd.rights_that_say(note) != CHANGED:
                    assert time.monotonic() < deadline, worker.said()
                    time.sleep(1)
                    close_abandoned(now=timezone.now(), after=10 * dt.timedelta(seconds=1 + crowd.seconds))
                    crowd.is_due()
                    send_sweep(url)
                wait_for(lambda: not Run.objects.filter(verdict=Verdict.OPEN).exists(), seconds=60, said=worker.said)
                crowd.is_whole()
                assert Change.objects.filter(actor=crowd.feed.origin, after__note=note).count() == CHANGED
    finally:
        process.kill()
        process.wait()
    said = f"{KILLS} kills of Redis: {interrupted} before the refresh was through; each was completed, none twice"
    record_property("redis", said)


def send_sweep(url: str) -> None:
    """What beat sends each minute."""
    with Connection(url) as queue:
        sweep.apply_async(connection=queue)  # type: ignore[call-arg]  # Celery takes it, its types do not know.
