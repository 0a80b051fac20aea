"""No damage to a document makes an adapter fall over: it refuses the document, or accounts for what is left."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.feeds.adapters.base import FeedError, Found, Rejected
from tests.feeds.reading import MINIATURES, items_of

SET = {"competition": "lake", "season": "2026-27"}
DOCUMENTS: Mapping[str, str] = {
    "cup.json": "openfootball-json",
    "broken.json": "openfootball-json",
    "league.txt": "football-txt",
    "tournament.txt": "football-txt",
    "broken.txt": "football-txt",
    "download.json": "fixturedownload-json",
    "download.csv": "fixturedownload-csv",
    "derived.csv": "fixturedownload-csv",
    "races.json": "sportstimes",
    "ergast.json": "ergast",
    "nba.csv": "nba-csv",
}


def accounted(name: str, data: bytes) -> int:
    """The number of records that come out, one way or the other; none for a refused document."""
    try:
        items = items_of(DOCUMENTS[name], data, "Europe/Rome", **SET)
    except FeedError:
        return 0
    assert all(isinstance(item, Found | Rejected) for item in items)
    return len(items)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_cut_off_anywhere_is_refused_or_has_no_more_than_before(name: str) -> None:
    data = (MINIATURES / name).read_bytes()
    whole = accounted(name, data)
    assert whole > 0
    assert all(accounted(name, data[:end]) <= whole for end in range(len(data)))


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name.endswith(".json")])
def test_json_cut_off_anywhere_gives_nothing(name: str) -> None:
    data = (MINIATURES / name).read_bytes().rstrip()
    assert not any(accounted(name, data[:end]) for end in range(len(data)))


@pytest.mark.parametrize("name", DOCUMENTS)
@settings(deadline=None)  # The machine of the tests may be busy.
@given(data=st.data())
def test_bytes_replaced_anywhere_raise_nothing_else(name: str, data: st.DataObject) -> None:
    text = bytearray((MINIATURES / name).read_bytes())
    for position in data.draw(st.lists(st.integers(0, len(text) - 1), min_size=1, max_size=6)):
        text[position : position + data.draw(st.integers(0, 3))] = data.draw(
            st.binary(max_size=4)
            | st.sampled_from([b"9999", b"-1", b"null", b'"', b"\xe2\x80\xae", b"0000-00-00", b"[{"])
        )
    accounted(name, bytes(text))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_at_the_ends_of_time_are_rejected(day: str) -> None:
    clock = "00:01" if day.startswith("0") else "23:59"
    zone = "UTC+9" if day.startswith("0") else "UTC-9"
    match = f'{{"date": "{day}", "time": "{clock} {zone}", "team1": "A", "team2": "B"}}'
    league = f'{{"name": "Lake 2026", "matches": [{match}]}}'
    races = f'{{"races": [{{"name": "Lakeside", "sessions": {{"gp": "{day}T{clock}:00Z"}}}}]}}'
    (item,) = items_of("openfootball-json", league.encode())
    assert isinstance(item, Rejected)
    (item,) = items_of("sportstimes", races.encode(), lengths="gp=120", **SET)
    assert isinstance(item, Found) == day.startswith("0")
