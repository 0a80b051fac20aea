"""The masthead and the foot: what leads where, and where one stands."""

import pytest

from tests.web.conftest import Open
from tests.web.markup import Element

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]


def sections(page: Element) -> list[tuple[str, str, str]]:
    links = page.one("nav", class_="sections").one("ul", class_="across").all("a")
    return [(link.text, link.attributes["href"], link.attributes.get("aria-current", "")) for link in links]


def test_the_menu_leads_to_what_exists(open_page: Open) -> None:
    assert sections(open_page("/en/")) == [
        ("Competitions", "/en/#competitions", ""),
        ("Today", "/en/today/", ""),
        ("Free this week", "/en/free/", ""),
        ("Closed services", "/en/closures/", ""),
    ]


def test_days_and_closed_services_are_those_of_the_country_at_hand(open_page: Open) -> None:
    for address in ("/fr/it/", "/fr/it/serie-a/", "/fr/it/broadcaster/dazn-it/"):
        assert [url for _text, url, _current in sections(open_page(address))[1:]] == [
            "/fr/it/today/",
            "/fr/it/free/",
            "/fr/it/closures/",
        ]


@pytest.mark.parametrize("address", ["/en/serie-a/", "/en/it/serie-a/"])
def test_the_page_of_a_competition_stands_below_competitions(open_page: Open, address: str) -> None:
    assert [current for _text, _url, current in sections(open_page(address))] == ["true", "", "", ""]


def test_the_menu_behind_the_button_is_the_same(open_page: Open) -> None:
    page = open_page("/en/it/serie-a/")
    behind = page.one("details", class_="menu")
    assert behind.one("summary").text == "Menu"
    assert [link.attributes for link in behind.all("a")] == [
        link.attributes for link in page.one("ul", class_="across").all("a")
    ]


def test_the_foot_leads_to_the_documentation_for_developers(open_page: Open) -> None:
    assert open_page("/en/").one("footer").one("a", href="/developers/").text == "For developers"
