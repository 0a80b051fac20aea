"""The page of a country: every competition, its state, and who shows it."""

import pytest
from django.test import Client

from tests.factories import LEAGUE, a_blackout, a_broadcaster, a_league, a_right, write
from tests.queries import asking
from tests.web.conftest import Open

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("bundled_data")
def test_a_country_shows_every_competition_with_its_state(open_page: Open) -> None:
    rows = open_page("/en/it/").one("tbody").all("tr")
    assert len(rows) == 17
    by_slug = {row.one("th").one("a").attributes["href"]: row for row in rows}
    serie_a = by_slug["/en/it/serie-a/"]
    assert serie_a.one("th").text == "Serie A Football"
    assert [cell.text for cell in serie_a.all("td")] == ["Licensed", "DAZN Italia Subscription Sky Italia Subscription"]
    assert [link.attributes["href"] for link in serie_a.all("a")][1:] == [
        "/en/it/broadcaster/dazn-it/",
        "/en/it/broadcaster/sky-it/",
    ]
    bundesliga = by_slug["/en/it/bundesliga/"]
    assert [cell.text for cell in bundesliga.all("td")] == ["Not known", "Last known: Sky Italia, in 2025–26."]


@pytest.mark.usefixtures("bundled_data")
def test_a_country_of_another_day_leads_to_answers_of_that_day(open_page: Open) -> None:
    page = open_page("/fr/fr/?on=2026-03-01")
    assert "Cette réponse vaut pour le 1 mars 2026" in page.one(class_="asked").text
    (serie_a,) = (row for row in page.one("tbody").all("tr") if row.one("th").one("a").text == "Serie A")
    assert [link.attributes["href"] for link in serie_a.all("a")] == [
        "/fr/fr/serie-a/?on=2026-03-01",
        "/fr/fr/broadcaster/lequipe/?on=2026-03-01",
    ]
    assert serie_a.all("td")[1].text == "L'Équipe En partie gratuit"


@pytest.mark.usefixtures("bundled_data")
def test_a_country_about_which_nothing_is_known_has_a_page(open_page: Open) -> None:
    badges = {row.all("td")[0].text for row in open_page("/en/aq/").one("tbody").all("tr")}
    assert badges == {"Not looked into"}


@pytest.mark.usefixtures("empty_guide")
def test_a_blocked_competition_still_names_its_holders(open_page: Open) -> None:
    write(*a_league(), a_broadcaster("second"), a_right(), a_right("second", access="free"), a_blackout())
    (row,) = open_page("/en/it/").one("tbody").all("tr")
    assert row.one("th").one("a").attributes["href"] == f"/en/it/{LEAGUE}/"
    assert [cell.text for cell in row.all("td")] == ["Blocked now", "Second Free Holder Subscription"]


@pytest.mark.usefixtures("bundled_data")
def test_a_country_asks_nine_queries(client: Client) -> None:
    with asking(9):
        # Country and competitions, then rights, findings, evidence, blackouts, seasons, services, offers.
        client.get("/en/it/")
