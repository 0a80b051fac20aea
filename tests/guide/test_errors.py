"""Errors outside of every view: problem details below /api/, pages elsewhere."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_host_that_is_not_ours_is_a_problem_for_the_api(client: Client) -> None:
    response = client.get("/api/v1/meta", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["type"] == "urn:problem-type:bad-request"


def test_an_error_before_the_view_is_a_problem_for_the_api(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the inside of the machine")

    monkeypatch.setattr("guide.api.views.lookup.LookupView.dispatch", fail)
    client.raise_request_exception = False
    response = client.get("/api/v1/lookup")
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert b"machine" not in response.content


def test_elsewhere_an_error_is_a_page(client: Client) -> None:
    response = client.get("/nothing/of/the/kind")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")
