import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import OperationalError
from django.test import Client

from guide.models import Heartbeat

NOON = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC)


def test_healthz_needs_no_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_readyz_says_that_no_worker_was_ever_seen(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ready",
        "database": "ready",
        "worker": {"status": "never seen", "last_seen": None},
    }
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize(("age", "status"), [(dt.timedelta(seconds=59), "alive"), (dt.timedelta(minutes=3), "silent")])
def test_readyz_tells_a_living_worker_from_a_silent_one(client: Client, age: dt.timedelta, status: str) -> None:
    Heartbeat.beat(now=NOON - dt.timedelta(days=1))
    Heartbeat.beat(now=NOON)
    with time_machine.travel(NOON + age, tick=False):
        answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["worker"] == {"status": status, "last_seen": "2026-11-24T12:00:00Z"}


@pytest.mark.django_db
def test_readyz_is_not_ready_while_a_migration_is_missing(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("guide", "0001_initial")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "not ready", "database": "migrations are missing"})


@pytest.mark.django_db
def test_readyz_is_not_ready_without_a_database(client: Client) -> None:
    def refuse(*_: object) -> None:
        raise OperationalError("no connection")

    with connection.execute_wrapper(refuse):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "not ready", "database": "does not answer"})


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
