"""The vocabulary of closures: what is loaded with them, at what cost, and what their kinds mean."""

import pytest
from pytest_django import DjangoAssertNumQueries

from guide.closures.kinds import CLOSED, TAKEN_DOWN
from guide.closures.models import Closure
from tests.factories import LEAGUE, a_closure, a_competition, a_country, a_league, a_page, write

pytestmark = pytest.mark.django_db


def keep(count: int) -> None:
    write(
        *a_league(),
        a_competition("test-cup"),
        a_competition(names="fr=Ligue d’essai"),
        a_country("FR"),
        a_country(),
        *(
            a_closure(
                f"closed-{number}",
                countries="FR; IT",
                competitions=f"test-cup; {LEAGUE}",
                partners="Alpha",
                offered="Test-League; NFL",
                evidence=[a_page()],
            )
            for number in range(count)
        ),
    )


@pytest.mark.usefixtures("empty_guide")
@pytest.mark.parametrize("count", [1, 10])
def test_a_list_asks_three_queries(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    keep(count)
    with django_assert_num_queries(3):  # closures, countries, competitions
        for closure in Closure.objects.standing().for_list():
            assert [country.code for country in closure.countries.all()] == ["FR", "IT"]
            assert len(closure.competitions.all()) == 2


@pytest.mark.usefixtures("empty_guide")
@pytest.mark.parametrize("count", [1, 10])
def test_closures_in_full_ask_six_queries(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    keep(count)
    with django_assert_num_queries(6):  # closures, countries, competitions, partners, offered, evidence
        for closure in Closure.objects.standing().in_full("fr"):
            names = {getattr(competition, "local_name", "") for competition in closure.competitions.all()}
            assert names == {"Ligue d’essai", "Test-Cup"}
            assert [str(partner) for partner in closure.partners.all()] == ["Alpha"]
            assert closure.offered_besides() == ["NFL"]
            assert len(closure.countries.all()) == 2
            assert len(closure.evidence.all()) == 1


@pytest.mark.usefixtures("empty_guide")
def test_what_has_been_withdrawn_does_not_come_along() -> None:
    keep(1)
    write(a_competition(), a_country())
    for closure in (*Closure.objects.for_list(), *Closure.objects.in_full("en")):
        assert [country.code for country in closure.countries.all()] == ["IT"]
        assert [competition.slug for competition in closure.competitions.all()] == [LEAGUE]


@pytest.mark.usefixtures("empty_guide")
@pytest.mark.parametrize(
    ("offered", "besides"),
    [
        ("Test-League", []),
        ("Test-League 2024", []),
        ("live sport; Test-League; NFL", ["live sport", "NFL"]),
        ("Test-League Two", ["Test-League Two"]),
        ("", []),
    ],
)
def test_what_was_offered_besides_is_what_names_no_competition(offered: str, besides: list[str]) -> None:
    write(*a_league(), a_closure(offered=offered, competitions=LEAGUE))
    assert Closure.objects.get().offered_besides() == besides


@pytest.mark.usefixtures("bundled_data")
def test_the_kinds_that_mean_an_end_are_kinds_of_the_data() -> None:
    assert CLOSED < TAKEN_DOWN < set(Closure.objects.values_list("kind", flat=True))
