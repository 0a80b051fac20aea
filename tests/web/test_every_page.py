"""Every page of the bundled data set, in two languages."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import pytest
from django.conf import settings
from django.utils import translation

from broadcasters.models import Broadcaster, Country
from competitions.models import Competition
from guide.rights.answer import Answer, Question
from guide.rights.answers import answers
from guide.web.broadcaster_page import broadcaster_page
from guide.web.key_page import key_page
from tests.factories import NOW
from tests.web.conftest import Open

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]

TODAY = dt.date(2026, 11, 23)


def every_answer(language: str) -> Sequence[Answer]:
    countries = Country.objects.standing()
    competitions = Competition.objects.standing().named(language)
    return answers([Question(competition=one, country=place) for one in competitions for place in countries], now=NOW)


def holders(answer: Answer) -> Iterator[str]:
    """The slugs of the broadcasters that a page of the answer names."""
    yield from (option.broadcaster.slug for option in answer.options)
    yield from (row.broadcaster.slug for row in answer.last_known)
    yield from (row.broadcaster.slug for row in answer.upcoming)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_territory_has_a_page(open_page: Open, language: str) -> None:
    for code in Country.objects.standing().values_list("code", flat=True):
        page = open_page(f"/{language}/{code.lower()}/")
        assert len(page.one("tbody").all("tr")) == 17


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_answer_has_a_sentence_and_a_page(language: str) -> None:
    with translation.override(language):
        for answer in every_answer(language):
            page = key_page(answer, today=TODAY)
            assert page.description.startswith(page.heading)
            assert page.description.endswith(".")
            assert "{" not in page.description
            assert len(page.tables) == len({option.kind for option in answer.options})
            assert sum(len(group.rows) for table in page.tables for group in table.groups) == len(answer.options)
            assert len(page.former) == len(answer.last_known)


def test_every_broadcaster_has_a_page_in_a_country_where_it_holds_something() -> None:
    broadcasters = Broadcaster.objects.standing().select_related("parent").with_countries().in_bulk(field_name="slug")
    by_country: defaultdict[Country, list[Answer]] = defaultdict(list)
    for answer in every_answer("en"):
        by_country[answer.question.country].append(answer)
    places = {slug: country for country, given in by_country.items() for answer in given for slug in holders(answer)}
    for slug, country in places.items():
        page = broadcaster_page(broadcasters[slug], country, by_country[country], on=None, today=TODAY)
        assert page.is_indexed
        assert page.description.startswith(page.heading)
        assert "{" not in page.description
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
