"""One broadcaster in one country: what the page says of it, and what it costs."""

from typing import Any

import pytest
from django.test import Client

from guide.publication.records import Record
from tests.factories import (
    LEAGUE,
    a_blackout,
    a_broadcaster,
    a_carriage,
    a_competition,
    a_country,
    a_league,
    a_page,
    a_right,
    a_season,
    a_service,
    an_offer,
    write,
)
from tests.queries import asking
from tests.web.conftest import Open
from tests.web.markup import Element

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_guide")]

ENGLISH, FRENCH = "/en/it/broadcaster/holder/", "/fr/it/broadcaster/holder/"


def keep(*records: Record) -> None:
    """Two competitions with a season, “holder” and “second”, Italy, and these records."""
    write(
        *a_league(),
        a_competition("a-cup"),
        a_season("2026-27", "2026-07-01", "2027-06-30", competition="a-cup"),
        a_broadcaster("second"),
        *records,
    )


def a_cup_right(broadcaster: str = "holder", **cells: Any) -> Record:
    return a_right(broadcaster, competition="a-cup", **cells)


def sentence(page: Element) -> str:
    return page.one("p", class_="sentence").text


def section(page: Element, title: str) -> Element:
    (found,) = (each for each in page.all("section") if each.one("h2").text == title)
    return found


# What it says first ---------------------------------------------------------------------------------------------


class TestWhatItSaysFirst:
    def test_for_how_many_competitions_it_is_licensed(self, open_page: Open) -> None:
        keep(a_right(), a_right("second"))
        page = open_page(ENGLISH)
        assert sentence(page) == "Holder, Italy: licensed to show 1 competition live."
        assert [fact.text for fact in page.one(class_="facts").all("li")] == ["Not checked yet", "Reported"]
        assert page.one("h1").text == "Holder, Italy"

    def test_several_packages_of_a_competition_are_one_competition(self, open_page: Open) -> None:
        keep(a_right(), a_right(package="en"), a_cup_right())
        assert sentence(open_page(ENGLISH)) == "Holder, Italy: licensed to show 2 competitions live."

    def test_what_is_free(self, open_page: Open) -> None:
        keep(a_right(access="free"), a_cup_right(access="registration", scope="some"))
        assert sentence(open_page(ENGLISH)).endswith("Free, at least in part: A-Cup and Test-League.")

    def test_highlights_alone_are_nothing_live(self, open_page: Open) -> None:
        keep(a_right(kind="highlights"))
        page = open_page(ENGLISH)
        assert sentence(page) == "Holder, Italy: licensed for highlights or later showing, nothing live on record."
        assert not page.all(class_="facts")

    def test_a_licence_that_is_over_is_none(self, open_page: Open) -> None:
        keep(a_right(first_day="2025-07-01", last_day="2026-06-30"))
        assert sentence(open_page(ENGLISH)) == "Holder, Italy: no licence in force on record here."

    def test_nothing_on_record_is_said_and_not_indexed(self, open_page: Open) -> None:
        keep(a_right("second"))
        page = open_page(ENGLISH)
        assert sentence(page) == "Holder, Italy: no licence on record here."
        assert page.one("meta", name="robots").attributes["content"] == "noindex"
        assert not page.all("table")

    @pytest.mark.parametrize(
        ("status", "ended_on", "words"),
        [
            ("closed", "2025-08-01", "End of the service: 1 Aug 2025."),
            ("merged", "2026-03", "Merged into another service: Mar 2026."),
            ("renamed", "2025", "Change of name: 2025."),
            ("closed", "", "It has closed; the day is not recorded."),
            ("merged", "", "It has merged into another service; the day is not recorded."),
            ("renamed", "", "It has another name now; since when is not recorded."),
        ],
    )
    def test_what_has_become_of_it(self, open_page: Open, status: str, ended_on: str, words: str) -> None:
        keep(
            a_broadcaster(status=status, ended_on=ended_on, successor="second"),
            a_service(url="https://holder.example/"),
            an_offer(),
        )
        page = open_page(ENGLISH)
        assert sentence(page) == f"Holder, Italy: no licence on record here. {words}"
        assert section(page, "Family").text == "Family Successor: Second"
        if ended_on:
            assert "holder.example" not in page.text
            assert "What it costs" not in page.text


def test_a_service_that_has_ended_is_not_offered(open_page: Open) -> None:
    keep(
        a_service("old", name="Old One", ended_on="2025"),
        a_service("new", name="New One", ended_on="2099"),
    )
    page = open_page(ENGLISH)
    assert "New One" in page.text
    assert "Old One" not in page.text


# What it holds --------------------------------------------------------------------------------------------------


class TestWhatItHolds:
    def test_is_the_table_of_the_key_page_by_competition(self, open_page: Open) -> None:
        keep(
            a_right(verified_on="2026-11-18", matches=7, matches_of=10, matches_unit="round", scope="most"),
            a_cup_right(access="free"),
            a_right("second"),
            an_offer("34.99"),
        )
        table = open_page(ENGLISH).one("table", class_="options")
        assert table.one("caption").text.startswith("What it may show live Free first, then by name.")
        assert table.one("thead").all("th")[0].text == "Competition"
        assert [group.text for group in table.all("th", scope="rowgroup")] == [
            "Free 1 competition",
            "Subscription 1 competition",
        ]
        cup, league = table.all("tr", class_="option")
        assert cup.one("a", class_="to").attributes["href"] == "/en/it/a-cup/"
        assert league.one("th").one("a").text == "Test-League"
        assert [cell.text for cell in league.all("td")][:3] == [
            "7 of 10 a round",
            "€34.99 a month Plan seen in Oct 2026",
            "30 Jun 2027 since 1 Jul 2026",
        ]
        assert league.one("summary").text == "Evidence. Checked 18 Nov 2026"

    def test_nobody_else_s_rights_are_on_it(self, open_page: Open) -> None:
        keep(a_right(), a_cup_right("second"))
        page = open_page(ENGLISH)
        assert [row.one("bdi", class_="holder").text for row in page.all("tr", class_="option")] == ["Test-League"]
        assert "Free: nobody" not in page.text

    def test_highlights_stand_apart(self, open_page: Open) -> None:
        keep(a_right(), a_cup_right(kind="highlights"), a_cup_right(kind="delayed"))
        captions = [table.one("caption").text for table in open_page(ENGLISH).all("table")]
        assert [caption.partition(" Free first")[0] for caption in captions] == [
            "What it may show live",
            "What it may show later, in full",
            "What it may show highlights of",
        ]

    def test_a_blocked_competition_says_so(self, open_page: Open) -> None:
        keep(a_right(), a_cup_right(), a_blackout(last_day="2026-11-23"))
        cup, league = open_page(ENGLISH).all("tr", class_="option")
        assert not cup.one("th").all(class_="badge")
        assert league.one("th").one(class_="badge").text == "Blocked now"

    def test_another_day_is_answered_and_marked_as_such(self, open_page: Open) -> None:
        keep(a_right(first_day="2025-07-01", last_day="2026-06-30"))
        page = open_page(f"{ENGLISH}?on=2026-03-01")
        assert sentence(page) == "Holder, Italy: licensed to show 1 competition live."
        assert page.one(class_="asked").one("a").attributes["href"] == ENGLISH
        assert page.one("a", class_="to").attributes["href"] == f"/en/it/{LEAGUE}/?on=2026-03-01"

    def test_before_and_after(self, open_page: Open) -> None:
        keep(
            a_right(first_day="2025-07-01", evidence_reaches="2026-06-30"),
            a_right(first_day="2027-07-01", last_day="2029-06-30"),
            a_cup_right(),
            a_right("second", first_day="2027-07-01", last_day="2029-06-30", package="other"),
        )
        page = open_page(ENGLISH)
        former = section(page, "Last known rights").all("li")[0]
        assert former.text.startswith("Test-League in 2025–26 Evidence. 1 source")
        assert former.all("a")[0].attributes["href"] == f"/en/it/{LEAGUE}/"
        assert "Where no end is stated, it may go on" in page.text
        changes = section(page, "What changes")
        assert [day.text for day in changes.all("dt")] == ["30 Jun 2027", "1 Jul 2027"]
        assert [event.all("span")[0].text for event in changes.all("dd")] == [
            "The deal ends for A-Cup.",
            "Test-League: it goes on, to 30 June 2029.",
        ]


# What it opens and sells ----------------------------------------------------------------------------------------


class TestWhatItOpensAndSells:
    def test_services_are_those_of_the_country_with_their_links(self, open_page: Open) -> None:
        keep(
            a_country("FR"),
            a_right(services="holder-stream; second-tv"),
            a_service(url="https://www.holder.example/watch"),
            a_service("holder-fr", countries="FR"),
            a_service("second-tv", broadcaster="second", kind="tv"),
            a_broadcaster("operator", name="Box Maker"),
            a_carriage(),
        )
        rows = section(open_page(ENGLISH), "Where you open it").all("li")
        assert [row.text for row in rows] == [
            "Holder-Stream StreamingAlso in the box of Box Maker holder.example",
            "Second-Tv TV channel",
        ]
        assert rows[0].one("a").attributes["href"] == "https://www.holder.example/watch"

    def test_offers_say_price_day_and_whom_they_are_for(self, open_page: Open) -> None:
        keep(
            an_offer("8", plan="Add-on", requires="base", seen_on="2024-08-13"),
            an_offer(
                "20",
                key="base",
                plan="Base",
                period="year",
                eligibility="under 26",
                has_ads="no",
                bundles="Films",
                includes="one screen",
                last_day="2027-01-31",
                url="https://www.holder.example/buy",
                source_url="https://news.example/price",
            ),
            an_offer(None, plan="Silent", competitions="", requires_note="A box."),
            an_offer("5", plan="Over", last_day="2026-11-22"),
            an_offer("0", plan="Open", period="free", competitions="", first_day="2026-12-01"),
        )
        rows = {row.all("b")[0].text: row for row in section(open_page(ENGLISH), "What it costs").all("li")}
        assert {name: row.all("div")[1].text for name, row in rows.items()} == {
            "Base": "€20.00 a year seen in Oct 2026",
            "Open": "Free seen in Oct 2026",
            "Silent": "Price not recorded",
            "Add-on": "+ €8.00 a month seen 13 Aug 2024",
        }
        assert [second.text for second in rows["Base"].all("div")[0].all(class_="second")] == [
            "Opens Test-League",
            "Together with Films",
            "Without advertising",
            "Until 31 January 2027",
            "Only for: under 26",
            "Includes: one screen",
            "holder.example",
            "Source",
        ]
        assert "On top of Base" in rows["Add-on"].text
        assert "Also needed: A box." in rows["Silent"].text
        assert "From 1 December 2026" in rows["Open"].text

    def test_prices_of_which_all_are_over_a_year_old_are_marked(self, open_page: Open) -> None:
        keep(an_offer(seen_on="2024"))
        assert section(open_page(ENGLISH), "What it costs").all(class_="old-prices")

    def test_offers_of_others_and_of_other_countries_are_not_on_it(self, open_page: Open) -> None:
        keep(a_country("FR"), a_country(), an_offer(country="FR"), an_offer(broadcaster="second"))
        assert "What it costs" not in open_page(ENGLISH).text


# Its family, and its other countries ----------------------------------------------------------------------------


def test_its_family_leads_to_the_country_at_hand_or_to_their_own(open_page: Open) -> None:
    keep(
        a_country("FR"),
        a_country(),
        a_broadcaster("brand"),
        a_broadcaster(parent="brand"),
        a_broadcaster("arm-fr", parent="holder", countries="FR"),
        a_broadcaster("arm-it", parent="holder", countries="IT; FR"),
        a_broadcaster("before", successor="holder", status="merged", ended_on="2024"),
    )
    rows = section(open_page(ENGLISH), "Family").all("li")
    assert [(row.text, row.one("a").attributes["href"]) for row in rows] == [
        ("Arm: Arm-It", "/en/it/broadcaster/arm-it/"),
        ("Predecessor: Before", "/en/it/broadcaster/before/"),
        ("Parent brand: Brand", "/en/it/broadcaster/brand/"),
        ("Arm: Arm-Fr France", "/en/fr/broadcaster/arm-fr/"),
    ]


def test_other_countries_are_links_up_to_thirty(open_page: Open) -> None:
    codes = [f"A{letter}" for letter in "DEFGIMORTUWXZ"] + [f"B{letter}" for letter in "ABDEFGHIJLMNOQRSTWYZ"]
    keep(*(a_country(code) for code in codes), a_country(), a_broadcaster(countries=[*codes, "IT"]))
    page = open_page(ENGLISH)
    elsewhere = section(page, "Elsewhere")
    assert len(elsewhere.all("a")) == 30
    assert elsewhere.one("a", href="/en/ax/broadcaster/holder/").text == "Åland Islands"
    assert "Italy" not in [link.text for link in elsewhere.all("a")]
    assert elsewhere.one("p").text == "And 3 more countries and territories."
    assert page.one("nav", class_="controls").all("a")[0].attributes["href"] == "#elsewhere"


# The cost -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("packages", [1, 10])
def test_it_asks_nineteen_queries_whatever_it_holds(client: Client, packages: int) -> None:
    keep(
        a_country("FR"),
        a_country(),
        a_broadcaster(parent="second", countries="FR; IT"),
        *(a_broadcaster(f"arm-{number}", parent="holder", countries="FR") for number in range(packages)),
        *(
            right
            for number in range(packages)
            for right in (a_right(package=f"p{number}"), a_cup_right(package=f"p{number}"))
        ),
        *(a_service(f"service-{number}") for number in range(packages)),
        *(an_offer(services="service-0", bundles="Films") for number in range(packages)),
    )
    with asking(18):
        # Country, broadcaster with its countries (2), competitions; seven for the answers; offers with competitions,
        # services and bundles (4); family with its countries (2); services; the revision.
        client.get(ENGLISH)


def test_whatever_a_text_holds_it_stays_text(open_page: Open) -> None:
    nasty = '<b>{names}</b> & "{0}" %s'
    keep(
        a_broadcaster(name=nasty),
        a_competition(name=nasty),
        a_right(coverage_note=nasty, evidence=[a_page(publisher=nasty, title=nasty)]),
        an_offer(plan=nasty, includes=nasty),
        a_service(name=nasty),
    )
    page = open_page(ENGLISH)
    assert sentence(page) == f"{nasty}, Italy: licensed to show 1 competition live."
    assert section(page, "What it costs").all("b")[0].text == nasty
