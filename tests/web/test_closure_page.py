"""The page of a closure in a country: who may show, today, what was offered."""

import re

import pytest
from django.conf import settings
from django.test import Client

from broadcasters.models import Country
from guide.closures.models import Closure
from guide.publication.records import Record
from guide.rights.answer import Question
from guide.rights.answers import answers
from tests.factories import (
    LEAGUE,
    NOW,
    a_blackout,
    a_broadcaster,
    a_closure,
    a_competition,
    a_finding,
    a_league,
    a_page,
    a_right,
    a_sport,
    an_offer,
    write,
)
from tests.queries import asking
from tests.web.conftest import Open
from tests.web.markup import Element

pytestmark = pytest.mark.django_db

CUP = "test-cup"
CLOSED = "/en/it/closures/closed/"


def sentence(page: Element) -> str:
    return page.one("p", class_="sentence").text


def rows(page: Element) -> dict[str, list[str]]:
    """The cells of each competition."""
    return {
        row.one("th", scope="row").one("a").text: [cell.text for cell in row.all("td")]
        for row in page.one("table", class_="offered").all("tr")
        if row.all("th", scope="row")
    }


def details(page: Element) -> dict[str, str]:
    return {
        line.one("dt").text: " ".join(cell.text for cell in line.all("dd"))
        for line in page.one("dl", class_="changes").all("div")
        if line.all("dt")
    }


def keep(*records: Record, **cells: str) -> None:
    """A closed service that offered the test league and the test cup in Italy, two broadcasters, and these records."""
    write(
        *a_league(),
        a_competition(),
        a_competition(CUP),
        a_broadcaster(),
        a_broadcaster("second"),
        a_closure(**{"countries": "IT", "competitions": f"{CUP}; {LEAGUE}"} | cells),
        *records,
    )


@pytest.mark.usefixtures("bundled_data")
class TestCalcioInItaly:
    ADDRESS = "/en/it/closures/calcio-2025/"

    def test_it_says_for_how_much_somebody_is_licensed_today(self, open_page: Open) -> None:
        page = open_page(self.ADDRESS)
        assert page.one("h1").text == "Calcio has closed"
        assert sentence(page) == (
            "Italy: a licensed broadcaster is on record today for 12 of the 17 competitions of this guide that were "
            "offered. 2 of them show something free."
        )

    def test_it_says_what_the_answers_say(self, open_page: Open) -> None:
        italy, calcio = Country.objects.get(code="IT"), Closure.objects.get(slug="calcio-2025")
        asked = [Question(competition=one, country=italy) for one in calcio.competitions.all()]
        found = answers(asked, now=NOW)
        live = [[option for option in answer.options if option.kind == "live"] for answer in found]
        free = [names for names in live if any(o.access in ("free", "registration", "mixed") for o in names)]
        page = open_page(self.ADDRESS)
        numbers = re.findall(r"\d+", sentence(page))
        assert numbers == [str(len(list(filter(None, live)))), str(len(found)), str(len(free))]
        cells = rows(page)
        assert len(cells) == len(found)
        for answer, options in zip(found, live, strict=True):
            shown = cells[answer.question.competition.name]
            assert len(shown) == (4 if options else 1)
            for option in options:
                assert option.broadcaster.name in shown[0] + shown[1]

    def test_a_competition_has_its_broadcasters_its_price_and_its_end(self, open_page: Open) -> None:
        cells = rows(open_page(self.ADDRESS))
        assert cells["Serie A"] == [
            "–",
            "DAZN Italia All 10 of a round Sky Italia 3 of 10 a round",
            "€359.00 a year DAZN Standard, annual payment seen in 2024",
            "30 Jun 2029",
        ]
        assert cells["Formula 1"] == [
            "TV8 Some of it Monza GP weekend live, plus the six Sprints with their qualifying, live",
            "Sky Italia All of it",
            "Price not recorded",
            "31 Dec 2026 TV8 31 Dec 2027 Sky Italia",
        ]
        assert cells["Bundesliga"] == ["Not known Last known: Sky Italia, in 2025–26."]

    def test_old_prices_are_said_to_be_old(self, open_page: Open) -> None:
        page = open_page(self.ADDRESS)
        assert "All these prices are over a year old." in page.one(class_="old-prices").text

    def test_sports_come_by_how_much_was_offered_and_what_is_shown_before_what_is_not(self, open_page: Open) -> None:
        page = open_page(self.ADDRESS)
        assert [head.text for head in page.all("th", scope="rowgroup")] == [
            "Football",
            "Tennis",
            "Basketball",
            "Motor sport",
            "Motorcycle racing",
        ]
        assert list(rows(page))[5:7] == ["UEFA Europa League", "Bundesliga"]

    def test_the_countries_in_which_it_was_used_are_one_step_away(self, open_page: Open) -> None:
        page = open_page(self.ADDRESS)
        chips = page.one(class_="chips").all("a")
        assert {chip.text: chip.attributes["href"] for chip in chips} == {
            "FR France": "/en/fr/closures/calcio-2025/",
            "DE Germany": "/en/de/closures/calcio-2025/",
            "IT Italy": self.ADDRESS,
            "ES Spain": "/en/es/closures/calcio-2025/",
            "US United States": "/en/us/closures/calcio-2025/",
            "Another country": "/en/closures/calcio-2025/",
        }
        assert [chip.text for chip in chips if chip.attributes.get("aria-current") == "page"] == ["IT Italy"]
        assert page.one("a", class_="control", href="/en/closures/calcio-2025/").text.startswith("IT Italy")

    def test_it_tells_what_happened_and_on_whose_word(self, open_page: Open) -> None:
        page = open_page(self.ADDRESS)
        assert details(page) == {
            "When": "8 Sept 2025",
            "What": "Shut down Operator contacted directly agreed to stop; domains transferred to ACE and redirected "
            "to its Watch Legally page",
            "Who acted": "Alliance for Creativity and Entertainment (ACE)",
            "Together with": "DAZN",
            "Run from": "Moldova",
            "Visits": "123 million",
            "Domains": "134",
            "Counted over": "12 months",
            "Audience": "Italy over 80% of traffic (more than 6 million visits a month from Italy); remainder spread "
            "over Spain, US, Germany, France",
            "Sources": details(page)["Sources"],
        }
        source = page.one(class_="evidence").one("a")
        assert source.text == "Streaming sportif illégal : Calcio"
        assert page.one("ul", class_="besides").text == "tennis"

    def test_prose_of_the_data_is_marked_as_english(self, open_page: Open) -> None:
        page = open_page("/fr/it/closures/calcio-2025/")
        assert page.one("h1").one("bdi").attributes["lang"] == "en"
        assert page.one("ul", class_="besides").attributes["lang"] == "en"
        outcome, audience = (cell for cell in page.all("dd") if "agreed" in cell.text or "80%" in cell.text)
        assert outcome.attributes["lang"] == audience.attributes["lang"] == "en"
        assert "123 millions" in page.text


@pytest.mark.usefixtures("bundled_data")
class TestAddresses:
    @pytest.mark.parametrize(
        ("address", "canonical"),
        [
            ("/en/IT/closures/", "/en/it/closures/"),
            ("/en/uk/closures/calcio-2025/", "/en/gb/closures/calcio-2025/"),
            ("/en/it/closures/Calcio-2025/", "/en/it/closures/calcio-2025/"),
            ("/en/it/closures/calcio-2025", "/en/it/closures/calcio-2025/"),
        ],
    )
    def test_another_spelling_moves_for_good(self, client: Client, address: str, canonical: str) -> None:
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, canonical)

    def test_an_unknown_closure_is_not_found_and_near_ones_are_offered(self, open_page: Open) -> None:
        page = open_page("/en/it/closures/streameast/", status=404)
        assert sentence(page) == "We know no closed service by the address “streameast”."
        links = {link.text: link.attributes["href"] for link in page.one("ul", class_="rows").all("a")}
        assert links == {
            "Streameast": "/en/it/closures/streameast-2025/",
            "All closed services": "/en/it/closures/",
        }

    def test_an_unknown_country_is_not_found(self, open_page: Open) -> None:
        assert "No country has the code “xx”." in open_page("/en/xx/closures/calcio-2025/", status=404).text

    @pytest.mark.parametrize("address", ["/en/it/closures/%20/", f"/en/it/closures/{'x' * 81}/", "/en/closures/a/b/"])
    def test_what_can_be_no_closure_is_no_page(self, open_page: Open, address: str) -> None:
        assert "There is no page at this address." in open_page(address, status=404).text


@pytest.mark.long
@pytest.mark.once
@pytest.mark.usefixtures("bundled_data")
class TestEvery:
    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_closure_has_a_page_in_any_country(self, open_page: Open, language: str) -> None:
        for closure in Closure.objects.standing().for_list():
            for country in ("it", "us", "aq"):
                page = open_page(f"/{language}/{country}/closures/{closure.slug}/")
                assert closure.name in page.one("h1").text
                assert "{" not in page.one("main").text
                assert len(page.all("th", scope="row")) == len(closure.competitions.all())

    def test_language_keeps_the_fullest_page_light(self, open_page: Open) -> None:
        for language, _ in settings.LANGUAGES:
            for country in ("de", "es", "fr", "it", "us"):
                assert open_page(f"/{language}/{country}/closures/calcio-2025/").all("table")

    @pytest.mark.parametrize(
        ("slug", "heading"),
        [
            ("streameast-2025", "Streameast has closed"),
            ("rare-breed-tv-2025", "Rare Breed TV has closed"),
            ("ace-138-sites-us-ca-2025", "138 illegal streaming sites (US and Canada)"),
            ("pirlotv-2026", "PirloTV"),
            ("taken-down-2024", "Operation Taken Down"),
            ("edge-liverpool-2024", "Premier League v. Jonathan Edge"),
        ],
    )
    def test_heading_says_closed_of_a_service_that_has(self, open_page: Open, slug: str, heading: str) -> None:
        assert open_page(f"/en/it/closures/{slug}/").one("h1").text == heading


@pytest.mark.usefixtures("empty_guide")
class TestSentence:
    def test_nobody_is_licensed(self, open_page: Open) -> None:
        keep()
        assert sentence(open_page(CLOSED)) == (
            "Italy: no licensed broadcaster is on record today for any of the 2 competitions of this guide that were "
            "offered."
        )

    @pytest.mark.parametrize(
        ("access", "free"),
        [
            ("free", "1 of them shows something free."),
            ("registration", "1 of them shows something free."),
            ("mixed", "1 of them shows something free."),
            ("subscription", "Nothing live is free."),
            ("unknown", "No free way to see them live is on record."),
        ],
    )
    def test_free_is_said_as_far_as_it_is_known(self, open_page: Open, access: str, free: str) -> None:
        keep(a_right(access=access))
        assert sentence(open_page(CLOSED)) == (
            "Italy: a licensed broadcaster is on record today for 1 of the 2 competitions of this guide that were "
            f"offered. {free}"
        )

    def test_of_highlights_nobody_is_a_broadcaster(self, open_page: Open) -> None:
        keep(a_right(kind="highlights", access="free"))
        assert sentence(open_page(CLOSED)).startswith("Italy: no licensed broadcaster")

    def test_one_competition_has_its_own_sentence(self, open_page: Open) -> None:
        keep(a_right(), competitions=LEAGUE)
        assert sentence(open_page(CLOSED)) == "Test-League, Italy: shown live by Holder. Nothing live is free."

    def test_without_a_competition_the_country_is_offered(self, open_page: Open) -> None:
        keep(competitions="", offered="live sport")
        page = open_page(CLOSED)
        assert sentence(page) == "Our sources name no competition of this guide that was offered."
        assert not page.all("table")
        assert page.one("main").one("a", href="/en/it/").text == "Italy: who shows what live"
        assert page.one("ul", class_="besides").text == "live sport"


@pytest.mark.usefixtures("empty_guide")
class TestRows:
    def test_a_part_that_is_free_stands_in_both_columns(self, open_page: Open) -> None:
        keep(a_right(access="mixed", coverage_note="finals free"), a_right("second", access="pay-per-view"))
        free, paid, *_ = rows(open_page(CLOSED))["Test-League"]
        assert free == "Holder Part free"
        assert paid == "Holder All of it finals free Second Pay per view All of it"

    def test_what_is_free_to_everybody_has_no_price_to_look_for(self, open_page: Open) -> None:
        keep(a_right(access="registration"))
        assert rows(open_page(CLOSED))["Test-League"] == ["Holder Free, sign-up All of it", "–", "Free", "30 Jun 2027"]

    def test_the_price_is_the_cheapest_of_all_by_the_month(self, open_page: Open) -> None:
        offers = [
            an_offer("10"),
            an_offer("96", key="second--it--year", broadcaster="second", period="year", plan="Year"),
        ]
        keep(a_right(), a_right("second"), *offers)
        page = open_page(CLOSED)
        assert rows(page)["Test-League"][2] == "€96.00 a year Year seen in Oct 2026"
        assert not page.all(class_="old-prices")

    def test_a_broadcaster_stands_once_and_an_end_that_is_not_stated_last(self, open_page: Open) -> None:
        keep(
            a_right(),
            a_right(package="more", scope="some"),
            a_right("second", evidence_reaches="2027-06-30"),
        )
        _, paid, _, until = rows(open_page(CLOSED))["Test-League"]
        assert paid == "Holder All of it Second All of it"
        assert until == "30 Jun 2027 Holder Not stated Second"

    def test_what_is_blocked_now_says_so_and_names_its_broadcasters(self, open_page: Open) -> None:
        keep(a_right(), a_blackout(), competitions=LEAGUE)
        page = open_page(CLOSED)
        assert page.one("th", scope="row").text == "Test-League Blocked now"
        assert rows(page)["Test-League"][1] == "Holder All of it"

    def test_what_is_known_to_be_nobodys_says_so(self, open_page: Open) -> None:
        keep(a_finding())
        assert rows(open_page(CLOSED))["Test-League"] == ["Nobody"]

    def test_who_comes_next_is_said_where_nobody_was_before(self, open_page: Open) -> None:
        keep(a_right(first_day="2027-01-01"))
        assert rows(open_page(CLOSED))["Test-League"] == ["Not looked into From 1 January 2027: Holder."]

    def test_a_withdrawn_competition_is_not_asked_about(self, open_page: Open) -> None:
        keep()
        write(a_sport(), a_competition())
        assert list(rows(open_page(CLOSED))) == ["Test-League"]


@pytest.mark.usefixtures("empty_guide")
def test_what_is_not_on_record_has_no_line_except_the_day(open_page: Open) -> None:
    keep(countries="")
    page = open_page(CLOSED)
    assert details(page) == {"When": "day not recorded", "What": "Shut down"}
    assert [chip.text for chip in page.one(class_="chips").all("a")] == ["Another country"]


@pytest.mark.usefixtures("empty_guide")
def test_a_count_is_not_rounded(open_page: Open) -> None:
    write(*a_league(), a_closure(domains_count="1922", visits_count="123456789", evidence=[a_page()]))
    found = details(open_page(CLOSED))
    assert (found["Domains"], found["Visits"]) == ("1,922", "123,456,789")


@pytest.mark.usefixtures("bundled_data")
def test_a_closure_asks_fourteen_queries_and_seven_without_competitions(client: Client) -> None:
    with asking(14):
        # Country; closure, countries, competitions, partners, offered, evidence; then what answers ask: rights,
        # findings, evidence, blackouts, seasons, services, offers.
        client.get(TestCalcioInItaly.ADDRESS)
    with asking(7):
        client.get("/en/it/closures/rare-breed-tv-2025/")
