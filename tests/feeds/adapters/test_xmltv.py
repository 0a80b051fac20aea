"""Programme guides in XMLTV: every oddity, every attack, and the memory that a large guide costs."""

import datetime as dt
import io
import json
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.feeds.adapters.base import Code, Document, Fault, FeedError, Found, Item, Limits, Rejected
from guide.feeds.adapters.xmltv import XmltvAdapter, channels
from guide.feeds.records import GuideChannelRecord, ProgrammeRecord

DATA = Path(__file__).resolve().parents[2] / "data" / "feeds" / "xmltv"
EVENING = DATA / "evening.xml"
GUIDE = Document(name="guide.xml")


def read(data: bytes, document: Document = GUIDE) -> list[Item[ProgrammeRecord]]:
    return list(XmltvAdapter().read(io.BytesIO(data), document))


def found(data: bytes, document: Document = GUIDE) -> list[ProgrammeRecord]:
    return [item.record for item in read(data, document) if isinstance(item, Found)]


def rejected(data: bytes, document: Document = GUIDE) -> list[Rejected]:
    return [item for item in read(data, document) if isinstance(item, Rejected)]


def the_fault(data: bytes, document: Document = GUIDE) -> Fault:
    with pytest.raises(FeedError) as caught:
        read(data, document)
    return caught.value.fault


def programme(attributes: str, title: str = "Match") -> bytes:
    return f'<tv><programme channel="a" {attributes}><title>{title}</title></programme></tv>'.encode()


def at(hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 8, 22, hour, minute, tzinfo=dt.UTC)


def test_every_programme_leaves_once() -> None:
    data = EVENING.read_bytes()
    assert len(read(data)) == data.count(b"<programme") - 1  # One stands inside an element that is none of ours.


def test_a_programme_is_read_with_all_it_says_in_whatever_order() -> None:
    assert found(EVENING.read_bytes())[0] == ProgrammeRecord(
        channel="one.example",
        starts_at=at(11, 25),
        stops_at=at(13, 30),
        title="Rouge / Bleu",
        sub_title="Première journée",
        description="Anything goes & everything stays.",
        categories=("football", "sport"),
        language="fr",
        is_repeat=True,
        is_premiere=True,
        is_new=True,
        episode="S3 E1",
    )


def test_of_several_languages_the_one_that_the_feed_asks_for_is_taken() -> None:
    first = found(EVENING.read_bytes(), Document(name="guide.xml", options={"language": "en"}))[0]
    assert (first.title, first.sub_title, first.language) == ("Red / Blue", "First day", "en")


def test_a_time_without_a_zone_is_utc_unless_the_feed_has_a_zone_and_a_missing_stop_is_not_guessed() -> None:
    here = found(EVENING.read_bytes())[1]
    assert (here.starts_at, here.stops_at) == (at(15, 30), None)
    rome = found(EVENING.read_bytes(), Document(name="guide.xml", zone=ZoneInfo("Europe/Rome")))[1]
    assert rome.starts_at == at(13, 30)


def test_zones_have_names_and_seconds_may_be_missing() -> None:
    assert found(EVENING.read_bytes())[2].starts_at == at(16)


def test_two_programmes_may_share_a_slot() -> None:
    assert [(item.title, item.clump) for item in found(EVENING.read_bytes())[3:5]] == [
        ("Round-up", "0/2"),
        ("Weather", "1/2"),
    ]


def test_the_same_programme_twice_is_a_duplicate_and_another_at_the_same_start_is_not() -> None:
    data = EVENING.read_bytes()
    assert [item.title for item in found(data) if item.starts_at == at(19)] == ["Twice", "Once, against it"]
    again = [item for item in rejected(data) if item.code is Code.DUPLICATE]
    assert len(again) == 1
    assert again[0].raw["start"] == "20260822210000 +0200"


def test_texts_come_without_markup_hidden_marks_and_streams() -> None:
    hostile = found(EVENING.read_bytes())[-1]
    assert hostile.title == "Bold words"
    assert hostile.description == "Watch at or 1 < 2.Aside"


def test_what_cannot_be_used_is_rejected_with_its_place() -> None:
    items = [item for item in rejected(EVENING.read_bytes()) if item.code is not Code.DUPLICATE]
    assert [item.code for item in items] == [
        Code.BAD_TIME,
        Code.BAD_TIME,
        Code.BAD_TIME,
        Code.MISSING_FIELD,
        Code.MISSING_FIELD,
        Code.MISSING_FIELD,
        Code.BAD_TIME,
    ]
    assert items[0].position == "programme 10, line 43"
    assert "XYZT" in items[2].message


def test_no_address_of_a_stream_is_kept_anywhere() -> None:
    items = read(EVENING.read_bytes())
    kept = "".join(
        item.record.model_dump_json() if isinstance(item, Found) else json.dumps([item.raw, item.message])
        for item in items
    )
    assert "m3u8" not in kept


def test_an_hour_that_the_clocks_left_out_is_no_time() -> None:
    gap = programme('start="20260329023000"')
    assert rejected(gap, Document(name="guide.xml", zone=ZoneInfo("Europe/Rome")))[0].code is Code.NO_SUCH_TIME


@pytest.mark.parametrize(
    "start", ["00010101000000 +0200", "99991231235959 -0500", "20260822246000", "２０２６０８２２１０００"]
)
def test_a_time_outside_calendar_and_clock_is_rejected(start: str) -> None:
    assert rejected(programme(f'start="{start}"'))[0].code is Code.BAD_TIME


def test_a_text_that_is_too_long_is_rejected() -> None:
    long = programme('start="20260822100000"', "x" * 30)
    assert rejected(long, Document(name="guide.xml", limits=Limits(text=20)))[0].code is Code.TOO_LONG


def test_latin_1_is_read_where_it_is_declared() -> None:
    assert [item.title for item in found((DATA / "latin-1.xml").read_bytes())] == ["Città contro città"]


def test_utf_16_and_a_byte_order_mark_are_read() -> None:
    text = '<tv><programme channel="a" start="20260822100000"><title>Città</title></programme></tv>'
    for data in (text.encode("utf-16"), text.encode("utf-8-sig")):
        assert [item.title for item in found(data)] == ["Città"]


def test_channels_come_with_their_names_the_preferred_one_first() -> None:
    items = list(channels(io.BytesIO(EVENING.read_bytes()), GUIDE))
    assert items[0] == Found(
        record=GuideChannelRecord(id="one.example", names=("Channel One", "One")), position="channel 1, line 5"
    )
    assert [item.code for item in items if isinstance(item, Rejected)] == [Code.DUPLICATE, Code.MISSING_FIELD]


def test_a_guide_without_programmes_is_no_fault_of_the_document() -> None:
    assert read(b"<tv />") == []


BOMB = b'<!DOCTYPE tv [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><tv><title>&b;</title></tv>'


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.EMPTY),
        (b" \r\n", Fault.EMPTY),
        (b"\x1f\x8b\x08\x00", Fault.WRONG_TYPE),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", Fault.WRONG_TYPE),
        (b'{"error": "no"}', Fault.WRONG_TYPE),
        (b"<ProgramGuide><Channel/></ProgramGuide>", Fault.SCHEMA_CHANGED),
        (BOMB, Fault.FORBIDDEN_MARKUP),
        (b'<!DOCTYPE tv SYSTEM "xmltv.dtd" [<!ENTITY x SYSTEM "file:///etc/passwd">]><tv/>', Fault.FORBIDDEN_MARKUP),
        (b'<!-- [ --><!DOCTYPE tv\n[<!ATTLIST tv a CDATA "b">]><tv/>', Fault.FORBIDDEN_MARKUP),
        (b"\xff\xfe" + '<!DOCTYPE tv [<!ENTITY a "b">]><tv/>'.encode("utf-16-le"), Fault.FORBIDDEN_MARKUP),
        (b'<?xml version="1.0" encoding="UTF-7"?>+ADw-tv/+AD4-', Fault.BAD_ENCODING),
        (b'<?xml version="1.0" encoding="nonsense"?><tv/>', Fault.BAD_ENCODING),
        (b"<tv><programme><title>\xff\xfe</title></programme></tv>", Fault.BAD_ENCODING),
        ("<tv/>".encode("utf-16-le"), Fault.BAD_ENCODING),
        (b'<!DOCTYPE tv SYSTEM "xmltv.dtd"><tv><programme channel="&one;"/></tv>', Fault.MALFORMED),
        (b"<tv><title>&eacute;</title></tv>", Fault.MALFORMED),
        (b"<tv><programme></tv>", Fault.MALFORMED),
        (b"<tv></tv><tv></tv>", Fault.MALFORMED),
        (b"<tv>\x00</tv>", Fault.MALFORMED),
        (b"<tv>" + b"<a>" * 100, Fault.TOO_DEEP),
        (b"<tv>" + b"<a>" * 300_000, Fault.TOO_DEEP),
        (b"<!-- no end", Fault.TRUNCATED),
        (b"<tv><programme", Fault.TRUNCATED),
        (b"<tv><programme/>", Fault.TRUNCATED),
    ],
)
def test_a_document_that_cannot_be_used_says_why(data: bytes, fault: Fault) -> None:
    assert the_fault(data) is fault


def test_a_document_type_that_is_only_named_is_no_harm() -> None:
    for doctype in (b'SYSTEM "xmltv.dtd"', b'PUBLIC "-//x//y" "https://a.example/xmltv.dtd"', b""):
        assert read(b"<?xml version='1.0'?>\r\n<!DOCTYPE tv " + doctype + b">\r\n<tv/>") == []


def test_a_document_may_not_hold_more_records_than_allowed() -> None:
    assert the_fault(b"<tv>" + b"<programme/>" * 3 + b"</tv>", Document(name="x", limits=Limits(records=2))) is (
        Fault.TOO_MANY_RECORDS
    )


@given(st.data())
def test_a_damaged_guide_raises_nothing_else(data: st.DataObject) -> None:
    original = EVENING.read_bytes()
    place = data.draw(st.integers(0, len(original)))
    length = data.draw(st.integers(0, 12))
    damaged = original[:place] + data.draw(st.binary(max_size=6)) + original[place + length :]
    with suppress(FeedError):
        read(damaged)


@given(st.integers(0, len(EVENING.read_bytes().rstrip()) - 1))
def test_a_guide_that_is_cut_is_never_taken_for_a_whole_one(length: int) -> None:
    assert the_fault(EVENING.read_bytes()[:length]) in (Fault.TRUNCATED, Fault.EMPTY, Fault.WRONG_TYPE, Fault.MALFORMED)


class Made(io.RawIOBase):
    """A guide that is made while it is read, so that only what the adapter keeps is measured."""

    def __init__(self, programmes: int, *, of: int) -> None:
        self.pieces = self._pieces(programmes, of)
        self.rest = b""

    def _pieces(self, programmes: int, of: int) -> Iterator[bytes]:
        yield b"<tv>"
        for number in range(programmes):
            start = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=number % of)
            yield (
                f'<programme channel="a" start="{start:%Y%m%d%H%M%S}"><title>Programme {number % of}</title>'
                f"<desc>{'word ' * 60}</desc></programme>\n"
            ).encode()
        yield b"</tv>"

    def read(self, size: int = -1) -> bytes:
        while len(self.rest) < size and (piece := next(self.pieces, b"")):
            self.rest += piece
        answer, self.rest = self.rest[:size], self.rest[size:]
        return answer


def count(programmes: int, *, of: int) -> int:
    stream: BinaryIO = Made(programmes, of=of)  # type: ignore[assignment]
    return sum(1 for _ in XmltvAdapter().read(stream, GUIDE))


def peak(programmes: int, *, of: int) -> int:
    tracemalloc.start()
    try:
        assert count(programmes, of=of) == programmes
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.long
def test_a_guide_ten_times_over_costs_less_than_twice_the_memory() -> None:
    peak(10, of=10)
    assert peak(4_000, of=400) < 2 * peak(400, of=400)


@pytest.mark.long
def test_what_is_remembered_of_a_programme_is_small() -> None:
    peak(10, of=10)
    assert peak(4_000, of=4_000) - peak(600, of=600) < 3_400 * 250


@pytest.mark.long
def test_the_tree_of_a_large_guide_is_never_whole_in_memory() -> None:
    process = psutil.Process()
    count(600, of=600)
    before = process.memory_info().rss
    count(20_000, of=600)
    assert process.memory_info().rss - before < 8_000_000  # The document has 9 MB, its tree several times that.


SAMPLES = {
    "fr/tv_guide_fr_20260822.xml": (44, 1930, {Code.DUPLICATE: 39}),
    "fr/tv_guide_fr_telerama_20260822.xml": (76, 2816, {Code.DUPLICATE: 1}),
    "iptv-org-epg/energeek.cl.content.xml": (5, 294, {}),
    "iptv-org-epg/epg.iptvx.one.content.xml": (1, 230, {}),
    "iptv-org-epg/epg.tmacaraibes.com.content.xml": (1, 318, {}),
    "iptv-org-epg/epgshare01.online.content.xml": (2, 203, {}),
    "iptv-org-epg/makrodigitaltelevision.com.content.xml": (1, 64, {Code.DUPLICATE: 2}),
    "iptv-org-epg/nzxmltv.com.content.xml": (1, 2, {}),
    "iptv-org-epg/vantagetv.ee.content.xml": (3, 332, {}),
    "it/raw_tv_guide_it_20230304.xml": (12, 611, {Code.DUPLICATE: 1}),
    "it/tv_guide_it_20230305.xml": (11, 3772, {Code.DUPLICATE: 16}),
    "it/tv_guide_it_20260822.xml": (0, 0, {}),
    "other/tv_guide_be_20260822.xml": (6, 169, {Code.DUPLICATE: 7}),
    "other/tv_guide_ch_20260822.xml": (3, 106, {Code.DUPLICATE: 3}),
    "other/tv_guide_ch_local_20260822.xml": (3, 108, {Code.DUPLICATE: 3}),
    "other/tv_guide_wo_20260822.xml": (1, 29, {Code.DUPLICATE: 1}),
    "uk/tv_guide_uk.xml": (20, 5203, {}),
    "uk/tv_guide_uk_freeview_20260822.xml": (20, 590, {}),
    "xmltv-project-t/amp.xml": (0, 2, {}),
    "xmltv-project-t/attrs.xml": (0, 1, {}),
    "xmltv-project-t/clump.xml": (0, 2, {}),
    "xmltv-project-t/dups.xml": (0, 4, {Code.DUPLICATE: 3}),
    "xmltv-project-t/empty.xml": (0, 0, {}),
    "xmltv-project-t/length.xml": (0, 1, {}),
    "xmltv-project-t/overlap.xml": (0, 12, {Code.BAD_TIME: 2}),
    "xmltv-project-t/simple.xml": (0, 2, {}),
    "xmltv-project-t/sort.xml": (0, 4, {}),
    "xmltv-project-t/test.xml": (2, 1, {}),
    "xmltv-project-t/test_livre.xml": (0, 1, {}),
    "xmltv-project-t/whitespace.xml": (0, 1, {Code.DUPLICATE: 4}),
    "xmltv-project-t/x-whatever.xml": (0, 2, {}),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_real_guide_is_read_whole(shared: Path, name: str) -> None:
    data = (shared / "samples" / "xmltv" / name).read_bytes()
    listed, programmes, faults = SAMPLES[name]
    items = read(data)
    assert sum(isinstance(item, Found) for item in items) == programmes
    assert Counter(item.code for item in items if isinstance(item, Rejected)) == faults
    assert len(list(channels(io.BytesIO(data), GUIDE))) == listed


def test_every_real_guide_is_among_them(shared: Path) -> None:
    folder = shared / "samples" / "xmltv"
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.xml")}
    assert names - set(SAMPLES) == {"iptv-org-epg/hoy.tv.content.xml"}


def test_the_real_guide_with_another_root_is_refused(shared: Path) -> None:
    data = (shared / "samples" / "xmltv" / "iptv-org-epg" / "hoy.tv.content.xml").read_bytes()
    assert the_fault(data) is Fault.SCHEMA_CHANGED


def test_hull_against_manchester_starts_at_the_instant_that_the_french_guide_gives_with_its_offset(
    shared: Path,
) -> None:
    data = (shared / "samples" / "xmltv" / "fr" / "tv_guide_fr_telerama_20260822.xml").read_bytes()
    starts = {item.starts_at for item in found(data) if item.title == "Hull City / Manchester United"}
    assert at(11, 25) in starts
