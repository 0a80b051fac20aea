"""The licensees of one event, by territory."""

from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from guide.feeds.adapters.base import Document, Found, Kind, Rejected
from guide.feeds.adapters.claims import places
from guide.feeds.adapters.claims.statements import Statement, claims, names_nobody, not_a_record, text
from guide.feeds.adapters.documents import json_of, member
from guide.feeds.records import ClaimRecord


class LicenseesAdapter:
    """``{source, lastVerified, competitionContains, countries: [{territory, channels: [{name, aliases}]}]}``."""

    key = "claims-licensees"
    kind = Kind.CLAIMS
    version = 1
    record = ClaimRecord

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Found[ClaimRecord] | Rejected]:
        data = json_of(stream, document.limits)
        return claims(_statements(data, member(data, "countries", list)), document)


def _statements(data: dict[str, Any], countries: list[Any]) -> Iterator[Statement | Rejected]:
    named = data.get("competitionContains")
    competition = text(named[0]) if isinstance(named, list) and named else ""
    for number, row in enumerate(countries):
        position = f"countries[{number}]"
        if not isinstance(row, dict) or not isinstance(row.get("channels"), list):
            yield not_a_record(position, row, "a territory with its channels")
            continue
        if not row["channels"]:
            yield names_nobody(position, row)
        for place, channel in enumerate(row["channels"]):
            where = f"{position}.channels[{place}]"
            if not isinstance(channel, dict):
                yield not_a_record(where, channel, "a channel")
                continue
            yield Statement(
                text=channel.get("name"),
                country=partial(places.country, text(row.get("territory"))),
                values={
                    "competition": competition,
                    "source_url": text(data.get("source")),
                    "verified_on": data.get("lastVerified") or None,
                },
                position=where,
                raw={"territory": row.get("territory"), "channel": channel},
                notes=(also_called(channel.get("aliases")),),
            )


def also_called(aliases: Any) -> str:
    """The other names of a channel as a note."""
    names = [text(alias) for alias in aliases] if isinstance(aliases, list) else []
    return f"also called {', '.join(name for name in names if name)}" if any(names) else ""
