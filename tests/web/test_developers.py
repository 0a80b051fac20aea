"""The page for developers: what it says is so."""

import html
import io
import json
import re

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]  # of the environment

from broadcasters.models import Broadcaster
from competitions.models import Competition
from guide.api.schema import document
from guide.api.urls import LISTED
from guide.feeds.adapters.base import Document, Found
from guide.feeds.adapters.rights_table import RIGHTS_JSON
from tests.web.conftest import Open

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]


def test_every_example_is_answered(client: Client, open_page: Open) -> None:
    links = [link.attributes["href"] for link in open_page("/developers/").all("a")]
    examples = [link for link in links if "/api/v1/" in link]
    assert len(examples) > 20
    for address in examples:
        expected = 400 if "contry" in address else 200
        assert client.get(html.unescape(address)).status_code == expected, address


def test_every_calendar_and_guide_that_it_names_is_there(client: Client, open_page: Open) -> None:
    addresses = [link.attributes["href"] for link in open_page("/developers/").one(id="calendars").all("a")]
    assert len(addresses) == 5
    for address in addresses:
        response = client.get(html.unescape(address))
        kind = "application/xml" if address.endswith(".xml") else "text/calendar"
        assert response["Content-Type"] == f"{kind}; charset=utf-8", address


def test_the_body_that_it_shows_is_answered(client: Client, open_page: Open) -> None:
    (shown,) = (block.text for block in open_page("/developers/").all("pre") if "--json" in block.text)
    body = re.search(r"'(\{.*\})'", shown, re.DOTALL)
    assert body
    response = client.post("/api/v1/lookup", json.loads(body[1]), content_type="application/json")
    assert len(response.json()["results"]) == 2


def test_the_document_of_rights_that_it_shows_fits_the_schema_that_it_links(client: Client, open_page: Open) -> None:
    page = open_page("/developers/")
    schema = client.get(page.one("a", href="/developers/rights.schema.json").attributes["href"]).json()
    shown = page.one(id="publish-example").text.encode()
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(json.loads(shown))
    (item,) = RIGHTS_JSON.read(io.BytesIO(shown), Document(name="rights"))
    assert isinstance(item, Found)
    assert Competition.objects.filter(slug=item.record.competition).exists()
    assert Broadcaster.objects.filter(slug=item.record.broadcaster).exists()


def test_every_operation_and_every_filter_is_told(open_page: Open) -> None:
    page = open_page("/developers/")
    told = page.text
    for path in document()["paths"]:
        assert path.removeprefix("/api/v1/").partition("/")[0] in told, path
    rows = {row.one("th").text: row.all("td")[-1].text for row in page.one(id="lists").all("tr") if row.all("td")}
    for name, resource in LISTED.items():
        own = [parameter for parameter in resource.filterset_class.base_filters if parameter != "updated_since"]
        assert sorted(filter(None, rows[name].split(", "))) == sorted(own), name


def test_the_reference_comes_from_this_host_alone(client: Client) -> None:
    response = client.get("/developers/reference/")
    source = response.content.decode()
    assert 'data-document="/api/v1/openapi.json"' in source
    addresses = re.findall(r'(?:src|href)="([^"]+)"', source)
    assert all(address.startswith("/") for address in addresses)
    assert "'unsafe" not in response["Content-Security-Policy"]
    for address in addresses:
        if address.startswith("/static/"):
            file = client.get(address)
            assert file.status_code == 200, address
            file.close()
