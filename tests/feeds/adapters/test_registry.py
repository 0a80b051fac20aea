"""What holds for every adapter of guides, calendars, channels and claims."""

import io
import json
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.feeds.adapters.base import Document, FeedError, Found
from guide.feeds.adapters.registry import ADAPTERS
from guide.publication.records import Record

DATA = Path(__file__).resolve().parents[2] / "data" / "feeds"
MINIATURES = [
    ("icalendar", "icalendar/cup.ics"),
    ("icalendar", "icalendar/dashes.ics"),
    ("xmltv", "xmltv/evening.xml"),
    ("iptv-org-channels", "iptv_org/channels.csv"),
    ("iptv-org-feeds", "iptv_org/feeds.csv"),
    ("channel-ids", "iptv_org/operator.channels.xml"),
    ("claims-by-country", "claims/by_country.json"),
    ("claims-per-match-json", "claims/per_match.json"),
    ("claims-per-match-csv", "claims/per_match.csv"),
    ("claims-events", "claims/events.json"),
    ("claims-licensees", "claims/licensees.json"),
    ("claims-season", "claims/season.json"),
    ("claims-worldcup-2018", "claims/tournament.json"),
    ("operator-guide", "operator_guide/day.json"),
    ("operator-guide", "operator_guide/now.json"),
]
STREAMS = (
    "http://nowhere.example/live/one.m3u8",
    "https://nowhere.example/one.ts?token=1",
    "rtmp://nowhere.example/one",
)
WORD = re.compile(r"[A-Za-z0-9]+")


@pytest.mark.parametrize("key", ADAPTERS)
def test_an_adapter_stands_under_its_key_and_says_what_it_makes(key: str) -> None:
    adapter = ADAPTERS[key]
    assert adapter.key == key
    assert adapter.version >= 1
    assert issubclass(adapter.record, Record)


@given(st.sampled_from(MINIATURES), st.sampled_from(STREAMS), st.data())
def test_a_stream_in_any_place_of_any_document_is_kept_nowhere(
    miniature: tuple[str, str], stream: str, data: st.DataObject
) -> None:
    key, name = miniature
    text = (DATA / name).read_text(encoding="utf-8")
    words = list(WORD.finditer(text))
    word = words[data.draw(st.integers(0, len(words) - 1))]
    text = text[: word.start()] + stream + text[word.end() :]
    options = {"competition": "cup", "season": "2026", "country": "IT"}
    kept = ""
    with suppress(FeedError):
        for item in ADAPTERS[key].read(io.BytesIO(text.encode()), Document(name="x", options=options)):
            said = item.record.model_dump_json() if isinstance(item, Found) else json.dumps([item.raw, item.message])
            kept += said + item.position
    assert "nowhere.example/" not in kept
