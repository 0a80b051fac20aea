"""The list of closures, and the choice of a country for one of them."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from guide.closures.models import Closure
from guide.web.words import closure_kind
from tests.factories import LEAGUE, a_closure, a_country, a_league, write
from tests.queries import asking
from tests.web.conftest import Open
from tests.web.markup import Element

pytestmark = pytest.mark.django_db

LIST = "/en/closures/"


def groups(page: Element) -> dict[str, list[str]]:
    """The names in each group, under its head."""
    return {
        body.one("th", scope="rowgroup").text: [head.one("a").text for head in body.all("th", scope="row")]
        for body in page.all("tbody")
    }


def row(page: Element, name: str) -> Element:
    (found,) = (found for found in page.all("tr") if any(link.text == name for link in found.all("a")))
    return found


@pytest.mark.usefixtures("bundled_data")
class TestBundled:
    def test_what_closed_stands_before_all_other_actions(self, open_page: Open) -> None:
        listed = groups(open_page(LIST))
        assert list(listed) == ["Closed or taken down", "Other actions"]
        closed, others = listed.values()
        assert (len(closed), len(others)) == (13, 19)
        assert closed[0] == "Operation Offsides (FIFA World Cup 2026)"
        assert closed.index("Photocall") < closed.index("Calcio") < closed.index("Streameast")
        assert closed[-1] == "Rare Breed TV"
        assert others[0] == "Police action on nine illegal streaming groups"

    def test_a_closure_leads_to_each_country_in_which_it_was_used(self, open_page: Open) -> None:
        calcio = row(open_page(LIST), "Calcio")
        assert calcio.one("th").text == "Calcio Shut down"
        assert [cell.text for cell in calcio.all("td")] == [
            "8 Sept 2025",
            "Alliance for Creativity and Entertainment (ACE)",
            "FR, France DE, Germany IT, Italy ES, Spain US, United States",
            "17 competitions",
        ]
        assert [link.attributes["href"] for link in calcio.all("a")] == [
            "/en/closures/calcio-2025/",
            *(f"/en/{code}/closures/calcio-2025/" for code in ("fr", "de", "it", "es", "us")),
        ]

    def test_in_a_country_a_closure_leads_straight_to_its_page_there(self, open_page: Open) -> None:
        page = open_page("/en/it/closures/")
        assert page.one("title").text.startswith("Italy: closed services")
        assert row(page, "Calcio").one("th").one("a").attributes["href"] == "/en/it/closures/calcio-2025/"
        assert page.one("a", class_="control", href=LIST).text == "IT Italy, choose another country"

    def test_a_date_is_as_exact_as_it_is_known(self, open_page: Open) -> None:
        page = open_page(LIST)
        dates = {name: row(page, name).all("td")[0].text for name in ("PirloTV", "Operation Kratos", "Rare Breed TV")}
        assert dates == {"PirloTV": "May 2026", "Operation Kratos": "2024", "Rare Breed TV": "day not recorded"}

    def test_a_closure_of_no_country_and_no_competition_is_listed(self, open_page: Open) -> None:
        rare = row(open_page(LIST), "Rare Breed TV")
        assert [cell.text for cell in rare.all("td")][2:] == ["–", "–"]

    @pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
    def test_the_list_stays_light_in_every_language(self, open_page: Open, language: str) -> None:
        for address in (f"/{language}/closures/", f"/{language}/it/closures/"):
            page = open_page(address)
            assert sum(map(len, groups(page).values())) == 32
            assert all(head.one("a").attributes["lang"] == "en" for head in page.all("th", scope="row"))

    def test_every_kind_has_a_word(self) -> None:
        with translation.override("en"):
            for kind in set(Closure.objects.values_list("kind", flat=True)):
                assert closure_kind(kind)[0].isupper()
            assert closure_kind("new-kind") == "new kind"


@pytest.mark.usefixtures("bundled_data")
class TestChoice:
    ADDRESS = "/en/closures/calcio-2025/"

    def test_the_countries_in_which_it_was_used_stand_first_and_every_other_can_be_chosen(
        self, open_page: Open
    ) -> None:
        page = open_page(self.ADDRESS)
        assert page.one("h1").text == "Calcio has closed"
        chips = page.one(class_="chips").all("a")
        assert [chip.text for chip in chips] == ["FR France", "DE Germany", "IT Italy", "ES Spain", "US United States"]
        assert chips[2].attributes["href"] == "/en/it/closures/calcio-2025/"
        assert page.one("form").attributes == {"class": "search", "method": "get"}
        assert len(page.one("select", name="country").all("option")) == 251

    @pytest.mark.parametrize(("chosen", "code"), [("it", "it"), ("NZ", "nz"), ("uk", "gb")])
    def test_a_chosen_country_leads_to_the_same_closure_there(self, client: Client, chosen: str, code: str) -> None:
        response = client.get(self.ADDRESS, {"country": chosen})
        assert (response.status_code, response["Location"]) == (302, f"/en/{code}/closures/calcio-2025/")

    @pytest.mark.parametrize("text", ["xx", "italy", "%00"])
    def test_a_choice_of_no_country_is_not_found(self, open_page: Open, text: str) -> None:
        assert "No country has the code" in open_page(f"{self.ADDRESS}?country={text}", status=404).text

    def test_no_choice_asks_again(self, open_page: Open) -> None:
        assert open_page(f"{self.ADDRESS}?country=").all("select", name="country")

    def test_a_closure_of_no_country_is_asked_for_one(self, open_page: Open) -> None:
        page = open_page("/en/closures/kratos-2024/")
        assert page.one("h1").text == "Operation Kratos"
        assert not page.all(class_="chips")
        assert page.all("select", name="country")

    def test_an_unknown_closure_is_not_found_and_near_ones_are_offered(self, open_page: Open) -> None:
        page = open_page("/en/closures/calcio/", status=404)
        assert page.one("p", class_="sentence").text == "We know no closed service by the address “calcio”."
        links = {link.text: link.attributes["href"] for link in page.one("ul", class_="rows").all("a")}
        assert links["Calcio"] == "/en/closures/calcio-2025/"
        assert links["All closed services"] == LIST


@pytest.mark.usefixtures("empty_guide")
def test_a_withdrawn_closure_is_not_listed_and_has_no_page(open_page: Open) -> None:
    write(*a_league(), a_closure("one"), a_closure("two", countries="IT"))
    write(a_closure("one"))
    for address in (LIST, "/en/it/closures/"):
        assert groups(open_page(address)) == {"Closed or taken down": ["One"]}
    for address in ("/en/closures/two/", "/en/it/closures/two/"):
        assert "We know no closed service by the address “two”." in open_page(address, status=404).text


@pytest.mark.usefixtures("empty_guide")
def test_a_list_of_nothing_is_a_page(open_page: Open) -> None:
    assert groups(open_page(LIST)) == {}


@pytest.mark.usefixtures("empty_guide")
@pytest.mark.parametrize("count", [3, 30])
def test_the_list_asks_three_queries_and_the_choice_of_a_country_seven(client: Client, count: int) -> None:
    closures = [a_closure(f"closed-{number}", countries="IT; FR", competitions=LEAGUE) for number in range(count)]
    write(*a_league(), a_country(), a_country("FR"), *closures)
    with asking(3):  # closures, countries, competitions
        client.get(LIST)
    with asking(4):  # the country first
        client.get("/en/it/closures/")
    with asking(7):  # closure, countries, competitions, partners, offered, evidence; all countries
        client.get("/en/closures/closed-1/")
