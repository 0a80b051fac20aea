"""The directory of channels: facts come in, and no address of a stream does."""

import csv
import datetime as dt
import io
import json
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.feeds.adapters.base import Adapter, Code, Document, Fault, FeedError, Found, Item, Limits, Rejected
from guide.feeds.adapters.iptv_org import ChannelAdapter, ChannelIdAdapter, ChannelReachAdapter
from guide.feeds.adapters.texts import is_stream_address
from guide.feeds.records import ChannelIdRecord, ChannelReachRecord, ChannelRecord

DATA = Path(__file__).resolve().parents[2] / "data" / "feeds" / "iptv_org"
FILES: list[tuple[Adapter[Any], str]] = [
    (ChannelAdapter(), "channels.csv"),
    (ChannelReachAdapter(), "feeds.csv"),
    (ChannelIdAdapter(), "operator.channels.xml"),
]


def read(adapter: Adapter[Any], data: bytes, **limits: int) -> list[Item[Any]]:
    return list(adapter.read(io.BytesIO(data), Document(name="x", limits=Limits(**limits))))


def records(adapter: Adapter[Any], data: bytes) -> list[Any]:
    return [item.record for item in read(adapter, data) if isinstance(item, Found)]


def codes(items: list[Item[Any]]) -> list[Code]:
    return [item.code for item in items if isinstance(item, Rejected)]


def kept(items: list[Item[Any]]) -> str:
    return "\n".join(
        item.record.model_dump_json() if isinstance(item, Found) else json.dumps([item.raw, item.message])
        for item in items
    )


def test_a_channel_is_read_with_its_seat_and_not_its_reach() -> None:
    one, two = records(ChannelAdapter(), (DATA / "channels.csv").read_bytes())
    assert one == ChannelRecord(
        id="One.uk",
        name="One",
        other_names=("Uno", "Un"),
        country="GB",
        owners=("One plc", "Two plc"),
        categories=("sports", "general"),
        website="https://one.example.org/watch",
        launched_on=dt.date(1999, 1, 2),
    )
    assert (two.country, two.closed_on, two.replaced_by, two.website) == ("XK", dt.date(2020, 5, 6), "One.uk", "")


def test_a_channel_that_cannot_be_used_is_rejected_with_its_line() -> None:
    items = read(ChannelAdapter(), (DATA / "channels.csv").read_bytes())
    assert codes(items) == [
        Code.STREAM_ADDRESS,
        Code.STREAM_ADDRESS,
        Code.DUPLICATE,
        Code.NOT_A_RECORD,
        Code.BAD_VALUE,
        Code.MISSING_FIELD,
        Code.BAD_VALUE,
    ]
    assert [item.position for item in items] == [f"line {line}" for line in range(2, 11)]


def test_the_reach_is_countries_and_apart_from_them_groups_and_parts() -> None:
    items = read(ChannelReachAdapter(), (DATA / "feeds.csv").read_bytes())
    assert records(ChannelReachAdapter(), (DATA / "feeds.csv").read_bytes()) == [
        ChannelReachRecord(
            channel="One.uk",
            edition="HD",
            name="HD",
            is_main=True,
            countries=("GB", "IE"),
            regions=("EUR",),
            parts=("s/IT-34", "ct/ITMIL"),
            languages=("eng", "ita"),
        )
    ]
    assert codes(items) == [Code.DUPLICATE, Code.BAD_VALUE, Code.BAD_VALUE]


def test_the_id_of_a_site_leads_to_a_channel_or_to_none_yet() -> None:
    items = read(ChannelIdAdapter(), (DATA / "operator.channels.xml").read_bytes())
    assert records(ChannelIdAdapter(), (DATA / "operator.channels.xml").read_bytes()) == [
        ChannelIdRecord(
            site="operator.example", site_id="#1", name="One & only", language="it", channel="One.uk", edition="HD"
        ),
        ChannelIdRecord(site="operator.example", site_id="#2", name="Nobody's", language="it"),
    ]
    assert codes(items) == [Code.DUPLICATE, Code.MISSING_FIELD, Code.STREAM_ADDRESS]


@pytest.mark.parametrize(("adapter", "name"), FILES)
def test_no_address_of_a_stream_is_kept_anywhere(adapter: Adapter[Any], name: str) -> None:
    text = kept(read(adapter, (DATA / name).read_bytes()))
    assert "m3u8" not in text
    assert "rtmp:" not in text


def test_a_text_that_is_too_long_is_rejected() -> None:
    items = read(ChannelAdapter(), (DATA / "channels.csv").read_bytes(), text=20)
    assert codes(items)[0] is Code.TOO_LONG


@pytest.mark.parametrize(
    ("adapter", "data", "fault"),
    [
        (ChannelAdapter(), b"", Fault.EMPTY),
        (ChannelAdapter(), b"<html></html>", Fault.WRONG_TYPE),
        (ChannelAdapter(), b"id,title\n1,2\n", Fault.SCHEMA_CHANGED),
        (ChannelAdapter(), b"\xff\xfa", Fault.BAD_ENCODING),
        (ChannelReachAdapter(), b"channel,id\n", Fault.SCHEMA_CHANGED),
        (ChannelIdAdapter(), b"<tv/>", Fault.SCHEMA_CHANGED),
        (ChannelIdAdapter(), b"<channels><channel", Fault.TRUNCATED),
    ],
)
def test_a_document_that_cannot_be_used_says_why(adapter: Adapter[Any], data: bytes, fault: Fault) -> None:
    with pytest.raises(FeedError) as caught:
        read(adapter, data)
    assert caught.value.fault is fault


@given(st.sampled_from(FILES), st.data())
def test_a_damaged_file_raises_nothing_else(file: tuple[Adapter[Any], str], data: st.DataObject) -> None:
    original = (DATA / file[1]).read_bytes()
    place = data.draw(st.integers(0, len(original)))
    damaged = original[:place] + data.draw(st.binary(max_size=6)) + original[place + data.draw(st.integers(0, 12)) :]
    with suppress(FeedError):
        read(file[0], damaged)


SAMPLES: list[tuple[Adapter[Any], str, Counter[str]]] = [
    (ChannelAdapter(), "iptv-org-database/channels.csv", Counter(found=41_098, stream_address=7)),
    (ChannelReachAdapter(), "iptv-org-database/feeds.csv", Counter(found=45_082)),
    (ChannelIdAdapter(), "canalplus.com_fr.channels.xml", Counter(found=368)),
    (ChannelIdAdapter(), "chaines-tv.orange.fr.channels.xml", Counter(found=397)),
    (ChannelIdAdapter(), "dazn.com.channels.xml", Counter(found=121)),
]


@pytest.mark.long
@pytest.mark.parametrize(("adapter", "name", "counts"), SAMPLES)
def test_a_real_file_is_read_whole_and_keeps_no_stream(
    shared: Path, adapter: Adapter[Any], name: str, counts: Counter[str]
) -> None:
    items = read(adapter, (shared / "samples" / "channels" / name).read_bytes())
    assert Counter("found" if isinstance(item, Found) else item.code.value for item in items) == counts
    text = kept(items)
    assert not [word for word in text.replace('"', " ").split() if "://" in word and is_stream_address(word)]


@pytest.mark.long
def test_channels_whose_streams_may_not_be_listed_come_without_one(shared: Path) -> None:
    folder = shared / "samples" / "channels" / "iptv-org-database"
    with (folder / "blocklist.csv").open(encoding="utf-8", newline="") as file:
        blocked = {row["channel"] for row in csv.DictReader(file)}
    channels = records(ChannelAdapter(), (folder / "channels.csv").read_bytes())
    listed = [channel for channel in channels if channel.id in blocked]
    assert len(listed) > 1_400
    assert not [channel for channel in listed if is_stream_address(channel.website)]


@pytest.mark.long
def test_the_empty_ids_of_the_real_sites_are_as_many_as_known(shared: Path) -> None:
    names = [name for adapter, name, _ in SAMPLES if isinstance(adapter, ChannelIdAdapter)]
    empty = [
        sum(
            not record.channel
            for record in records(ChannelIdAdapter(), (shared / "samples/channels" / name).read_bytes())
        )
        for name in names
    ]
    assert empty == [198, 70, 121]
