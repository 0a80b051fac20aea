"""Fixture lists that a test writes, feeds that read them, and the events that they make."""

import datetime as dt
import itertools
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import time_machine

from competitions.models import Event
from competitions.records import EventRecord
from guide.feeds.models import Feed, Run
from guide.feeds.obtaining import FromFile
from guide.feeds.refresh import refresh
from tests.factories import LEAGUE, NOW, a_team, an_event
from tests.feeds import feeding
from tests.feeds.feeding import filed

CLUBS = {"otter": "Otter", "pike": "Pike", "carp": "Carp", "roach": "Roach"}
DAY = dt.timedelta(days=1)
A_DAY = {"day": "2027-05-09", "precision": "day"}
"""Of an event whose time is not known; the race of a weekend, in these tests."""
SESSIONS = {"fp1": "2027-05-07T11:30:00Z", "qualifying": "2027-05-08T14:00:00Z", "gp": "2027-05-09T13:00:00Z"}
Match = dict[str, Any]


def teams(**aliases: str) -> list[Any]:
    given = {"otter": "FC Otter 1900"} | aliases
    return [a_team(slug, name=name, aliases=given.get(slug, "")) for slug, name in CLUBS.items()]


def a_feed(slug: str = "list", **fields: Any) -> Feed:
    given: dict[str, Any] = {
        "slug": slug,
        "kind": "fixtures",
        "adapter": "openfootball-json",
        "zone": "Europe/Rome",
        "options": {"competition": LEAGUE, "season": "2026-27"},
        "gone_least": 5,
    }
    return feeding.a_feed(**given | fields)


def a_match(
    home: str = "Otter", away: str = "Pike", date: str = "2026-12-05", time: str = "18:00", **more: Any
) -> Match:
    cells = {"round": "Matchday 1", "date": date, "time": time, "team1": home, "team2": away} | more
    return {name: value for name, value in cells.items() if value != ""}


def all_matches(names: Iterable[str] = tuple(CLUBS.values())) -> list[Match]:
    pairs = itertools.permutations(names, 2)
    first = dt.date(2026, 12, 5)
    return [a_match(home, away, str(first + number * DAY)) for number, (home, away) in enumerate(pairs)]


def a_race(name: str = "Dutch", *, number: int = 1, sessions: dict[str, str] = SESSIONS, **more: Any) -> Match:
    return {"name": name, "location": "Dunes", "round": number, "slug": name.lower(), "sessions": sessions} | more


def a_weekend(**cells: Any) -> EventRecord:
    when = {"day": "2027-05-07", "last_day": "2027-05-09", "precision": "day"}
    return an_event(name="Dutch Grand Prix", key="weekend", **when | cells)


def of_races(slug: str = "races", **fields: Any) -> Feed:
    return a_feed(slug, adapter="sportstimes", **fields)


class Lists:
    """Refreshes feeds with lists that a test writes."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "list.json"

    def __call__(self, feed: Feed, *matches: Match, on: dt.datetime = NOW, **options: Any) -> Run:
        return self.give(feed, {"name": "Test League", "matches": matches}, on=on, **options)

    def races(self, feed: Feed, *races: Match, on: dt.datetime = NOW) -> Run:
        return self.give(feed, {"races": races}, on=on)

    def lines(self, feed: Feed, *matches: Match) -> tuple[str, ...]:
        """What a refresh with the matches tells of single events."""
        self._write({"name": "Test League", "matches": matches})
        with time_machine.travel(NOW, tick=False):
            _, counts = refresh(Feed.objects.get(pk=feed.pk), FromFile(self._path))
        return counts.table

    def give(self, feed: Feed, document: Any, *, on: dt.datetime, **options: Any) -> Run:
        self._write(document)
        with time_machine.travel(on, tick=False):
            return filed(feed, self._path, **options)

    def _write(self, document: Any) -> None:
        self._path.write_text(json.dumps(document), encoding="utf-8")


def the_event(**lookup: Any) -> Event:
    return Event.objects.get(**lookup)


def identities() -> dict[str, str]:
    return dict(Event.objects.values_list("public_id", "key"))
