"""The bundled teams, stages and events: sound in themselves, and enough for the fixture lists that the guide reads."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from competitions.records import EventRecord, SeasonRecord, StageRecord, TeamRecord
from guide import bundled
from guide.feeds.records import FixtureRecord
from guide.feeds.spelling import normalised
from guide.publication.records import Record
from tests.feeds.reading import found, items_of, records_of

NEWS_FROM = dt.date(2026, 11, 26)
"""What lies before is there to be complete; from here on each event names the page that announces it."""
COUNTRY = re.compile(r"\s*\([A-Z]{3}\)\Z")
"""“PSV (NED)”, as lists of several countries write it."""
MOVED_AFTER_THE_SAMPLE = {("formula-1", "Bahrain Grand Prix")}
"""Races that the newest sample does not have yet: put on again in the summer, at another circuit."""


@pytest.fixture(scope="session")
def tables() -> dict[str, list[Record]]:
    documents = bundled.read(settings.BASE_DIR)
    return {document.table.name: [entry.record for entry in document.entries] for document in documents}


@pytest.fixture(scope="session")
def teams(tables: dict[str, list[Record]]) -> list[TeamRecord]:
    return [record for record in tables["teams"] if isinstance(record, TeamRecord)]


@pytest.fixture(scope="session")
def stages(tables: dict[str, list[Record]]) -> list[StageRecord]:
    return [record for record in tables["stages"] if isinstance(record, StageRecord)]


@pytest.fixture(scope="session")
def events(tables: dict[str, list[Record]]) -> list[EventRecord]:
    return [record for record in tables["events"] if isinstance(record, EventRecord)]


@pytest.fixture(scope="session")
def seasons(tables: dict[str, list[Record]]) -> dict[str, SeasonRecord]:
    return {record.key: record for record in tables["seasons"] if isinstance(record, SeasonRecord)}


@pytest.fixture(scope="session")
def fixtures(shared: Path) -> Path:
    return shared / "samples" / "fixtures"


def spellings(record: TeamRecord | StageRecord | EventRecord) -> Iterator[str]:
    yield record.name
    for text in (*record.names, *record.aliases):
        yield text.text


def by_spelling(teams: Iterable[TeamRecord]) -> dict[tuple[str, str], set[str]]:
    """Slugs by sport and spelling, as names are compared."""
    known = defaultdict[tuple[str, str], set[str]](set)
    for team in teams:
        for spelling in (team.slug, *spellings(team)):
            known[team.sport, normalised(spelling)].add(team.slug)
    return known


def race_name(name: str) -> str:
    """“Dutch”, for “Dutch Grand Prix” and “Dutch GP”."""
    return " ".join(word for word in normalised(name).split() if word not in ("grand", "prix", "gp"))


def weekends(events: Iterable[EventRecord], season: str) -> list[EventRecord]:
    return [event for event in events if event.season == season and not event.parent]


# Teams


def test_no_spelling_belongs_to_two_teams_of_a_sport(teams: list[TeamRecord]) -> None:
    assert {spelling: slugs for spelling, slugs in by_spelling(teams).items() if len(slugs) > 1} == {}


def test_no_team_repeats_a_spelling(teams: list[TeamRecord]) -> None:
    for team in teams:
        said = [normalised(alias.text) for alias in team.aliases]
        assert sorted({*said} - {normalised(team.name), *(normalised(name.text) for name in team.names)}) == sorted(
            said
        )


@pytest.mark.parametrize(
    "word", ["Paris", "Manchester", "Madrid", "London", "United", "City", "Real", "Sporting", "Dinamo", "AEK", "Congo"]
)
def test_words_that_several_teams_share_are_nobodys(teams: list[TeamRecord], word: str) -> None:
    assert ("football", normalised(word)) not in by_spelling(teams)


@pytest.mark.parametrize(
    ("sport", "spelling", "slug"),
    [
        ("football", "Inter", "inter"),
        ("football", "Internazionale", "inter"),
        ("football", "Man Utd", "manchester-united"),
        ("football", "Spurs", "tottenham-hotspur"),
        ("basketball", "Spurs", "san-antonio-spurs"),
        ("football", "FC Bayern Munchen", "bayern-munich"),
        ("football", "Bayern Monaco", "bayern-munich"),
        ("football", "Séville FC", "sevilla"),
        ("football", "Elfenbenskysten", "ivory-coast"),
        ("football", "Sydafrika", "south-africa"),
        ("football", "Corée du Sud", "south-korea"),
        ("basketball", "LAL", "los-angeles-lakers"),
    ],
)
def test_everyday_spellings_lead_to_the_team(teams: list[TeamRecord], sport: str, spelling: str, slug: str) -> None:
    assert by_spelling(teams)[sport, normalised(spelling)] == {slug}


def test_a_national_team_has_a_country_and_is_called_so_in_each_language(teams: list[TeamRecord]) -> None:
    nations = {team.slug: team for team in teams if team.kind == "national"}
    assert [slug for slug, team in nations.items() if not team.country] == []
    # A language that calls the country as English does has no name of its own.
    called = {
        slug: {name.language: name.text for name in nations[slug].names} for slug in ("germany", "ghana", "canada")
    }
    assert called == {
        "germany": {"fr": "Allemagne", "it": "Germania", "es": "Alemania", "de": "Deutschland"},
        "ghana": {},
        "canada": {"es": "Canadá", "de": "Kanada"},
    }


def fixture_lists(folder: Path) -> Iterator[tuple[str, Path, list[FixtureRecord]]]:
    """Every fixture list of the samples that has teams, with its sport."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        where, name = path.relative_to(folder).parts[0], path.name
        if where == "openfootball-txt" and path.suffix == ".txt":
            yield "football", path, found(items_of("football-txt", path, "UTC"))
        elif name.endswith((".1.json", "cl.json", "worldcup.json", "playoffs.json")):
            yield "football", path, found(items_of("openfootball-json", path, "UTC"))
        elif where == "premier-league":
            key = "fixturedownload-json" if path.suffix == ".json" else "fixturedownload-csv"
            yield "football", path, records_of(key, path, competition="premier-league", season="2026-27")
        elif where == "nba":
            yield "basketball", path, records_of("nba-csv", path, season="2025-26")


def test_every_team_of_every_fixture_list_is_known(fixtures: Path, teams: list[TeamRecord]) -> None:
    known, unknown, lists = by_spelling(teams), set[str](), 0
    for sport, path, records in fixture_lists(fixtures):
        lists += 1
        assert records, path
        for record in records:
            for name, is_slot in ((record.home, record.home_is_slot), (record.away, record.away_is_slot)):
                if is_slot or (sport, normalised(name)) in known or (sport, normalised(COUNTRY.sub("", name))) in known:
                    continue
                unknown.add(f"{path.name}: {name}")
    assert lists == 35
    assert unknown == set()


# Stages


@pytest.mark.parametrize(
    ("season", "adapter", "name"),
    [
        ("uefa-champions-league--2024-25", "openfootball-json", "openfootball-json/2024-25/uefa.cl.json"),
        ("uefa-champions-league--2025-26", "football-txt", "openfootball-txt/2025-26/uefa-cl.txt"),
        ("fifa-world-cup--2026", "football-txt", "openfootball-txt/worldcup-2026/cup.txt"),
        ("fifa-world-cup--2026", "football-txt", "openfootball-txt/worldcup-2026/cup_finals.txt"),
        ("fifa-world-cup--2026", "openfootball-json", "series/worldcup-2026/2026-06-26T0101.worldcup.json"),
    ],
)
def test_every_round_of_a_cup_belongs_to_a_stage(
    fixtures: Path, stages: list[StageRecord], season: str, adapter: str, name: str
) -> None:
    known = {normalised(spelling) for stage in stages if stage.season == season for spelling in spellings(stage)}
    said = {record.stage for record in records_of(adapter, fixtures / name, "UTC")}
    assert {stage for stage in said if normalised(stage) not in known} == set()


def test_no_round_belongs_to_two_stages_of_a_season(stages: list[StageRecord]) -> None:
    known = defaultdict[tuple[str, str], set[str]](set)
    for stage in stages:
        for spelling in spellings(stage):
            known[stage.season, normalised(spelling)].add(stage.key)
    assert [keys for keys in known.values() if len(keys) > 1] == []


# Events


def test_every_event_lies_within_its_season_and_within_what_it_is_part_of(
    events: list[EventRecord], seasons: dict[str, SeasonRecord]
) -> None:
    keys = {event.key: event for event in events}
    for event in events:
        assert event.day is not None
        season, parent = seasons[event.season], keys.get(event.parent)
        assert season.first_day <= event.day <= (event.last_day or event.day) <= season.last_day, event.key
        assert event.key.startswith(f"{event.season}--")
        if event.parent:
            assert parent is not None
            assert parent.day is not None
            assert parent.season == event.season
            assert parent.day <= event.day <= (parent.last_day or parent.day), event.key


def test_every_event_to_come_names_the_page_that_announces_it(events: list[EventRecord]) -> None:
    to_come = [event for event in events if (event.last_day or event.day or dt.date.min) >= NEWS_FROM]
    assert to_come
    assert [event.key for event in to_come if not event.source_url] == []


def test_an_event_that_has_no_time_yet_gives_none(events: list[EventRecord]) -> None:
    assert {event.precision for event in events} == {"day"}


@pytest.mark.parametrize("season", ["formula-1--2026", "formula-1--2027", "motogp--2026", "motogp--2027"])
def test_a_race_weekend_has_three_days_a_place_and_one_race_on_the_last(events: list[EventRecord], season: str) -> None:
    for weekend in weekends(events, season):
        (race,) = (event for event in events if event.parent == weekend.key)
        assert weekend.day is not None
        assert weekend.last_day == weekend.day + dt.timedelta(days=2) == race.day
        assert (race.session, race.name, race.key) == ("race", weekend.name, f"{weekend.key}--race")
        assert weekend.venue
        assert weekend.zone == race.zone != ""
        assert {name.language for name in weekend.names} == {"fr", "it", "es", "de"}


@pytest.mark.parametrize("season", ["formula-1--2026", "formula-1--2027", "motogp--2026", "motogp--2027"])
def test_no_name_belongs_to_two_race_weekends_of_a_season(events: list[EventRecord], season: str) -> None:
    known = defaultdict[str, set[str]](set)
    for weekend in weekends(events, season):
        for spelling in spellings(weekend):
            known[race_name(spelling)].add(weekend.key)
    assert [keys for keys in known.values() if len(keys) > 1] == []


@pytest.mark.parametrize(
    ("series", "file", "count"), [("formula-1", "f1-2026/2026-05-01", 22), ("motogp", "motogp-2026/2026-03-16", 22)]
)
def test_the_races_of_2026_are_those_of_the_newest_list(
    fixtures: Path, events: list[EventRecord], series: str, file: str, count: int
) -> None:
    listed = [
        record
        for record in records_of(
            "sportstimes", fixtures / "series" / f"{file}.2026.json", competition=series, season="2026"
        )
        if record.session == "race"
    ]
    ours = {
        race_name(spelling): weekend
        for weekend in weekends(events, f"{series}--2026")
        for spelling in spellings(weekend)
        if (series, weekend.name) not in MOVED_AFTER_THE_SAMPLE
    }
    assert len(listed) == len({weekend.key for weekend in ours.values()}) == count
    for record in listed:
        weekend = ours[race_name(record.name)]
        assert record.starts_at is not None
        assert record.starts_at.astimezone(ZoneInfo(weekend.zone)).date() == weekend.last_day, record.name
