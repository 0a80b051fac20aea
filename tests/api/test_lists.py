"""The lists: what stands in them, how they are paged and narrowed, and how their errors read."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from competitions.models import Event
from guide.api.urls import LISTED
from guide.publication.models import PublicModel
from guide.rights.models import Right, RightCountry
from tests.api.conftest import Get
from tests.files import NAMES, Row, rows_of
from tests.servers import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]

COUNTS = {
    "sports": 5,
    "competitions": 17,
    "seasons": 133,
    "teams": 443,
    "events": 284,
    "countries": 250,
    "country-groups": 60,
    "broadcasters": 375,
    "services": 403,
    "offers": 81,
    "rights": 742,
    "closures": 32,
}


GRAND_SLAMS = ("australian-open", "roland-garros", "us-open", "wimbledon")


def in_motogp_from_november(row: dict[str, str]) -> bool:
    last = row["last_day"] or row["day"]
    return row["season"].startswith("motogp--") and last >= "2026-11-01" and row["day"] <= "2027-12-31"


def identifier(name: str, row: dict[str, Any]) -> str:
    key = LISTED[name].key
    return str(row["id" if key == "public_id" else key])


def pages(client: Client, address: str) -> Iterator[dict[str, Any]]:
    following: str | None = address
    while following:
        page = client.get(following).json()
        yield page
        following = page["next"]


@pytest.mark.parametrize("name", LISTED)
def test_a_list_holds_every_row_once_in_the_order_of_its_key(client: Client, name: str) -> None:
    found = list(pages(client, f"/api/v1/{name}?limit=37"))
    rows = [row for page in found for row in page["results"]]
    assert len(rows) == COUNTS[name]
    assert len({identifier(name, row) for row in rows}) == len(rows)
    assert all(len(page["results"]) == 37 for page in found[:-1])
    assert found[0]["previous"] is None


@pytest.mark.parametrize("name", LISTED)
def test_a_page_leads_back_to_the_one_before(client: Client, name: str) -> None:
    first = client.get(f"/api/v1/{name}?limit=2").json()
    second = client.get(first["next"]).json()
    assert client.get(second["previous"]).json()["results"] == first["results"]


@pytest.mark.parametrize("name", LISTED)
def test_every_row_has_an_address_of_its_own(get: Get, name: str) -> None:
    row = get(name, limit=1)["results"][0]
    one = get(f"{name}/{identifier(name, row)}")
    assert {key: one[key] for key in row} == row


def test_a_list_has_fifty_rows_unless_a_limit_is_given(get: Get) -> None:
    assert len(get("rights")["results"]) == 50
    assert len(get("rights", limit=200)["results"]) == 200


def test_the_link_header_says_where_the_next_page_is(client: Client) -> None:
    response = client.get("/api/v1/rights?limit=2")
    assert response["Link"] == f'<{response.json()["next"]}>; rel="next"'


# Narrowing


def listed(cell: str) -> set[str]:
    return set(cell.split("; "))


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("competitions?sport=tennis", lambda row: row["sport"] == "tennis"),
        ("competitions?sport=tennis&sport=basketball", lambda row: row["sport"] in ("tennis", "basketball")),
        ("competitions?calendar=calendar-year", lambda row: row["calendar"] == "calendar-year"),
        ("seasons?competition=nba", lambda row: row["competition"] == "nba"),
        ("seasons?on=2026-11-23", lambda row: row["first_day"] <= "2026-11-23" <= row["last_day"]),
        ("countries?in_eu=true", lambda row: row["in_eu"] == "yes"),
        ("teams?sport=basketball", lambda row: row["sport"] == "basketball"),
        ("teams?kind=national", lambda row: row["kind"] == "national"),
        ("events?competition=motogp&from=2026-11-01&to=2027-12-31", in_motogp_from_november),
        ("events?sport=tennis", lambda row: row["season"].split("--")[0] in GRAND_SLAMS),
        ("countries?in_eu=false", lambda row: row["in_eu"] == "no"),
        ("countries?group=dach", lambda row: row["code"] in ("DE", "AT", "CH")),
        ("country-groups?country=DE&country=AT", lambda row: listed(row["countries"]) & {"DE", "AT"}),
        ("broadcasters?parent=dazn", lambda row: row["parent"] == "dazn"),
        ("broadcasters?status=closed&status=merged", lambda row: row["status"] in ("closed", "merged")),
        ("services?broadcaster=sky-it", lambda row: row["broadcaster"] == "sky-it"),
        ("offers?country=it", lambda row: row["country"] == "IT"),
        ("offers?competition=serie-a", lambda row: "serie-a" in listed(row["competitions"])),
        ("offers?service=dazn-it", lambda row: "dazn-it" in listed(row["services"])),
        ("rights?broadcaster=dazn-it&access=subscription", lambda row: row["broadcaster"] == "dazn-it"),
        ("rights?service=dazn-it", lambda row: "dazn-it" in listed(row["services"])),
        ("rights?kind=highlights", lambda row: row["kind"] == "highlights"),
        (
            "rights?competition=nba&valid_on=2026-11-23",
            lambda row: (
                row["competition"] == "nba"
                and (row["first_day"] or "0") <= "2026-11-23" <= (row["last_day"] or row["evidence_reaches"])
            ),
        ),
        ("closures?competition=serie-a", lambda row: "serie-a" in listed(row["competitions"])),
        ("closures?country=IT&kind=site-shutdown", lambda row: "IT" in row["countries"] and "shut" in row["kind"]),
    ],
)
def test_filters_find_what_the_files_hold(client: Client, query: str, fits: Callable[[Row], bool]) -> None:
    name = query.partition("?")[0]
    table = LISTED[name].table
    expected = {row[table.key] for row in rows_of(ROOT / NAMES[table.name]) if fits(row)}
    if name == "events":
        expected = set(Event.objects.filter(key__in=expected).values_list("public_id", flat=True))
    if name == "rights":
        expected = set(Right.objects.published().filter(key__in=expected).values_list("public_id", flat=True))
    found = [row for page in pages(client, f"/api/v1/{query}&limit=200") for row in page["results"]]
    assert sorted(identifier(name, row) for row in found) == sorted(expected)
    assert found


def test_rights_of_a_country_are_those_whose_countries_name_it(client: Client) -> None:
    rows = [row for page in pages(client, "/api/v1/rights?country=uk&limit=200") for row in page["results"]]
    assert len(rows) == RightCountry.objects.published().filter(country="GB").count() > 20
    assert all("GB" in row["countries"] for row in rows)


def test_a_row_that_fits_a_filter_twice_stands_there_once(get: Get) -> None:
    rows = get("rights", competition="serie-a", country=["DE", "AT", "CH"])["results"]
    assert len({row["id"] for row in rows}) == len(rows) > 0


@pytest.mark.parametrize("name", LISTED)
def test_updated_since_tells_what_has_changed(get: Get, name: str) -> None:
    model: type[PublicModel] = LISTED[name].table.model
    row = model._default_manager.order_by("pk").first()
    assert row is not None
    model._default_manager.update(updated_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    model._default_manager.filter(pk=row.pk).update(updated_at=dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC))
    assert len(get(name, updated_since="2026-11-20")["results"]) == 1
    assert len(get(name, updated_since="2026-11-20T14:00:00+02:00")["results"]) == 1
    assert get(name, updated_since="2026-11-20T12:00:01Z")["results"] == []


@pytest.mark.parametrize(
    ("query", "parameter", "words"),
    [
        ("rights?competition=seria-a", "competition", "“seria-a” is not known here. Did you mean “serie-a”?"),
        ("rights?country=XX", "country", "“XX” is not known here."),
        ("rights?acess=free", "acess", "Unknown parameter. Did you mean “access”?"),
        ("rights?access=fre", "access", "“fre” is not known here. Did you mean “free”?"),
        ("rights?valid_on=2026-02-30", "valid_on", "“2026-02-30” is not a day: write 2026-11-29."),
        ("rights?valid_on=9999-12-31", "valid_on", "lies outside of what the guide can speak about"),
        ("rights?valid_on=2026-11-23&valid_on=2026-11-24", "valid_on", "Given more than once; give it once."),
        ("rights?competition=", "competition", "Given without a value"),
        ("rights?updated_since=yesterday", "updated_since", "neither a day (2026-11-29) nor an instant"),
        ("rights?limit=0", "limit", "“0” is not a number from 1 to 200."),
        ("rights?limit=201", "limit", "less than or equal to 200"),
        ("rights?limit=1.0", "limit", "“1.0” is not a number"),
        ("rights?" + "&".join(f"broadcaster=b{number}" for number in range(51)), "broadcaster", "at most 50 times"),
        ("rights?limit=ten", "limit", "“ten” is not a number from 1 to 200."),
        ("rights?lang=xx", "lang", "“xx” is not known here."),
        ("rights?format=xml", "format", "“xml” is not known here."),
        ("rights?cursor=abc", "cursor", "belongs to another list or to other filters"),
        ("countries?in_eu=yes", "in_eu", "“yes” is not known here."),
        ("rights?competition=" + "x" * 10_000, "competition", "is not known here"),
        ("rights?competition=%00", "competition", "is not known here"),
        ("rights?competition=a%0Ab", "competition", "is not known here"),
        ("rights?" + "x" * 10_000 + "=1", "x" * 40, "Unknown parameter."),
        ("competitions/serie-a?limit=1", "limit", "Unknown parameter."),
        ("meta?format=csv", "format", "Unknown parameter."),
    ],
)
def test_a_bad_parameter_is_named(client: Client, query: str, parameter: str, words: str) -> None:
    response = client.get(f"/api/v1/{query}")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json"), response.content
    said = {error["parameter"]: error["detail"] for error in response.json()["errors"]}
    assert words in said[parameter]
    assert len(response.content) < 2000


def test_everything_that_is_wrong_is_told_at_once(client: Client) -> None:
    body = client.get("/api/v1/rights?limit=0&acess=free&competition=seria-a&valid_on=x").json()
    assert {error["parameter"] for error in body["errors"]} == {"limit", "acess", "competition", "valid_on"}


def test_a_cursor_is_good_for_its_own_list_and_filters_only(client: Client) -> None:
    cursor = client.get("/api/v1/rights?limit=1&access=free").json()["next"].split("cursor=")[1].split("&")[0]
    assert client.get(f"/api/v1/rights?limit=5&access=free&lang=fr&cursor={cursor}").status_code == 200
    for elsewhere in (
        f"rights?cursor={cursor}",
        f"rights?access=subscription&cursor={cursor}",
        f"services?cursor={cursor}",
        f"rights?access=free&cursor={cursor[:-1]}",
        f"rights?access=free&cursor={cursor}x",
    ):
        assert client.get(f"/api/v1/{elsewhere}").status_code == 400, elsewhere


# Single rows


def test_what_never_was_is_not_found_and_a_near_one_is_suggested(get: Get) -> None:
    assert "Did you mean “sky-it”?" in get("broadcasters/sky-itt", status=404)["detail"]
    assert get("rights/rgt_0000000000", status=404)["type"] == "urn:problem-type:not-found"


def test_what_was_withdrawn_is_gone(get: Get) -> None:
    right = Right.objects.get(key="serie-a--dazn-it--2024")
    get(f"rights/{right.public_id}")
    Right.objects.filter(pk=right.pk).update(withdrawn_at=dt.datetime(2026, 11, 24, tzinfo=dt.UTC), is_published=False)
    body = get(f"rights/{right.public_id}", status=410)
    assert body["type"] == "urn:problem-type:gone"
    assert "was withdrawn on 2026-11-24" in body["detail"]
    assert "dazn" not in str(body)


def test_a_right_without_evidence_was_never_there(get: Get) -> None:
    right = Right.objects.filter(is_published=False).first()
    assert right is not None
    get(f"rights/{right.public_id}", status=404)


def test_a_country_is_found_by_what_people_write_for_it(get: Get) -> None:
    assert [get(f"countries/{code}")["code"] for code in ("GB", "gb", "UK", "el")] == ["GB", "GB", "GB", "GR"]


# Names


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("competitions/uefa-champions-league", "Ligue des champions"),
        ("sports/basketball", "Basket-ball"),
        ("countries/DE", "Allemagne"),
    ],
)
def test_names_are_localised(get: Get, address: str, name: str) -> None:
    assert get(address, lang="fr")["name"] == name


def test_rights_name_their_competition_in_the_language(get: Get) -> None:
    (right, *_) = get("rights", competition="uefa-champions-league", country="DE", lang="fr")["results"]
    assert right["competition"] == {"slug": "uefa-champions-league", "name": "Ligue des champions"}
