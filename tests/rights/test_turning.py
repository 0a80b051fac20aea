"""What time alone changes stands in the log once, whenever somebody looks."""

import datetime as dt

import pytest

from guide.publication.models import Change, Revision
from guide.rights.models import Right
from guide.rights.turning import turn_day
from tests.factories import a_country, a_league, a_page, a_right, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_guide")]


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def known_since(text: str) -> None:
    Right.objects.update(created_at=at(text))


def told() -> list[tuple[str, str]]:
    return list(Change.objects.filter(actor="time").order_by("id").values_list("action", "reason"))


def test_a_right_begins_with_the_day_in_its_country() -> None:
    write(*a_league(), a_right(first_day="2026-07-01", last_day="2029-06-30"))
    known_since("2026-06-01")
    assert turn_day(now=at("2026-06-30T21:59:59")) == 0
    assert turn_day(now=at("2026-06-30T22:00:00")) == 1  # midnight in Rome
    assert told() == [("started", "began on 2026-07-01")]


def test_it_ends_with_its_last_day_in_the_last_of_its_countries() -> None:
    write(
        *a_league(), a_country("US", time_zone="America/New_York"), a_right(countries="IT; US", last_day="2027-06-30")
    )
    known_since("2027-06-20")
    turn_day(now=at("2027-06-30T23:00:00"))
    assert ("ended", "ended on 2027-06-30") not in told()
    turn_day(now=at("2027-07-01T04:00:00"))
    assert ("ended", "ended on 2027-06-30") in told()


def test_a_right_expires_in_ninety_thirty_and_seven_days() -> None:
    write(*a_league(), a_right(last_day="2027-06-30"))
    known_since("2027-01-01")
    for day in ("2027-04-02", "2027-06-01", "2027-06-24"):
        turn_day(now=at(f"{day}T00:00:00"))
    assert told() == [("expiring", f"ends on 2027-06-30, in {days} days") for days in (90, 30, 7)]


def test_where_the_end_is_not_known_it_is_the_evidence_that_ends() -> None:
    write(*a_league(), a_right(last_day=None, evidence_reaches="2027-06-30"))
    known_since("2027-01-01")
    turn_day(now=at("2027-06-24T00:00:00"))
    turn_day(now=at("2027-06-30T22:00:00"))
    assert told() == [("ended", "the evidence reached until 2027-06-30")]


def test_looking_again_changes_nothing() -> None:
    write(*a_league(), a_right(first_day="2026-07-01", last_day="2027-06-30"))
    known_since("2026-06-01")
    turn_day(now=at("2026-07-01T00:00:00"))
    revision = Revision.objects.get().number
    for hour in range(1, 24):
        assert turn_day(now=at(f"2026-07-01T{hour:02}:00:00")) == 0
    assert Revision.objects.get().number == revision


def test_an_hour_in_which_nothing_ran_is_made_up_for() -> None:
    write(*a_league(), a_right(first_day="2026-07-01", last_day="2027-06-30"))
    known_since("2026-06-01")
    assert turn_day(now=at("2026-07-10T12:00:00")) == 1


def test_what_lies_before_a_right_was_on_record_is_no_event() -> None:
    write(*a_league(), a_right(first_day="2026-07-01", last_day="2027-06-30"))
    known_since("2026-07-05")
    assert turn_day(now=at("2026-07-10T12:00:00")) == 0


def test_what_nobody_sees_turns_unseen() -> None:
    write(*a_league(), a_right(first_day="2026-07-01", last_day="2027-06-30", evidence=[]))
    known_since("2026-06-01")
    assert turn_day(now=at("2026-07-01T12:00:00")) == 0


def test_it_bumps_the_revision_once_for_all() -> None:
    rights = [a_right(first_day="2026-07-01", package=name, evidence=[a_page()]) for name in ("a", "b", "c")]
    write(*a_league(), *rights)
    known_since("2026-06-01")
    before = Revision.objects.get().number
    assert turn_day(now=at("2026-07-01T12:00:00")) == 3
    assert Revision.objects.get().number == before + 1
