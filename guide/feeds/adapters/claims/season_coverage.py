"""One country and season: the services of each competition, and how much of it they show."""

from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from guide.feeds.adapters.base import Document, Found, Kind, Rejected
from guide.feeds.adapters.claims import places
from guide.feeds.adapters.claims.statements import Statement, claims, names_nobody, not_a_record, text
from guide.feeds.adapters.documents import json_of, member
from guide.feeds.records import ClaimRecord

COVERAGE = {"all": "all", "split": "some", "selected": "some", "unknown": "unknown"}


class SeasonCoverageAdapter:
    """``{season, competitions: {code: {name, services, coverage, note, source, verified}}}``; the country is an option.

    “2026/27” becomes “2026-27”. A word for the coverage that is not known is rejected.
    """

    key = "claims-season"
    kind = Kind.CLAIMS
    version = 1
    record = ClaimRecord

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Found[ClaimRecord] | Rejected]:
        data = json_of(stream, document.limits)
        season = text(data.get("season")).replace("/", "-") if isinstance(data, dict) else ""
        country = partial(places.country, document.options.get("country", ""))
        return claims(_statements(member(data, "competitions", dict), season, country), document)


def _statements(competitions: dict[str, Any], season: str, country: "partial[str]") -> Iterator[Statement | Rejected]:
    for key, row in competitions.items():
        position = f"competitions.{text(key)}"
        if not isinstance(row, dict) or not isinstance(row.get("services"), list):
            yield not_a_record(position, row, "a competition with its services")
            continue
        if not row["services"]:
            yield names_nobody(position, row, text(row.get("note")))
        coverage = text(row.get("coverage"))
        for place, service in enumerate(row["services"]):
            yield Statement(
                text=service,
                country=country,
                values={
                    "competition": text(row.get("name")) or text(key),
                    "season": season,
                    "coverage": COVERAGE.get(coverage, coverage),
                    "source_url": text(row.get("source")),
                    "verified_on": row.get("verified") or None,
                    "status": "" if row.get("verified") else "not verified",
                },
                position=f"{position}.services[{place}]",
                raw=row | {"service": service},
                notes=(f"coverage: {coverage}" if coverage == "split" else "", text(row.get("note"))),
            )
