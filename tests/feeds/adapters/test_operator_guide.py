"""Programme guides of operators: two shapes, one record."""

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

from guide.feeds.adapters.base import Document, Fault, FeedError, Found, Item, Limits
from guide.feeds.adapters.operator_guide import OperatorGuideAdapter
from guide.feeds.records import ProgrammeRecord

DATA = Path(__file__).resolve().parents[2] / "data" / "feeds" / "operator_guide"
DAY, NOW = ((DATA / name).read_bytes() for name in ("day.json", "now.json"))
GUIDE = Document(name="day.json")


def read(data: bytes, document: Document = GUIDE) -> list[Item[ProgrammeRecord]]:
    return list(OperatorGuideAdapter().read(io.BytesIO(data), document))


def outcomes(data: bytes, document: Document = GUIDE) -> list[str]:
    return [item.record.title if isinstance(item, Found) else item.code.value for item in read(data, document)]


def test_a_day_of_channels_gives_each_programme_once() -> None:
    assert outcomes(DAY) == [
        "Reds - Blues, 1st half",
        "duplicate",
        "bad_time",
        "bad_time",
        "missing_field",
        "missing_field",
        "bad_time",
        "not_a_record",
        "not_a_record",
    ]
    first = read(DAY)[0]
    assert isinstance(first, Found)
    assert first.record == ProgrammeRecord(
        channel="1",
        starts_at=dt.datetime(2026, 6, 28, 16, 0, tzinfo=dt.UTC),
        stops_at=dt.datetime(2026, 6, 28, 16, 45, tzinfo=dt.UTC),
        title="Reds - Blues, 1st half",
        description="Live at",
        categories=("Sport", "Football"),
        episode="E3",
    )


def test_a_time_without_an_offset_is_local_where_the_feed_has_a_zone() -> None:
    item = read(DAY, Document(name="x", zone=ZoneInfo("Europe/Copenhagen")))[2]
    assert isinstance(item, Found)
    assert item.record.starts_at == dt.datetime(2026, 6, 28, 18, 0, tzinfo=dt.UTC)
    assert item.record.stops_at is None


def test_what_runs_now_and_later_is_read_from_the_other_shape() -> None:
    assert outcomes(NOW) == ["Cup", "Best of", "not_a_record"]
    now = read(NOW)[0]
    assert isinstance(now, Found)
    assert (now.record.channel, now.record.sub_title, now.record.categories) == ("x1", "Reds - Blues", ("Soccer",))
    assert now.position == "Tiles[0].LinearSchedule.Now"


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"<html></html>", Fault.WRONG_TYPE),
        (b"[]", Fault.SCHEMA_CHANGED),
        (b'{"Tiles": {}}', Fault.SCHEMA_CHANGED),
        (DAY[:500], Fault.TRUNCATED),
        (b"[" * 100_000, Fault.TOO_DEEP),
    ],
)
def test_a_document_that_cannot_be_used_says_why(data: bytes, fault: Fault) -> None:
    with pytest.raises(FeedError) as caught:
        read(data)
    assert caught.value.fault is fault


def test_limits_hold() -> None:
    with pytest.raises(FeedError):
        read(DAY, Document(name="x", limits=Limits(records=2)))
    assert outcomes(DAY, Document(name="x", limits=Limits(text=5)))[0] == "too_long"


@given(st.sampled_from([DAY, NOW]), st.data())
def test_a_damaged_guide_raises_nothing_else(original: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(original)))
    damaged = original[:place] + data.draw(st.binary(max_size=6)) + original[place + data.draw(st.integers(0, 12)) :]
    with suppress(FeedError):
        read(damaged)


@given(
    st.sampled_from(["title", "eventStart", "eventEnd", "genres", "seasonNumber", "shortDescription"]),
    st.none() | st.integers() | st.booleans() | st.text(max_size=8) | st.lists(st.integers(), max_size=2),
)
def test_a_field_may_hold_anything(name: str, value: object) -> None:
    data = json.loads(DAY)
    data["channels"][0]["programs"][0][name] = value
    assert len(read(json.dumps(data).encode())) == 9


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("allente.dk.content.json", Counter(found=2_888)),
        ("dazn-linear-now-next.content.json", Counter(found=4)),
    ],
)
def test_a_real_guide_is_read_whole(shared: Path, name: str, counts: Counter[str]) -> None:
    items = read((shared / "samples" / "rights" / name).read_bytes())
    assert Counter("found" if isinstance(item, Found) else item.code.value for item in items) == counts
