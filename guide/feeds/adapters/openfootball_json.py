"""Fixture lists of openfootball in JSON: football.json for leagues and cups, worldcup.json for tournaments."""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from guide.feeds.adapters.base import Code, Document, Kind
from guide.feeds.adapters.documents import json_of, member
from guide.feeds.adapters.fixtures import (
    Event,
    RefusedError,
    Values,
    day_of,
    each,
    kickoff,
    mapping_of,
    setting,
    status_of,
    title_parts,
    whole,
    words,
)
from guide.feeds.adapters.provisional import marked
from guide.feeds.adapters.slots import sides
from guide.feeds.records import FixtureRecord


class OpenFootballJson:
    """One object with “name” and “matches”. Lists of groups, teams or grounds are refused: they hold no fixture.

    The title names competition and season unless the feed is set to them. Times without a zone need the feed's.
    Scores are read for one thing only: whether the match has been played.
    """

    key = "openfootball-json"
    kind = Kind.FIXTURES
    version = 1
    record = FixtureRecord

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Event]:
        content = json_of(stream, document.limits)
        matches = member(content, "matches", list)
        name, season = title_parts(member(content, "name", str))
        common = {
            "competition": setting(document, "competition", name),
            "season": setting(document, "season", season),
        }

        def read_one(raw: Any) -> Values:
            return common | _match(mapping_of(raw), document)

        sources = ((f"matches[{index}]", raw) for index, raw in enumerate(matches))
        return marked(each(sources, read_one, document.limits))


def _match(raw: Mapping[str, Any], document: Document) -> Values:
    limits = document.limits
    home, away = (words(raw, side, limits, required=True) for side in ("team1", "team2"))
    played = "finished" if _is_played(raw.get("score")) else "scheduled"
    stated = words(raw, "status", limits)
    parts = (words(raw, "group", limits), words(raw, "round", limits))
    return {
        **sides(home, away),
        "stage": ", ".join(part for part in parts if part),
        "number": whole(raw, "num"),
        "venue": words(raw, "ground", limits),
        "status": status_of(stated) if stated else played,
        **kickoff(day_of(words(raw, "date", limits)), words(raw, "time", limits), document.zone),
    }


def _is_played(score: Any) -> bool:
    """Missing, empty and null scores are those of matches to come; a bare list is one of a play-off."""
    if score is None or isinstance(score, list | dict):
        return bool(score)
    raise RefusedError(Code.BAD_VALUE, "“score” is neither an object nor a list.")


ADAPTER = OpenFootballJson()
