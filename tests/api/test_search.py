"""GET /api/v1/search: from what people type to what can be looked up."""

import pytest
from django.test import Client

from tests.api.conftest import Get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]


def test_a_competition_beside_a_country_leads_to_the_answer(client: Client, get: Get) -> None:
    body = get("search", q="f1 itali")
    assert body["country"] == {"code": "IT", "name": "Italy"}
    hit = body["results"][0]
    assert (hit["kind"], hit["key"], hit["name"], hit["country"]) == ("competition", "formula-1", "Formula 1", "IT")
    assert hit["links"]["html"] == "http://testserver/en/it/formula-1/"
    (answer,) = client.get(hit["links"]["lookup"]).json()["results"]
    assert (answer["competition"]["slug"], answer["country"]["code"]) == ("formula-1", "IT")


@pytest.mark.parametrize("text", ["dazn", "calcio", "allemagne", "ldc", "Série A", "ligue 1 suisse"])
@pytest.mark.parametrize("language", ["fr"])
def test_every_link_of_a_hit_leads_somewhere(client: Client, get: Get, text: str, language: str) -> None:
    hits = get("search", q=text, lang=language, limit=50)["results"]
    assert hits
    for hit in hits:
        for address in filter(None, hit["links"].values()):
            assert client.get(address).status_code == 200, address


def test_names_are_in_the_language_and_what_matched_is_told(get: Get) -> None:
    hit = get("search", q="champions league", lang="fr")["results"][0]
    assert (hit["name"], hit["is_exact"]) == ("Ligue des champions", True)
    assert hit["matched"].casefold() == "champions league"


def test_kinds_and_the_limit_narrow_it(get: Get) -> None:
    assert {hit["kind"] for hit in get("search", q="calcio", kind="closure")["results"]} == {"closure"}
    assert len(get("search", q="sky", limit=2)["results"]) == 2
    assert get("search", q="serie a", country="uk")["results"][0]["country"] == "GB"


def test_nothing_found_is_an_answer(get: Get) -> None:
    assert get("search", q="qwrtzpsdfg") == {"country": None, "results": []}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "q"),
        ("q=", "q"),
        ("q=a&q=b", "q"),
        ("q=a&country=ITA", "country"),
        ("q=a&country=XX", "country"),
        ("q=a&kind=team", "kind"),
        ("q=a&limit=51", "limit"),
        ("q=" + "x" * 10_000, "q"),
        ("q=a%00b", "q"),
        ("query=a", "query"),
    ],
)
def test_a_bad_parameter_is_named(client: Client, query: str, parameter: str) -> None:
    response = client.get(f"/api/v1/search?{query}")
    assert response.status_code == 400
    assert parameter in {error["parameter"] for error in response.json()["errors"]}
