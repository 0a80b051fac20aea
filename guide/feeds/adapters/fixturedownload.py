"""Fixture lists of fixturedownload.com, as JSON and as CSV, and a CSV that others make of them."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from guide.feeds.adapters.base import Code, Document, Fault, FeedError, Kind
from guide.feeds.adapters.documents import json_of, rows_of, text_of
from guide.feeds.adapters.fixtures import (
    Event,
    RefusedError,
    Values,
    checked,
    day_of,
    each,
    kickoff,
    mapping_of,
    moment,
    setting,
    status_of,
    whole,
    words,
)
from guide.feeds.adapters.provisional import marked
from guide.feeds.adapters.slots import sides
from guide.feeds.records import FixtureRecord


class FixtureDownloadJson:
    """A list of objects with “MatchNumber” and “DateUtc”. The feed has to be set to a competition and a season."""

    key = "fixturedownload-json"
    kind = Kind.FIXTURES
    version = 1
    record = FixtureRecord

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Event]:
        content = json_of(stream, document.limits)
        if not isinstance(content, list):
            raise FeedError(Fault.SCHEMA_CHANGED, "The document is no list of matches.")
        if content and not any(isinstance(raw, dict) and "HomeTeam" in raw for raw in content):
            raise FeedError(Fault.SCHEMA_CHANGED, "No entry of the list has a “HomeTeam”.")
        common = {"competition": setting(document, "competition"), "season": setting(document, "season")}

        def read_one(raw: Any) -> Values:
            return common | _match(mapping_of(raw), document)

        sources = ((f"[{index}]", raw) for index, raw in enumerate(content))
        return marked(each(sources, read_one, document.limits))


class FixtureDownloadCsv:
    """The site's own table, whose “Date” is local to the zone that the feed is set to, or one with “kickoff_utc”.

    Which of the two it is, the header says. A table cut off between two lines looks whole: only a comparison with the
    last one can tell. A line cut off in its middle is rejected.
    """

    key = "fixturedownload-csv"
    kind = Kind.FIXTURES
    version = 1
    record = FixtureRecord

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Event]:
        text = text_of(stream)
        is_derived = "kickoff_utc" in text.split("\n", 1)[0]
        needs = DERIVED if is_derived else OWN
        common = {"competition": setting(document, "competition")}
        if not is_derived:
            common["season"] = setting(document, "season")

        def read_one(raw: Any) -> Values:
            if not isinstance(raw, dict):
                raise RefusedError(Code.NOT_A_RECORD, "The line has not as many cells as the header.")
            return common | (_derived_row(raw, document) if is_derived else _own_row(raw, document))

        rows = rows_of(text, needs=needs, limits=document.limits)
        sources = ((f"line {line}", named or cells) for line, cells, named in rows)
        return marked(each(sources, read_one, document.limits))


OWN = ("Match Number", "Round Number", "Date", "Location", "Home Team", "Away Team")
DERIVED = ("season", "matchweek", "kickoff_utc", "home_team", "away_team", "status")


def _match(raw: Mapping[str, Any], document: Document) -> Values:
    limits = document.limits
    when = words(raw, "DateUtc", limits)
    number = whole(raw, "MatchNumber")
    played = raw.get("HomeTeamScore") is not None and raw.get("AwayTeamScore") is not None
    return {
        **sides(words(raw, "HomeTeam", limits, required=True), words(raw, "AwayTeam", limits, required=True)),
        "stage": _stage(words(raw, "Group", limits), whole(raw, "RoundNumber")),
        "number": number,
        "source_key": "" if number is None else str(number),
        "venue": words(raw, "Location", limits),
        "status": "finished" if played else "scheduled",
        **(moment(when, document.zone, name="DateUtc") if when else {"precision": "unknown"}),
    }


def _own_row(raw: Mapping[str, str], document: Document) -> Values:
    limits = document.limits
    number = whole(raw, "Match Number")
    date, _, clock = words(raw, "Date", limits).partition(" ")
    day = _european(date)
    return {
        **sides(words(raw, "Home Team", limits, required=True), words(raw, "Away Team", limits, required=True)),
        # Of cups the round may be a word.
        "stage": _stage(words(raw, "Group", limits), words(raw, "Round Number", limits)),
        "number": number,
        "source_key": "" if number is None else str(number),
        "venue": words(raw, "Location", limits),
        "status": "finished" if re.search(r"\d", words(raw, "Result", limits)) else "scheduled",
        **kickoff(day, clock, document.zone),
    }


def _european(date: str) -> dt.date | None:
    if date in ("", "TBA", "TBC", "TBD"):
        return None
    if match := re.fullmatch(r"([0-9]{2})/([0-9]{2})/([0-9]{4})", date):
        return day_of(f"{match[3]}-{match[2]}-{match[1]}", "Date")
    raise RefusedError(Code.BAD_DATE, f"“Date” is “{date}”, which is no day.")


def _derived_row(raw: Mapping[str, str], document: Document) -> Values:
    limits = document.limits
    utc, local = words(raw, "kickoff_utc", limits), words(raw, "kickoff_local", limits)
    when: Values
    if utc:
        when = moment(utc, document.zone, name="kickoff_utc")
        if local:
            when |= _local_day(local, when)
    else:
        when = kickoff(day_of(words(raw, "date", limits)), "", None)
    if when["precision"] == "exact" and words(raw, "data_status", limits) == "scheduled_provisional":
        # The source doubts its own time, though it calls the row scheduled.
        when["precision"] = "provisional"
    return {
        **sides(words(raw, "home_team", limits, required=True), words(raw, "away_team", limits, required=True)),
        "season": document.options.get("season") or checked(raw["season"], "season", limits, required=True),
        "stage": _stage("", whole(raw, "matchweek")),
        "source_key": words(raw, "match_id", limits),
        "venue": words(raw, "stadium", limits),
        "status": status_of(words(raw, "status", limits, required=True)),
        **when,
    }


def _local_day(local: str, when: Values) -> Values:
    """The local kick-off gives the day; it has to be the same instant."""
    read = moment(local, None, name="kickoff_local")
    if read.get("starts_at") != when.get("starts_at"):
        raise RefusedError(Code.BAD_TIME, "“kickoff_utc” and “kickoff_local” are not the same instant.")
    return {"day": day_of(local[:10], "kickoff_local")}


def _stage(group: str, number: int | str | None) -> str:
    name = "" if number in (None, "") else f"Round {number}" if str(number).isdigit() else str(number)
    return ", ".join(part for part in (group, name) if part)


JSON_ADAPTER = FixtureDownloadJson()
CSV_ADAPTER = FixtureDownloadCsv()
