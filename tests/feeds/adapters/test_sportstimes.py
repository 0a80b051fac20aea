"""Race calendars of sportstimes."""

from pathlib import Path

import pytest

from guide.feeds.adapters.base import Fault, FeedError
from tests.feeds.reading import brief, found, items_of, records_of, refusals

KEY = "sportstimes"
SET = {"competition": "lake-racing", "season": "2026"}


def test_every_session_is_an_event() -> None:
    items = items_of(KEY, "races.json", **SET)
    assert [brief(record) for record in found(items)] == [
        ("Lakeside fp1", "2026-03-06 01:30", "exact", "scheduled"),
        ("Lakeside sprint-qualifying", "2026-03-06 05:30", "exact", "scheduled"),
        ("Lakeside race", "2026-03-08 04:00", "exact", "scheduled"),
        ("Uplands race", "2026-04-12 13:00", "provisional", "scheduled"),
        ("Delta race", "2026-05-10", "day", "cancelled"),
        ("Delta fp1", "", "unknown", "cancelled"),
        ("Islands", "", "unknown", "scheduled"),
    ]
    assert refusals(items) == [("races[2].sessions.fp2", "bad_time"), ("races[4].sessions.race", "missing_field")]


def test_lengths_of_sessions_give_an_end() -> None:
    records = found(items_of(KEY, "races.json", lengths="fp1=60; gp=120;", **SET))
    assert [f"{record.ends_at:%H:%M}" if record.ends_at else "" for record in records[:3]] == ["02:30", "", "06:00"]
    with pytest.raises(FeedError, match="fp1=60"):
        items_of(KEY, "races.json", lengths="an hour", **SET)


def test_a_configuration_is_no_calendar() -> None:
    with pytest.raises(FeedError) as error:
        items_of(KEY, b'{"siteKey": "f1", "sessionLengths": {}}', **SET)
    assert error.value.fault == Fault.SCHEMA_CHANGED


@pytest.mark.parametrize(
    ("name", "sessions"),
    [("f1/2025", 120), ("motogp/2025", 176), ("series/f1-2026/2026-05-01.2026", 110)],
)
def test_real_files_are_read_whole(shared: Path, name: str, sessions: int) -> None:
    records = records_of(KEY, shared / "samples" / "fixtures" / f"{name}.json", **SET)
    assert len(records) == len({(record.name, record.session) for record in records}) == sessions


def test_the_slug_of_motogp_is_no_identity(shared: Path) -> None:
    file = shared / "samples" / "fixtures" / "series" / "motogp-2026" / "2026-02-13.2026.json"
    races = [record for record in records_of(KEY, file, **SET) if record.session == "race"]
    assert sorted(record.name for record in races if record.source_key == "Spain/race") == [
        "Catalunya",
        "España",
        "Spain",
        "Valencia",
    ]
