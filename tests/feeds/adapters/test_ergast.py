"""Race calendars in the form of Ergast."""

import io
import json
from pathlib import Path

import pytest

from guide.feeds.adapters.base import Fault, FeedError
from guide.feeds.adapters.ergast import next_offset
from tests.feeds.reading import MINIATURES, brief, document, found, items_of, records_of, refusals

KEY = "ergast"


def test_blocks_of_a_weekend_become_sessions() -> None:
    items = items_of(KEY, "ergast.json")
    assert [(record.season, record.number, record.venue, *brief(record)) for record in found(items)] == [
        ("2026", 3, "Lakeside Ring", "Lake Grand Prix fp1", "2026-03-06 01:30", "exact", "scheduled"),
        ("2026", 3, "Lakeside Ring", "Lake Grand Prix sprint-qualifying", "2026-03-06 05:30", "exact", "scheduled"),
        ("2026", 3, "Lakeside Ring", "Lake Grand Prix race", "2026-03-08 04:00", "exact", "scheduled"),
    ]
    assert refusals(items) == [("Races[1].Qualifying", "bad_value"), ("Races[1]", "bad_value")]


def test_a_page_says_where_the_next_one_begins() -> None:
    text = (MINIATURES / "ergast.json").read_bytes()
    assert next_offset(io.BytesIO(text), document()) == 4
    assert next_offset(io.BytesIO(text.replace(b'"5"', b'"4"')), document()) is None


def test_a_page_with_fewer_races_than_it_announces_is_cut_off() -> None:
    page = json.loads((MINIATURES / "ergast.json").read_bytes())
    page["MRData"]["RaceTable"]["Races"].pop()
    with pytest.raises(FeedError) as error:
        items_of(KEY, json.dumps(page).encode())
    assert error.value.fault == Fault.TRUNCATED


def test_a_page_without_its_counts_is_another_format() -> None:
    with pytest.raises(FeedError) as error:
        items_of(KEY, b'{"MRData": {"RaceTable": {"Races": []}}}')
    assert error.value.fault == Fault.SCHEMA_CHANGED


def test_real_answers(shared: Path) -> None:
    folder = shared / "samples" / "fixtures" / "f1"
    records = records_of(KEY, folder / "ergast_2023_races.json")
    assert len(records) == 110
    assert sum(record.session == "race" for record in records) == 22
    assert {(record.competition, record.season) for record in records} == {("f1", "2023")}
    assert records_of(KEY, folder / "ergast_2023_99_races.empty.json") == []
