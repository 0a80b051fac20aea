"""Race calendars in the form of Ergast, which Jolpica answers in: JSON by pages, every number as text."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from guide.feeds.adapters.base import Code, Document, Fault, FeedError, Kind
from guide.feeds.adapters.documents import json_of, member
from guide.feeds.adapters.fixtures import Event, RefusedError, Values, each, mapping_of, moment, setting, whole, words
from guide.feeds.adapters.race_sessions import session_name
from guide.feeds.records import FixtureRecord


class Ergast:
    """One page of races; every session of a race is an event, and so is the race.

    A round that does not exist is an answer without races, which is no fault: whether a list may shrink to nothing, the
    guards decide. A page with fewer races than it announces is cut off.
    """

    key = "ergast"
    kind = Kind.FIXTURES
    version = 1
    record = FixtureRecord

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Event]:
        answer, races = _answer(json_of(stream, document.limits))
        limit, offset, total = _page(answer)
        expected = max(0, min(limit, total - offset))
        if len(races) < expected:
            raise FeedError(Fault.TRUNCATED, f"The page announces {expected} races and holds {len(races)}.")
        series = answer.get("series")
        competition = setting(document, "competition", series if isinstance(series, str) else "")

        def read_one(raw: Any) -> Values:
            return {"competition": competition, **_session(mapping_of(raw), document)}

        return each(_sessions(races), read_one, document.limits)


def next_offset(stream: BinaryIO, document: Document) -> int | None:
    """The offset of the page after this one; None after the last page."""
    answer, _ = _answer(json_of(stream, document.limits))
    limit, offset, total = _page(answer)
    return offset + limit if limit and offset + limit < total else None


def _answer(content: Any) -> tuple[Mapping[str, Any], list[Any]]:
    answer = member(content, "MRData", dict)
    table = member(answer, "RaceTable", dict, of="“MRData”")
    return answer, member(table, "Races", list, of="“RaceTable”")


def _page(answer: Mapping[str, Any]) -> tuple[int, int, int]:
    numbers = [str(answer.get(name)) for name in ("limit", "offset", "total")]
    if not all(re.fullmatch(r"[0-9]{1,9}", number) for number in numbers):
        raise FeedError(Fault.SCHEMA_CHANGED, "The page does not say its limit, offset and total.", position="MRData")
    limit, offset, total = map(int, numbers)
    return limit, offset, total


def _sessions(races: list[Any]) -> Iterator[tuple[str, Any]]:
    """The sessions of every race, each with the race around it: blocks with a date of their own, then the race."""
    for index, race in enumerate(races):
        position = f"Races[{index}]"
        if isinstance(race, dict):
            blocks = {key: value for key, value in race.items() if isinstance(value, dict) and "date" in value}
            about = {key: value for key, value in race.items() if key not in blocks}
            for key, block in blocks.items():
                yield f"{position}.{key}", about | {"session": key, "date": None, "time": None} | block
            race = about
        yield position, race


def _session(raw: Mapping[str, Any], document: Document) -> Values:
    limits = document.limits
    number = whole(raw, "round")
    season = words(raw, "season", limits)
    session = session_name(words(raw, "session", limits) or "race")
    circuit = raw.get("Circuit")
    return {
        "season": document.options.get("season") or season,
        "stage": "" if number is None else f"Round {number}",
        "name": words(raw, "raceName", limits, required=True),
        "session": session,
        "number": number,
        "source_key": f"{season}/{number}/{session}" if season and number is not None else "",
        "venue": words(circuit, "circuitName", limits) if isinstance(circuit, dict) else "",
        **_when(words(raw, "date", limits), words(raw, "time", limits), document),
    }


def _when(date: str, time: str, document: Document) -> Values:
    if not date:
        if time:
            raise RefusedError(Code.BAD_DATE, f"There is a time, “{time}”, and no date.")
        return {"precision": "unknown"}
    return moment(f"{date}T{time}" if time else date, document.zone, name="date and time")


ADAPTER = Ergast()
