"""The choice of a language, and the home page with the search."""

import pytest
from django.templatetags.static import static
from django.test import Client

from broadcasters.models import Country
from guide.closures.models import Closure
from tests.factories import a_closure, write
from tests.queries import asking
from tests.web.conftest import Open

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]


def test_the_first_page_offers_five_languages(open_page: Open) -> None:
    links = [(link.text, link.attributes["href"], link.attributes["lang"]) for link in open_page("/").all("a")]
    assert links == [
        ("English", "http://testserver/en/", "en"),
        ("Français", "http://testserver/fr/", "fr"),
        ("Italiano", "http://testserver/it/", "it"),
        ("Español", "http://testserver/es/", "es"),
        ("Deutsch", "http://testserver/de/", "de"),
    ]


# The search -----------------------------------------------------------------------------------------------------


def test_the_search_lists_every_country_by_name_in_the_order_of_the_language(open_page: Open) -> None:
    for language, neighbours in (
        ("en", ["Afghanistan", "Åland Islands", "Albania"]),
        ("fr", ["Dominique", "Égypte", "Émirats arabes unis", "Équateur"]),
        ("de", ["Oman", "Österreich", "Pakistan"]),
    ):
        options = open_page(f"/{language}/").one("select", name="country").all("option")[1:]
        names = [option.text for option in options]
        assert len(names) == Country.objects.count() == 250
        at = names.index(neighbours[0])
        assert names[at : at + len(neighbours)] == neighbours
        assert {option.attributes["value"] for option in options} >= {"it", "gb", "xk"}


def test_the_home_page_lists_every_competition_under_its_sport(open_page: Open) -> None:
    section = open_page("/fr/").one("section", id="competitions")
    assert [heading.text for heading in section.all("h3")] == [
        "Basket-ball",
        "Football",
        "Moto",
        "Sport automobile",
        "Tennis",
    ]
    links = {link.text: link.attributes["href"] for link in section.all("a")}
    assert len(links) == 17
    assert links["Ligue des champions"] == "/fr/uefa-champions-league/"


def test_the_home_page_leads_to_the_closed_services_that_most_people_used(open_page: Open) -> None:
    block = open_page("/en/").one("aside")
    assert block.one("h2").text == "A service you used has closed?"
    assert [row.text for row in block.all("li")] == [
        "Streameast Sept 2025",
        "Calcio Sept 2025",
        "Photocall Nov 2025",
        "All closed services",
    ]
    assert [link.attributes["href"] for link in block.all("a")] == [
        "/en/closures/streameast-2025/",
        "/en/closures/calcio-2025/",
        "/en/closures/photocall-2025/",
        "/en/closures/",
    ]


def test_without_closed_services_there_is_no_word_of_them(open_page: Open) -> None:
    write(a_closure())  # the only one on record now, and nobody knows how many used it
    Closure.objects.exclude(slug="closed").delete()
    assert not open_page("/en/").all("aside")


def test_the_home_page_asks_three_queries(client: Client) -> None:
    with asking(3):
        # Competitions with their sports, countries, the closed services.
        client.get("/en/")


# Addresses of older searches, which stand in bookmarks ----------------------------------------------------------


def test_a_whole_question_leads_to_its_answer(client: Client) -> None:
    response = client.get("/en/?country=it&competition=serie-a")
    assert (response.status_code, response["Location"]) == (302, "/en/it/serie-a/")
    response = client.get("/fr/?country=UK&competition=serie-a")
    assert (response.status_code, response["Location"]) == (302, "/fr/gb/serie-a/")


def test_a_country_alone_leads_to_its_page(client: Client) -> None:
    for query in ("country=it", "country=it&competition="):
        response = client.get(f"/en/?{query}")
        assert (response.status_code, response["Location"]) == (302, "/en/it/")


def test_a_competition_alone_asks_for_the_country(open_page: Open) -> None:
    page = open_page("/en/?competition=serie-a")
    assert page.one("input", name="q").attributes["value"] == "Serie A"
    assert "Now choose the country." in page.text
    assert "Now choose the country." not in open_page("/en/?competition=nothing").text
    assert "Now choose the country." not in open_page("/en/?utm_source=elsewhere").text


@pytest.mark.parametrize("query", ["country=xx&competition=serie-a", "country=italy", "country=%00"])
def test_a_search_for_no_country_is_not_found(open_page: Open, query: str) -> None:
    assert open_page(f"/en/?{query}", status=404).all("form", role="search")


@pytest.mark.parametrize("slug", ["nothing", "serie%20a", "%00", "x" * 5000])
def test_a_search_for_no_competition_is_not_found(open_page: Open, slug: str) -> None:
    assert "We know no competition" in open_page(f"/en/?country=it&competition={slug}", status=404).text


def test_browsers_find_an_icon(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"] == static("web/icon.svg")
