"""A right that a guide has confirmed says so: on which day, on which service, by which guide."""

import datetime as dt

import pytest

from broadcasters.models import Country
from competitions.models import Competition
from guide.rights.answer import OnAir, Question
from guide.rights.answers import answers
from tests.factories import (
    NOW,
    SEASON,
    a_listing,
    a_right,
    an_event,
    ask,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("match_day")]
SATURDAY, SUNDAY = "2026-11-21T19:45:00Z", "2026-11-22T19:45:00Z"


def seen(country: str = "IT", *, now: dt.datetime = NOW) -> dict[str, OnAir | None]:
    return {option.broadcaster.slug: option.on_air for option in ask(country=country, on=None, now=now).options}


def test_a_listing_of_a_past_day_confirms_the_holders_right_and_no_other() -> None:
    write(a_right(), a_right("second"), a_listing(starts_at=SATURDAY))
    assert seen() == {
        "holder": OnAir(day=dt.date(2026, 11, 21), service="Holder Live", publisher="A guide"),
        "second": None,
    }


def test_a_listing_alone_makes_no_right() -> None:
    write(a_listing(starts_at=SATURDAY))
    assert ask().options == ()


def test_a_service_of_somebody_else_on_which_the_right_is_shown_counts() -> None:
    write(a_right(services="second-stream"), a_listing(service="second-stream", starts_at=SATURDAY))
    assert seen()["holder"]


@pytest.mark.parametrize(
    ("country", "day"), [("IT", dt.date(2026, 11, 21)), ("US", dt.date(2026, 11, 21)), ("NZ", dt.date(2026, 11, 22))]
)
def test_the_day_is_the_countrys_own(country: str, day: dt.date) -> None:
    write(a_right(countries=country), a_listing(country=country, starts_at=SATURDAY))
    found = seen(country)["holder"]
    assert found
    assert found.day == day


def test_a_day_counts_once_it_is_over_in_the_country() -> None:
    write(a_right(countries="IT; US"), a_listing(starts_at=SUNDAY), a_listing(country="US", starts_at=SUNDAY))
    midnight_in_rome = dt.datetime(2026, 11, 22, 23, tzinfo=dt.UTC)
    before = midnight_in_rome - dt.timedelta(minutes=1)
    assert seen(now=before)["holder"] is None
    assert ask(on=None, now=before).next_change_at == midnight_in_rome
    assert seen(now=midnight_in_rome)["holder"]
    assert seen("US", now=midnight_in_rome)["holder"] is None


def test_many_countries_are_asked_at_once_and_each_has_its_own_day() -> None:
    write(a_right(countries="IT; US"), a_listing(starts_at=SUNDAY), a_listing(country="US", starts_at=SUNDAY))
    now = dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)
    league = Competition.objects.get()
    asked = [Question(competition=league, country=country) for country in Country.objects.order_by("code")]
    found = {one.question.country.code: bool(one.options and one.options[0].on_air) for one in answers(asked, now=now)}
    assert found == {"IT": True, "NZ": False, "US": False}


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param({"kind": "highlights"}, id="another kind"),
        pytest.param({"country": "US"}, id="another country"),
        pytest.param({"starts_at": "2026-06-20T19:00:00Z"}, id="before the right began"),
        pytest.param({"starts_at": None}, id="no time"),
    ],
)
def test_what_does_not_confirm_a_right(cells: dict[str, str | None]) -> None:
    write(a_right(first_day="2026-07-01"), a_listing(**{"starts_at": SATURDAY} | cells))
    assert seen()["holder"] is None


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_what_was_called_off_has_not_been_on_air(status: str) -> None:
    write(a_right(), a_listing(starts_at=SATURDAY))
    assert seen()["holder"]
    write(an_event(status=status))
    assert seen()["holder"] is None


@pytest.mark.parametrize(("part", "is_confirmed"), [(SEASON, True), (f"{SEASON}--final", False)])
def test_another_match_says_nothing_of_a_right_to_a_stage(part: str, is_confirmed: bool) -> None:
    write(a_right(part=part), a_listing(starts_at=SATURDAY))
    assert (seen()["holder"] is not None) is is_confirmed
