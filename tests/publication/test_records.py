"""What one cell may say: the same from a CSV file and from JSON."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from guide.publication.evidence import EvidenceRecord
from guide.publication.records import (
    Address,
    Amount,
    CountryCode,
    CountryOrGroup,
    Day,
    LanguageTag,
    Listed,
    LocalText,
    LocalTexts,
    OptionalCountryCode,
    OptionalDay,
    OptionalSlug,
    Ordered,
    PartialDate,
    Record,
    RequiredAddress,
    Slug,
    Text,
    TimeOfDay,
    Whole,
    YesNo,
    as_json,
)


class Cells(Record):
    slug: Slug = "slug"
    optional_slug: OptionalSlug = ""
    text: Text = "text"
    note: str = ""
    country: CountryCode = "IT"
    optional_country: OptionalCountryCode = ""
    language: LanguageTag = "it"
    address: Address = ""
    required_address: RequiredAddress = "https://example.org"
    day: Day = dt.date(2026, 11, 23)
    optional_day: OptionalDay = None
    partial: PartialDate = ""
    time: TimeOfDay = None
    whole: Whole = None
    amount: Amount = None
    yes_no: YesNo = None
    listed: Listed[CountryOrGroup] = ()
    ordered: Ordered[str] = ()
    names: LocalTexts = ()


def value(name: str, given: Any) -> Any:
    return getattr(Cells.model_validate({name: given}), name)


def message(name: str, given: Any) -> str:
    with pytest.raises(ValidationError) as error:
        Cells.model_validate({name: given})
    (detail,) = error.value.errors()
    assert detail["loc"][0] == name
    return str(detail["msg"])


@pytest.mark.parametrize(
    ("name", "given", "read"),
    [
        ("slug", "serie-a", "serie-a"),
        ("slug", "serie-a--dazn-it--2024", "serie-a--dazn-it--2024"),
        ("slug", "3cat", "3cat"),
        ("optional_slug", "", ""),
        ("text", "  Serie A ", "Serie A"),
        ("note", "", ""),
        ("country", "XK", "XK"),
        ("optional_country", "", ""),
        ("optional_country", None, ""),
        ("optional_country", "VN", "VN"),
        ("language", "pt-BR", "pt-BR"),
        ("language", "zh-Hant-TW", "zh-Hant-TW"),
        ("language", "es-419", "es-419"),
        ("address", "", ""),
        ("address", "http://www.example.org/a?b=c#d", "http://www.example.org/a?b=c#d"),
        ("day", "2026-11-23", dt.date(2026, 11, 23)),
        ("day", dt.date(2026, 11, 23), dt.date(2026, 11, 23)),
        ("day", "2028-02-29", dt.date(2028, 2, 29)),
        ("optional_day", "", None),
        ("optional_day", None, None),
        ("partial", "", ""),
        ("partial", None, ""),
        ("partial", "2026", "2026"),
        ("partial", "2026-07", "2026-07"),
        ("partial", "2026-07-03", "2026-07-03"),
        ("partial", 2026, "2026"),
        ("time", "14:45", dt.time(14, 45)),
        ("time", dt.time(14, 45), dt.time(14, 45)),
        ("time", "", None),
        ("whole", "0", 0),
        ("whole", "380", 380),
        ("whole", 380, 380),
        ("whole", "", None),
        ("amount", "34.99", Decimal("34.99")),
        ("amount", "10", Decimal("10.00")),
        ("amount", 9.99, Decimal("9.99")),
        ("amount", "0", Decimal("0.00")),
        ("amount", "", None),
        ("yes_no", "yes", True),
        ("yes_no", "no", False),
        ("yes_no", "", None),
        ("yes_no", True, True),
        ("yes_no", None, None),
        ("listed", "FR; IT;DE", ("DE", "FR", "IT")),
        ("listed", " dach ; FR;; ", ("FR", "dach")),
        ("listed", "", ()),
        ("listed", None, ()),
        ("listed", ["IT", "FR"], ("FR", "IT")),
        ("ordered", "FIFA; beIN; ACE", ("FIFA", "beIN", "ACE")),
        (
            "names",
            "it=Champions League; fr=Ligue des champions; LDC",
            (
                LocalText(text="LDC"),
                LocalText(language="fr", text="Ligue des champions"),
                LocalText(language="it", text="Champions League"),
            ),
        ),
        ("names", "", ()),
        ("names", "A=B", (LocalText(text="A=B"),)),
    ],
)
def test_a_cell_is_read(name: str, given: Any, read: Any) -> None:
    found = value(name, given)
    assert found == read
    assert type(found) is type(read)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("slug", ""),
        ("slug", None),
        ("slug", "Serie-A"),
        ("slug", "serie_a"),
        ("slug", "serie-a-"),
        ("optional_slug", "Not A Slug"),
        ("text", ""),
        ("text", None),
        ("text", " "),
        ("text", "\t\n"),
        ("country", ""),
        ("country", "it"),
        ("country", "ITA"),
        ("country", "I"),
        ("optional_country", "Italy"),
        ("language", "Italian"),
        ("language", "IT"),
        ("address", "www.example.org"),
        ("address", "https://localhost"),
        ("address", "https://a b.example"),
        ("required_address", ""),
        ("day", ""),
        ("day", "2026"),
        ("day", "2026-11-31"),
        ("day", "23/11/2026"),
        ("day", "2026-11-23T00:00:00"),
        ("day", dt.datetime(2026, 11, 23, tzinfo=dt.UTC)),
        ("day", 20261123),
        ("optional_day", "soon"),
        ("partial", "26"),
        ("partial", "2026-00"),
        ("partial", "2026-02-30"),
        ("partial", "2026-07-03T10:00"),
        ("partial", "2026-"),
        ("partial", "２０２６"),
        ("time", "noon"),
        ("time", "24:30"),
        ("whole", "1,000"),
        ("whole", "1e3"),
        ("whole", "10" * 10),
        ("whole", True),
        ("amount", "ten"),
        ("amount", "-0.01"),
        ("amount", "1e30"),
        ("amount", "1e400000"),
        ("yes_no", "Yes"),
        ("yes_no", "0"),
        ("listed", "IT; IT"),
        ("ordered", "a; a"),
        ("ordered", ["a", "a"]),
        ("names", "fr=A; fr=A"),
    ],
)
def test_a_cell_is_refused(name: str, given: Any) -> None:
    assert message(name, given)


@pytest.mark.parametrize(("given", "meant"), [("UK", "GB"), ("EL", "GR")])
@pytest.mark.parametrize("name", ["country", "optional_country", "listed"])
def test_uk_and_el_are_no_country_codes_and_what_is_meant_is_said(name: str, given: str, meant: str) -> None:
    assert meant in message(name, given)


def test_what_is_not_a_column_is_refused() -> None:
    with pytest.raises(ValidationError):
        Cells.model_validate({"colour": "red"})


def test_records_are_equal_by_what_they_say_however_it_was_written() -> None:
    from_cells = Cells.model_validate({"day": "2026-11-23", "listed": "IT; FR", "amount": "5", "yes_no": "no"})
    from_json = Cells.model_validate(
        {"day": dt.date(2026, 11, 23), "listed": ["FR", "IT"], "amount": Decimal("5.00"), "yes_no": False}
    )
    assert from_cells == from_json
    assert Cells.model_validate({"amount": "5.01"}) != Cells.model_validate({"amount": "5"})


def test_a_record_survives_the_way_through_json() -> None:
    record = Cells.model_validate(
        {"day": "2026-11-23", "names": "fr=Coupe; WC", "amount": "5", "time": "14:45", "listed": "IT"}
    )
    assert Cells.model_validate(as_json(record)) == record
    assert as_json(record)["amount"] == "5.00"
    assert as_json(record)["day"] == "2026-11-23"


def test_a_record_does_not_change() -> None:
    with pytest.raises(ValidationError):
        Cells().slug = "other"  # type: ignore[misc]


def test_a_page_of_evidence_needs_its_kind_and_address() -> None:
    page = EvidenceRecord.model_validate({"kind": "press", "url": "https://news.example/a", "published_on": "2026"})
    assert (page.publisher, page.seen_on) == ("", None)
    for cells in ({"kind": "press", "url": ""}, {"kind": "", "url": "https://news.example/a"}, {"kind": "press"}):
        with pytest.raises(ValidationError):
            EvidenceRecord.model_validate(cells)
