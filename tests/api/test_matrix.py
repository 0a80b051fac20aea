"""GET /api/v1/matrix: competitions times countries."""

import csv
import datetime as dt
import io

import pytest
from django.test import Client

from broadcasters.models import Country
from guide.rights.answer import State
from guide.rights.models import RightCountry
from tests.api.conftest import Get
from tests.factories import ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]

DAY = "2026-11-23"
ON = dt.date(2026, 11, 23)


def test_each_cell_says_what_the_answer_says(get: Get) -> None:
    countries = ["FR", "IT", "ES", "DE", "GB", "US"]
    matrix = get("matrix", competition=["serie-a", "ligue-1"], country=countries, on=DAY)
    assert [row["slug"] for row in matrix["competitions"]] == ["serie-a", "ligue-1"]
    assert [row["code"] for row in matrix["countries"]] == countries
    cells = {(cell["competition"], cell["country"]): cell for cell in matrix["results"]}
    assert len(cells) == 12
    for (competition, country), cell in cells.items():
        answer = ask(competition, country, DAY)
        assert (cell["state"], cell["state_reason"]) == (answer.state, answer.reason)
        live = [option for option in answer.options if option.kind == "live"]
        assert [row["slug"] for row in cell["live"]] == list(dict.fromkeys(row.broadcaster.slug for row in live))
    assert [row["slug"] for row in cells["serie-a", "IT"]["live"]] == ["dazn-it", "sky-it"]
    assert cells["serie-a", "IT"]["until"] == "2029-06-30"
    assert (cells["ligue-1", "IT"]["state_reason"], cells["ligue-1", "IT"]["last_known"]) == ("lapsed", ["sky-it"])


def test_without_a_country_all_countries_are_meant(get: Get) -> None:
    cells = get("matrix", competition="formula-1", on=DAY)["results"]
    assert [cell["country"] for cell in cells] == sorted(Country.objects.values_list("code", flat=True))
    licensed = {cell["country"] for cell in cells if cell["state"] == State.LICENSED}
    rows = RightCountry.objects.published().filter(competition__slug="formula-1", kind="live").valid_on(ON)
    assert licensed == set(rows.values_list("country", flat=True))


def test_without_a_competition_all_competitions_are_meant(get: Get) -> None:
    assert len(get("matrix", country=["IT", "UK"], on=DAY)["results"]) == 34


def test_a_cell_leads_to_its_answer(client: Client, get: Get) -> None:
    (cell,) = get("matrix", competition="serie-a", country="IT", lang="it", on=DAY)["results"]
    (answer,) = client.get(cell["links"]["lookup"]).json()["results"]
    assert (answer["query"]["on"], answer["query"]["lang"]) == (DAY, "it")
    assert answer["state"] == cell["state"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Name a competition or a country"),
        ("competition=serie-a&competition=nba&competition=motogp&competition=ligue-1&competition=wimbledon", "1000"),
        ("competition=serie-a&country=XX", "“XX” is not an ISO 3166-1"),
        ("competition=serie-a&contry=IT", "Did you mean “country”?"),
    ],
)
def test_a_matrix_that_cannot_be_is_explained(client: Client, query: str, words: str) -> None:
    response = client.get(f"/api/v1/matrix?{query}")
    assert response.status_code == 400
    assert words in response.json()["detail"]


def test_a_matrix_as_csv_has_a_line_a_cell(client: Client) -> None:
    response = client.get(f"/api/v1/matrix?competition=serie-a&country=IT&country=GB&on={DAY}&format=csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    italy, britain = csv.DictReader(io.StringIO(response.content.decode()))
    assert italy == {
        "competition": "serie-a",
        "country": "IT",
        "on": DAY,
        "state": "licensed",
        "state_reason": "",
        "season": "2026-27",
        "live": "dazn-it; sky-it",
        "access": "subscription; subscription",
        "until": "2029-06-30",
        "last_known": "",
    }
    assert britain["country"] == "GB"
