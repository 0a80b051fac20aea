"""Suggesting aliases when a source renames its clubs."""

from itertools import permutations

from guide.feeds.records import FixtureRecord
from guide.feeds.renames import suggest_aliases
from tests.feeds.reading import match

CLUBS = ("Otter", "Pike", "Carp", "Tench", "Roach", "Perch")


def league(**renamed: str) -> list[FixtureRecord]:
    """A double round robin, one match a day."""
    return [
        match(renamed.get(home, home), renamed.get(away, away), day)
        for day, (home, away) in enumerate(permutations(CLUBS, 2))
    ]


def suggested(before: list[FixtureRecord], after: list[FixtureRecord]) -> dict[str, str]:
    return {each.old: each.new for each in suggest_aliases(before, after)}


def test_renamed_clubs_are_found_by_the_matches_they_play() -> None:
    renamed = {"Otter": "Lutra 1904", "Pike": "FC Esox"}
    assert suggested(league(), league(**renamed)) == renamed


def test_a_club_that_meets_only_renamed_ones_is_found_through_them() -> None:
    renamed = {"Otter": "Lutra 1904", "Pike": "FC Esox"}
    after = [
        record
        for record in league(**renamed, Carp="Cyprinus")
        if "Cyprinus" not in (record.home, record.away) or {record.home, record.away} & {*renamed.values()}
    ]
    assert suggested(league(), after) == renamed | {"Carp": "Cyprinus"}


def test_case_accents_and_punctuation_make_no_other_name() -> None:
    assert suggested(league(), league(Otter="ÖTTER", Pike="Pike.")) == {}


def test_a_name_that_is_like_the_old_one_counts_for_nothing() -> None:
    assert suggested(league(), league(Otter="Pike Otters", Pike="Otter Pikes")) == {
        "Otter": "Pike Otters",
        "Pike": "Otter Pikes",
    }


def test_a_club_with_other_fixtures_is_a_new_club() -> None:
    after = [record for record in league() if "Otter" not in (record.home, record.away)]
    after += [match("Newt", "Carp", 100), match("Carp", "Newt", 101), match("Newt", "Tench", 102)]
    assert suggested(league(), after) == {}


def test_matches_that_speak_for_two_names_suggest_neither() -> None:
    after = [
        record.model_copy(update={"home": f"Lutra {number % 2}"}) if record.home == "Otter" else record
        for number, record in enumerate(league())
    ]
    assert suggested(league(), after) == {}


def test_where_every_name_is_new_nothing_is_suggested() -> None:
    assert suggested(league(), league(**{club: f"{club} FC" for club in CLUBS})) == {}


def test_one_match_alone_is_no_evidence() -> None:
    assert suggested([match("Otter", "Pike")], [match("Lutra", "Pike")]) == {}
