"""What an answer costs: the same few queries for one question and for every cell there is."""

import datetime as dt
import time

import pytest

from broadcasters.models import Country
from competitions.models import Competition
from guide.rights.answer import Question
from guide.rights.answers import answers
from guide.rights.models import Right, RightCountry
from tests.copies import ten_times
from tests.factories import NOW
from tests.queries import tables_asked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]

ALLOWED = 9
DAY = dt.date(2026, 11, 23)

# Each query by the table that it reads first, in the order in which they are asked.
QUERIES = [
    "rights_rightcountry",  # the rights of these competitions in these countries, with holders and their parent brands
    "rights_findingcountry",  # the findings there
    "rights_blackout",  # what may not be shown there
    "competitions_season",  # the calendars
    "broadcasters_service",  # what a fan opens there, and who carries it
    "rights_evidence",  # the pages behind the rights, the findings and the blackouts
    "broadcasters_offer",  # what it costs there
]


def questions(competitions: int | None = None, countries: int | None = None) -> list[Question]:
    return [
        Question(competition=competition, country=country, on=DAY)
        for competition in Competition.objects.order_by("slug")[:competitions]
        for country in Country.objects.order_by("code")[:countries]
    ]


def asking(asked: list[Question]) -> list[str]:
    return tables_asked(lambda: answers(asked, now=NOW))


def test_the_queries_are_at_most_nine_and_each_has_its_table() -> None:
    assert len(QUERIES) <= ALLOWED
    assert asking(questions(1, 1)) == QUERIES


def test_a_question_of_which_nothing_is_known_costs_the_same() -> None:
    nowhere = Question(competition=Competition.objects.get(slug="uefa-euro"), country=Country.objects.get(code="AQ"))
    assert asking([nowhere]) == QUERIES


def test_all_cells_of_a_day_cost_the_same_queries_and_under_five_seconds_of_work() -> None:
    asked = questions()
    assert len(asked) == 17 * 250
    assert asking(asked) == QUERIES
    started = time.process_time()
    assert len(answers(asked, now=NOW)) == len(asked)
    assert time.process_time() - started < 5


@pytest.mark.long
@pytest.mark.once
def test_ten_times_the_data_cost_the_same_queries() -> None:
    rights, places = Right.objects.count(), RightCountry.objects.count()
    ten_times()
    assert Right.objects.count() == 10 * rights
    assert RightCountry.objects.count() > 2 * places
    assert asking(questions(1, 1)) == QUERIES
    assert asking(questions(17, 40)) == QUERIES
