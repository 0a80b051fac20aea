"""The OpenAPI document is about the answers that are really given."""

from typing import Any

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # of the environment, without types

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    document: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return document


def validate(document: dict[str, Any], path: str, status: str, content_type: str, body: Any) -> None:
    schema = document["paths"][path]["get"]["responses"][status]["content"][content_type]["schema"]
    Draft202012Validator({**schema, "components": document["components"]}).validate(body)


@pytest.mark.parametrize("country", ["IT", "GB", "US", "DE", "FR", "AQ"])
def test_lookups_answer_as_the_document_says(client: Client, document: dict[str, Any], country: str) -> None:
    competitions = ["serie-a", "bundesliga", "fifa-world-cup", "uefa-champions-league", "formula-1", "wimbledon", "nba"]
    body = client.get("/api/v1/lookup", {"competition": competitions, "country": country, "on": "2026-11-23"}).json()
    assert len(body["results"]) == len(competitions)
    validate(document, "/api/v1/lookup", "200", "application/json", body)


def test_meta_answers_as_the_document_says(client: Client, document: dict[str, Any]) -> None:
    validate(document, "/api/v1/meta", "200", "application/json", client.get("/api/v1/meta").json())


def test_problems_are_as_the_document_says(client: Client, document: dict[str, Any]) -> None:
    for status, query in [("400", "contry=IT"), ("404", "competition=none&country=IT")]:
        body = client.get(f"/api/v1/lookup?{query}").json()
        validate(document, "/api/v1/lookup", status, "application/problem+json", body)
