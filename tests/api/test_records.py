"""Single members of the records that the API gives out."""

import datetime as dt

import pytest

from competitions.models import Event
from guide.rights.models import Right
from tests.api.conftest import Get
from tests.factories import a_broadcaster, a_league, a_right, a_season, a_service, a_team, an_event, write
from tests.stored import empty_guide

__all__ = ["empty_guide"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_guide")]


def test_a_right_tells_its_history_and_nobodys_name(get: Get) -> None:
    before = a_right()
    write(*a_league(), before)
    write(before.model_copy(update={"scope": "some", "matches": 3, "matches_of": 10}))
    right = get(f"rights/{Right.objects.get().public_id}")
    created, changed = right["history"]
    assert (created["action"], created["altered"]) == ("created", [])
    assert changed["action"] == "changed"
    assert changed["altered"] == [
        {"field": "scope", "before": "all", "after": "some"},
        {"field": "matches", "before": None, "after": 3},
        {"field": "matches_of", "before": None, "after": 10},
    ]
    assert changed.keys() == {"revision", "changed_at", "action", "reason", "altered"}


def test_an_event_tells_every_move_of_its_kick_off(get: Get) -> None:
    before = an_event(starts_at="2026-11-21T17:00:00Z", day="2026-11-21", precision="exact")
    write(*a_league(a_season("2026-27", "2026-07-01", "2027-06-30")), a_team(), a_team("away-club"), before)
    moved = dt.datetime(2026, 11, 22, 19, 45, tzinfo=dt.UTC)
    write(before.model_copy(update={"starts_at": moved, "day": dt.date(2026, 11, 22)}))
    (listed,) = get("events")["results"]
    assert "history" not in listed
    created, changed = get(f"events/{listed['id']}")["history"]
    assert (created["action"], changed["action"]) == ("created", "changed")
    assert changed["altered"] == [
        {"field": "day", "before": "2026-11-21", "after": "2026-11-22"},
        {"field": "starts_at", "before": "2026-11-21T17:00:00Z", "after": "2026-11-22T19:45:00Z"},
    ]


def test_no_other_id_is_suggested_for_an_opaque_one(get: Get) -> None:
    write(*a_league(a_season("2026-27", "2026-07-01", "2027-06-30")), a_team(), a_team("away-club"), an_event())
    known = Event.objects.get().public_id
    assert "mean" not in get(f"events/{known[:-1]}", status=404)["detail"]


def test_what_is_not_known_is_null_and_lists_are_never_null(get: Get) -> None:
    write(*a_league(a_season("2026-27", "2026-07-01", "2027-06-30")), a_broadcaster("second"), a_right())
    right = get("rights")["results"][0]
    for member in ("package", "verified_on", "next_check_due", "note", "evidence_reaches"):
        assert right[member] is None, member
    assert right["coverage"] == {"scope": "all", "matches": None, "of": None, "unit": None, "note": None}
    assert (right["services"], right["languages"]) == ([], [])
    broadcaster = get("broadcasters/second")
    assert (broadcaster["parent"], broadcaster["website"], broadcaster["countries"]) == (None, None, [])


def test_a_service_tells_its_end_and_what_took_its_place(get: Get) -> None:
    write(*a_league(), a_service("heir"), a_service("old", ended_on="2026-03", successor="heir"))
    old, heir = get("services/old"), get("services/heir")
    assert (old["ended_on"], old["successor"]) == ("2026-03", {"slug": "heir", "name": "Heir"})
    assert (heir["ended_on"], heir["successor"]) == (None, None)
