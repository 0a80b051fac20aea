"""GET /api/v1/meta."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]


def test_meta_tells_what_the_guide_holds(client: Client) -> None:
    response = client.get("/api/v1/meta")
    body = response.json()
    assert body["coverage"] == {
        "competitions": 17,
        "countries": 217,
        "broadcasters": 375,
        "rights": 745,
        "rights_published": 742,
        "rights_verified": 0,
    }
    assert body["data_version"] >= 1
    assert response["Data-Version"] == str(body["data_version"])
    assert body["enums"]["state"] == ["blocked", "licensed", "unannounced", "none", "unknown"]


def test_meta_takes_no_parameters_that_it_does_not_know(client: Client) -> None:
    response = client.get("/api/v1/meta", {"lang": "fr"})
    assert response.status_code == 400
    assert response.json()["errors"] == [{"parameter": "lang", "detail": "Unknown parameter."}]
