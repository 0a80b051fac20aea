"""Lists as CSV: the guide's own table format, so that what one guide gives out another can load."""

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client

from guide.api.urls import LISTED
from guide.publication.tables import read_csv

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]


@pytest.mark.parametrize("name", LISTED)
def test_a_list_as_csv_reads_back_as_the_records_that_it_was_made_from(client: Client, name: str) -> None:
    table: Any = LISTED[name].table
    response = client.get(f"/api/v1/{name}?format=csv&limit=200")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{table.name}.csv"'
    entries = read_csv(response.content, table.record, document=name).usable()
    stored = table.stored([table.key_of(entry.record) for entry in entries])
    assert [entry.record for entry in entries] == [row.record for row in stored.values()] or {
        table.key_of(entry.record): entry.record for entry in entries
    } == {key: row.record for key, row in stored.items()}
    assert len(entries) == min(200, len(client.get(f"/api/v1/{name}?limit=200").json()["results"]))


def test_the_header_accept_asks_for_csv_as_well(client: Client) -> None:
    response = client.get("/api/v1/sports", headers={"accept": "text/csv"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "Accept" in response["Vary"]


def test_format_goes_before_accept(client: Client) -> None:
    response = client.get("/api/v1/sports?format=csv", headers={"accept": "application/json"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"


def test_a_link_leads_to_the_next_page(client: Client) -> None:
    keys: list[str] = []
    address = "/api/v1/rights?format=csv&limit=200"
    while address:
        response = client.get(address)
        keys += [row["key"] for row in csv.DictReader(io.StringIO(response.content.decode()))]
        following = re.search(r'<([^>]+)>; rel="next"', response.get("Link", ""))
        address = following[1] if following else ""
    assert len(keys) == len(set(keys)) == 742


def test_an_empty_list_has_its_header(client: Client) -> None:
    response = client.get("/api/v1/rights?format=csv&competition=nba&country=AQ")
    (header,) = response.content.decode().splitlines()
    assert header.startswith("key,competition,broadcaster,")


def test_an_error_is_json_even_where_csv_was_asked_for(client: Client) -> None:
    response = client.get("/api/v1/rights?format=csv&limit=0")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["errors"]
