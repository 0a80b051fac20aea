"""How the catalogue of competitions is asked."""

import datetime as dt
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from competitions.models import Competition, Season, Sport
from tests.factories import LEAGUE, NOW, a_competition, a_league, a_season, a_sport, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_guide")]


def test_names_come_in_a_language_or_in_english_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    write(
        a_sport(name="Football", names="fr=Foot; it=Calcio"),
        a_competition("champions", name="Champions League", names="fr=Ligue des champions"),
        a_competition("nba", name="NBA"),
    )
    told = {}
    for language in ("fr", "it", "en"):
        with django_assert_num_queries(1):
            rows: list[Any] = list(Competition.objects.named(language).order_by("slug"))
            told[language] = [(row.local_name, row.local_sport, row.sport.slug) for row in rows]
    assert told == {
        "fr": [("Ligue des champions", "Foot", "test-sport"), ("NBA", "Foot", "test-sport")],
        "it": [("Champions League", "Calcio", "test-sport"), ("NBA", "Calcio", "test-sport")],
        "en": [("Champions League", "Football", "test-sport"), ("NBA", "Football", "test-sport")],
    }


def test_several_names_make_no_row_twice() -> None:
    write(a_sport(names="fr=Foot; it=Calcio; de=Fußball"), a_competition(names="fr=A; it=B; de=C"))
    assert Competition.objects.named("de").count() == 1
    row: Any = Competition.objects.named("de").get()
    assert row.local_name == "C"


@pytest.mark.parametrize(
    ("on", "label"),
    [
        ("2026-06-30", "2025-26"),
        ("2026-07-01", "2026-27"),
        ("2027-06-30", "2026-27"),
        ("2028-07-01", None),
        ("2025-06-30", None),
    ],
)
def test_a_season_holds_its_first_and_its_last_day(on: str, label: str | None) -> None:
    write(*a_league())
    season = Season.objects.on(dt.date.fromisoformat(on)).first()
    assert (season.label if season else None) == label


def test_seasons_are_asked_by_competition() -> None:
    write(*a_league(), a_competition(), a_competition("test-cup"))
    league, cup = Competition.objects.order_by("-slug")
    assert Season.objects.of([league.pk]).count() == 3
    assert Season.objects.of([cup.pk]).count() == 0
    assert Season.objects.of([]).count() == 0


def test_standing_are_those_that_were_not_withdrawn() -> None:
    write(*a_league(), a_sport("a-sport"), a_sport())
    write(a_sport("a-sport"))
    assert set(Sport.objects.standing().values_list("slug", flat=True)) == {"a-sport"}
    assert Sport.objects.count() == 2


def test_rows_call_themselves_by_their_names() -> None:
    write(*a_league(a_season("2026", "2026-06-11", "2026-07-19")), a_competition(names="fr=Coupe", aliases="Cup"))
    competition = Competition.objects.get(slug=LEAGUE)
    assert [str(row) for row in (competition.sport, competition, Season.objects.get())] == [
        "Test-Sport",
        "Test-League",
        "Test-League 2026",
    ]
    assert (str(competition.names.get()), str(competition.aliases.get())) == ("Coupe", "Cup")
    assert competition.created_at > NOW - dt.timedelta(days=1)
