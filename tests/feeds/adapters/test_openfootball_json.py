"""Fixture lists of openfootball in JSON."""

from pathlib import Path

import pytest

from guide.feeds.adapters.base import Fault, FeedError, Rejected
from tests.feeds.reading import brief, items_of, records_of, refusals

KEY = "openfootball-json"


def test_every_form_of_score_says_only_whether_it_was_played() -> None:
    assert [brief(record) for record in records_of(KEY, "cup.json", "Europe/Rome")] == [
        ("SC Otter - 1. FC Heron", "2026-08-22 16:30", "exact", "finished"),
        ("Pike United - AC Tench", "2026-08-23", "day", "scheduled"),
        ("Carp - Åmål FF", "2026-08-23 18:45", "exact", "postponed"),
        ("Pike United - Carp", "2026-09-01 19:00", "exact", "finished"),
        ("AC Tench - SC Otter", "2026-09-02 18:45", "exact", "finished"),
        ("1A - Path B winner", "2026-09-05", "day", "scheduled"),
        ("Carp - SC Otter", "", "unknown", "scheduled"),
    ]


def test_title_settings_slots_and_grounds_are_read() -> None:
    records = records_of(KEY, "cup.json", "Europe/Rome")
    assert {(record.competition, record.season) for record in records} == {("Lake Cup", "2026-27")}
    assert {record.zone for record in records} == {"Europe/Rome", "UTC-6", "CEST", ""}
    assert records[3].venue == "North Shore"
    slots = records[5]
    assert (slots.home_is_slot, slots.away_is_slot, slots.number, slots.stage) == (True, True, 7, "Group A, Matchday 2")
    (first, *_) = records_of(KEY, "cup.json", "Europe/Rome", competition="lake-cup", season="2026")
    assert (first.competition, first.season) == ("lake-cup", "2026")


def test_what_is_wrong_with_one_match_rejects_that_one() -> None:
    items = items_of(KEY, "broken.json", "Europe/Rome")
    assert refusals(items) == [
        ("matches[0]", "not_a_record"),
        ("matches[1]", "missing_field"),
        ("matches[2]", "bad_date"),
        ("matches[3]", "bad_time"),
        ("matches[4]", "no_such_time"),
        ("matches[5]", "unknown_status"),
        ("matches[6]", "unsafe_text"),
        ("matches[7]", "bad_value"),
        ("matches[8]", "bad_value"),
        ("matches[10]", "duplicate"),
    ]
    (first, *_) = (item for item in items if isinstance(item, Rejected))
    assert first.raw == "no match"


def test_times_without_a_zone_need_that_of_the_feed() -> None:
    with pytest.raises(FeedError) as error:
        items_of(KEY, "cup.json")
    assert error.value.fault == Fault.NOT_SET


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b'{"name": "Lake Cup 2026", "groups": []}', Fault.SCHEMA_CHANGED),
        (b'[{"name": "Otter"}]', Fault.SCHEMA_CHANGED),
        (b'{"name": "Lake Cup", "matches": []}', Fault.NOT_SET),
        (b"<html>", Fault.WRONG_TYPE),
        (b"", Fault.EMPTY),
    ],
)
def test_other_documents_are_refused(text: bytes, fault: Fault) -> None:
    with pytest.raises(FeedError) as error:
        items_of(KEY, text)
    assert error.value.fault == fault


@pytest.mark.parametrize(
    ("name", "matches", "without_time"),
    [
        ("2024-25/uefa.cl", 189, 0),
        ("2025-26/de.1", 306, 27),
        ("2025-26/en.1", 380, 1),
        ("2025-26/es.1", 380, 90),
        ("2025-26/fr.1", 306, 28),
        ("2025-26/it.1", 380, 70),
        ("worldcup-2026/worldcup.quali_playoffs", 16, 0),
    ],
)
def test_real_files_are_read_whole(shared: Path, name: str, matches: int, without_time: int) -> None:
    file = shared / "samples" / "fixtures" / "openfootball-json" / f"{name}.json"
    records = records_of(KEY, file, "Europe/Berlin")
    assert len(records) == matches
    assert sum(record.precision == "day" for record in records) == without_time


@pytest.mark.parametrize("name", ["groups", "stadiums", "teams"])
def test_real_files_of_something_else_are_refused(shared: Path, name: str) -> None:
    folder = shared / "samples" / "fixtures" / "openfootball-json" / "worldcup-2026"
    with pytest.raises(FeedError, match="matches"):
        items_of(KEY, folder / f"worldcup.{name}.json")
