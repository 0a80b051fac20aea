"""Enforcement actions: who acted, when, and which competitions the closed service offered."""

import pytest
from pydantic import ValidationError

from guide.closures.catalogue import CLOSURES
from guide.closures.models import Closure, ClosureEvidence
from guide.closures.records import ClosureRecord
from tests.factories import a_closure, a_competition, a_country, a_page, a_sport, write


def test_partners_and_offerings_keep_the_order_of_the_source() -> None:
    closure = a_closure(partners="Zeta; Alpha", offered="live sport; Serie A", countries="US; CA")
    assert (closure.partners, closure.offered) == (("Zeta", "Alpha"), ("live sport", "Serie A"))
    assert closure.countries == ("CA", "US")
    assert closure != a_closure(partners="Alpha; Zeta", offered="live sport; Serie A", countries="US; CA")


@pytest.mark.parametrize("announced_on", ["", "2025", "2025-09", "2025-09-03"])
def test_an_action_is_dated_as_exactly_as_the_source_is(announced_on: str) -> None:
    assert a_closure(announced_on=announced_on).announced_on == announced_on


@pytest.mark.parametrize(
    "cells",
    [
        {"slug": "Calcio"},
        {"name": ""},
        {"kind": "Site shutdown"},
        {"announced_on": "September 2025"},
        {"countries": "dach"},
        {"operator_country": "Vietnam"},
        {"domains_count": "about 130"},
        {"visits_count": "-1"},
        {"competitions": "Serie A"},
        {"evidence": [{"kind": "press", "url": ""}]},
    ],
    ids=lambda cells: next(iter(cells)),
)
def test_what_a_closure_may_not_say(cells: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ClosureRecord.model_validate(a_closure().model_dump() | cells)


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_guide")
class TestRows:
    def test_a_closure_is_stored_whole_and_read_back(self) -> None:
        record = a_closure(
            announced_on="2025-09",
            authority="ACE",
            partners="Zeta; Alpha",
            countries="IT; FR",
            operator_country="FR",
            domains_count="134",
            visits_count="123000000000",
            offered="live sport; Test League",
            competitions="test-league",
            evidence=[a_page("https://b.example/"), a_page("https://a.example/", kind="official")],
        )
        write(a_sport(), a_competition(), a_country(), a_country("FR"), record)
        assert CLOSURES.stored()["closed"].record == record
        closure = Closure.objects.get()
        assert [str(row) for row in closure.partners.all()] == ["Zeta", "Alpha"]
        assert [str(row) for row in closure.offered.all()] == ["live sport", "Test League"]
        assert [page.url for page in closure.evidence.all()] == ["https://b.example/", "https://a.example/"]
        assert str(closure) == "Closed"

    def test_the_newest_stand_first_and_those_without_a_date_last(self) -> None:
        write(
            a_closure("undated"),
            a_closure("year", announced_on="2025"),
            a_closure("day", announced_on="2025-09-03"),
            a_closure("newest", announced_on="2026-06"),
        )
        assert [closure.slug for closure in Closure.objects.all()] == ["newest", "day", "year", "undated"]

    def test_what_is_withdrawn_is_kept(self) -> None:
        write(a_closure("one"), a_closure("two", evidence=[a_page()]))
        write(a_closure("one"))
        assert [closure.slug for closure in Closure.objects.standing()] == ["one"]
        assert ClosureEvidence.objects.get().closure.slug == "two"


@pytest.mark.django_db
def test_the_bundled_closures_name_the_competitions_that_they_concern(bundled_data: None) -> None:
    assert Closure.objects.standing().count() == 32
    calcio = Closure.objects.get(slug="calcio-2025")
    assert "serie-a" in set(calcio.competitions.values_list("slug", flat=True))
    assert calcio.evidence.exists()
    for closure in Closure.objects.prefetch_related("evidence", "competitions", "offered"):
        assert closure.evidence.all(), closure.slug
        assert not closure.competitions.all() or closure.offered.all(), closure.slug


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_guide")
def test_the_most_visited_are_services_that_are_closed_and_offered_what_the_guide_follows() -> None:
    offered = {"competitions": "test-league; other-league"}
    known = [
        a_sport(),
        a_competition(),
        a_competition("other-league"),
        a_closure("less", visits_count=9, **offered),
        a_closure("more", visits_count=10, kind="iptv-shutdown", **offered),
    ]
    write(
        *known,
        a_closure("fined", visits_count=11, kind="user-fines", **offered),
        a_closure("films", visits_count=12),
        a_closure("uncounted", **offered),
        a_closure("gone", visits_count=13, **offered),
    )
    assert [closure.slug for closure in Closure.objects.most_visited()] == ["gone", "more", "less"]
    write(*known)
    assert [closure.slug for closure in Closure.objects.most_visited()] == ["more", "less"]
