"""The JSON Schema of rights: the file is what the function gives, and what fits it is what the adapter reads."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]  # without types

from guide.feeds.adapters.base import Document, Found, Rejected
from guide.feeds.adapters.rights_table import RIGHTS_JSON
from guide.feeds.rights_schema import DESCRIPTIONS, FILE, rights_schema
from guide.publication.records import as_json
from guide.publication.tables import read_csv
from guide.rights.records import RightRecord
from tests.servers import ROOT

VALIDATOR = Draft202012Validator(rights_schema(), format_checker=FormatChecker())
BUNDLED = [
    entry.record
    for entry in read_csv(
        (ROOT / "guide/rights/data/rights.csv").read_bytes(), RightRecord, document="rights.csv"
    ).usable()
]
RIGHT: dict[str, Any] = {
    "key": "island-cup--island-tv--2027",
    "competition": "island-cup",
    "broadcaster": "island-tv",
    "kind": "live",
    "countries": ["IS", "nordics"],
    "first_day": "2027-01-01",
    "last_day": "2027-12-31",
    "evidence_reaches": None,
    "scope": "some",
    "exclusivity": "unknown",
    "access": "free",
    "claimed_confidence": "reported",
}
PAGE = {"kind": "press", "url": "https://example.org/island-cup"}


def read(document: Any) -> list[Any]:
    return list(RIGHTS_JSON.read(io.BytesIO(json.dumps(document).encode()), Document(name="rights")))


def fits(right: Any) -> bool:
    return bool(VALIDATOR.is_valid({"rights": [right]}))


def test_the_file_is_what_the_function_gives() -> None:
    assert json.loads(FILE.read_text(encoding="utf-8")) == rights_schema()


def test_it_is_a_schema_and_describes_every_member() -> None:
    Draft202012Validator.check_schema(rights_schema())
    for record, texts in DESCRIPTIONS.items():
        assert list(texts) == list(record.model_fields)


def test_every_bundled_right_fits_and_is_read_as_the_same_record() -> None:
    document = {"rights": [as_json(record) for record in BUNDLED]}
    VALIDATOR.validate(document)
    assert [item.record for item in read(document)] == BUNDLED


def test_the_least_that_a_right_says_is_enough() -> None:
    assert fits(RIGHT)
    (item,) = read({"rights": [RIGHT], "publisher": "Island Cup"})
    assert isinstance(item, Found)


BROKEN: dict[str, Callable[[dict[str, Any]], Any]] = {
    "a member is missing": lambda right: right.pop("competition"),
    "a member is misspelt": lambda right: right.update(contries=["IS"]),
    "no country": lambda right: right.update(countries=[]),
    "a country by its name": lambda right: right.update(countries=["Iceland"]),
    "a country that ISO does not write so": lambda right: right.update(countries=["UK"]),
    "a country twice": lambda right: right.update(countries=["IS", "IS"]),
    "a list as text": lambda right: right.update(countries="IS; NO"),
    "a key that is no slug": lambda right: right.update(key="Island Cup"),
    "an empty key": lambda right: right.update(key=""),
    "a kind that is none": lambda right: right.update(kind="streaming"),
    "a day that is none": lambda right: right.update(first_day="2027-02-30"),
    "a day by other rules": lambda right: right.update(first_day="1.1.2027"),
    "no end and no reach": lambda right: right.update(last_day=None),
    "an end and a reach": lambda right: right.update(evidence_reaches="2027-06-30"),
    "fewer matches than none": lambda right: right.update(matches=-1),
    "matches as text": lambda right: right.update(matches="ten"),
    "a language by its name": lambda right: right.update(languages=["Icelandic"]),
    "a page without an address": lambda right: right.update(evidence=[{"kind": "press"}]),
    "a page that is none": lambda right: right.update(evidence=[PAGE | {"url": "island-cup"}]),
    "a page of a month that is none": lambda right: right.update(evidence=[PAGE | {"published_on": "2026-13"}]),
    "a text with a NUL": lambda right: right.update(note="a\x00b"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_the_adapter_refuses_does_not_fit(name: str) -> None:
    right = dict(RIGHT)
    BROKEN[name](right)
    assert not fits(right)
    # Text where a list or a number belongs is read from CSV; the schema is for those who write JSON.
    assert isinstance(read({"rights": [right]})[0], Rejected) or name == "a list as text"


VALUES = st.one_of(
    st.none(),
    st.integers(min_value=-1, max_value=10**10),
    st.sampled_from(
        ["", "a", "IS", "UK", "dach", "2027-01-01", "2024-02-29", "2023-02-29", "2027-13", "2027-05", "all", "pt-BR"]
    ),
    st.lists(st.sampled_from(["IS", "NO", "UK", "dach", "is", "en", "", "zh-Hant-TW"]), max_size=3),
    st.lists(
        st.fixed_dictionaries(
            {"kind": st.sampled_from(["press", "official", "rumour"]), "url": st.sampled_from(["https://a.b", "a.b"])},
            optional={
                "published_on": st.sampled_from(["2024-02-29", "2023-02-29", "2027", "", "27"]),
                "seen_on": st.none(),
            },
        ),
        max_size=2,
    ),
)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(list(RightRecord.model_fields)), VALUES, max_size=3))
def test_what_fits_is_read(changes: dict[str, Any]) -> None:
    right = RIGHT | changes
    (item,) = read({"rights": [right]})
    if fits(right) and isinstance(item, Rejected):
        # All that a schema cannot say.
        assert "before it begins" in item.message or "more than all" in item.message


def test_it_is_published_for_everyone(client: Client, db: None) -> None:
    response = client.get("/developers/rights.schema.json")
    assert response["Content-Type"] == "application/schema+json"
    assert response["Cache-Control"].startswith("public")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.json() == rights_schema()
    again = client.get("/developers/rights.schema.json", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
