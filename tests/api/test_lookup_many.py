"""POST /api/v1/lookup: questions that share nothing, in one call."""

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]

LOOKUP = "/api/v1/lookup"


def post(client: Client, body: Any, *, status: int = 200, content_type: str = "application/json") -> Any:
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    response = client.post(LOOKUP, data, content_type=content_type)
    assert response.status_code == status, response.content[:1000]
    assert response["Cache-Control"] == "no-store"
    return response.json()


def question(competition: Any = "serie-a", country: str = "IT", **more: Any) -> dict[str, Any]:
    return {"competition": competition, "country": country, **more}


def test_each_question_has_its_own_country_and_day(client: Client) -> None:
    body = {
        "questions": [
            question("ligue-1", "uk", on="2026-11-29"),
            question(on="2026-11-23T20:45:00Z"),
            question("ligue-1", "FR"),
        ],
        "lang": "it",
    }
    results = post(client, body)["results"]
    asked = [(row["query"]["competition"], row["query"]["country"], row["query"]["on"]) for row in results]
    assert asked[:2] == [("ligue-1", "GB", "2026-11-29"), ("serie-a", "IT", "2026-11-23T20:45:00Z")]
    assert asked[2][:2] == ("ligue-1", "FR")
    assert [row["query"]["country_as_given"] for row in results] == ["UK", None, None]
    assert results[1]["country"]["name"] == "Italia"


def test_an_answer_is_the_one_that_get_gives(client: Client) -> None:
    (posted,) = post(client, {"questions": [question(on="2026-11-23")]})["results"]
    (got,) = client.get(LOOKUP, {"competition": "serie-a", "country": "IT", "on": "2026-11-23"}).json()["results"]
    assert posted == got


def test_filters_narrow_all_answers(client: Client) -> None:
    body = {
        "questions": [question("uefa-champions-league", "DE", on="2026-11-23")],
        "access": ["free"],
        "kind": ["live"],
    }
    (answer,) = post(client, body)["results"]
    assert answer["state"] == "licensed"
    assert [option["broadcaster"]["slug"] for option in answer["options"]] == ["zdf"]


def test_fifty_questions_cost_the_queries_of_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many = [question(slug, code) for slug in ("serie-a", "nba", "motogp", "ligue-1", "wimbledon") for code in COUNTRIES]
    assert len(many) == 50
    with django_assert_num_queries(9):  # countries, competitions, and the seven of answers()
        assert len(post(client, {"questions": many})["results"]) == 50


COUNTRIES = ["IT", "FR", "DE", "ES", "GB", "US", "AQ", "JP", "BR", "AU"]


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({}, 400, "questions: This field is required."),
        ([], 400, "Expected a dictionary"),
        (None, 400, ""),
        ("nothing", 400, "The body is not JSON"),
        ('{"questions": [', 400, "The body is not JSON"),
        ('{"questions": NaN}', 400, "NaN is no JSON"),
        ('{"lang": "en", "lang": "fr", "questions": []}', 400, "“lang” stands twice"),
        (b"\xff\xfe", 400, "The body is not JSON"),
        ("[" * 90_000, 400, "nested too deeply"),
        ('{"questions": ' + "9" * 5000 + "}", 400, ""),
        ({"questions": []}, 400, "may not be empty"),
        ({"questions": None}, 400, "may not be null"),
        ({"questions": [question()] * 51}, 400, "no more than 50"),
        (
            {"questions": [question(), {"competition": "nba", "contry": "IT"}]},
            400,
            "questions[1].contry: Unknown member.",
        ),
        (
            {"questions": [question("nba"), question("nba", "XX")]},
            400,
            "questions[1].country: “XX” is not an ISO 3166-1",
        ),
        ({"questions": [question("nba", "ITA")]}, 400, "questions[0].country: “ITA” is not a country code"),
        ({"questions": [question("nba", "XX")]}, 400, "“XX” is not an ISO 3166-1"),
        ({"questions": [question(on="2026-02-30")]}, 400, "questions[0].on: “2026-02-30” is neither a day"),
        ({"questions": [question(on=20261129)]}, 400, "questions[0].on"),
        ({"questions": [question("seria-a")]}, 404, "Did you mean “serie-a”?"),
        ({"questions": [question("a\x00b")]}, 400, "questions[0].competition"),
        ({"questions": [question("\ud800")]}, 400, "questions[0].competition"),
        ({"questions": [question(["serie-a"])]}, 400, "questions[0].competition"),
        ({"questions": [question("nba", "\ud800")]}, 400, "questions[0].country"),
        ({"questions": [question(on="\ud800")]}, 400, "questions[0].on"),
        ({"questions": [question()], "lang": "\ud800"}, 400, "lang"),
        ({"questions": [question()], "\ud800": 1}, 400, "Unknown member."),
        ({"questions": [question()], "questons": []}, 400, "Did you mean “questions”?"),
        ({"questions": [question()], "access": "free"}, 400, "access"),
        ({"questions": [question("x" * 10_000)]}, 400, "questions[0].competition"),
    ],
)
def test_a_body_that_cannot_be_answered_is_explained(client: Client, body: Any, status: int, words: str) -> None:
    problem = post(client, body, status=status)
    assert words in problem["detail"]
    assert len(json.dumps(problem)) < 3000


def test_a_body_of_two_megabytes_is_too_large(client: Client) -> None:
    problem = post(client, b"[" + b"1," * 1_000_000 + b"1]", status=413)
    assert problem["type"] == "urn:problem-type:too-large"
    assert "100000 bytes" in problem["detail"]


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_only_json_is_read(client: Client, content_type: str) -> None:
    assert post(client, "x=1", status=415, content_type=content_type)["status"] == 415


def test_a_body_without_its_length_is_refused(client: Client) -> None:
    response = client.generic(
        "POST", LOOKUP, b"", content_type="application/json", headers={"transfer-encoding": "chunked"}
    )
    assert (response.status_code, response.json()["type"]) == (411, "urn:problem-type:length-required")
