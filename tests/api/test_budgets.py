"""What each address costs: the same few queries for one row and for two hundred, and for ten times the data."""

import pytest
from django.test import Client

from guide.api.urls import LISTED
from tests.copies import ten_times
from tests.queries import tables_asked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]

# By address the tables that are asked, in their order. A list in a row costs one query, whatever its length.
LISTS = {
    "sports": ["sport"],
    "competitions": ["competition", "competitionalias"],
    "seasons": ["season", "competition"],
    "teams": ["team", "teamalias"],
    "events": ["event"],
    "countries": ["country", "countrygroup"],
    "country-groups": ["countrygroup", "country"],
    "broadcasters": ["broadcaster", "country", "broadcasteralias"],
    "services": ["service", "country", "carriage"],
    "offers": ["offer", "service", "offercompetition", "offerbundle"],
    "rights": ["right", "competition", "service", "rightcountry", "evidence"],
    "closures": ["closure", "country", "competition", "closurepartner", "closureoffering", "closureevidence"],
}
ANSWERS = ["rightcountry", "findingcountry", "blackout", "season", "service", "evidence", "offer"]
OTHERS = {
    "lookup?competition=serie-a&country=IT": ["country", "competition", *ANSWERS],
    "matrix?competition=serie-a&country=IT": ["country", "competition", *ANSWERS],
    "matrix?competition=formula-1": ["country", "competition", *ANSWERS],
    "meta": ["feed", "competition", "right", "broadcaster", *["right"] * 6],
    "freshness?competition=serie-a": ["country", "competition", "feed", "rightcountry"],
    "freshness?country=IT": ["country", "competition", "feed", "rightcountry"],
    "openapi.json": [],
    "openapi.yaml": [],
    "nothing-of-the-kind": [],
    # A filter that points to rows looks for them.
    "rights?competition=serie-a&country=IT&valid_on=2026-11-23": ["competition", "country", *LISTS["rights"]],
}
BUDGETS = {**{f"{name}?limit=200": tables for name, tables in LISTS.items()}, **OTHERS}


def asked(client: Client, address: str) -> list[str]:
    return [table.partition("_")[2] for table in tables_asked(lambda: client.get(f"/api/v1/{address}"))]


@pytest.mark.parametrize("address", BUDGETS)
def test_an_address_asks_these_tables_and_no_other(client: Client, address: str) -> None:
    assert asked(client, address) == BUDGETS[address]


@pytest.mark.parametrize("name", LISTED)
def test_one_row_costs_no_more_than_its_list(client: Client, name: str) -> None:
    row = client.get(f"/api/v1/{name}?limit=1").json()["results"][0]
    key = LISTED[name].key
    address = f"{name}/{row['id' if key == 'public_id' else key]}"
    history = ["change"] if name in ("rights", "events") else []
    assert asked(client, address) == LISTS[name] + history


@pytest.mark.parametrize("name", LISTED)
def test_csv_costs_the_row_its_record_and_a_query_for_each_of_its_lists(client: Client, name: str) -> None:
    assert len(asked(client, f"{name}?format=csv&limit=200")) == 2 + len(LISTED[name].table.children)


def test_a_search_asks_nothing_once_its_index_is_made(client: Client) -> None:
    cold = asked(client, "search?q=f1+itali")
    assert 0 < len(cold) <= 12
    assert asked(client, "search?q=ligue+1+suisse") == []


@pytest.mark.long
@pytest.mark.once
def test_ten_times_the_data_cost_the_same_queries(client: Client) -> None:
    ten_times()
    for address, tables in BUDGETS.items():
        assert asked(client, address) == tables, address
