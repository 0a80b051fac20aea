"""A list of countries, each with its broadcasters for one competition."""

from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from guide.feeds.adapters.base import Document, Fault, FeedError, Found, Kind, Rejected
from guide.feeds.adapters.claims import places
from guide.feeds.adapters.claims.statements import Statement, claims, languages, names_nobody, not_a_record, text
from guide.feeds.adapters.documents import json_of
from guide.feeds.records import ClaimRecord


class ByCountryAdapter:
    """``[{countryCode, country, broadcasters: [{name, url, ...}]}]``; the feed's options name the competition.

    “Not free” is kept as a note, for it does not say how one pays.
    """

    key = "claims-by-country"
    kind = Kind.CLAIMS
    version = 1
    record = ClaimRecord

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Found[ClaimRecord] | Rejected]:
        data = json_of(stream, document.limits)
        if not isinstance(data, list):
            raise FeedError(Fault.SCHEMA_CHANGED, "The document is no list of countries.")
        return claims(_statements(data), document)


def _statements(data: list[Any]) -> Iterator[Statement | Rejected]:
    for number, row in enumerate(data):
        position = f"[{number}]"
        if not isinstance(row, dict) or not isinstance(row.get("broadcasters"), list):
            yield not_a_record(position, row, "a country with its broadcasters")
            continue
        if not row["broadcasters"]:
            yield names_nobody(position, row, text(row.get("noConfirmedNote")))
        about = {name: value for name, value in row.items() if name != "broadcasters"}
        for place, broadcaster in enumerate(row["broadcasters"]):
            where = f"{position}.broadcasters[{place}]"
            if not isinstance(broadcaster, dict):
                yield not_a_record(where, broadcaster, "a broadcaster")
                continue
            named = broadcaster.get("languages", broadcaster.get("language"))
            tags, unknown = languages(named if isinstance(named, list) else [named])
            is_free = broadcaster.get("isFree", broadcaster.get("free"))
            yield Statement(
                text=broadcaster.get("name"),
                country=partial(places.country, text(row.get("countryCode")), text(row.get("country"))),
                values={
                    "access": "free" if is_free is True else "unknown",
                    "languages": tags,
                    "url": text(broadcaster.get("url")),
                    "source_url": text(row.get("sourceUrl")),
                    "status": text(row.get("status")),
                    "verified_on": row.get("lastVerifiedAt") or None,
                },
                position=where,
                raw=about | {"broadcaster": broadcaster},
                notes=("not free" if is_free is False else "", unknown, text(broadcaster.get("notes"))),
            )
