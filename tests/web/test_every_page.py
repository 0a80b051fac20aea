"""Every page of the bundled data set, in two languages."""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from django.conf import settings
from django.http import QueryDict
from django.utils import translation

from broadcasters.models import Broadcaster, Country
from competitions.models import Competition
from guide.closures.models import Closure
from guide.rights.answer import Answer, Question
from guide.rights.answers import answers
from guide.web.broadcaster_page import broadcaster_page
from guide.web.closure_page import closure_page
from guide.web.closures_page import closures_page
from guide.web.countries_page import countries_page
from guide.web.country_page import country_page
from guide.web.formats import Run, plain
from guide.web.key_page import key_page
from tests.factories import NOW
from tests.web.conftest import Open

pytestmark = [pytest.mark.long, pytest.mark.once, pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]

TODAY = dt.date(2026, 11, 23)
HOLE = re.compile(r"[{}]|  |\(\s*\)|\bNone\b| [.,]( |$)")
"""What a text has in it where something has not been filled in."""


def every_answer(language: str) -> Sequence[Answer]:
    countries = Country.objects.standing()
    competitions = Competition.objects.standing().named(language)
    return answers([Question(competition=one, country=place) for one in competitions for place in countries], now=NOW)


def holders(answer: Answer) -> Iterator[str]:
    """The slugs of the broadcasters that a page of the answer names."""
    yield from (option.broadcaster.slug for option in answer.options)
    yield from (row.broadcaster.slug for row in answer.last_known)
    yield from (row.broadcaster.slug for row in answer.upcoming)


def texts(part: Any) -> Iterator[str]:
    """Every text of a page model, a sentence as a whole."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple) and part and all(isinstance(run, Run) for run in part):
        yield plain(part)
    elif isinstance(part, tuple):
        for each in part:
            yield from texts(each)
    elif is_dataclass(part):
        for field in fields(part):
            yield from texts(getattr(part, field.name))


def holes(page: Any) -> list[str]:
    return [text for text in texts(page) if HOLE.search(text)]


def by_country(language: str) -> dict[Country, list[Answer]]:
    found: defaultdict[Country, list[Answer]] = defaultdict(list)
    for answer in every_answer(language):
        found[answer.question.country].append(answer)
    return found


def test_every_territory_has_a_page(open_page: Open) -> None:
    for code in Country.objects.standing().values_list("code", flat=True):
        page = open_page(f"/fr/{code.lower()}/")
        assert len(page.one("tbody").all("tr")) == 17
        assert not HOLE.search(page.one("main").text)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_page_of_a_territory_has_a_hole_in_its_text(language: str) -> None:
    """But for the key pages, which have a test of their own. A broadcaster's page is tried with the first one there."""
    broadcasters = Broadcaster.objects.standing().select_related("parent").with_countries().in_bulk(field_name="slug")
    closures = list(Closure.objects.standing().for_list())
    closure = Closure.objects.in_full(language).get(slug="calcio-2025")
    with translation.override(language):
        for country, given in by_country(language).items():
            assert not holes(country_page(country, given, on=None, today=TODAY))
            assert not holes(closures_page(closures, country))
            assert not holes(closure_page(closure, country, given, today=TODAY))
            for slug in [slug for answer in given for slug in holders(answer)][:1]:
                assert not holes(broadcaster_page(broadcasters[slug], country, given, on=None, today=TODAY))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_page_of_all_countries_has_a_hole_in_its_text(language: str) -> None:
    by_competition: defaultdict[Competition, list[Answer]] = defaultdict(list)
    for answer in every_answer(language):
        by_competition[answer.question.competition].append(answer)
    with translation.override(language):
        for competition, given in by_competition.items():
            first = countries_page(competition, given, QueryDict(), on=None, now=NOW)
            assert not holes(first)
            for number in range(2, len(first.pages) + 1):
                assert not holes(countries_page(competition, given, QueryDict(f"page={number}"), on=None, now=NOW))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_answer_has_a_sentence_and_a_page(language: str) -> None:
    with translation.override(language):
        for answer in every_answer(language):
            page = key_page(answer, today=TODAY)
            assert page.description.startswith(page.heading)
            assert page.description.endswith(".")
            assert not holes(page)
            assert len(page.tables) == len({option.kind for option in answer.options})
            assert sum(len(group.rows) for table in page.tables for group in table.groups) == len(answer.options)
            assert len(page.former) == len(answer.last_known)


def test_every_broadcaster_has_a_page_in_a_country_where_it_holds_something() -> None:
    broadcasters = Broadcaster.objects.standing().select_related("parent").with_countries().in_bulk(field_name="slug")
    everywhere = by_country("en")
    places = {slug: country for country, given in everywhere.items() for answer in given for slug in holders(answer)}
    for slug, country in places.items():
        page = broadcaster_page(broadcasters[slug], country, everywhere[country], on=None, today=TODAY)
        assert page.is_indexed
        assert page.description.startswith(page.heading)
        assert not holes(page)
        assert page.tables or page.former or page.changes


def test_the_fullest_broadcasters_stay_light(open_page: Open) -> None:
    counts = Counter((answer.question.country.code, slug) for answer in every_answer("en") for slug in holders(answer))
    for (code, slug), _count in counts.most_common(5):
        for language, _name in settings.LANGUAGES:
            page = open_page(f"/{language}/{code.lower()}/broadcaster/{slug}/")
            assert page.all("tr", class_="option")


def test_the_fullest_pages_stay_light(open_page: Open) -> None:
    found = sorted(every_answer("en"), key=lambda answer: len(answer.options) + len(answer.upcoming), reverse=True)
    for answer in found[:10]:
        competition, country = answer.question.competition, answer.question.country
        for language, _ in settings.LANGUAGES:
            page = open_page(f"/{language}/{country.code.lower()}/{competition.slug}/")
            assert len(page.all("tr", class_="option")) == len(answer.options)
