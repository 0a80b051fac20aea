"""Calendars: what an entry says, what it leaves out, and what a parser would let pass."""

import datetime as dt
import io
import json
from collections import Counter
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.feeds.adapters.base import Code, Document, Fault, FeedError, Found, Item, Limits, Rejected
from guide.feeds.adapters.icalendar_events import IcalendarAdapter
from guide.feeds.records import FixtureRecord

DATA = Path(__file__).resolve().parents[2] / "data" / "feeds" / "icalendar"
CUP = (DATA / "cup.ics").read_bytes()
DASHES = (DATA / "dashes.ics").read_bytes()
CALENDAR = Document(name="cup.ics")


def read(data: bytes, document: Document = CALENDAR) -> list[Item[FixtureRecord]]:
    return list(IcalendarAdapter().read(io.BytesIO(data), document))


def found(data: bytes, document: Document = CALENDAR) -> list[FixtureRecord]:
    return [item.record for item in read(data, document) if isinstance(item, Found)]


def rejected(data: bytes, document: Document = CALENDAR) -> list[Rejected]:
    return [item for item in read(data, document) if isinstance(item, Rejected)]


def the_fault(data: bytes, document: Document = CALENDAR) -> Fault:
    with pytest.raises(FeedError) as caught:
        read(data, document)
    return caught.value.fault


def entry(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""]).encode()


def with_options(**options: str) -> Document:
    return Document(name="dashes.ics", options=options)


def test_every_entry_leaves_once() -> None:
    assert len(read(CUP)) == CUP.count(b"BEGIN:VEVENT") + CUP.count(b"BEGIN:VTODO")


def test_a_match_is_read_with_all_it_says_and_without_stamps_and_alarms() -> None:
    assert found(CUP)[0] == FixtureRecord(
        competition="Cup of Nobody",
        season="2026",
        stage="Semi-final",
        home="Reds",
        away="Blues of the Long Name",
        source_key="1@nobody.example",
        starts_at=dt.datetime(2026, 8, 22, 11, 30, tzinfo=dt.UTC),
        ends_at=dt.datetime(2026, 8, 22, 13, 30, tzinfo=dt.UTC),
        day=dt.date(2026, 8, 22),
        precision="exact",
        zone="UTC",
        venue="Old Ground, Town",
    )


def test_an_entry_for_the_whole_day_has_no_time() -> None:
    all_day, disguised = found(CUP)[1], found(CUP, Document(name="x", zone=dt.UTC))[-1]
    assert (all_day.name, all_day.precision, all_day.starts_at) == ("GP of Nowhere", "day", None)
    assert all_day.day == dt.date(2026, 8, 23)
    assert disguised.precision == "exact"  # From 22:00 to 22:00 is no day at UTC.
    midnight = found(
        entry("DTSTART:20260822T000000Z", "DTEND:20260823T000000Z", "SUMMARY:Race", "UID:1"),
        with_options(competition="c"),
    )
    assert (midnight[0].precision, midnight[0].day) == ("day", dt.date(2026, 8, 22))


def test_a_time_without_a_zone_is_local_at_the_calendar_or_at_the_feed() -> None:
    at_rome, at_london = found(CUP)[2], found(CUP, Document(name="x", zone=ZoneInfo("Europe/London")))[2]
    assert (at_rome.starts_at, at_rome.zone) == (dt.datetime(2026, 8, 24, 18, 45, tzinfo=dt.UTC), "Europe/Rome")
    assert at_london.starts_at == dt.datetime(2026, 8, 24, 19, 45, tzinfo=dt.UTC)
    nowhere = rejected(entry("DTSTART:20260824T204500", "SUMMARY:Match"), with_options(competition="c"))
    assert nowhere[0].code is Code.BAD_TIME


def test_channels_that_an_entry_names_are_kept() -> None:
    assert found(CUP)[2].channels == ("Channel One", "Channel Two")


def test_an_estimate_is_provisional_whatever_the_status_says_and_a_zone_may_be_described_by_the_calendar() -> None:
    final = found(CUP)[3]
    assert (final.name, final.precision, final.zone) == ("Final", "provisional", "House Time")
    assert final.starts_at == dt.datetime(2026, 8, 25, 19, 45, tzinfo=dt.UTC)
    assert final.ends_at == dt.datetime(2026, 8, 25, 21, 45, tzinfo=dt.UTC)


def test_the_day_is_that_of_the_feed_and_sides_may_be_slots_and_an_entry_may_be_cancelled() -> None:
    called_off = found(CUP)[4]
    assert (called_off.status, called_off.zone) == ("cancelled", "America/New_York")
    assert called_off.starts_at == dt.datetime(2026, 8, 26, 0, 45, tzinfo=dt.UTC)
    assert called_off.day == dt.date(2026, 8, 26)  # At Rome, where the calendar is at home.
    assert (called_off.home_is_slot, called_off.away_is_slot) == (True, True)


def test_the_same_entry_twice_is_a_duplicate_though_its_time_stamp_is_new() -> None:
    again = [item for item in rejected(CUP) if item.code is Code.DUPLICATE]
    assert [item.position for item in again] == ["entry 7, 2@nobody.example"]


def test_what_cannot_be_used_is_rejected_with_its_reason() -> None:
    items = [(item.code, item.message) for item in rejected(CUP) if item.code is not Code.DUPLICATE]
    assert [code for code, _ in items] == [
        Code.BAD_VALUE,
        Code.MISSING_FIELD,
        Code.MISSING_FIELD,
        Code.BAD_TIME,
        Code.BAD_TIME,
        Code.NO_SUCH_TIME,
        Code.BAD_TIME,
        Code.UNKNOWN_STATUS,
        Code.NOT_A_RECORD,
    ]
    assert items[0][1] == "The entry repeats by a rule, which no match does."
    assert "Atlantis/Lost" in items[4][1]


def test_the_address_of_a_stream_is_not_kept() -> None:
    assert "m3u8" not in json.dumps([item.raw for item in rejected(CUP)])


def test_a_dash_stands_for_nothing_unless_the_feed_says_so() -> None:
    plain = found(DASHES, with_options(competition="c"))
    assert [(item.name, item.home, item.stage) for item in plain] == [
        ("Cup - Reds - Blues", "", ""),
        ("Reds – Greens", "", ""),
        ("", "Greens", "One/Two"),
    ]
    sides = found(DASHES, with_options(dash="sides"))
    assert [(item.competition, item.home, item.away) for item in sides] == [("Cup", "Reds", "Blues")]
    named = found(DASHES, with_options(dash="sides", competition="our-cup"))
    assert [(item.competition, item.stage, item.home, item.away) for item in named[:2]] == [
        ("our-cup", "Cup", "Reds", "Blues"),
        ("our-cup", "", "Reds", "Greens"),
    ]
    shown = found(DASHES, with_options(dash="channels", competition="c"))
    assert (shown[2].away, shown[2].channels) == ("Blues", ("One", "Two"))


def test_an_entry_of_no_competition_is_rejected() -> None:
    assert {item.code for item in rejected(DASHES)} == {Code.MISSING_FIELD}


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"<!DOCTYPE html><html></html>", Fault.WRONG_TYPE),
        (b"Not found", Fault.WRONG_TYPE),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", Fault.TRUNCATED),
        (CUP[: CUP.index(b"SUMMARY:Never")], Fault.TRUNCATED),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", Fault.TRUNCATED),
        (b"BEGIN:VCALENDAR\nno colon here\nEND:VCALENDAR\n", Fault.MALFORMED),
        (b"BEGIN:VCALENDAR\n\xff\xfe\nEND:VCALENDAR\n", Fault.BAD_ENCODING),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 5000 + b"END:VCALENDAR\n", Fault.TOO_DEEP),
    ],
)
def test_a_document_that_cannot_be_used_says_why(data: bytes, fault: Fault) -> None:
    assert the_fault(data) is fault


def test_a_document_may_not_hold_more_records_than_allowed() -> None:
    assert the_fault(CUP, Document(name="x", limits=Limits(records=5))) is Fault.TOO_MANY_RECORDS


@given(st.data())
def test_a_damaged_calendar_raises_nothing_else(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(CUP)))
    piece = data.draw(
        st.one_of(st.binary(max_size=6), st.sampled_from([b":", b";", b"=", b'"', b"\n", b",", b"TZID="]))
    )
    damaged = CUP[:place] + piece + CUP[place + data.draw(st.integers(0, 12)) :]
    with suppress(FeedError):
        read(damaged)


@given(st.sampled_from(["DTSTART", "DTEND", "DURATION", "SUMMARY", "UID", "STATUS", "RDATE", "LOCATION"]), st.text())
def test_an_entry_may_say_anything(name: str, value: str) -> None:
    with suppress(FeedError):
        read(entry("DTSTART:20260822T113000Z", "SUMMARY:Match", f"{name}:{value}"))


SAMPLES = {
    "f1-2026-es.ics": Counter(exact=55, day=11),
    "f1-2026-it.ics": Counter(exact=120),
    "motogp-2026-it.ics": Counter(exact=44),
    "odoral/2026-05-10.nba.ics": Counter(exact=113),
    "odoral/2026-08-22T02.football_full_set.ics": Counter(exact=144),
    "odoral/2026-08-22T10.football_full_set.ics": Counter(exact=151),
    "odoral/2026-08-22T10.nba.ics": Counter(exact=1),
    "odoral/2026-08-22T10.premier_league.ics": Counter(exact=19),
    "tennis-atp-2024-04-19.ics": Counter(exact=29),
    "tennis-grand-slam-mens-finals.ics": Counter(exact=4, provisional=12),
    "worldcup-2026-japan.ics": Counter(exact=104),
    "worldcup-2026-uk/2026-06-17.uk.ics": Counter(exact=104),
    "worldcup-2026-uk/2026-07-01.uk.ics": Counter(exact=104),
    "worldcup-2026-uk/2026-07-20.uk.ics": Counter(exact=104),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_real_calendar_is_read_whole(shared: Path, name: str) -> None:
    dash = "sides" if name.startswith("odoral") else "channels"
    document = Document(name=name, options={"competition": "c", "dash": dash})
    items = read((shared / "samples" / "ics" / name).read_bytes(), document)
    assert Counter(item.record.precision if isinstance(item, Found) else item.code for item in items) == SAMPLES[name]


def test_every_real_calendar_is_among_them(shared: Path) -> None:
    folder = shared / "samples" / "ics"
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.ics")} == set(SAMPLES)


def test_two_runs_of_a_calendar_share_their_matches_though_not_one_of_their_keys(shared: Path) -> None:
    folder = shared / "samples" / "ics" / "odoral"
    before, after = (
        found((folder / f"2026-08-22T{hour}.football_full_set.ics").read_bytes(), with_options(dash="sides"))
        for hour in ("02", "10")
    )
    assert not {item.source_key for item in before} & {item.source_key for item in after}
    keyless = [{item.model_copy(update={"source_key": "", "channels": ()}) for item in run} for run in (before, after)]
    assert len(keyless[0] & keyless[1]) >= 142
    assert all(item.home for item in before)
    assert sum(bool(item.channels) for item in before) >= 140


def test_the_british_calendar_names_the_channel_and_no_team_carries_it(shared: Path) -> None:
    data = (shared / "samples" / "ics" / "worldcup-2026-uk" / "2026-07-20.uk.ics").read_bytes()
    events = found(data, with_options(competition="world-cup", dash="channels"))
    assert {channel for event in events for channel in event.channels} == {"BBC", "ITV"}
    assert not [event for event in events if "BBC" in event.away or "ITV" in event.away]
