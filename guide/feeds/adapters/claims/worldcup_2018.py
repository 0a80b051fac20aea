"""A tournament in one file: channels with their countries, teams, and matches that name channels by number."""

from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from guide.feeds.adapters.base import Document, Found, Kind, Rejected
from guide.feeds.adapters.claims import places
from guide.feeds.adapters.claims.statements import Statement, claims, languages, names_nobody, not_a_record, text
from guide.feeds.adapters.documents import json_of, member
from guide.feeds.records import ClaimRecord


class WorldCup2018Adapter:
    """``{tvchannels, teams, groups, knockout}``. A channel's country is read by name: its code is a language's."""

    key = "claims-worldcup-2018"
    kind = Kind.CLAIMS
    version = 1
    record = ClaimRecord

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Found[ClaimRecord] | Rejected]:
        data = json_of(stream, document.limits)
        channels = _by_id(member(data, "tvchannels", list))
        teams = _by_id(member(data, "teams", list))
        stages = {name: member(data, name, dict) for name in ("groups", "knockout")}
        return claims(_statements(stages, channels, teams), document)


def _by_id(rows: list[Any]) -> dict[Any, dict[str, Any]]:
    return {row["id"]: row for row in rows if isinstance(row, dict) and isinstance(row.get("id"), int | str)}


def _statements(
    stages: dict[str, dict[str, Any]], channels: dict[Any, dict[str, Any]], teams: dict[Any, dict[str, Any]]
) -> Iterator[Statement | Rejected]:
    for part, groups in stages.items():
        for key, group in groups.items():
            matches = group.get("matches") if isinstance(group, dict) else None
            if not isinstance(matches, list):
                yield not_a_record(f"{part}.{text(key)}", group, "a group with its matches")
                continue
            for number, match in enumerate(matches):
                yield from _match(match, f"{part}.{text(key)}.matches[{number}]", channels, teams)


def _match(
    match: Any, position: str, channels: dict[Any, dict[str, Any]], teams: dict[Any, dict[str, Any]]
) -> Iterator[Statement | Rejected]:
    if not isinstance(match, dict) or not isinstance(match.get("channels"), list):
        yield not_a_record(position, match, "a match with its channels")
        return
    if not match["channels"]:
        yield names_nobody(position, match)
    sides = [text(_of(teams, match.get(side)).get("name")) for side in ("home_team", "away_team")]
    day = text(match.get("date"))[:10] or None
    for place, channel_id in enumerate(match["channels"]):
        where = f"{position}.channels[{place}]"
        channel = _of(channels, channel_id)
        if not channel:
            yield not_a_record(where, channel_id, "the number of a channel of this file")
            continue
        named = channel.get("lang")
        tags, unknown = languages(named if isinstance(named, list) else [])
        yield Statement(
            text=channel.get("name"),
            country=partial(places.country_called, text(channel.get("country"))),
            values={
                "event": " v ".join(sides) if all(sides) else "",
                "number": match.get("name"),
                "languages": tags,
                "first_day": day,
                "last_day": day,
            },
            position=where,
            raw={"match": match, "channel": channel},
            notes=(unknown,),
        )


def _of(rows: dict[Any, dict[str, Any]], key: Any) -> dict[str, Any]:
    return rows.get(key, {}) if isinstance(key, int | str) else {}
