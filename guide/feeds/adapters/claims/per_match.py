"""One competition, match by match: as JSON with a key for each country, or as CSV for one country."""

from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from guide.feeds.adapters.base import Document, Found, Kind, Rejected
from guide.feeds.adapters.claims import places
from guide.feeds.adapters.claims.statements import Statement, claims, names_nobody, not_a_record, text
from guide.feeds.adapters.documents import json_of, member, rows_of, text_of
from guide.feeds.records import ClaimRecord


class PerMatchJsonAdapter:
    """``{uk_source, matches: [{match, uk, jp}], knockouts: {number: {uk, jp}}}``: keys beside the match are countries.

    A country that is absent from a match says nothing here, whatever the remarks in the file say of it.
    """

    key = "claims-per-match-json"
    kind = Kind.CLAIMS
    version = 1
    record = ClaimRecord

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Found[ClaimRecord] | Rejected]:
        data = json_of(stream, document.limits)
        return claims(_statements(data, member(data, "matches", list)), document)


class PerMatchCsvAdapter:
    """``match_no,stream,source_url,notes`` and, where it has them, ``team_a,team_b``; the country is an option."""

    key = "claims-per-match-csv"
    kind = Kind.CLAIMS
    version = 1
    record = ClaimRecord

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Found[ClaimRecord] | Rejected]:
        whole = text_of(stream, fallback=document.options.get("encoding", ""))
        return claims(_rows(whole, document), document)


def _statements(data: dict[str, Any], matches: list[Any]) -> Iterator[Statement | Rejected]:
    rows = [(f"matches[{number}]", row, None) for number, row in enumerate(matches)]
    knockouts = data.get("knockouts")
    if isinstance(knockouts, dict):
        rows += [(f"knockouts.{text(number)}", row, number) for number, row in knockouts.items()]
    for position, row, number in rows:
        if not isinstance(row, dict):
            yield not_a_record(position, row, "a match")
            continue
        shown = {key: value for key, value in row.items() if key != "match"}
        if not shown:
            yield names_nobody(position, row)
        for key, value in shown.items():
            yield Statement(
                text=value,
                country=partial(places.country, key),
                values={
                    "event": text(row.get("match")),
                    "number": number,
                    "source_url": text(data.get(f"{key}_source")),
                },
                position=f"{position}.{text(key)}",
                raw={"match": row.get("match", number), key: value},
            )


def _rows(whole: str, document: Document) -> Iterator[Statement | Rejected]:
    country = partial(places.country, document.options.get("country", ""))
    for line, cells, row in rows_of(whole, needs=("match_no", "stream"), limits=document.limits):
        position = f"line {line}"
        if not row:
            yield not_a_record(position, cells, "a row with as many cells as there are columns")
            continue
        sides = [text(row.get(side)) for side in ("team_a", "team_b")]
        yield Statement(
            text=row["stream"],
            country=country,
            values={
                "event": " v ".join(sides) if all(sides) else "",
                "number": row["match_no"] or None,
                "source_url": row.get("source_url", ""),
            },
            position=position,
            raw=row,
            notes=(text(row.get("notes")),),
        )
