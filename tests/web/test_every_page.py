"""Every page of the bundled data set, in two languages."""

import datetime as dt
from collections.abc import Sequence

import pytest
from django.conf import settings
from django.utils import translation

from broadcasters.models import Country
from competitions.models import Competition
from guide.rights.answer import Answer, Question
from guide.rights.answers import answers
from guide.web.key_page import key_page
from tests.factories import NOW
from tests.web.conftest import Open

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]

TODAY = dt.date(2026, 11, 23)


def every_answer(language: str) -> Sequence[Answer]:
    countries = Country.objects.standing()
    competitions = Competition.objects.standing().named(language)
    return answers([Question(competition=one, country=place) for one in competitions for place in countries], now=NOW)


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


def test_the_fullest_pages_stay_light(open_page: Open) -> None:
    found = sorted(every_answer("en"), key=lambda answer: len(answer.options) + len(answer.upcoming), reverse=True)
    for answer in found[:10]:
        competition, country = answer.question.competition, answer.question.country
        for language, _ in settings.LANGUAGES:
            page = open_page(f"/{language}/{country.code.lower()}/{competition.slug}/")
            assert len(page.all("tr", class_="option")) == len(answer.options)
