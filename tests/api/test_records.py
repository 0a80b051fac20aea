"""Single members of the records that the API gives out."""

import pytest

from guide.rights.models import Right
from tests.api.conftest import Get
from tests.factories import a_broadcaster, a_league, a_right, a_season, a_service, write
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
