"""Addresses: what they name, where other spellings lead, and how a page says that there is nothing."""

import re

import pytest
from django.conf import settings
from django.test import Client

from broadcasters.models import Country
from competitions.models import Competition
from competitions.records import RESERVED_SLUGS
from guide.web.addresses import CompetitionConverter, CountryConverter, LanguageConverter
from tests.web.conftest import Open

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/en/uk/serie-a/", "/en/gb/serie-a/"),
        ("/en/UK/", "/en/gb/"),
        ("/fr/el/", "/fr/gr/"),
        ("/en/IT/serie-a/", "/en/it/serie-a/"),
        ("/en/it/Serie-A/", "/en/it/serie-a/"),
        ("/en/Uk/SERIE-A/?on=2026-03-01", "/en/gb/serie-a/?on=2026-03-01"),
        ("/en/it/serie-a", "/en/it/serie-a/"),
        ("/en/Serie-A/", "/en/serie-a/"),
        ("/en/SERIE-A/?on=2026-03-01&sort=country", "/en/serie-a/?on=2026-03-01&sort=country"),
        ("/en/serie-a", "/en/serie-a/"),
        ("/en/UK/broadcaster/Sky-GB/", "/en/gb/broadcaster/sky-gb/"),
        ("/en/it/broadcaster/DAZN-it/", "/en/it/broadcaster/dazn-it/"),
        ("/en", "/en/"),
    ],
)
def test_another_spelling_moves_for_good(client: Client, address: str, canonical: str) -> None:
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, canonical)


def test_an_unknown_country_is_not_found_and_the_search_is_offered(open_page: Open) -> None:
    page = open_page("/en/xx/serie-a/", status=404)
    assert page.one("p", class_="sentence").text == "No country has the code “xx”."
    assert page.all("form", role="search")
    page = open_page("/fr/xx/", status=404)
    assert page.one("p", class_="sentence").text == "Aucun pays n’a le code «\u00a0xx\u00a0»."


def test_an_unknown_competition_is_not_found_and_near_ones_are_offered(open_page: Open) -> None:
    page = open_page("/en/it/seriea/", status=404)
    assert page.one("p", class_="sentence").text == "We know no competition by the address “seriea”."
    assert "the guide covers 17 competitions so far" in page.text
    links = {link.text: link.attributes["href"] for link in page.one("ul", class_="rows").all("a")}
    assert links["Serie A"] == "/en/it/serie-a/"
    assert links["All competitions, Italy"] == "/en/it/"
    assert page.one("option", selected="", value="it").text == "Italy"


def test_an_unknown_competition_of_all_countries_is_not_found_either(open_page: Open) -> None:
    page = open_page("/en/seriea/", status=404)
    assert page.one("p", class_="sentence").text == "We know no competition by the address “seriea”."
    links = {link.text: link.attributes["href"] for link in page.one("ul", class_="rows").all("a")}
    assert links["Serie A"] == "/en/serie-a/"
    assert "We know no competition" in open_page("/en/serie--a/", status=404).text


def test_an_unknown_broadcaster_is_not_found_and_near_ones_are_offered(open_page: Open) -> None:
    page = open_page("/en/it/broadcaster/dazn-itlia/", status=404)
    assert page.one("p", class_="sentence").text == "We know no broadcaster by the address “dazn-itlia”."
    assert "the guide covers 375 broadcasters so far" in page.text
    links = {link.text: link.attributes["href"] for link in page.one("ul", class_="rows").all("a")}
    assert links["DAZN Italia"] == "/en/it/broadcaster/dazn-it/"
    assert links["All competitions, Italy"] == "/en/it/"
    assert open_page("/en/xx/broadcaster/dazn-it/", status=404).all("form", role="search")


@pytest.mark.parametrize(
    "address",
    [
        "/en/-/",
        "/en/it/plan/",
        "/en/it/serie-a/more/",
        "/en/it/widget/",
        "/en/check/",
        "/en/it/-/",
        "/en/it/broadcaster/",
    ],
)
def test_what_is_no_page_says_so_in_the_language_of_its_address(open_page: Open, address: str) -> None:
    assert "There is no page at this address." in open_page(address, status=404).text
    french = open_page(address.replace("/en/", "/fr/"), status=404)
    assert french.one("html").attributes["lang"] == "fr"
    assert "Il n’y a pas de page à cette adresse." in french.text


@pytest.mark.parametrize("address", ["/nothing/", "/nl/it/serie-a/", "/EN/"])
def test_outside_of_every_language_the_way_leads_to_the_choice_of_one(open_page: Open, address: str) -> None:
    assert open_page(address, status=404).one("a").attributes["href"] == "/"


@pytest.mark.parametrize(
    "text",
    [
        "2026-13-40",
        "2026-3-1",
        "20260301",
        "tomorrow",
        "",
        "1989-12-31",
        "2100-01-01",
        "2026-03-01T12:00",
        "%00",
        "٢٠٢٦-٠٣-٠١",
    ],
)
@pytest.mark.parametrize("address", ["/en/it/", "/en/it/serie-a/", "/en/serie-a/", "/en/it/broadcaster/dazn-it/"])
def test_a_bad_day_is_refused_in_a_clear_sentence(open_page: Open, address: str, text: str) -> None:
    page = open_page(f"{address}?on={text}", status=400)
    assert page.one("p", class_="sentence").text.endswith("is not a day that we can answer for.")
    assert page.one("ul", class_="rows").one("a").attributes["href"] == address


def test_a_problem_is_not_indexed_and_has_no_other_versions(open_page: Open) -> None:
    page = open_page("/en/xx/", status=404)
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert not page.all("link", rel="canonical") + page.all("link", rel="alternate")


@pytest.mark.parametrize(
    "address", ["/en/", "/en/it/", "/en/it/serie-a/", "/en/serie-a/", "/en/it/broadcaster/dazn-it/"]
)
def test_a_page_names_itself_and_its_versions(open_page: Open, address: str) -> None:
    page = open_page(address)
    assert page.one("link", rel="canonical").attributes["href"] == f"http://testserver{address}"
    versions = {link.attributes["hreflang"]: link.attributes["href"] for link in page.all("link", rel="alternate")}
    assert versions == {
        code: "http://testserver" + address.replace("/en/", f"/{language}/")
        for code, language in [*((code, code) for code, _ in settings.LANGUAGES), ("x-default", "en")]
    }


def test_neither_browser_nor_cookie_decides_the_language(client: Client) -> None:
    client.cookies["django_language"] = "de"
    response = client.get("/en/it/serie-a/", headers={"accept-language": "fr"})
    assert response["Content-Language"] == "en"
    assert "Vary" not in response or "Accept-Language" not in response["Vary"]
    assert client.get("/", headers={"accept-language": "fr"}).status_code == 200


def test_pages_are_only_read(client: Client) -> None:
    assert client.post("/en/it/serie-a/").status_code == 405
    assert client.post("/").status_code == 405
    assert client.head("/en/it/serie-a/").status_code == 200


def test_an_address_names_one_thing() -> None:
    """No language is a word of the site, no competition a country or a word, and the patterns tell them apart."""
    languages = {code for code, _ in settings.LANGUAGES}
    assert not languages & RESERVED_SLUGS
    for slug in Competition.objects.values_list("slug", flat=True):
        assert re.fullmatch(CompetitionConverter.regex + "/", f"{slug}/")
        assert not re.fullmatch(CountryConverter.regex, slug)
    for code in Country.objects.values_list("code", flat=True):
        assert re.fullmatch(CountryConverter.regex, code.lower())
        assert not re.fullmatch(CompetitionConverter.regex + "/", f"{code.lower()}/")
    for word in RESERVED_SLUGS:
        assert not re.fullmatch(CompetitionConverter.regex + "/", f"{word}/")
        assert not re.fullmatch(LanguageConverter.regex, word)
        assert re.fullmatch(CompetitionConverter.regex + "/", f"{word}-league/")
