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
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

from competitions.event_table import event_id
from guide import web
from guide.publication.records import Record
from tests.factories import (
    SEASON,
    a_broadcaster,
    a_carriage,
    a_closure,
    a_competition,
    a_country,
    a_league,
    a_listing,
    a_right,
    a_service,
    a_team,
    an_event,
    an_offer,
    write,
)
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
    templates = {path: path.read_text() for path in FOLDER.rglob("*.html")}
    # Templates that load no texts are in English by design, and their code samples would not be read as Python.
    sources += [templatize(text, origin=str(path)) for path, text in templates.items() if "{% load i18n" in text]
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


def words_of(text: str) -> list[str]:
    return re.findall("[a-z]{2,}", re.sub(r"\{\w+\}", "", text))


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
    path = settings.BASE_DIR / "guide" / "locale" / language / "LC_MESSAGES" / "django.mo"
    with path.open("rb") as file:
        compiled = read_mo(file)
    assert _contents(compiled) == _contents(written(language)), "compile it: pybabel compile -D django -d guide/locale"


def _contents(catalog: Catalog) -> dict[Any, Any]:
    """Texts and translations, without the entry that tells which version of Babel wrote the file."""

    def forms(text: Any) -> tuple[str, ...]:
        return (text,) if isinstance(text, str) else tuple(text)

    return {
        (message.context, forms(message.id)): forms(message.string)
        for message in catalog
        if message.id and any(forms(message.string))
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_typography_of_its_language(language: str) -> None:
    """Curly marks everywhere; in French a space that does not break before high punctuation and inside quotes."""
    wrong = {"fr": r"(?<=\w)[:;!»]|(?<=\w)\?(?!\w)| [:;?!»]|« |[“”„]", "it": "[«»„]", "es": "[“”„]", "de": "[«»”]"}
    for text, translated in _translated(language):
        assert not re.search(r"[\"']|" + wrong[language], translated), translated
        assert translated[-1] == text[-1] or text[-1] not in ".?:", translated
        if language == "es":
            assert translated.count("?") - translated.count("¿") == text.count("?on="), translated


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_guide")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_in_one_language(open_page: Open, language: str) -> None:
    """Nothing stands on a page as on the English one, unless it is a name, marked as English, or the same in both."""
    write(*everything())
    same = [_pattern(text) for text, given in _translated(language) if text == given and words_of(text)]
    same += [re.compile(re.escape(name)) for name in (*NAMES, settings.SITE_NAME, *dict(settings.LANGUAGES).values())]
    for address, status in PAGES.items():
        page = open_page(f"/{language}{address}", status=status)
        assert page.one("html").attributes["lang"] == language
        english = set(_own_words(open_page(f"/en{address}", status=status).one("body")))
        both = {words for words in _own_words(page.one("body")) if words in english and words_of(words)}
        assert not {words for words in both if not any(pattern.fullmatch(words) for pattern in same)}, address


MATCH = f"{SEASON}--home-club--away-club"
NAMES = (
    *("Home-Club", "Away-Club", "Grand Prix", "Tokyo"),
    *("Test-League", "Test-Sport", "Other", "Holder", "Brand", "Second", "holder.example", "France", "1 million"),
)
PAGES = {
    "/": 200,
    "/it/": 200,
    "/it/test-league/": 200,
    "/it/test-league/?on=2030-01-01": 200,
    "/it/other/": 200,
    "/test-league/": 200,
    "/test-league/?access=paid&sort=until": 200,
    "/it/broadcaster/holder/": 200,
    "/it/broadcaster/second/": 200,
    f"/it/event/home-club-away-club-{event_id(MATCH)}/": 200,
    f"/it/event/away-club-home-club-{event_id('called-off')}/": 200,
    f"/it/event/grand-prix-race-{event_id('race')}/": 200,
    "/it/today/?day=2026-11-28": 200,
    "/it/today/?day=2000-01-01": 200,
    "/it/week/": 200,
    "/it/free/": 200,
    "/it/team/home-club/": 200,
    "/today/": 200,
    "/free/": 200,
    "/it/event/evt_aaaaaaaaaa/": 404,
    "/it/team/no-such-team/": 404,
    "/closures/": 200,
    "/closures/closed/": 200,
    "/it/closures/": 200,
    "/it/closures/closed/": 200,
    "/search/": 200,
    "/search/?q=o": 200,
    "/search/?q=holder": 200,
    "/search/?q=nothing-like-it": 200,
    "/xx/": 404,
    "/it/no-such-league/": 404,
    "/it/broadcaster/no-such-holder/": 404,
    "/closures/no-such-closure/": 404,
    "/it/no/such/page/": 404,
    "/it/?on=x": 400,
    "/test-league/?sort=x": 400,
}
"""One address of each kind of page, and more where a kind has texts for several cases."""


def everything() -> list[Record]:
    """Something of each sort, so that a page has most of its parts."""
    return [
        *a_league(),
        a_competition("other"),
        a_country("FR"),
        a_country(),
        a_broadcaster("brand", kind="telecom"),
        a_broadcaster(parent="brand", countries="IT; FR"),
        a_broadcaster("second", kind="streaming", parent="holder", status="closed", ended_on="2027"),
        a_service(),
        a_carriage(operator="brand"),
        a_right(coverage_note="not on Mondays", last_day="2026-12-31"),
        a_right(first_day="2027-01-01", last_day="2027-06-30"),
        a_right("second", access="free", evidence_reaches="2027-06-30"),
        a_right("second", kind="highlights"),
        a_right("second", competition="other", first_day="2024-07-01", last_day="2025-06-30"),
        an_offer(
            services="holder-stream", bundles="Films", eligibility="under 26", includes="one screen", has_ads="no"
        ),
        an_offer(requires_note="A box.", first_day="2026-12-01"),
        a_team(),
        a_team("away-club"),
        an_event(round="Matchday 13", venue="Stadium", zone="Asia/Tokyo", status="postponed"),
        an_event("away-club", "home-club", key="called-off", status="cancelled"),
        an_event(name="Grand Prix", key="weekend", day="2026-11-27", last_day="2026-11-29", precision="day"),
        an_event(
            name="Grand Prix",
            key="race",
            parent="weekend",
            session="race",
            day="2026-11-29",
            starts_at="2026-11-29T14:00:00Z",
            precision="provisional",
        ),
        a_right("second", package="part", access="registration", scope="some"),
        a_listing(),
        a_closure(countries="IT", competitions="test-league; other", authority="A court", visits_count="1000000"),
        a_closure("fines", kind="user-fines", announced_on="2026-01"),
    ]


def _translated(language: str) -> Iterator[tuple[str, str]]:
    """Each text with its translation, a plural by both its forms."""
    for message in written(language):
        if isinstance(message.id, str):
            yield from [(message.id, str(message.string))] if message.id else []
        else:
            yield from zip(message.id, message.string or (), strict=True)


def _pattern(text: str) -> re.Pattern[str]:
    """What a text looks like on a page, whatever stands in its places."""
    return re.compile(r".+".join(re.escape(part) for part in re.split(r"\{\w+\}", text)))


def _own_words(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child.strip()
        elif "lang" not in child.attributes and child.tag != "bdi":
            yield from _own_words(child)
