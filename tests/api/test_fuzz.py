"""Whatever is typed, the API answers with JSON and never with a 500."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.thorough import examples

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]

NAMES = st.sampled_from(["competition", "country", "on", "lang", "access", "kind", "services"]) | st.text(max_size=12)
WORDS = st.sampled_from(
    [
        "serie-a",
        "nba",
        "IT",
        "uk",
        "XK",
        "2026-11-23",
        "2026-11-23T20:45:00+01:00",
        "9999-12-31",
        "0000-00-00",
        "fr",
        "free",
    ]
)
VALUES = WORDS | st.text(max_size=30) | st.dates().map(str) | st.datetimes().map(lambda at: at.isoformat() + "Z")
QUERIES = st.lists(st.tuples(NAMES, VALUES), max_size=8)


@given(query=QUERIES)
@settings(max_examples=examples(300), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_query_is_answered_or_explained(client: Client, query: list[tuple[str, str]]) -> None:
    response = client.get(f"/api/v1/lookup?{urlencode(query, errors='surrogatepass')}")
    assert response.status_code in {200, 400, 404}, response.content
    assert response["Content-Type"] in {"application/json", "application/problem+json"}
    if response.status_code == 400:
        assert response.json()["errors"]


@given(raw=st.binary(max_size=80))
@settings(max_examples=examples(200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_answered_or_explained(client: Client, raw: bytes) -> None:
    response = client.get("/api/v1/lookup", QUERY_STRING=raw.decode("latin-1"))
    assert response.status_code in {200, 400, 404}, response.content
    assert response["Content-Type"] in {"application/json", "application/problem+json"}
