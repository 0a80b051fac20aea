"""The vocabulary in which rights are asked."""

import datetime as dt

import pytest

from guide.rights.blackouts import Blackout
from guide.rights.models import FindingCountry, Right, RightCountry
from tests.factories import a_blackout, a_competition, a_country, a_finding, a_league, a_page, a_right, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_guide")]


@pytest.mark.parametrize(
    ("cells", "on", "valid"),
    [
        ({}, "2026-06-30", False),
        ({}, "2026-07-01", True),
        ({}, "2027-06-30", True),
        ({}, "2027-07-01", False),
        ({"first_day": None}, "1990-01-01", True),
        ({"evidence_reaches": "2026-12-31"}, "2026-12-31", True),
        ({"evidence_reaches": "2026-12-31"}, "2027-01-01", False),
    ],
)
def test_a_right_is_valid_on_its_first_and_last_day_and_between(
    cells: dict[str, str | None], on: str, valid: bool
) -> None:
    write(*a_league(), a_right(**cells))
    assert RightCountry.objects.valid_on(dt.date.fromisoformat(on)).exists() is valid


def test_published_are_rights_with_evidence_that_stand() -> None:
    write(*a_league(), a_right(key="a"), a_right(key="b", package="p", evidence=[]), a_right(key="c", package="q"))
    write(a_right(key="a"), a_right(key="b", package="p", evidence=[]))
    assert [right.key for right in Right.objects.published()] == ["a"]
    assert [row.right.key for row in RightCountry.objects.published()] == ["a"]
    assert {right.key for right in Right.objects.standing()} == {"a", "b"}


def test_over_claimed_are_standing_rights_whose_pages_bear_out_less() -> None:
    claim = {"claimed_confidence": "confirmed"}
    write(
        *a_league(),
        a_right(key="over", **claim),
        a_right(key="official", package="a", evidence=[a_page(kind="official")], **claim),
        a_right(key="modest", package="b"),
        a_right(key="gone", package="c", **claim),
    )
    write(*(a_right(key=key, package=package) for key, package in (("modest", "b"), ("official", "a"))), origin="other")
    assert {right.key for right in Right.objects.over_claimed()} == {"over", "gone"}
    write(a_right(key="over", **claim))
    assert {right.key for right in Right.objects.over_claimed()} == {"over"}


def test_rights_findings_and_blackouts_are_asked_by_competition_and_country() -> None:
    cells = {"competition": "test-cup", "countries": "FR; IT"}
    write(*a_league(), a_competition(), a_competition("test-cup"), a_country(), a_country("FR"))
    write(a_right(), a_right(**cells), a_finding(), a_finding(**cells), a_blackout(), a_blackout(**cells))
    write(a_blackout(competition="", countries="FR"), origin="other")
    league, cup = (right.competition_id for right in Right.objects.order_by("-competition__slug"))
    assert RightCountry.objects.asked([league], ["IT", "FR"]).count() == 1
    assert RightCountry.objects.asked([league, cup], ["IT", "FR"]).count() == 3
    assert RightCountry.objects.asked([], ["IT"]).count() == 0
    assert FindingCountry.objects.asked([cup], ["IT"]).count() == 1
    assert Blackout.objects.concerning([league], ["IT"]).count() == 1
    assert sorted(row.country_code for row in Blackout.objects.concerning([cup], ["IT", "FR"])) == ["FR", "FR", "IT"]
