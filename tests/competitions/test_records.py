"""Rows of the catalogue of competitions."""

import pytest
from pydantic import ValidationError

from competitions.records import RESERVED_SLUGS, CompetitionRecord, SeasonRecord
from tests.factories import a_competition, a_season


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_a_word_of_the_sites_own_addresses_is_no_competition(slug: str) -> None:
    with pytest.raises(ValidationError, match="is a word of the site's own addresses"):
        a_competition(slug)


@pytest.mark.parametrize("slug", ["sa", "f1", "x"])
def test_two_characters_are_a_country_or_a_language(slug: str) -> None:
    with pytest.raises(ValidationError, match="is too short"):
        a_competition(slug)


@pytest.mark.parametrize("slug", ["nba", "serie-a", "24-hours-of-le-mans", "today-cup"])
def test_other_slugs_are_free(slug: str) -> None:
    assert a_competition(slug).slug == slug


def test_names_and_aliases_have_languages_and_no_order() -> None:
    one = a_competition(names="fr=Ligue; it=Lega", aliases="TL; fr=Ligue d’essai")
    other = a_competition(names="it=Lega; fr=Ligue", aliases="fr=Ligue d’essai;TL")
    assert one == other
    assert [(text.language, text.text) for text in one.aliases] == [("", "TL"), ("fr", "Ligue d’essai")]


@pytest.mark.parametrize("calendar", ["autumn-spring", "calendar-year", "tournament"])
def test_a_calendar_is_one_of_three(calendar: str) -> None:
    assert a_competition(calendar=calendar).calendar == calendar
    with pytest.raises(ValidationError):
        a_competition(calendar="")


@pytest.mark.parametrize("column", ["first_day", "last_day", "dates", "label", "competition"])
def test_a_season_leaves_nothing_open(column: str) -> None:
    season = a_season("2026", "2026-07-01", "2026-07-31")
    with pytest.raises(ValidationError):
        SeasonRecord.model_validate(season.model_dump() | {column: ""})


def test_a_column_that_is_none_is_refused() -> None:
    with pytest.raises(ValidationError):
        CompetitionRecord.model_validate(a_competition().model_dump() | {"motto": "x"})
