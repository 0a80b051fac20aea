"""Schedules of the NBA as CSV."""

from pathlib import Path

import pytest

from guide.feeds.adapters.base import Fault, FeedError
from tests.feeds.reading import MINIATURES, brief, found, items_of, records_of, refusals

KEY = "nba-csv"


def test_eastern_clocks_change_with_the_season() -> None:
    items = items_of(KEY, "nba.csv", season="2026-27")
    assert [(record.stage, *brief(record)) for record in found(items)] == [
        ("", "PIK - OTT", "2026-10-31 23:30", "exact", "finished"),
        ("NBA Cup", "OTT - PIK", "2026-11-01 17:00", "exact", "scheduled"),
        ("", "OTT - PIK", "2026-11-02", "day", "scheduled"),
    ]


def test_the_repeated_header_is_no_record_and_a_cut_line_is_rejected() -> None:
    items = items_of(KEY, "nba.csv", season="2026-27")
    assert refusals(items) == [("line 6", "bad_date"), ("line 7", "bad_time"), ("line 8", "not_a_record")]


@pytest.mark.parametrize(("old", "new"), [(b"Start (ET)", b"Start"), (b"Start (ET)", b"Start (XT)"), (b"PTS", b"Pts")])
def test_another_header_is_another_format(old: bytes, new: bytes) -> None:
    with pytest.raises(FeedError) as error:
        items_of(KEY, (MINIATURES / "nba.csv").read_bytes().replace(old, new), season="2026-27")
    assert error.value.fault == Fault.SCHEMA_CHANGED


def test_the_real_file_is_read_whole(shared: Path) -> None:
    records = records_of(KEY, shared / "samples" / "fixtures" / "nba" / "nba-2025-UTC.csv", season="2025-26")
    # 1,202 lines, of which two are the header.
    assert len(records) == 1200
    assert sum(record.stage == "NBA Cup" for record in records) == 60
    assert (records[0].home, brief(records[0])[1]) == ("OKC", "2025-10-21 23:30")
    assert {record.zone for record in records} == {"America/New_York"}
