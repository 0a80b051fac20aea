"""What an answer costs: the same few queries for one question and for every cell there is."""

import datetime as dt
import re
import time

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadcasters.models import Country
from competitions.models import Competition
from guide import bundled
from guide.publication.publish import publish
from guide.rights.answer import Question
from guide.rights.answers import answers
from guide.rights.models import Right, RightCountry
from guide.rights.reconcile import RIGHTS
from tests.factories import NOW

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


def tables_asked(asked: list[Question]) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        answers(asked, now=NOW)
    tables = []
    for query in queries:
        found = re.search(r'\bFROM "(\w+)"', query["sql"])
        assert found, query["sql"]
        tables.append(found[1])
    return tables


def test_the_queries_are_at_most_nine_and_each_has_its_table() -> None:
    assert len(QUERIES) <= ALLOWED
    assert tables_asked(questions(1, 1)) == QUERIES


def test_a_question_of_which_nothing_is_known_costs_the_same() -> None:
    nowhere = Question(competition=Competition.objects.get(slug="uefa-euro"), country=Country.objects.get(code="AQ"))
    assert tables_asked([nowhere]) == QUERIES


def test_all_cells_of_a_day_cost_the_same_queries_and_under_five_seconds() -> None:
    asked = questions()
    assert len(asked) == 17 * 250
    assert tables_asked(asked) == QUERIES
    started = time.perf_counter()
    assert len(answers(asked, now=NOW)) == len(asked)
    assert time.perf_counter() - started < 5


def test_ten_times_the_rights_cost_the_same_queries() -> None:
    (records,) = (
        [entry.record for entry in document.entries]
        for document in bundled.read(settings.BASE_DIR)
        if document.table is RIGHTS
    )
    copies = [
        # As many rights beside each other as there can be: nine more packages of each, in its first three countries.
        record.model_copy(
            update={
                "key": f"{record.key}--copy-{number}",
                "package": f"copy-{number}{record.package}",
                "countries": record.countries[:3],
            }
        )
        for record in records
        for number in range(9)
    ]
    places = RightCountry.objects.count()
    with publish(actor="test", reason="ten times the rights") as publication:
        RIGHTS.apply(copies, publication, origin="copies")
    assert Right.objects.count() == 10 * len(records)
    assert RightCountry.objects.count() > 2 * places
    assert tables_asked(questions(1, 1)) == QUERIES
    assert tables_asked(questions(17, 40)) == QUERIES
