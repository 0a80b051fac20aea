"""The real files, each through a refresh: all of it is read, and the second time nothing is new."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from competitions.models import Event
from guide.feeds.adapters.base import Rejected
from guide.feeds.models import Feed, Proposal, Run
from guide.feeds.names import Names
from guide.feeds.reading import Reading
from guide.feeds.records import FixtureRecord
from tests.feeds.feeding import a_feed, counted, filed, put_on_record, said
from tests.feeds.fixture_lists import identities
from tests.stored import dump

pytestmark = [pytest.mark.long, pytest.mark.once]


@pytest.fixture(scope="module")
def samples(shared: Path) -> Path:
    return shared / "samples"


@dataclass(frozen=True, kw_only=True)
class Sample:
    adapter: str
    kind: str
    read: int
    zone: str = ""
    rejected: int = 0
    options: dict[str, str] = field(default_factory=dict)


def fixtures(adapter: str, read: int, zone: str = "", **options: str) -> Sample:
    return Sample(adapter=adapter, kind="fixtures", read=read, zone=zone, options=options)


def guide(read: int, rejected: int = 0, adapter: str = "xmltv", **options: Any) -> Sample:
    country = {"country": "IT"}
    return Sample(adapter=adapter, kind="programmes", read=read, rejected=rejected, options=country, **options)


def channels(adapter: str, read: int, rejected: int = 0) -> Sample:
    return Sample(adapter=adapter, kind="channels", read=read, rejected=rejected)


SAMPLES = {
    "channels/canalplus.com_fr.channels.xml": channels("channel-ids", 368),
    "channels/chaines-tv.orange.fr.channels.xml": channels("channel-ids", 397),
    "channels/dazn.com.channels.xml": channels("channel-ids", 121),
    "channels/iptv-org-database/channels.csv": channels("iptv-org-channels", 41105, 7),
    "channels/iptv-org-database/feeds.csv": channels("iptv-org-feeds", 45082),
    "fixtures/f1/2025.json": fixtures("sportstimes", 120, competition="f1", season="2026"),
    "fixtures/f1/ergast_2023_99_races.empty.json": fixtures("ergast", 0, competition="f1"),
    "fixtures/f1/ergast_2023_races.json": fixtures("ergast", 110, competition="f1"),
    "fixtures/motogp/2025.json": fixtures("sportstimes", 176, competition="f1", season="2026"),
    "fixtures/nba/nba-2025-UTC.csv": fixtures("nba-csv", 1200, "America/New_York", competition="nba", season="2025-26"),
    "fixtures/openfootball-json/2024-25/uefa.cl.json": fixtures("openfootball-json", 189, "Europe/Rome"),
    "fixtures/openfootball-json/2025-26/de.1.json": fixtures("openfootball-json", 306, "Europe/Rome"),
    "fixtures/openfootball-json/2025-26/en.1.json": fixtures("openfootball-json", 380, "Europe/Rome"),
    "fixtures/openfootball-json/2025-26/es.1.json": fixtures("openfootball-json", 380, "Europe/Rome"),
    "fixtures/openfootball-json/2025-26/fr.1.json": fixtures("openfootball-json", 306, "Europe/Rome"),
    "fixtures/openfootball-json/2025-26/it.1.json": fixtures("openfootball-json", 380, "Europe/Rome"),
    "fixtures/openfootball-json/worldcup-2026/worldcup.quali_playoffs.json": fixtures(
        "openfootball-json", 16, "Europe/Rome"
    ),
    "fixtures/openfootball-txt/2024-25/uefa-conf.txt": fixtures("football-txt", 153, "Europe/Rome"),
    "fixtures/openfootball-txt/2024-25/uefa-el.txt": fixtures("football-txt", 189, "Europe/Rome"),
    "fixtures/openfootball-txt/2025-26/de-1-bundesliga.txt": fixtures("football-txt", 306, "Europe/Rome"),
    "fixtures/openfootball-txt/2025-26/en-1-premierleague.txt": fixtures("football-txt", 380, "Europe/Rome"),
    "fixtures/openfootball-txt/2025-26/es-1-liga.txt": fixtures("football-txt", 380, "Europe/Rome"),
    "fixtures/openfootball-txt/2025-26/fr1.txt": fixtures("football-txt", 306, "Europe/Rome"),
    "fixtures/openfootball-txt/2025-26/it-1-seriea.txt": fixtures("football-txt", 380, "Europe/Rome"),
    "fixtures/openfootball-txt/2025-26/uefa-cl.txt": fixtures("football-txt", 189, "Europe/Rome"),
    "fixtures/openfootball-txt/2025-26/uefa-clq.txt": fixtures("football-txt", 92, "Europe/Rome"),
    "fixtures/openfootball-txt/2025-26/uefa-confq.txt": fixtures("football-txt", 256, "Europe/Rome"),
    "fixtures/openfootball-txt/2025-26/uefa-elq.txt": fixtures("football-txt", 82, "Europe/Rome"),
    "fixtures/openfootball-txt/2026-27/fr1.txt": fixtures("football-txt", 306, "Europe/Rome"),
    "fixtures/openfootball-txt/2026-27/it-1-seriea.txt": fixtures("football-txt", 380, "Europe/Rome"),
    "fixtures/openfootball-txt/euro-2024.txt": fixtures("football-txt", 51, "Europe/Rome"),
    "fixtures/openfootball-txt/euro-2028.txt": fixtures("football-txt", 51, "Europe/Rome"),
    "fixtures/openfootball-txt/worldcup-2026/cup.txt": fixtures("football-txt", 72, "Europe/Rome"),
    "fixtures/openfootball-txt/worldcup-2026/cup_finals.txt": fixtures("football-txt", 32, "Europe/Rome"),
    "fixtures/openfootball-txt/worldcup-2026/quali_playoffs.txt": fixtures("football-txt", 16, "Europe/Rome"),
    "fixtures/premier-league/epl_2026_27_fixtures.csv": fixtures(
        "fixturedownload-csv", 380, "Europe/London", competition="premier-league", season="2026-27"
    ),
    "fixtures/premier-league/fixturedownload_epl_2026_27.json": fixtures(
        "fixturedownload-json", 380, "Europe/London", competition="premier-league", season="2026-27"
    ),
    "fixtures/series/f1-2026/2025-12-05.2026.json": fixtures("sportstimes", 120, competition="f1", season="2026"),
    "fixtures/series/f1-2026/2026-03-14.2026.json": fixtures("sportstimes", 120, competition="f1", season="2026"),
    "fixtures/series/f1-2026/2026-03-25.2026.json": fixtures("sportstimes", 110, competition="f1", season="2026"),
    "fixtures/series/f1-2026/2026-05-01.2026.json": fixtures("sportstimes", 110, competition="f1", season="2026"),
    "fixtures/series/motogp-2026/2026-02-13.2026.json": fixtures("sportstimes", 176, competition="f1", season="2026"),
    "fixtures/series/motogp-2026/2026-03-16.2026.json": fixtures("sportstimes", 176, competition="f1", season="2026"),
    "fixtures/series/serie-a-2025-26/2025-07-30.it.1.json": fixtures("openfootball-json", 380, "Europe/Rome"),
    "fixtures/series/serie-a-2025-26/2025-11-04.it.1.json": fixtures("openfootball-json", 380, "Europe/Rome"),
    "fixtures/series/serie-a-2025-26/2025-11-12.it.1.json": fixtures("openfootball-json", 380, "Europe/Rome"),
    "fixtures/series/serie-a-2025-26/2026-02-19.it.1.json": fixtures("openfootball-json", 380, "Europe/Rome"),
    "fixtures/series/worldcup-2026/2026-03-20.worldcup.json": fixtures("openfootball-json", 104, "Europe/Rome"),
    "fixtures/series/worldcup-2026/2026-06-26T0056.worldcup.json": fixtures("openfootball-json", 104, "Europe/Rome"),
    "fixtures/series/worldcup-2026/2026-06-26T0101.worldcup.json": fixtures("openfootball-json", 104, "Europe/Rome"),
    "ics/f1-2026-es.ics": fixtures("icalendar", 66, "Europe/Rome", competition="c", season="2026"),
    "ics/f1-2026-it.ics": fixtures("icalendar", 120, "Europe/Rome", competition="c", season="2026"),
    "ics/motogp-2026-it.ics": fixtures("icalendar", 44, "Europe/Rome", competition="c", season="2026"),
    "ics/odoral/2026-05-10.nba.ics": fixtures("icalendar", 113, "Europe/Rome", competition="c", season="2026"),
    "ics/odoral/2026-08-22T02.football_full_set.ics": fixtures(
        "icalendar", 144, "Europe/Rome", competition="c", season="2026"
    ),
    "ics/odoral/2026-08-22T10.football_full_set.ics": fixtures(
        "icalendar", 151, "Europe/Rome", competition="c", season="2026"
    ),
    "ics/odoral/2026-08-22T10.nba.ics": fixtures("icalendar", 1, "Europe/Rome", competition="c", season="2026"),
    "ics/odoral/2026-08-22T10.premier_league.ics": fixtures(
        "icalendar", 19, "Europe/Rome", competition="c", season="2026"
    ),
    "ics/tennis-atp-2024-04-19.ics": fixtures("icalendar", 29, "Europe/Rome", competition="c", season="2026"),
    "ics/tennis-grand-slam-mens-finals.ics": fixtures("icalendar", 16, "Europe/Rome", competition="c", season="2026"),
    "ics/worldcup-2026-japan.ics": fixtures("icalendar", 104, "Europe/Rome", competition="c", season="2026"),
    "ics/worldcup-2026-uk/2026-06-17.uk.ics": fixtures("icalendar", 104, "Europe/Rome", competition="c", season="2026"),
    "ics/worldcup-2026-uk/2026-07-01.uk.ics": fixtures("icalendar", 104, "Europe/Rome", competition="c", season="2026"),
    "ics/worldcup-2026-uk/2026-07-20.uk.ics": fixtures("icalendar", 104, "Europe/Rome", competition="c", season="2026"),
    "rights/allente.dk.content.json": guide(2888, adapter="operator-guide", zone="Europe/Copenhagen"),
    "rights/dazn-linear-now-next.content.json": guide(4, adapter="operator-guide", zone="Europe/Copenhagen"),
    "xmltv/fr/tv_guide_fr_20260822.xml": guide(1969, 39),
    "xmltv/fr/tv_guide_fr_telerama_20260822.xml": guide(2817, 1),
    "xmltv/iptv-org-epg/energeek.cl.content.xml": guide(294),
    "xmltv/iptv-org-epg/epg.iptvx.one.content.xml": guide(230),
    "xmltv/iptv-org-epg/epg.tmacaraibes.com.content.xml": guide(318),
    "xmltv/iptv-org-epg/epgshare01.online.content.xml": guide(203),
    "xmltv/iptv-org-epg/makrodigitaltelevision.com.content.xml": guide(66, 2),
    "xmltv/iptv-org-epg/nzxmltv.com.content.xml": guide(2),
    "xmltv/iptv-org-epg/vantagetv.ee.content.xml": guide(332),
    "xmltv/it/raw_tv_guide_it_20230304.xml": guide(612, 1),
    "xmltv/it/tv_guide_it_20230305.xml": guide(3788, 16),
    "xmltv/it/tv_guide_it_20260822.xml": guide(0),
    "xmltv/other/tv_guide_be_20260822.xml": guide(176, 7),
    "xmltv/other/tv_guide_ch_20260822.xml": guide(109, 3),
    "xmltv/other/tv_guide_ch_local_20260822.xml": guide(111, 3),
    "xmltv/other/tv_guide_wo_20260822.xml": guide(30, 1),
    "xmltv/uk/tv_guide_uk.xml": guide(5203),
    "xmltv/uk/tv_guide_uk_freeview_20260822.xml": guide(590),
    "xmltv/xmltv-project-t/amp.xml": guide(2),
    "xmltv/xmltv-project-t/attrs.xml": guide(1),
    "xmltv/xmltv-project-t/clump.xml": guide(2),
    "xmltv/xmltv-project-t/dups.xml": guide(7, 3),
    "xmltv/xmltv-project-t/empty.xml": guide(0),
    "xmltv/xmltv-project-t/length.xml": guide(1),
    "xmltv/xmltv-project-t/overlap.xml": guide(14, 2),
    "xmltv/xmltv-project-t/simple.xml": guide(2),
    "xmltv/xmltv-project-t/sort.xml": guide(4),
    "xmltv/xmltv-project-t/test.xml": guide(1),
    "xmltv/xmltv-project-t/test_livre.xml": guide(1),
    "xmltv/xmltv-project-t/whitespace.xml": guide(5, 4),
    "xmltv/xmltv-project-t/x-whatever.xml": guide(2),
}
LONG = (
    "channels/iptv-org-database/channels.csv",
    "channels/iptv-org-database/feeds.csv",
    "xmltv/fr/tv_guide_fr_telerama_20260822.xml",
    "xmltv/it/tv_guide_it_20230305.xml",
    "xmltv/uk/tv_guide_uk.xml",
)
CLAIMS = {
    "events-with-broadcasters/2026-08-22T04.events.json": "claims-events",
    "events-with-broadcasters/2026-08-22T15.events.json": "claims-events",
    "sweden-2026-27.sportpatv.broadcasters.json": "claims-season",
    "worldcup-2018-tvchannels.data.json": "claims-worldcup-2018",
    "worldcup-2026-by-country.fifa-tracker.broadcasters.json": "claims-by-country",
    "worldcup-2026-by-country.needs-review.broadcasters.json": "claims-by-country",
    "worldcup-2026-de-per-match.broadcasters.csv": "claims-per-match-csv",
    "worldcup-2026-fifa-licensees.official-event-broadcasters.json": "claims-licensees",
    "worldcup-2026-uk-jp-per-match.broadcasters.json": "claims-per-match-json",
}


def feed_of(sample: Sample, **fields: Any) -> Feed:
    # Some of these files hold nothing but oddities, which a person would look at.
    return a_feed(
        kind=sample.kind,
        adapter=sample.adapter,
        zone=sample.zone,
        options=sample.options,
        **({"rejected_percent": 100} | fields),
    )


def records_in(feed: Feed, *files: Path) -> list[FixtureRecord]:
    found: list[FixtureRecord] = []
    for path in files:
        with path.open("rb") as file:
            found += [item.record for item in Reading(feed, file)() if not isinstance(item, Rejected)]
    return found


@pytest.mark.usefixtures("league")
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.long] if name in LONG else []) for name in SAMPLES]
)
def test_all_of_a_real_file_is_read_and_the_second_time_nothing_is_new(samples: Path, name: str) -> None:
    sample = SAMPLES[name]
    feed = feed_of(sample)
    if sample.kind == "fixtures":
        put_on_record(records_in(feed, samples / name))
    run = filed(feed, samples / name)
    usable = sample.read - sample.rejected
    assert counted(run) == {
        part: count for part, count in (("created", usable), ("rejected", sample.rejected)) if count
    }
    assert said(run) == ("applied" if usable else "unchanged", "")
    assert said(filed(feed, samples / name)) == ("unchanged", "same_document")
    # Read again, and compared with itself.
    Run.objects.update(adapter_version=0)
    again = filed(feed, samples / name)
    assert said(again) == ("unchanged", "")
    assert counted(again) == {
        part: count for part, count in (("unchanged", usable), ("rejected", sample.rejected)) if count
    }


@pytest.mark.usefixtures("bundled_data")
@pytest.mark.parametrize("name", CLAIMS)
def test_all_of_a_real_list_of_claims_is_read_and_nothing_is_published(samples: Path, name: str) -> None:
    country = {"country": "SE" if name.startswith("sweden") else "DE"}
    feed = a_feed(
        kind="claims",
        adapter=CLAIMS[name],
        options={"competition": "fifa-world-cup", "season": "2026"} | country,
        rejected_percent=100,
    )
    before = dump()
    run = filed(feed, samples / "rights" / name)
    counts = counted(run)
    # What was glued together is told apart by the names of ours, so that the number grows with these.
    with (samples / "rights" / name).open("rb") as file:
        assert run.read == len(list(Reading(feed, file, Names().spelled)()))
    assert counts.keys() <= {"proposed", "rejected", "unchanged"}
    assert bool(counts.get("proposed")) == Proposal.objects.exists()
    assert dump() == before
    assert said(filed(feed, samples / "rights" / name)) == ("unchanged", "same_document")
    Run.objects.update(adapter_version=0)
    again = filed(feed, samples / "rights" / name)
    assert said(again) == ("unchanged", "")
    assert again.unchanged == run.proposed + run.unchanged


@pytest.mark.usefixtures("league")
def test_a_feed_that_is_not_one_any_more_is_told_from_one_that_is_empty(samples: Path) -> None:
    feed = feed_of(guide(0), gone_percent=10)
    xmltv = samples / "xmltv"
    filed(feed, xmltv / "it" / "raw_tv_guide_it_20230304.xml")
    assert said(filed(feed, xmltv / "it" / "tv_guide_it_20260822.xml")) == ("held", "empty_document")
    assert said(filed(feed, xmltv / "iptv-org-epg" / "hoy.tv.content.xml")) == ("failed", "schema_changed")


@pytest.mark.usefixtures("league")
def test_a_calendar_that_lags_behind_by_eighteen_months_is_stale(samples: Path) -> None:
    calendar = fixtures("icalendar", 113, "Europe/Madrid", competition="nba", season="2026-27")
    feed, file = feed_of(calendar, newest_days=30), samples / "ics" / "odoral" / "2026-05-10.nba.ics"
    put_on_record(records_in(feed, file))
    run = filed(feed, file)
    assert said(run) == ("held", "stale")
    assert run.newest_day == dt.date(2024, 11, 26)


# Series, in the order in which they came

RENAMED = {
    "Atalanta BC": "Atalanta",
    "Bologna FC 1909": "Bologna FC",
    "Hellas Verona FC": "Hellas Verona",
    "FC Internazionale Milano": "Inter",
    "Juventus FC": "Juventus",
    "SS Lazio": "Lazio Roma",
    "AC Pisa 1909": "Pisa SC",
    "US Sassuolo Calcio": "Sassuolo Calcio",
}


def follow(feed: Feed, *files: Path) -> list[tuple[tuple[str, str], dict[str, int]]]:
    """What each of the files did. Whatever stood before one stands after it, as the same event."""
    told = []
    for file in files:
        before = identities()
        run = filed(feed, file)
        assert before.items() <= identities().items()
        told.append((said(run), counted(run)))
    return told


def test_serie_a_is_the_same_380_matches_from_first_to_last(league: None, samples: Path) -> None:
    folder = samples / "fixtures" / "series" / "serie-a-2025-26"
    days = ("2025-07-30", "2025-11-04", "2025-11-12", "2026-02-19")
    files = [folder / f"{day}.it.1.json" for day in days]
    files.append(samples / "fixtures" / "openfootball-json" / "2025-26" / "it.1.json")
    feed = feed_of(fixtures("openfootball-json", 380, "Europe/Rome"))
    put_on_record(records_in(feed, *files), RENAMED)
    assert follow(feed, *files) == [
        (("applied", ""), {"created": 380}),
        (("applied", ""), {"changed": 220, "unchanged": 160}),
        (("applied", ""), {"changed": 10, "unchanged": 370}),
        (("applied", ""), {"changed": 160, "unchanged": 220}),
        (("applied", ""), {"changed": 61, "unchanged": 319}),
    ]
    assert Event.objects.count() == 380


def test_serie_a_is_held_for_its_new_names_until_they_are_on_record(league: None, samples: Path) -> None:
    folder = samples / "fixtures" / "series" / "serie-a-2025-26"
    feed = feed_of(fixtures("openfootball-json", 380, "Europe/Rome"))
    before, after = folder / "2025-07-30.it.1.json", folder / "2025-11-04.it.1.json"
    put_on_record(records_in(feed, before))
    assert said(filed(feed, before)) == ("applied", "")
    held = filed(feed, after)
    assert said(held) == ("held", "mass_rename")
    told = held.message.removeprefix("It seems that names have changed: ").rstrip(".").split("; ")
    renames = {new: old for old, _, new in (one.partition(" → ") for one in told)}
    assert renames == RENAMED
    # The editor adds the names to the teams, and the document is read again.
    put_on_record(records_in(feed, before, after), renames)
    assert follow(feed, after) == [(("applied", ""), {"changed": 220, "unchanged": 160})]


def test_formula_1_loses_two_races_and_nothing_is_held(league: None, samples: Path) -> None:
    folder = samples / "fixtures" / "series" / "f1-2026"
    files = [folder / f"{day}.2026.json" for day in ("2025-12-05", "2026-03-14", "2026-03-25", "2026-05-01")]
    feed = feed_of(fixtures("sportstimes", 120, competition="f1", season="2026"))
    put_on_record(records_in(feed, *files))
    assert [counts for _, counts in follow(feed, *files)] == [
        {"created": 120},
        {"changed": 120},
        {"unchanged": 110},
        {"changed": 1, "unchanged": 109},
    ]
    assert Event.objects.filter(parent=None).count() == 24
    off = Event.objects.filter(parent=None, status="cancelled")
    assert sorted(off.values_list("name", flat=True)) == ["Bahrain", "Saudi Arabian"]
    assert not Event.objects.filter(sources__missing_since__isnull=False).exists()


def test_the_world_cup_fills_its_slots(league: None, samples: Path) -> None:
    folder = samples / "fixtures" / "series" / "worldcup-2026"
    files = [folder / f"{at}.worldcup.json" for at in ("2026-03-20", "2026-06-26T0056", "2026-06-26T0101")]
    feed = feed_of(fixtures("openfootball-json", 104))
    put_on_record(records_in(feed, *files))
    assert [counts for _, counts in follow(feed, *files)] == [
        {"created": 104},
        # Two of them have been given nothing but their number.
        {"changed": 70, "unchanged": 34},
        {"changed": 1, "unchanged": 103},
    ]
    assert Event.objects.count() == 104


def test_motogp_moves_one_race_and_two_for_it(league: None, samples: Path) -> None:
    folder = samples / "fixtures" / "series" / "motogp-2026"
    files = [folder / f"{day}.2026.json" for day in ("2026-02-13", "2026-03-16")]
    feed = feed_of(fixtures("sportstimes", 176, competition="motogp", season="2026"))
    put_on_record(records_in(feed, *files))
    assert [counts for _, counts in follow(feed, *files)] == [
        {"created": 176},
        {"changed": 24, "unchanged": 152},
    ]
    assert Event.objects.filter(parent=None).count() == 22


def test_new_identifiers_in_each_run_of_a_calendar_are_no_news(league: None, samples: Path) -> None:
    folder = samples / "ics" / "odoral"
    names = ("2026-08-22T02.football_full_set.ics", "2026-08-22T10.football_full_set.ics")
    files = [folder / name for name in names]
    feed = feed_of(fixtures("icalendar", 144, "Europe/Madrid", competition="football", season="2026-27"))
    put_on_record(records_in(feed, *files))
    _, (_, counts) = follow(feed, *files)
    assert sum(counts.get(part, 0) for part in ("created", "changed", "unchanged")) == 151
    assert counts["created"] - counts.get("gone", 0) == 7
    assert counts["unchanged"] >= 120


def test_a_second_source_of_the_world_cup_makes_no_second_match(league: None, samples: Path) -> None:
    folder = samples / "fixtures"
    first = folder / "series" / "worldcup-2026" / "2026-06-26T0101.worldcup.json"
    texts = [folder / "openfootball-txt" / "worldcup-2026" / f"{name}.txt" for name in ("cup", "cup_finals")]
    feed = feed_of(fixtures("openfootball-json", 104))
    other = feed_of(fixtures("football-txt", 104, "Europe/Rome"), slug="text")
    put_on_record([*records_in(feed, first), *records_in(other, *texts)])
    follow(feed, first)
    told = follow(other, *texts)
    assert sum(counts.get("created", 0) for _, counts in told) == 0
    assert Event.objects.count() == 104
