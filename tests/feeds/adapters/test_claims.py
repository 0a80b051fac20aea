"""Lists of who shows what: every name in every row is a claim or a rejection, and nothing is believed."""

import datetime as dt
import io
import json
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.feeds.adapters.base import Code, Document, Fault, FeedError, Found, Item, Limits, Rejected
from guide.feeds.adapters.claims.names import Name, NoName, known_names, names_in
from guide.feeds.adapters.claims.places import NoCountryError, country, country_called, language_called, page
from guide.feeds.adapters.registry import ADAPTERS
from guide.feeds.records import ClaimRecord

DATA = Path(__file__).resolve().parents[2] / "data" / "feeds" / "claims"
CUP = {"competition": "cup", "season": "2026", "known_names": "One;Two TV;Two;Three;Five;Six", "country": "DE"}
FILES = {
    "by_country.json": "claims-by-country",
    "per_match.json": "claims-per-match-json",
    "per_match.csv": "claims-per-match-csv",
    "events.json": "claims-events",
    "licensees.json": "claims-licensees",
    "season.json": "claims-season",
    "tournament.json": "claims-worldcup-2018",
}


def read(key: str, data: bytes, options: dict[str, str] = CUP, **limits: int) -> list[Item[ClaimRecord]]:
    return list(ADAPTERS[key].read(io.BytesIO(data), Document(name="x", options=options, limits=Limits(**limits))))


def mini(name: str, options: dict[str, str] = CUP) -> list[Item[ClaimRecord]]:
    return read(FILES[name], (DATA / name).read_bytes(), options)


def claims(items: list[Item[ClaimRecord]]) -> list[ClaimRecord]:
    return [item.record for item in items if isinstance(item, Found)]


def outcomes(items: list[Item[ClaimRecord]]) -> list[str]:
    return [item.record.broadcaster if isinstance(item, Found) else item.code.value for item in items]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("TSN (all 104)", [("TSN", "all 104")]),
        ("M6 / W9 / TF1 (select)", [("M6", ""), ("W9", ""), ("TF1", "select")]),
        ("RAI (Rai 1 / Rai 2)", [("RAI", "Rai 1 / Rai 2")]),
        ("ARD + ZDF", [("ARD", ""), ("ZDF", "")]),
        ("Disney+", [("Disney+", "")]),
        ("MagentaTV only", [("MagentaTV", "only")]),
        ("ZDF/Magenta TBC", [("ZDF", "TBC"), ("Magenta", "TBC")]),
        ("One & Two", [("One & Two", "")]),
        ("(odd", [("(odd", "")]),
    ],
)
def test_names_come_apart_with_their_notes(text: str, names: list[tuple[str, str]]) -> None:
    assert list(names_in(text, frozenset())) == [Name(text=name, note=note) for name, note in names]


@pytest.mark.parametrize("text", ["TBC", "tbd", "Local", "N/A", "To be confirmed", "-", "?"])
def test_a_placeholder_is_no_name(text: str) -> None:
    answer = next(names_in(text, frozenset()))
    assert isinstance(answer, NoName)
    assert answer.code is Code.PLACEHOLDER


def test_glued_names_are_recognised_by_the_known_ones_and_not_split() -> None:
    known = known_names({"known_names": "Servus TV; ORF; Sky; Sky Sport; Sport"})
    glued = next(names_in("Servus TV ORF Sky", known))
    assert isinstance(glued, NoName)
    assert glued.code is Code.GLUED_NAMES
    assert list(names_in("Sky Sport", known)) == [Name(text="Sky Sport")]
    assert list(names_in("Sky Sport Arena", known)) == [Name(text="Sky Sport Arena")]


def test_a_known_name_stays_whole_whatever_is_in_it() -> None:
    assert list(names_in("A/B (C)", known_names({"known_names": "A/B (C)"}))) == [Name(text="A/B (C)")]


@given(st.text(max_size=60), st.lists(st.text(max_size=8), max_size=4))
def test_every_text_has_an_answer(text: str, known: list[str]) -> None:
    assert list(names_in(text, known_names({"known_names": ";".join(known)})))


def test_codes_that_people_write_for_a_country_are_read() -> None:
    assert [country(code) for code in ("UK", "el", "XK", "it ")] == ["GB", "GR", "XK", "IT"]


@pytest.mark.parametrize(
    ("code", "name", "fault"),
    [
        ("DD", "", Code.WITHDRAWN_COUNTRY),
        ("CS", "Serbia", Code.WITHDRAWN_COUNTRY),
        ("SU", "", Code.WITHDRAWN_COUNTRY),
        ("YU", "", Code.WITHDRAWN_COUNTRY),
        ("AN", "", Code.WITHDRAWN_COUNTRY),
        ("global", "", Code.NOT_A_COUNTRY),
        ("EU", "", Code.NOT_A_COUNTRY),
        ("ZZ", "", Code.NOT_A_COUNTRY),
        ("", "", Code.NOT_A_COUNTRY),
        ("SA", "Saudi Arabia / MENA", Code.NOT_A_COUNTRY),
        ("QA", "MENA Region", Code.NOT_A_COUNTRY),
    ],
)
def test_what_is_no_country_says_why(code: str, name: str, fault: Code) -> None:
    with pytest.raises(NoCountryError) as caught:
        country(code, name)
    assert caught.value.code is fault


def test_a_withdrawn_code_comes_with_the_one_that_followed() -> None:
    with pytest.raises(NoCountryError, match="write DE"):
        country("DD")


def test_countries_and_languages_are_known_by_name() -> None:
    assert [country_called(name) for name in ("UK", "USA", "Spain")] == ["GB", "US", "ES"]
    assert [language_called(name) for name in ("English", "ja", "Local")] == ["en", "ja", ""]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://two.tv/cup", True),
        ("https://www.fifa.com/en/watch", True),
        ("https://www.fifa.com/", False),
        ("http://fifa.com", False),
        ("https://example.com/dazn", False),
        ("https://www.example.org", False),
        ("javascript:alert(1)", False),
        ("https://two.tv/cup.m3u8", False),
        ("", False),
    ],
)
def test_an_address_that_says_nothing_is_not_kept(address: str, *, kept: bool) -> None:
    assert page(address) == (address if kept else "")


def test_a_list_by_country_gives_a_claim_for_each_name() -> None:
    items = mini("by_country.json")
    assert claims(items)[0] == ClaimRecord(
        competition="cup",
        season="2026",
        country="GB",
        broadcaster="One",
        note="all 104; Main rights.",
        access="free",
        coverage="all",
        languages=("en",),
        source_url="https://list.tv/uk",
        status="needs_review",
        verified_on=dt.date(2026, 5, 31),
        text="One (all 104)",
    )
    assert outcomes(items) == [
        "One", "Two", "Three", "Four", "glued_names", "Six+", "placeholder", "missing_field", "missing_field",
        "not_a_record", "stream_address", "not_a_country", "not_a_country", "not_a_country", "not_a_country",
        "withdrawn_country", "bad_value", "One", "duplicate", "placeholder", "not_a_record", "not_a_record",
    ]  # fmt: skip
    four = claims(items)[3]
    assert (four.coverage, four.languages, four.url, four.text) == (
        "some",
        ("en", "fr"),
        "https://two.tv/cup",
        "Two / Three / Four (select)",
    )
    assert claims(items)[4].note == "language: Klingonese"
    assert [item.position for item in items[1:4]] == [
        "[0].broadcasters[1]",
        "[0].broadcasters[1], name 2",
        "[0].broadcasters[1], name 3",
    ]


def test_a_list_by_match_as_json_has_a_claim_for_each_country_of_each_match() -> None:
    items = mini("per_match.json")
    assert outcomes(items) == [
        "One", "Two", "Three", "not_a_country", "placeholder", "not_a_record", "placeholder", "bad_value",
    ]  # fmt: skip
    assert (claims(items)[0].event, claims(items)[2].country) == ("Reds v Blues", "JP")


def test_a_list_by_match_as_csv_has_the_country_of_the_feed() -> None:
    items = mini("per_match.csv")
    assert outcomes(items) == ["Two", "placeholder", "One", "Two", "bad_value", "not_a_record"]
    assert [(claim.number, claim.note, claim.country) for claim in claims(items)] == [
        (1, "only; By hand", "DE"),
        (3, "TBC", "DE"),
        (3, "TBC", "DE"),
    ]


def test_a_list_of_events_has_the_day_and_each_territory() -> None:
    items = mini("events.json", {"known_names": CUP["known_names"]})
    assert outcomes(items) == [
        "glued_names", "One", "withdrawn_country", "not_a_record", "One", "placeholder", "not_a_record",
    ]  # fmt: skip
    one = claims(items)[0]
    assert (one.country, one.first_day, one.season, one.note) == (
        "GR",
        dt.date(2026, 8, 22),
        "2026",
        "not confirmed; also called Uno",
    )


def test_a_list_of_licensees_keeps_the_other_names_as_a_note() -> None:
    items = mini("licensees.json", {})
    assert outcomes(items) == ["One", "not_a_record", "placeholder", "not_a_record"]
    assert (claims(items)[0].competition, claims(items)[0].note) == ("cup", "also called One HD, Uno")


def test_a_list_of_a_season_says_how_much_is_shown() -> None:
    items = mini("season.json", {"country": "SE"})
    assert outcomes(items) == ["One", "Disney+", "One", "placeholder", "bad_value", "not_a_record"]
    assert [(claim.coverage, claim.season, claim.status) for claim in claims(items)] == [
        ("some", "2026-27", "not verified"),
        ("some", "2026-27", "not verified"),
        ("all", "2026-27", ""),
    ]


def test_a_tournament_takes_the_country_of_a_channel_from_its_name() -> None:
    items = mini("tournament.json")
    assert outcomes(items) == [
        "One", "not_a_country", "not_a_record", "placeholder", "not_a_record", "not_a_record", "bad_value",
    ]  # fmt: skip
    assert (claims(items)[0].event, claims(items)[0].country) == ("Reds v Blues", "GB")


def test_no_address_of_a_stream_is_kept_anywhere() -> None:
    for name in FILES:
        kept = json.dumps(
            [item.raw if isinstance(item, Rejected) else item.record.model_dump_json() for item in mini(name)]
        )
        assert "m3u8" not in kept


@pytest.mark.parametrize("name", FILES)
def test_a_document_of_another_shape_is_refused(name: str) -> None:
    for data in (
        (b'{"error": 1}', b"[1", b"<html></html>", b"", b"\xff\xfa") if name.endswith("json") else (b"a,b\n1,2\n",)
    ):
        with pytest.raises(FeedError):
            read(FILES[name], data)


def test_a_document_may_not_hold_more_records_than_allowed() -> None:
    with pytest.raises(FeedError) as caught:
        read("claims-by-country", (DATA / "by_country.json").read_bytes(), records=3)
    assert caught.value.fault is Fault.TOO_MANY_RECORDS


def test_a_text_that_is_too_long_is_rejected() -> None:
    items = read("claims-by-country", (DATA / "by_country.json").read_bytes(), text=20)
    assert {item.code for item in items[1:4] if isinstance(item, Rejected)} == {Code.TOO_LONG}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def places_in(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inner for place in places_in(item, (*path, key)))]


@given(st.sampled_from([name for name in FILES if name.endswith("json")]), st.data())
def test_anything_may_stand_anywhere(name: str, data: st.DataObject) -> None:
    document = json.loads((DATA / name).read_bytes())
    *path, last = data.draw(st.sampled_from([place for place in places_in(document) if place]))
    target = document
    for key in path:
        target = target[key]
    target[last] = data.draw(JSON)
    with suppress(FeedError):
        read(FILES[name], json.dumps(document).encode())


@given(st.sampled_from(list(FILES)), st.data())
def test_a_damaged_list_raises_nothing_else(name: str, data: st.DataObject) -> None:
    original = (DATA / name).read_bytes()
    place = data.draw(st.integers(0, len(original)))
    damaged = original[:place] + data.draw(st.binary(max_size=6)) + original[place + data.draw(st.integers(0, 12)) :]
    with suppress(FeedError):
        read(FILES[name], damaged)


WORLD_CUP = {"competition": "world-cup", "season": "2026"}
GLUED = {"known_names": "Servus TV;ORF;Sky;Sky Deutschland;RTL;SRF;RSI;RTS;TSN;RDS;RDS 2;Noovo"}
SAMPLES: list[tuple[str, str, dict[str, str], Counter[str]]] = [
    (
        "claims-by-country",
        "worldcup-2026-by-country.needs-review.broadcasters.json",
        WORLD_CUP,
        Counter(found=100, placeholder=3, not_a_country=1),
    ),
    (
        "claims-by-country",
        "worldcup-2026-by-country.fifa-tracker.broadcasters.json",
        WORLD_CUP,
        Counter(found=48, not_a_country=2),
    ),
    ("claims-per-match-json", "worldcup-2026-uk-jp-per-match.broadcasters.json", WORLD_CUP, Counter(found=161)),
    (
        "claims-per-match-csv",
        "worldcup-2026-de-per-match.broadcasters.csv",
        WORLD_CUP | {"country": "DE"},
        Counter(found=94, placeholder=15),
    ),
    (
        "claims-per-match-csv",
        "worldcup-2026-de.manual_fixtures.csv",
        WORLD_CUP | {"country": "DE"},
        Counter(found=94, placeholder=15),
    ),
    (
        "claims-events",
        "events-with-broadcasters/2026-08-22T04.events.json",
        GLUED,
        Counter(found=151, glued_names=6, withdrawn_country=4),
    ),
    (
        "claims-events",
        "events-with-broadcasters/2026-08-22T15.events.json",
        GLUED,
        Counter(found=151, glued_names=6, withdrawn_country=4),
    ),
    (
        "claims-licensees",
        "worldcup-2026-fifa-licensees.official-event-broadcasters.json",
        WORLD_CUP,
        Counter(found=35),
    ),
    ("claims-season", "sweden-2026-27.sportpatv.broadcasters.json", {"country": "SE"}, Counter(found=9, placeholder=2)),
    ("claims-worldcup-2018", "worldcup-2018-tvchannels.data.json", WORLD_CUP, Counter(found=373)),
]


@pytest.mark.parametrize(("key", "name", "options", "counts"), SAMPLES)
def test_a_real_list_is_read_whole(
    shared: Path, key: str, name: str, options: dict[str, str], counts: Counter[str]
) -> None:
    items = read(key, (shared / "samples" / "rights" / name).read_bytes(), options)
    assert Counter("found" if isinstance(item, Found) else item.code.value for item in items) == counts


def test_the_german_list_has_the_names_that_are_known_of_it(shared: Path) -> None:
    data = (shared / "samples" / "rights" / "worldcup-2026-de-per-match.broadcasters.csv").read_bytes()
    texts = Counter(claim.text for claim in claims(read("claims-per-match-csv", data, {**WORLD_CUP, "country": "DE"})))
    assert texts == {"MagentaTV only": 34, "ZDF": 25, "ARD": 25, "ZDF/Magenta TBC": 10}


def test_the_empty_links_of_the_real_list_are_as_many_as_known(shared: Path) -> None:
    data = (shared / "samples" / "rights" / "worldcup-2026-by-country.needs-review.broadcasters.json").read_bytes()
    # 88 lead to the home page of FIFA and 4 to example.com; one of the 101 rows is rejected for its region.
    assert sum(not claim.url for claim in claims(read("claims-by-country", data, WORLD_CUP))) == 91
