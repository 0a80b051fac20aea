"""The OpenAPI document is about the answers that are really given, and leaves nothing of them out."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from django.test import Client
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # of the environment, without types

from guide.api.schema import document
from guide.api.urls import LISTED
from tests.api.conftest import Get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]

ROOT = "/api/v1/"
COMPETITIONS = ["serie-a", "bundesliga", "fifa-world-cup", "uefa-champions-league", "formula-1", "wimbledon", "nba"]


def closed(schema: Any) -> Any:
    """The schema with no room for members that it does not name."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: closed(value) for name, value in schema.items()}
    return found | {"additionalProperties": False} if "properties" in found and "allOf" not in found else found


CLOSED = closed(document())


def validate(path: str, body: Any, *, status: int = 200, method: str = "get") -> None:
    content = CLOSED["paths"][ROOT + path][method]["responses"][str(status)]["content"]
    schema = content["application/json" if status == 200 else "application/problem+json"]["schema"]
    Draft202012Validator({**schema, "components": CLOSED["components"]}).validate(body)


def pages(client: Client, address: str) -> Iterator[Any]:
    following: str | None = address
    while following:
        page = client.get(following).json()
        yield page
        following = page["next"]


@pytest.mark.parametrize("country", ["IT", "GB", "US", "DE", "FR", "AQ"])
def test_lookups_answer_as_the_document_says(get: Get, country: str) -> None:
    body = get("lookup", competition=COMPETITIONS, country=country, on="2026-11-23")
    assert len(body["results"]) == len(COMPETITIONS)
    validate("lookup", body)


def test_lookups_by_post_answer_as_the_document_says(client: Client) -> None:
    body = {"questions": [{"competition": slug, "country": "IT"} for slug in COMPETITIONS]}
    response = client.post(f"{ROOT}lookup", body, content_type="application/json")
    validate("lookup", response.json(), method="post")


@pytest.mark.parametrize("name", LISTED)
def test_every_row_of_every_list_is_as_the_document_says(client: Client, name: str) -> None:
    for page in pages(client, f"{ROOT}{name}?limit=200"):
        validate(name, page)


@pytest.mark.parametrize("name", LISTED)
def test_single_rows_are_as_the_document_says(client: Client, get: Get, name: str) -> None:
    key = LISTED[name].key
    for row in get(name, limit=20)["results"]:
        one = row["id" if key == "public_id" else key]
        validate(f"{name}/{{{key}}}", client.get(f"{ROOT}{name}/{one}").json())


@pytest.mark.parametrize("competition", COMPETITIONS)
def test_the_matrix_is_as_the_document_says(get: Get, competition: str) -> None:
    validate("matrix", get("matrix", competition=competition))


@pytest.mark.parametrize("text", ["dazn", "calcio", "f1 itali", "allemagne", "nothing of the kind"])
def test_the_search_is_as_the_document_says(get: Get, text: str) -> None:
    validate("search", get("search", q=text, limit=50))


def test_meta_is_as_the_document_says(get: Get) -> None:
    validate("meta", get("meta"))


def test_problems_are_as_the_document_says(client: Client, get: Get) -> None:
    validate("lookup", get("lookup", status=400, contry="IT"), status=400)
    validate("lookup", get("lookup", status=404, competition="none", country="IT"), status=404)
    validate("rights/{public_id}", get("rights/rgt_none", status=404), status=404)
    response = client.post(f"{ROOT}lookup", "x", content_type="text/plain")
    validate("lookup", response.json(), status=415, method="post")


def test_the_document_is_served_as_json_and_as_yaml(client: Client) -> None:
    as_json, as_yaml = client.get(f"{ROOT}openapi.json"), client.get(f"{ROOT}openapi.yaml")
    assert as_json["Content-Type"] == "application/json"
    assert as_yaml["Content-Type"] == "application/yaml; charset=utf-8"
    assert as_json.json() == yaml.safe_load(as_yaml.content) == document()
    assert document()["openapi"].startswith("3.1")


def test_every_operation_has_a_name_a_description_and_its_problems() -> None:
    operations = [operation for path in document()["paths"].values() for operation in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names))
    for operation in operations:
        assert operation["description"], operation["operationId"]
        assert {"200", "400", "default"} <= operation["responses"].keys()
