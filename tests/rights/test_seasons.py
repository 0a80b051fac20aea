"""The calendar of one competition: what runs, what comes, and whether there is anything to show."""

import datetime as dt

import pytest

from guide.rights.seasons import SeasonCalendar, Span


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def span(label: str, first: str, last: str) -> Span:
    return Span(day(first), day(last), label)


CUP = SeasonCalendar([span("2030", "2030-06-08", "2030-07-21"), span("2026", "2026-06-11", "2026-07-19")])
LEAGUE = SeasonCalendar([span("2025-26", "2025-07-01", "2026-06-30"), span("2026-27", "2026-07-01", "2027-06-30")])
EMPTY = SeasonCalendar([])


@pytest.mark.parametrize(
    ("on", "speaks"),
    [
        ("2026-06-10", False),
        ("2026-06-11", True),
        ("2028-01-01", True),
        ("2030-07-21", True),
        ("2030-07-22", False),
    ],
)
def test_a_calendar_speaks_from_its_first_to_its_last_season(on: str, speaks: bool) -> None:
    assert CUP.speaks_about(day(on)) is speaks


def test_an_empty_calendar_says_nothing_and_forbids_nothing() -> None:
    on = day("2026-11-23")
    assert not EMPTY.speaks_about(on)
    assert (EMPTY.latest(on), EMPTY.running(on), EMPTY.following(on)) == (None, None, None)
    assert EMPTY.has_something_to_show(on, on)
    assert EMPTY.last_covered(on, on, on) is None
    assert EMPTY.next_covered(on, on, on) is None


def label(found: Span | None) -> str | None:
    return found.label if found else None


@pytest.mark.parametrize(
    ("on", "latest", "running", "following"),
    [
        ("2026-06-10", None, None, "2026"),
        ("2026-06-11", "2026", "2026", "2030"),
        ("2026-07-19", "2026", "2026", "2030"),
        ("2026-07-20", "2026", None, "2030"),
        ("2030-06-08", "2030", "2030", None),
        ("2030-07-22", "2030", None, None),
    ],
)
def test_a_day_has_a_season_before_it_round_it_and_after_it(
    on: str, latest: str | None, running: str | None, following: str | None
) -> None:
    assert label(CUP.latest(day(on))) == latest
    assert label(CUP.running(day(on))) == running
    assert label(CUP.following(day(on))) == following


def test_seasons_that_adjoin_leave_no_pause() -> None:
    assert label(LEAGUE.running(day("2026-06-30"))) == "2025-26"
    assert label(LEAGUE.running(day("2026-07-01"))) == "2026-27"


@pytest.mark.parametrize(
    ("on", "to_day", "has"),
    [
        ("2026-07-19", "2026-07-19", True),  # it runs
        ("2026-07-20", "2040-01-01", False),  # the next is years away
        ("2029-06-07", "2040-01-01", False),  # 366 days
        ("2029-06-08", "2040-01-01", True),  # 365 days
        ("2029-06-08", "2030-06-08", True),  # the right reaches its first day
        ("2029-06-08", "2030-06-07", False),  # and here it does not
        ("2030-07-22", "2040-01-01", True),  # the calendar is silent
        ("2026-06-10", "2040-01-01", True),
    ],
)
def test_whether_there_is_anything_to_show(on: str, to_day: str, has: bool) -> None:
    assert CUP.has_something_to_show(day(on), day(to_day)) is has


def test_the_ends_of_time_overflow_nothing() -> None:
    for calendar in (CUP, LEAGUE, EMPTY):
        for on in (dt.date.min, dt.date.max):
            assert calendar.has_something_to_show(on, dt.date.max)
            calendar.last_covered(dt.date.min, dt.date.max, on)
            calendar.next_covered(dt.date.min, dt.date.max, on)


@pytest.mark.parametrize(
    ("first", "last", "on", "covered"),
    [
        ("2024-01-01", "2040-01-01", "2028-01-01", "2026"),
        ("2026-07-19", "2040-01-01", "2028-01-01", "2026"),
        ("2026-07-20", "2040-01-01", "2028-01-01", None),
        ("2024-01-01", "2026-06-10", "2028-01-01", None),
        ("2024-01-01", "2026-06-11", "2028-01-01", "2026"),
        ("2024-01-01", "2040-01-01", "2031-01-01", "2030"),
    ],
)
def test_the_last_season_that_a_window_covers(first: str, last: str, on: str, covered: str | None) -> None:
    assert label(CUP.last_covered(day(first), day(last), day(on))) == covered


@pytest.mark.parametrize(
    ("first", "last", "on", "covered"),
    [
        ("2024-01-01", "2040-01-01", "2024-06-01", "2026"),
        ("2024-01-01", "2040-01-01", "2026-06-11", "2030"),  # the one that runs is not to come
        ("2026-07-01", "2040-01-01", "2026-01-01", "2026"),  # it runs when the window opens
        ("2027-01-01", "2030-06-07", "2026-12-01", None),
        ("2027-01-01", "2030-06-08", "2026-12-01", "2030"),
    ],
)
def test_the_next_season_that_a_window_covers(first: str, last: str, on: str, covered: str | None) -> None:
    assert label(CUP.next_covered(day(first), day(last), day(on))) == covered
