"""Rows of rights, findings and blackouts: what they may not say."""

import datetime as dt

import pytest
from pydantic import ValidationError

from guide.rights.reconcile import public_id
from tests.factories import a_blackout, a_finding, a_page, a_right


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"last_day": "2027-06-30", "evidence_reaches": "2027-06-30"}, "Give either last_day, or evidence_reaches"),
        ({"last_day": "", "evidence_reaches": ""}, "Give either last_day, or evidence_reaches"),
        ({"last_day": "2026-06-30"}, "The window ends (2026-06-30) before it begins (2026-07-01)."),
        ({"evidence_reaches": "2026-06-30", "last_day": ""}, "The window ends (2026-06-30) before it begins"),
        ({"countries": ""}, "A right names at least one country."),
        ({"matches": "11", "matches_of": "10"}, "11 of 10 matches is more than all."),
        ({"kind": "radio"}, "Input should be"),
        ({"matches_unit": "week"}, "Input should be"),
        ({"claimed_confidence": "unsourced"}, "Input should be"),
        ({"languages": "it; it"}, "“it” stands twice."),
        ({"evidence": [{"kind": "press", "url": "no address"}]}, "is not an address"),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else "",
)
def test_what_a_right_may_not_say(cells: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError) as error:
        a_right(**cells)
    assert words in str(error.value)


def test_what_a_right_may_leave_open() -> None:
    right = a_right(first_day="", evidence_reaches="2027-06-30", evidence=[], matches="3")
    assert (right.first_day, right.last_day, right.matches, right.matches_of) == (None, None, 3, None)
    one_day = a_right(first_day="2026-07-01", last_day="2026-07-01")
    assert one_day.first_day == one_day.last_day == dt.date(2026, 7, 1)
    assert a_right(matches="10", matches_of="10").matches == 10


def test_languages_and_pages_keep_their_order_and_countries_and_services_have_none() -> None:
    assert a_right(key="r", countries="IT; FR", services="b; a") == a_right(
        key="r", countries="FR; IT", services="a; b"
    )
    assert a_right(key="r", languages="it; en") != a_right(key="r", languages="en; it")
    pages = [a_page("https://a.example/"), a_page("https://b.example/")]
    assert a_right(key="r", evidence=pages) != a_right(key="r", evidence=pages[::-1])


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"evidence": []}, "A finding needs evidence"),
        ({"last_day": ""}, "Give either last_day"),
        ({"last_day": "2026-06-30"}, "The window ends (2026-06-30) before it begins (2026-07-01)."),
        ({"kind": "rumour"}, "Input should be"),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else "",
)
def test_what_a_finding_may_not_say(cells: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError) as error:
        a_finding(**cells)
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"weekday": "0"}, "The weekday is 1 (Monday) to 7 (Sunday)."),
        ({"weekday": "8"}, "The weekday is 1 (Monday) to 7 (Sunday)."),
        ({"from_time": "14:45"}, "Give both from_time and to_time, or neither."),
        ({"to_time": "14:45"}, "Give both from_time and to_time, or neither."),
        ({"from_time": "14:45", "to_time": "14:45"}, "to_time lies after from_time, on the same day."),
        ({"from_time": "23:00", "to_time": "01:00"}, "to_time lies after from_time, on the same day."),
        ({"basis": ""}, "This cell may not be empty."),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else "",
)
def test_what_a_blackout_may_not_say(cells: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError) as error:
        a_blackout(**cells)
    assert words in str(error.value)


def test_a_blackout_may_last_all_day_every_day_in_every_competition() -> None:
    blackout = a_blackout(competition="")
    assert (blackout.competition, blackout.weekday, blackout.from_time) == ("", None, None)
    assert a_blackout(from_time="14:45", to_time="17:15").from_time == dt.time(14, 45)


def test_the_public_id_of_a_right_is_opaque_and_always_the_same() -> None:
    assert public_id("serie-a--dazn-it--2024") == public_id("serie-a--dazn-it--2024")
    assert public_id("serie-a--dazn-it--2024") != public_id("serie-a--sky-it--2024")
    assert public_id("serie-a--dazn-it--2024").startswith("rgt_")
    assert len(public_id("a")) == 14
