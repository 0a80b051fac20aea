"""Fixture lists of fixturedownload.com and what others make of them."""

from collections import Counter
from pathlib import Path

import pytest

from guide.feeds.adapters.base import Fault, FeedError
from tests.feeds.reading import brief, found, items_of, records_of, refusals

SET = {"competition": "lake", "season": "2026-27"}


def test_utc_gives_the_instant_and_the_zone_of_the_feed_the_day() -> None:
    items = items_of("fixturedownload-json", "download.json", "Europe/Rome", **SET)
    assert [(str(record.day), record.number, *brief(record)) for record in found(items)] == [
        ("2026-08-21", 1, "Otter - Pike", "2026-08-21 19:00", "exact", "finished"),
        ("2026-08-23", 2, "Carp - To be announced", "2026-08-22 23:30", "exact", "scheduled"),
        ("None", 4, "Otter - Carp", "", "unknown", "scheduled"),
    ]
    assert found(items)[1].away_is_slot
    assert found(items)[1].stage == "Group B, Round 1"
    assert refusals(items) == [("[2]", "bad_time")]


def test_the_own_table_is_in_local_time_with_the_day_first() -> None:
    items = items_of("fixturedownload-csv", "download.csv", "Europe/London", **SET)
    assert [(record.stage, *brief(record)) for record in found(items)] == [
        ("Round 1", "Otter - Pike", "2026-08-21 19:00", "exact", "finished"),
        ("Round 1", "Carp - Tench", "2026-08-22 14:00", "exact", "scheduled"),
        ("Final", "Pike - To be announced", "", "unknown", "scheduled"),
    ]
    assert refusals(items) == [("line 5", "bad_date"), ("line 6", "not_a_record")]


def test_a_row_that_the_source_calls_provisional_is() -> None:
    items = items_of("fixturedownload-csv", "derived.csv", competition="lake")
    assert [(record.season, str(record.day), *brief(record)) for record in found(items)] == [
        ("2026-27", "2026-08-22", "Otter - Pike", "2026-08-21 23:30", "provisional", "scheduled"),
        ("2026-27", "2026-08-22", "Carp - Tench", "2026-08-22 14:00", "exact", "scheduled"),
        ("2026-27", "2026-08-29", "Pike - Carp", "2026-08-29", "day", "scheduled"),
    ]
    assert refusals(items) == [("line 5", "bad_time"), ("line 6", "unknown_status")]


@pytest.mark.parametrize(
    ("key", "text", "fault"),
    [
        ("fixturedownload-json", b'{"MatchNumber": 1}', Fault.SCHEMA_CHANGED),
        ("fixturedownload-json", b'[{"Match": 1}]', Fault.SCHEMA_CHANGED),
        ("fixturedownload-csv", b"Match Number,Date\n", Fault.SCHEMA_CHANGED),
    ],
)
def test_other_documents_are_refused(key: str, text: bytes, fault: Fault) -> None:
    with pytest.raises(FeedError) as error:
        items_of(key, text, **SET)
    assert error.value.fault == fault


def test_a_feed_without_a_competition_is_not_ready() -> None:
    with pytest.raises(FeedError) as error:
        items_of("fixturedownload-json", "download.json")
    assert error.value.fault == Fault.NOT_SET


def test_the_real_files_are_read_whole(shared: Path) -> None:
    folder = shared / "samples" / "fixtures" / "premier-league"
    original = records_of("fixturedownload-json", folder / "fixturedownload_epl_2026_27.json", "Europe/London", **SET)
    assert len(original) == 380
    # 300 stand at 15:00 by default and 20 more at the default of a midweek round; the last round is simultaneous.
    assert Counter(record.precision for record in original) == {"provisional": 320, "exact": 60}
    derived = records_of("fixturedownload-csv", folder / "epl_2026_27_fixtures.csv", competition="lake")
    assert {record.starts_at for record in derived} == {record.starts_at for record in original}
    assert {record.precision for record in derived} == {"provisional"}
