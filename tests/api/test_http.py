"""What all addresses have in common: caches, other origins, methods, and errors that are JSON whatever happens."""

from typing import Any

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]

ADDRESSES = [
    "/api/v1/lookup?competition=serie-a&country=IT&on=2026-11-23",
    "/api/v1/matrix?competition=serie-a&country=IT&on=2026-11-23",
    "/api/v1/rights",
    "/api/v1/rights?format=csv",
    "/api/v1/competitions/serie-a",
    "/api/v1/meta",
    "/api/v1/openapi.json",
    "/api/v1/openapi.yaml",
]
PROBLEMS = ["/api/", "/api/v1/nothing", "/api/v1/rights?x=1", "/api/v1/rights/rgt_none"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_may_be_kept_and_is_not_sent_twice(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Cache-Control"].startswith("public, max-age=")
    assert response["Data-Version"].isdigit()
    again = client.get(address, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Data-Version"] == response["Data-Version"]
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("address", PROBLEMS)
def test_a_problem_is_kept_by_nobody(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code >= 400
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", [*ADDRESSES, *PROBLEMS])
def test_every_answer_may_be_read_by_pages_of_any_origin(client: Client, address: str) -> None:
    response = client.get(address, headers={"origin": "https://partner.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in response["Access-Control-Expose-Headers"]
    assert "Origin" not in response.get("Vary", "")
    assert "Access-Control-Allow-Credentials" not in response


@pytest.mark.parametrize("address", [*ADDRESSES, *PROBLEMS])
def test_a_browser_that_asks_first_is_told_what_it_may_send(client: Client, address: str) -> None:
    asking = {"origin": "https://partner.example", "access-control-request-method": "POST"}
    response = client.options(address, headers=asking)
    assert response.status_code == 204
    assert "POST" in response["Access-Control-Allow-Methods"]
    assert "Content-Type" in response["Access-Control-Allow-Headers"]


def test_pages_outside_the_api_are_not_open_to_other_origins(client: Client) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/en/")


def test_options_names_the_methods(client: Client) -> None:
    response = client.options("/api/v1/lookup")
    assert (response.status_code, response["Allow"]) == (204, "GET, POST, HEAD, OPTIONS")
    assert client.options("/api/v1/rights")["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("address", ["/api/v1/rights", "/api/v1/rights/rgt_x", "/api/v1/meta", "/api/v1/openapi.yaml"])
def test_what_is_read_only_says_so(client: Client, method: str, address: str) -> None:
    response = getattr(client, method)(address)
    assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")
    assert "GET" in response["Allow"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_get_without_a_body(client: Client, address: str) -> None:
    response = client.head(address)
    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Type"] == client.get(address)["Content-Type"]


@pytest.mark.parametrize("address", ["/api/v1/lookup", "/api/v1/rights", "/api/v1/meta", "/api/v1/openapi.json"])
def test_a_form_that_there_is_not_is_not_acceptable(client: Client, address: str) -> None:
    response = client.get(address, headers={"accept": "text/html"})
    assert (response.status_code, response["Content-Type"]) == (406, "application/problem+json")


@pytest.mark.parametrize("accept", ["", ",", "*/*;q=x", "application/json;q=0", "x" * 10_000])
def test_no_header_accept_is_an_error_of_ours(client: Client, accept: str) -> None:
    assert client.get("/api/v1/sports", headers={"accept": accept}).status_code in (200, 406)


def test_more_parameters_than_anyone_needs_are_a_problem(client: Client) -> None:
    query = "&".join(f"p{number}=1" for number in range(1500))
    response = client.get(f"/api/v1/rights?{query}")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert "number of its parameters" in response.json()["detail"]


@pytest.mark.parametrize(
    "path", ["rights/%00", "competitions/serie-a%0A", "countries/%F0%9F%8F%86", "rights/" + "x" * 10_000]
)
def test_any_path_is_a_problem_and_no_error(client: Client, path: str) -> None:
    response: Any = client.get(f"/api/v1/{path}")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert len(response.content) < 1000


def test_the_body_depends_on_no_layout_that_somebody_asks_for(client: Client) -> None:
    asked = "/api/v1/lookup?competition=serie-a&country=IT&on=2026-11-23"
    plain = client.get(asked)
    assert client.get(asked, headers={"accept": "application/json; indent=8"}).content == plain.content


def test_nothing_is_found_at_an_address_that_is_none_whatever_form_is_asked_for(client: Client) -> None:
    response = client.get("/api/v1/nothing", headers={"accept": "text/html"})
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_a_lookup_by_post_takes_no_parameters_in_its_address(client: Client) -> None:
    body = {"questions": [{"competition": "serie-a", "country": "IT"}]}
    assert client.post("/api/v1/lookup?lang=fr", body, content_type="application/json").status_code == 400
