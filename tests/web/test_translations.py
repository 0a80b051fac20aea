"""The texts of the pages: every one is translated, and what is compiled is what is written."""

import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

from guide import web
from tests.factories import a_broadcaster, a_league, a_right, an_offer, write
from tests.web.conftest import Open
from tests.web.markup import Element

LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]
KEYWORDS: dict[str, Any] = {"_": None, "gettext": None, "ngettext": (1, 2)}
FOLDER = Path(web.__file__).parent


@cache
def texts() -> frozenset[str]:
    """The texts of code and templates, a plural by its singular."""
    return frozenset(_texts())


def _texts() -> Iterator[str]:
    sources = [path.read_text() for path in FOLDER.rglob("*.py")]
    sources += [templatize(path.read_text(), origin=str(path)) for path in FOLDER.rglob("*.html")]
    for source in sources:
        found: Any
        for _, _, found, _ in extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {}):
            yield found if isinstance(found, str) else found[0]


def written(language: str) -> Catalog:
    path = settings.BASE_DIR / "guide" / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def places(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", text))


def test_the_texts_are_found() -> None:
    assert {"Show me", "{competition}, {country}: shown live by {names}.", "Ends in {count} day"} <= texts()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_no_other(language: str) -> None:
    messages = {message.id if isinstance(message.id, str) else message.id[0]: message for message in written(language)}
    messages.pop("")
    assert messages.keys() == texts()
    for text, message in messages.items():
        given = [message.string] if isinstance(message.string, str) else list(message.string or ())
        assert len(given) == (1 if isinstance(message.id, str) else 2)
        assert not message.fuzzy
        for translated in given:
            assert translated, text
            assert places(translated) == places(text), translated


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    fresh = io.BytesIO()
    write_mo(fresh, written(language))
    path = settings.BASE_DIR / "guide" / "locale" / language / "LC_MESSAGES" / "django.mo"
    assert path.read_bytes() == fresh.getvalue(), "compile it: pybabel compile -D django -d guide/locale"


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_guide")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_in_one_language(open_page: Open, language: str) -> None:
    """Nothing on a page stands there in English unless it is marked as such or the same in both languages."""
    write(
        *a_league(),
        a_broadcaster("second"),
        a_right(coverage_note="not on Mondays", last_day="2026-12-31"),
        a_right("second", access="free", evidence_reaches="2027-06-30"),
        a_right("second", kind="highlights"),
        an_offer(),
    )
    same = {message.id for message in written(language) if message.id == message.string}
    for address in ("/", "/it/", "/it/test-league/", "/it/test-league/?on=2030-01-01", "/xx/", "/it/?on=x"):
        page = open_page(f"/{language}{address}", status=404 if "xx" in address else 400 if "=x" in address else 200)
        assert page.one("html").attributes["lang"] == language
        english = {words for words in _own_words(page.one("body")) if words in texts() - same}
        assert not english


def _own_words(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child.strip()
        elif "lang" not in child.attributes:
            yield from _own_words(child)
