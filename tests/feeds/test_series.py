"""Real fixture lists at several dates, and of several sources: the events of one are the events of the other."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from guide.feeds.pairing import same_events
from guide.feeds.records import FixtureRecord
from guide.feeds.renames import suggest_aliases
from tests.feeds.reading import records_of


@pytest.fixture(scope="module")
def fixtures(shared: Path) -> Path:
    return shared / "samples" / "fixtures"


def serie_a(fixtures: Path, day: str) -> list[FixtureRecord]:
    latest = fixtures / "openfootball-json" / "2025-26" / "it.1.json"
    file = fixtures / "series" / "serie-a-2025-26" / f"{day}.it.1.json" if day else latest
    return records_of("openfootball-json", file, "Europe/Rome")


def races(fixtures: Path, series: str, day: str) -> list[FixtureRecord]:
    file = fixtures / "series" / f"{series}-2026" / f"{day}.2026.json"
    return records_of("sportstimes", file, competition=series, season="2026")


def world_cup(fixtures: Path, moment: str) -> list[FixtureRecord]:
    return records_of("openfootball-json", fixtures / "series" / "worldcup-2026" / f"{moment}.worldcup.json")


def renamed(records: Iterable[FixtureRecord], names: dict[str, str]) -> list[FixtureRecord]:
    return [
        record.model_copy(
            update={"home": names.get(record.home, record.home), "away": names.get(record.away, record.away)}
        )
        for record in records
    ]


def pairs_of_all(before: list[FixtureRecord], after: list[FixtureRecord]) -> list[tuple[FixtureRecord, FixtureRecord]]:
    """The pairs, where no event of either list is left without."""
    pairs = same_events(before, after)
    assert len(pairs) == len(before) == len(after)
    return pairs


def test_of_eight_clubs_of_serie_a_with_new_names_no_match_is_found_and_of_the_others_every_one(
    fixtures: Path,
) -> None:
    before, after = serie_a(fixtures, "2025-07-30"), serie_a(fixtures, "2025-11-04")
    assert len(same_events(before, after)) == 12 * 11
    names = {each.old: each.new for each in suggest_aliases(before, after)}
    assert len(names) == 8
    pairs_of_all(renamed(before, names), after)


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [("2025-11-04", "2025-11-12", 0), ("2025-11-12", "2026-02-19", 29), ("2026-02-19", "", 21)],
)
def test_matches_of_serie_a_are_the_same_on_another_day(fixtures: Path, before: str, after: str, moved: int) -> None:
    pairs = pairs_of_all(serie_a(fixtures, before), serie_a(fixtures, after))
    assert sum(was.day != now.day for was, now in pairs) == moved


def test_two_races_of_formula_1_are_called_off_and_every_other_is_found_at_its_new_number(fixtures: Path) -> None:
    days = ("2025-12-05", "2026-03-14", "2026-03-25", "2026-05-01")
    first, second, third, fourth = (races(fixtures, "f1", day) for day in days)
    assert {(was.name, now.status) for was, now in pairs_of_all(first, second) if was.status != now.status} == {
        ("Bahrain", "cancelled"),
        ("Saudi Arabian", "cancelled"),
    }
    pairs = same_events(second, third)
    assert len(pairs) == len(third) == len(second) - 10
    assert all(was.starts_at == now.starts_at for was, now in pairs)
    assert any(was.number != now.number for was, now in pairs)
    moved = [(now.name, now.session) for was, now in pairs_of_all(third, fourth) if was.starts_at != now.starts_at]
    assert moved == [("Miami", "fp1")]


def test_a_race_of_motogp_goes_to_autumn_and_two_move_for_it(fixtures: Path) -> None:
    pairs = pairs_of_all(races(fixtures, "motogp", "2026-02-13"), races(fixtures, "motogp", "2026-03-16"))
    assert all((was.name, was.session) == (now.name, now.session) for was, now in pairs)
    assert {now.name for was, now in pairs if was.day != now.day} == {"Qatar", "Portugal", "Valencia"}


def test_slots_of_the_world_cup_get_their_teams(fixtures: Path) -> None:
    march, june, later = (world_cup(fixtures, at) for at in ("2026-03-20", "2026-06-26T0056", "2026-06-26T0101"))
    pairs = pairs_of_all(march, june)
    assert sum((was.home, was.away) != (now.home, now.away) for was, now in pairs) == 25
    assert all(was.day == now.day for was, now in pairs)
    pairs_of_all(june, later)


def test_another_source_knows_the_same_world_cup(fixtures: Path) -> None:
    folder = fixtures / "openfootball-txt" / "worldcup-2026"
    texts = [record for name in ("cup", "cup_finals") for record in records_of("football-txt", folder / f"{name}.txt")]
    pairs = pairs_of_all(world_cup(fixtures, "2026-06-26T0101"), texts)
    assert all(was.starts_at == now.starts_at for was, now in pairs)


def test_short_and_long_names_of_two_sources_are_matched_by_their_fixtures(fixtures: Path) -> None:
    options = {"competition": "premier-league", "season": "2026-27"}
    folder = fixtures / "premier-league"
    short = records_of("fixturedownload-json", folder / "fixturedownload_epl_2026_27.json", "Europe/London", **options)
    long = records_of("fixturedownload-csv", folder / "epl_2026_27_fixtures.csv", "Europe/London", **options)
    names = {each.old: each.new for each in suggest_aliases(short, long)}
    assert (len(names), names["Spurs"]) == (11, "Tottenham Hotspur")
    pairs = pairs_of_all(renamed(short, names), long)
    assert all(was.starts_at == now.starts_at for was, now in pairs)
