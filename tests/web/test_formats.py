"""Days, lists, amounts and names as a language writes them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from guide.web import formats
from guide.web.formats import Run, Span, fill, plain

DAY = dt.date(2024, 8, 13)


@pytest.mark.parametrize(
    ("language", "long", "short", "month"),
    [
        ("en", "13 August 2024", "13 Aug 2024", "Aug 2024"),
        ("fr", "13 août 2024", "13 août 2024", "août 2024"),
        ("it", "13 agosto 2024", "13 ago 2024", "ago 2024"),
        ("es", "13 de agosto de 2024", "13 ago 2024", "ago 2024"),
        ("de", "13. August 2024", "13.08.2024", "Aug. 2024"),
    ],
)
def test_a_date_is_written_as_the_language_writes_it(language: str, long: str, short: str, month: str) -> None:
    with translation.override(language):
        assert formats.long_day(DAY) == long
        assert formats.short_day(DAY) == short
        assert formats.partial_date("2024-08-13") == short
        assert formats.partial_date("2024-08") == month
        assert formats.partial_date("2024") == "2024"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2024-12", dt.date(2024, 12, 1), dt.date(2024, 12, 31)),
        ("2024-08-13", DAY, DAY),
    ],
)
def test_a_partial_date_means_all_its_days(text: str, first: dt.date, last: dt.date) -> None:
    assert formats.span_of(text) == Span(first, last)


@pytest.mark.parametrize(
    ("language", "amount"), [("en", "€1,034.50"), ("fr", "1\u202f034,50\u00a0€"), ("de", "1.034,50\u00a0€")]
)
def test_an_amount_is_written_as_the_language_writes_it(language: str, amount: str) -> None:
    with translation.override(language):
        assert formats.money(Decimal("1034.50"), "EUR") == amount


def test_languages_and_countries_have_names() -> None:
    with translation.override("fr"):
        assert formats.tongue("it") == "italien"
        assert formats.tongue("pt-BR") == "portugais (Brésil)"
        assert formats.tongue("xx") == "xx"
        assert formats.country("DE") == "Allemagne"


def test_an_alphabet_minds_accents_last() -> None:
    with translation.override("fr"):
        assert sorted(["Zambie", "Égypte", "Espagne", "Éthiopie", "Émirats"], key=formats.sort_key) == [
            "Égypte",
            "Émirats",
            "Espagne",
            "Éthiopie",
            "Zambie",
        ]
    with translation.override("es"):
        assert sorted(["ño", "nz", "oa"], key=formats.sort_key) == ["nz", "ño", "oa"]


@pytest.mark.parametrize(("count", "words"), [(1, "A."), (2, "A and B."), (3, "A, B and C."), (5, "A, B, C, D and E.")])
def test_names_are_listed_and_stay_apart(count: int, words: str) -> None:
    names = [Run(text=letter, tone="sub") for letter in "ABCDE"[:count]]
    runs = fill("{names}.", names=names)
    assert plain(runs) == words
    assert [run for run in runs if run.tone] == names


@given(st.text(min_size=1), st.text())
def test_a_text_is_never_taken_for_a_template(name: str, country: str) -> None:
    runs = fill("{country}: {names}.", names=[Run(text=name, tone="sub")], country=country)
    assert plain(runs) == f"{country}: {name}."
