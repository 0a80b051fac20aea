"""Fixture records for the tests: made up, or read from our miniatures and the real files."""

import datetime as dt
import io
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from guide.feeds.adapters.base import Document, Found, Rejected
from guide.feeds.adapters.registry import ADAPTERS
from guide.feeds.records import FixtureRecord
from tests.servers import ROOT

MINIATURES = ROOT / "tests" / "data" / "feeds" / "fixtures"
NOON = dt.datetime(2026, 8, 22, 12, tzinfo=dt.UTC)


def match(home: str = "Otter", away: str = "Pike", days: int = 0, **values: Any) -> FixtureRecord:
    """A match at noon, so many days after the first."""
    starts_at = NOON + dt.timedelta(days=days)
    return FixtureRecord.model_validate(
        {
            "competition": "lake",
            "season": "2026-27",
            "home": home,
            "away": away,
            "starts_at": starts_at,
            "day": starts_at.date(),
            "precision": "exact",
        }
        | values
    )


def race(name: str, days: int = 0, **values: Any) -> FixtureRecord:
    return match("", "", days, **{"name": name, "session": "race"} | values)


def document(zone: str = "", **options: str) -> Document:
    return Document(name="fixtures", zone=ZoneInfo(zone) if zone else None, options=options)


def items_of(key: str, source: Path | str | bytes, zone: str = "", **options: str) -> list[Any]:
    """What the adapter makes of a miniature (by name), of a file, or of bytes."""
    if isinstance(source, str):
        source = MINIATURES / source
    data = source if isinstance(source, bytes) else source.read_bytes()
    return list(ADAPTERS[key].read(io.BytesIO(data), document(zone, **options)))


def records_of(key: str, source: Path | str | bytes, zone: str = "", **options: str) -> list[FixtureRecord]:
    """The records of a document of which nothing is rejected."""
    items = items_of(key, source, zone, **options)
    assert [item for item in items if isinstance(item, Rejected)] == []
    return [item.record for item in items]


def found(items: list[Any]) -> list[FixtureRecord]:
    return [item.record for item in items if isinstance(item, Found)]


def refusals(items: list[Any]) -> list[tuple[str, str]]:
    return [(item.position, item.code.value) for item in items if isinstance(item, Rejected)]


def brief(record: FixtureRecord) -> tuple[str, ...]:
    """Who, when and how sure: one line for a comparison."""
    when = f"{record.starts_at:%Y-%m-%d %H:%M}" if record.starts_at else str(record.day or "")
    who = f"{record.home} - {record.away}" if record.home else f"{record.name} {record.session}".strip()
    return who, when, record.precision, record.status
