"""Records for tests, each usable as it comes, and the one way in which tests write them: through the tables' own apply.

Cells are given as in a file or as values: ``first_day="2026-07-01"``, ``countries="IT; FR"``, ``price=10``.
"""

import datetime as dt
from collections.abc import Iterable
from itertools import count
from typing import Any

from django.utils.text import slugify

from broadcasters.models import Country
from broadcasters.records import (
    BroadcasterRecord,
    CarriageRecord,
    CountryGroupRecord,
    CountryRecord,
    OfferRecord,
    ServiceRecord,
)
from competitions.models import Competition
from competitions.records import (
    CompetitionRecord,
    EventRecord,
    SeasonRecord,
    SportRecord,
    StageRecord,
    TeamRecord,
)
from guide import bundled
from guide.closures.records import ClosureRecord
from guide.publication.publish import publish
from guide.publication.reconcile import Outcome, Table
from guide.publication.records import Record
from guide.rights.answer import Answer, Question
from guide.rights.answers import answers
from guide.rights.models import Right
from guide.rights.records import BlackoutRecord, FindingRecord, ListingRecord, RightRecord

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
LEAGUE = "test-league"
SEASON = f"{LEAGUE}--2026-27"
TABLES: list[Table[Any]] = [table for table, _ in bundled.FILES]

_numbers = count(1)


def _day(value: dt.date | str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


# Catalogues


def a_country(code: str = "IT", /, **cells: Any) -> CountryRecord:
    return CountryRecord.model_validate(
        {"code": code, "name": f"Country {code}", "time_zone": "Europe/Rome", "in_eu": "yes"} | cells
    )


def a_country_group(slug: str = "test-group", /, **cells: Any) -> CountryGroupRecord:
    return CountryGroupRecord.model_validate({"slug": slug, "name": slug.title(), "countries": "IT"} | cells)


def a_sport(slug: str = "test-sport", /, **cells: Any) -> SportRecord:
    return SportRecord.model_validate({"slug": slug, "name": slug.title()} | cells)


def a_competition(slug: str = LEAGUE, /, **cells: Any) -> CompetitionRecord:
    return CompetitionRecord.model_validate(
        {"slug": slug, "name": slug.title(), "sport": "test-sport", "calendar": "autumn-spring"} | cells
    )


def a_season(label: str, first_day: str, last_day: str, *, competition: str = LEAGUE, **cells: Any) -> SeasonRecord:
    return SeasonRecord.model_validate(
        {
            "key": f"{competition}--{label}",
            "competition": competition,
            "label": label,
            "first_day": first_day,
            "last_day": last_day,
            "dates": "announced",
        }
        | cells
    )


def a_team(slug: str = "home-club", /, **cells: Any) -> TeamRecord:
    return TeamRecord.model_validate({"slug": slug, "name": slug.title(), "sport": "test-sport"} | cells)


def a_stage(name: str = "Final", /, **cells: Any) -> StageRecord:
    """A stage of the season 2026-27 of the test league."""
    season = cells.get("season", SEASON)
    return StageRecord.model_validate({"key": f"{season}--{slugify(name)}", "season": season, "name": name} | cells)


def an_event(home: str = "home-club", away: str = "away-club", /, **cells: Any) -> EventRecord:
    """A match of two teams in the season 2026-27 of the test league; what has a name has no sides.

    On Saturday, 28 November 2026, at a quarter to eight in the evening in Italy, unless the cells say when.
    """
    season = cells.get("season", SEASON)
    if "name" in cells:
        sides = {"key": f"{season}--{slugify(cells['name'])}"}
    else:
        sides = {"key": f"{season}--{home}--{away}", "home": home, "away": away}
    when = {"day": "2026-11-28", "starts_at": "2026-11-28T18:45:00Z", "precision": "exact"}
    if when.keys() & cells.keys():
        when = {}
    return EventRecord.model_validate({"season": season} | sides | when | cells)


def a_broadcaster(slug: str = "holder", /, **cells: Any) -> BroadcasterRecord:
    return BroadcasterRecord.model_validate(
        {"slug": slug, "name": slug.title(), "kind": "broadcaster", "countries": ""} | cells
    )


def a_service(slug: str = "holder-stream", /, **cells: Any) -> ServiceRecord:
    return ServiceRecord.model_validate(
        {"slug": slug, "name": slug.title(), "broadcaster": "holder", "kind": "stream", "countries": "IT"} | cells
    )


def an_offer(price: Any = "10", /, **cells: Any) -> OfferRecord:
    """An offer of “holder” in Italy for anyone, known to open the test league."""
    return OfferRecord.model_validate(
        {
            "key": f"holder--it--plan-{next(_numbers)}",
            "broadcaster": "holder",
            "country": "IT",
            "plan": "Plan",
            "price": price,
            "currency": "EUR",
            "period": "month",
            "competitions": LEAGUE,
            "seen_on": "2026-10",
        }
        | cells
    )


def a_carriage(**cells: Any) -> CarriageRecord:
    return CarriageRecord.model_validate(
        {"key": f"carriage-{next(_numbers)}", "operator": "operator", "service": "holder-stream", "country": "IT"}
        | cells
    )


# Rights


def a_page(url: str = "https://news.example/rights", /, **cells: Any) -> dict[str, Any]:
    return {"kind": "press", "publisher": "News", "title": "Rights", "url": url, "published_on": "2026-07"} | cells


def a_right(broadcaster: str = "holder", /, **cells: Any) -> RightRecord:
    """A live right of “holder” to the whole season 2026-27 of the test league in Italy, on one page."""
    return RightRecord.model_validate(
        {
            "key": f"{LEAGUE}--{broadcaster}--{next(_numbers)}",
            "competition": LEAGUE,
            "broadcaster": broadcaster,
            "kind": "live",
            "countries": "IT",
            "first_day": "2026-07-01",
            "last_day": None if cells.get("evidence_reaches") else "2027-06-30",
            "evidence_reaches": None,
            "scope": "all",
            "exclusivity": "exclusive",
            "access": "subscription",
            "claimed_confidence": "reported",
            "evidence": [a_page()],
        }
        | cells
    )


def a_finding(kind: str = "none", /, **cells: Any) -> FindingRecord:
    return FindingRecord.model_validate(
        {
            "key": f"{LEAGUE}--finding--{next(_numbers)}",
            "competition": LEAGUE,
            "countries": "IT",
            "kind": kind,
            "first_day": "2026-07-01",
            "last_day": None if cells.get("evidence_reaches") else "2027-06-30",
            "evidence_reaches": None,
            "evidence": [a_page()],
        }
        | cells
    )


def a_blackout(**cells: Any) -> BlackoutRecord:
    return BlackoutRecord.model_validate(
        {
            "key": f"blackout-{next(_numbers)}",
            "competition": LEAGUE,
            "countries": "IT",
            "first_day": None,
            "last_day": None,
            "basis": "Article 48",
        }
        | cells
    )


def a_listing(**cells: Any) -> ListingRecord:
    """The match of ``an_event``, live on “holder-stream” in Italy."""
    given = {"event": f"{SEASON}--home-club--away-club", "service": "holder-stream", "country": "IT"} | cells
    key = f"{given['event']}--{given['service']}--{given['country'].lower()}"
    return ListingRecord.model_validate(
        {"key": key, "kind": "live", "publisher": "A guide", "seen_on": "2026-11-23"} | given
    )


def a_closure(slug: str = "closed", /, **cells: Any) -> ClosureRecord:
    return ClosureRecord.model_validate({"slug": slug, "name": slug.title(), "kind": "site-shutdown"} | cells)


def a_league(*seasons: SeasonRecord, slug: str = LEAGUE) -> list[Record]:
    """A sport, a competition with its seasons (three of autumn to spring, if none are given), Italy and “holder”."""
    years = [
        a_season(f"{year}-{year - 1999}", f"{year}-07-01", f"{year + 1}-06-30", competition=slug)
        for year in (2025, 2026, 2027)
    ]
    return [a_sport(), a_competition(slug), *(seasons or years), a_country(), a_broadcaster()]


# Writing and asking


def write(*records: Record, origin: str = "test", now: dt.datetime = NOW) -> dict[str, Outcome]:
    """Make the tables of these records say just this for the origin, in one publication. Other tables stay."""
    outcomes: dict[str, Outcome] = {}
    with publish(actor="test", reason="test", now=now) as publication:
        for table in TABLES:
            if rows := [record for record in records if type(record) is table.record]:
                outcomes[table.name] = table.apply(rows, publication, origin=origin)
    return outcomes


def ask(
    competition: str = LEAGUE,
    country: str = "IT",
    on: dt.date | dt.datetime | str | None = "2026-11-23",
    *,
    now: dt.datetime = NOW,
) -> Answer:
    """The answer to one question, which may be written as in an address: ``ask("serie-a", "IT", "2026-11-23")``."""
    question = Question(
        competition=Competition.objects.get(slug=competition), country=Country.objects.get(code=country), on=_day(on)
    )
    return answers([question], now=now)[0]


def holders(rows: Iterable[Any]) -> list[str]:
    """The slugs of the broadcasters of options, last known or upcoming rights."""
    return [row.broadcaster.slug for row in rows]


def keys(rows: Iterable[Any]) -> list[str]:
    """The keys of the rights behind options, last known or upcoming rights."""
    by_public_id = dict(Right.objects.values_list("public_id", "key"))
    return [by_public_id[row.right] for row in rows]
