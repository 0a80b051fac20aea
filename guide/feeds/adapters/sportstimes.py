"""Race calendars of sportstimes (F1 and MotoGP), one JSON file a year: every session of a race is an event."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from guide.feeds.adapters.base import Code, Document, Fault, FeedError, Kind
from guide.feeds.adapters.documents import json_of, member
from guide.feeds.adapters.fixtures import Event, RefusedError, Values, each, mapping_of, moment, setting, whole, words
from guide.feeds.adapters.race_sessions import session_name
from guide.feeds.records import FixtureRecord

LENGTHS = re.compile(r"\s*([A-Za-z0-9]+)\s*=\s*([1-9][0-9]{0,3})\s*")


class Sportstimes:
    """One object with “races”. The feed has to be set to a competition and a season.

    Its option ``lengths`` (“fp1=60;gp=120”, minutes by the keys of the file) gives the sessions an end; without it they
    have none. “tbc” makes the times provisional. The slug, which in MotoGP is a country and stands up to four times, is
    kept in the source's key and identifies nothing; coordinates and the track, often that of another race, are left.
    """

    key = "sportstimes"
    kind = Kind.FIXTURES
    version = 1
    record = FixtureRecord

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Event]:
        races = member(json_of(stream, document.limits), "races", list)
        lengths = _lengths(document.options.get("lengths", ""))
        common = {"competition": setting(document, "competition"), "season": setting(document, "season")}

        def read_one(raw: Any) -> Values:
            return common | _session(mapping_of(raw), lengths, document)

        return each(_sessions(races), read_one, document.limits)


def _lengths(text: str) -> Mapping[str, dt.timedelta]:
    lengths = dict[str, dt.timedelta]()
    for part in filter(str.strip, text.split(";")):
        if not (match := LENGTHS.fullmatch(part)):
            raise FeedError(Fault.NOT_SET, f"“{part.strip()}” is no length of a session: write fp1=60;gp=120.")
        lengths[match[1]] = dt.timedelta(minutes=int(match[2]))
    return lengths


def _sessions(races: list[Any]) -> Iterator[tuple[str, Any]]:
    """Every session with the race around it; a race without sessions stands for itself."""
    for index, race in enumerate(races):
        position = f"races[{index}]"
        sessions = race.get("sessions") if isinstance(race, dict) else None
        if not isinstance(sessions, dict) or not sessions:
            yield position, race
            continue
        about = {name: value for name, value in race.items() if name != "sessions"}
        for key, start in sessions.items():
            yield f"{position}.sessions.{key}", about | {"session": key, "start": start}


def _session(raw: Mapping[str, Any], lengths: Mapping[str, dt.timedelta], document: Document) -> Values:
    limits = document.limits
    if raw.get("sessions"):
        raise RefusedError(Code.BAD_VALUE, "“sessions” is no object.")
    round_number = whole(raw, "round")
    key, start = words(raw, "session", limits), words(raw, "start", limits)
    # “TBC” in place of a time is no time.
    when = moment(start, document.zone, name=key) if start.upper() not in ("", "TBC", "TBD", "TBA") else {}
    starts_at = when.get("starts_at")
    if starts_at and _flag(raw, "tbc"):
        when["precision"] = "provisional"
    if starts_at and key in lengths:
        try:
            when["ends_at"] = starts_at + lengths[key]
        except OverflowError:
            raise RefusedError(Code.BAD_DATE, f"“{start}” is no time of a race.") from None
    slug = words(raw, "slug", limits)
    return {
        "stage": "" if round_number is None else f"Round {round_number}",
        "name": words(raw, "name", limits, required=True),
        "session": session_name(key),
        "number": round_number,
        "source_key": f"{slug}/{key}" if slug and key else slug,
        "venue": words(raw, "location", limits),
        "status": "cancelled" if _flag(raw, "canceled") or _flag(raw, "cancelled") else "scheduled",
        "precision": "unknown",
        **when,
    }


def _flag(raw: Mapping[str, Any], name: str) -> bool:
    value = raw.get(name)
    if value is None or isinstance(value, bool):
        return bool(value)
    raise RefusedError(Code.BAD_VALUE, f"“{name}” is neither true nor false.")


ADAPTER = Sportstimes()
