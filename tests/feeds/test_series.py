"""Real fixture lists at several dates: a comparison gives exactly what really changed."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from guide.feeds.events import EventChange, EventDifferences, compare
from guide.feeds.records import FixtureRecord
from guide.feeds.renames import suggest_aliases, with_suggestions
from tests.feeds.reading import records_of
from tests.feeds.test_events import counts

ROME = ZoneInfo("Europe/Rome")


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


def clock(record: FixtureRecord) -> dt.time | None:
    return record.starts_at.astimezone(ROME).time() if record.starts_at else None


def moved(differences: EventDifferences) -> tuple[int, int]:
    """How many changed their date, and how many the time of day."""

    def has_new_clock(change: EventChange) -> bool:
        return clock(change.before) != clock(change.after)

    return (
        sum("day" in change.fields for change in differences.changed),
        sum(has_new_clock(change) for change in differences.changed),
    )


def test_eight_clubs_of_serie_a_are_renamed_and_nothing_comes_or_goes(fixtures: Path) -> None:
    before, after = serie_a(fixtures, "2025-07-30"), serie_a(fixtures, "2025-11-04")
    blind = compare(before, after, {})
    assert (len(blind.added), len(blind.gone)) == (248, 248)
    suggestions = suggest_aliases(before, after, {})
    assert {each.old: each.new for each in suggestions} == {
        "Atalanta": "Atalanta BC",
        "Bologna FC": "Bologna FC 1909",
        "Hellas Verona": "Hellas Verona FC",
        "Inter": "FC Internazionale Milano",
        "Juventus": "Juventus FC",
        "Lazio Roma": "SS Lazio",
        "Pisa SC": "AC Pisa 1909",
        "Sassuolo Calcio": "US Sassuolo Calcio",
    }
    assert counts(compare(before, after, with_suggestions({}, suggestions))) == (0, 190, 30, 0, 0, 160)


@pytest.mark.parametrize(
    ("before", "after", "dates_and_times", "finished"),
    [
        ("2025-11-04", "2025-11-12", (0, 0), 10),
        ("2025-11-12", "2026-02-19", (29, 50), 110),
        ("2026-02-19", "", (21, 40), 21),
    ],
)
def test_serie_a_moves_as_it_really_did(
    fixtures: Path, before: str, after: str, dates_and_times: tuple[int, int], finished: int
) -> None:
    differences = compare(serie_a(fixtures, before), serie_a(fixtures, after), {})
    assert moved(differences) == dates_and_times
    assert len(differences.changed) == dates_and_times[1]
    assert len(differences.finished) == finished
    assert not differences.added
    assert not differences.gone


def test_formula_1_is_confirmed_and_two_races_are_called_off(fixtures: Path) -> None:
    days = ("2025-12-05", "2026-03-14", "2026-03-25", "2026-05-01")
    first, second, third, fourth = (races(fixtures, "f1", day) for day in days)
    confirmed = compare(first, second, {})
    assert counts(confirmed) == (0, 120, 0, 0, 0, 0)
    retimed = {change.after.name for change in confirmed.changed if "starts_at" in change.fields}
    cancelled = {change.after.name for change in confirmed.changed if "status" in change.fields}
    assert (len(retimed), len(cancelled)) == (13, 2)
    # Both leave the list, and every later round gets another number: no news.
    assert counts(compare(second, third, {})) == (0, 0, 0, 0, 10, 110)
    last = compare(third, fourth, {})
    assert [(change.after.name, change.after.session) for change in last.changed] == [("Miami", "fp1")]
    assert last.unchanged == 109


def test_a_race_of_motogp_goes_to_autumn_and_two_move_for_it(fixtures: Path) -> None:
    differences = compare(races(fixtures, "motogp", "2026-02-13"), races(fixtures, "motogp", "2026-03-16"), {})
    assert counts(differences) == (0, 24, 0, 0, 0, 152)
    assert {change.after.name for change in differences.changed} == {"Qatar", "Portugal", "Valencia"}


def test_slots_of_the_world_cup_get_their_teams(fixtures: Path) -> None:
    march, june, later = (world_cup(fixtures, at) for at in ("2026-03-20", "2026-06-26T0056", "2026-06-26T0101"))
    filled = compare(march, june, {})
    assert counts(filled) == (0, 26, 42, 0, 0, 36)
    assert sum("home" in change.fields or "away" in change.fields for change in filled.changed) == 25
    assert counts(compare(june, later, {})) == (0, 0, 1, 0, 0, 103)


def test_another_source_knows_the_same_world_cup(fixtures: Path) -> None:
    folder = fixtures / "openfootball-txt" / "worldcup-2026"
    texts = [record for name in ("cup", "cup_finals") for record in records_of("football-txt", folder / f"{name}.txt")]
    differences = compare(world_cup(fixtures, "2026-06-26T0101"), texts, {})
    assert counts(differences) == (0, 31, 15, 0, 0, 58)
    assert not any("starts_at" in change.fields for change in differences.changed)


def test_short_and_long_names_of_two_sources_are_matched_by_their_fixtures(fixtures: Path) -> None:
    options = {"competition": "premier-league", "season": "2026-27"}
    folder = fixtures / "premier-league"
    short = records_of("fixturedownload-json", folder / "fixturedownload_epl_2026_27.json", "Europe/London", **options)
    long = records_of("fixturedownload-csv", folder / "epl_2026_27_fixtures.csv", "Europe/London", **options)
    suggestions = suggest_aliases(short, long, {})
    assert {each.old: each.new for each in suggestions}["Spurs"] == "Tottenham Hotspur"
    assert len(suggestions) == 11
    differences = compare(short, long, with_suggestions({}, suggestions))
    assert counts(differences) == (0, 60, 0, 0, 0, 320)
    assert {name for change in differences.changed for name in change.fields} == {"precision"}
