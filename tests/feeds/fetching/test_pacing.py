"""Waits after failures: they grow, are spread, and end."""

import datetime as dt
import itertools

import pytest

from guide.feeds.fetching.pacing import Breaker, State, backoff

NOON = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
BREAKER = Breaker()


def longest(failures: int) -> dt.timedelta:
    return backoff(failures, base=MINUTE, cap=HOUR, random=lambda: 1.0)


def test_the_wait_doubles_up_to_its_cap() -> None:
    assert [longest(failures) / MINUTE for failures in range(9)] == [0, 1, 2, 4, 8, 16, 32, 60, 60]
    assert longest(10**6) == HOUR


def test_the_wait_is_spread_from_nothing_to_the_longest() -> None:
    draws = iter([0.0, 0.25, 0.5])
    waits = [backoff(3, base=MINUTE, cap=HOUR, random=lambda: next(draws)) / MINUTE for _ in range(3)]
    assert waits == [0, 1, 2]


def test_a_source_that_works_may_be_asked_at_once() -> None:
    assert BREAKER.next_attempt(0, now=NOON) == NOON


def test_a_source_that_fails_is_asked_less_and_less_and_then_hourly() -> None:
    waits = [BREAKER.next_attempt(failures, now=NOON) - NOON for failures in range(1, 9)]
    assert [wait / MINUTE for wait in waits[:4]] == [1, 2, 4, 8]
    assert all(wait == HOUR * 1.1 for wait in waits[4:])
    assert BREAKER.next_attempt(10**6, now=NOON, jitter=0.0) == NOON + HOUR * 0.9


@pytest.mark.parametrize("failures", [1, 4, 5, 50])
def test_what_the_server_asks_for_is_the_least_and_a_day_the_most(failures: int) -> None:
    for jitter, retry_after in itertools.product((0.0, 1.0), (2 * HOUR, DAY)):
        asked = BREAKER.next_attempt(failures, now=NOON, retry_after=retry_after, jitter=jitter)
        assert asked == NOON + retry_after
    assert BREAKER.next_attempt(failures, now=NOON, retry_after=9 * DAY) == NOON + DAY
    unhurried = BREAKER.next_attempt(failures, now=NOON)
    assert BREAKER.next_attempt(failures, now=NOON, retry_after=dt.timedelta(seconds=1)) == unhurried


def test_the_breaker_opens_at_the_fifth_failure_and_lets_one_request_find_out() -> None:
    later = BREAKER.next_attempt(5, now=NOON)
    states = [BREAKER.state(failures, next_attempt_at=later, now=NOON) for failures in range(7)]
    assert states == [State.CLOSED] * 5 + [State.OPEN] * 2
    assert BREAKER.state(5, next_attempt_at=later, now=later) is State.HALF_OPEN
    assert BREAKER.state(5, next_attempt_at=None, now=NOON) is State.HALF_OPEN
    # The request succeeded: the caller counts from nothing again.
    assert BREAKER.state(0, next_attempt_at=later, now=NOON) is State.CLOSED
