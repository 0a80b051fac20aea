"""Reading the revision: at most once a second a process, whatever the load."""

import time
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guide.publication import revision
from guide.publication.models import Revision
from guide.publication.revision import INTERVAL_SECONDS, State
from tests.factories import NOW, a_country, write


def asked() -> int:
    """How many queries a reading costs."""
    with CaptureQueriesContext(connection) as queries:
        revision.current()
    return len(queries)


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_guide")
class TestReading:
    def test_before_anything_is_published_it_is_zero(self) -> None:
        assert revision.current() == State(number=0, changed_at=None)

    def test_it_is_the_number_and_the_time_of_the_last_publication(self) -> None:
        write(a_country("IT"))
        write(a_country("IT"), a_country("FR"))
        assert revision.current() == State(number=2, changed_at=NOW)

    def test_it_is_asked_at_most_once_a_second(self, monkeypatch: pytest.MonkeyPatch) -> None:
        clock = [time.monotonic()]
        monkeypatch.setattr(time, "monotonic", lambda: clock[0])
        assert asked() == 1
        for passed in (0, 0.5, 0.499):
            clock[0] += passed
            assert asked() == 0
        clock[0] += 0.002
        assert asked() == 1
        assert asked() == 0

    def test_a_change_is_seen_within_the_interval(self, monkeypatch: pytest.MonkeyPatch) -> None:
        clock = [time.monotonic()]
        monkeypatch.setattr(time, "monotonic", lambda: clock[0])
        assert revision.current().number == 0
        write(a_country())
        assert revision.current().number == 0, "not older than the interval allows"
        clock[0] += INTERVAL_SECONDS
        assert revision.current().number == 1

    def test_who_has_just_written_forgets_and_looks_again(self) -> None:
        assert revision.current().number == 0
        write(a_country())
        revision.forget()
        assert revision.current().number == 1

    def test_nothing_published_is_remembered_too(self) -> None:
        assert asked() == 1
        assert asked() == 0

    def test_a_process_that_has_just_started_on_a_machine_that_has_too_asks(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(a_country())
        monkeypatch.setattr(time, "monotonic", lambda: 0.0)
        revision.forget()
        assert revision.current().number == 1


@pytest.mark.django_db(transaction=True)
def test_many_threads_at_once_ask_once() -> None:
    Revision.objects.update_or_create(pk=1, defaults={"number": 7, "changed_at": NOW})
    revision.forget()
    barrier = Barrier(8)
    counts: list[int] = []
    numbers: list[int] = []

    def read() -> None:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=10)
            counts.append(asked())
            numbers.append(revision.current().number)
        finally:
            connection.close()

    threads = [Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert numbers == [7] * 8
    assert sum(counts) == 1
