"""All countries of a competition: what the page counts, lists, filters, sorts, and what it costs."""

import pytest
from django.conf import settings
from django.test import Client

from broadcasters.models import Country
from competitions.models import Competition
from guide.publication.records import Record
from tests.factories import (
    LEAGUE,
    a_blackout,
    a_broadcaster,
    a_competition,
    a_country,
    a_finding,
    a_league,
    a_page,
    a_right,
    a_season,
    a_sport,
    write,
)
from tests.queries import asking
from tests.web.conftest import Open
from tests.web.markup import Element

pytestmark = pytest.mark.django_db

ENGLISH, FRENCH = f"/en/{LEAGUE}/", f"/fr/{LEAGUE}/"
COUNTRIES = ("AT", "BE", "CH", "DE", "ES", "FR")


def keep(*records: Record) -> None:
    """The test league, three broadcasters, Italy, six more countries, and these records."""
    write(
        *a_league(),
        a_country(),
        *(a_country(code) for code in COUNTRIES),
        a_broadcaster(),
        a_broadcaster("second"),
        a_broadcaster("third"),
        *records,
    )


def rows(page: Element) -> dict[str, list[str]]:
    """By country, in the order of the page, the words of its cells."""
    found = page.one("table", class_="countries").one("tbody").all("tr")
    return {row.one("th").one("a").text: [cell.text for cell in row.all("td")] for row in found}


def sentence(page: Element) -> str:
    return page.one("p", class_="sentence").text


def chips(page: Element, label: str) -> dict[str, str]:
    return {link.text: link.attributes["href"] for link in page.one("nav", aria_label=label).all("a")}


# What it says ---------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("empty_guide")
class TestWhatItSays:
    def test_counts_the_countries_by_the_best_access(self, open_page: Open) -> None:
        keep(
            a_right(access="free", countries="AT"),
            a_right("second", access="registration", scope="most", countries="BE"),
            a_right(access="free", scope="some", countries="CH"),
            a_right(access="mixed", countries="DE"),
            a_right(access="pay-per-view", countries="ES"),
            a_right(access="unknown", countries="FR"),
            a_right(first_day="2025-07-01", last_day="2026-06-30", countries="IT"),
        )
        page = open_page(ENGLISH)
        assert sentence(page) == (
            "Test-League: we know who shows it live in 6 countries and territories, free in 2, part free in 2, "
            "paid in 1 and access not stated in 1. In 1 more we know only who had it last."
        )
        assert {name: cells[0] for name, cells in rows(page).items()} == {
            "Austria": "Free",
            "Belgium": "Free, sign-up",
            "Germany": "Part free",
            "Switzerland": "Part free",
            "Spain": "Pay per view",
            "France": "Access not stated",
            "Italy": "Not known",
        }

    def test_says_who_for_how_much_until_when_and_when_it_was_checked(self, open_page: Open) -> None:
        keep(
            a_right("second", countries="IT", verified_on="2026-11-20"),
            a_right("third", countries="IT", access="free", scope="some", last_day="2028-06-30"),
            a_right(countries="AT", evidence_reaches="2027-06-30", verified_on="2026-09-01"),
            a_right(
                countries="BE", verified_on="2026-11-20", matches=3, matches_of=10, matches_unit="round", scope="some"
            ),
        )
        page = open_page(ENGLISH)
        assert rows(page) == {
            "Italy": ["Part free", "ThirdSecond", "Some of it", "30 Jun 2028", "Not yet"],
            "Austria": ["Subscription", "Holder", "All of it", "Not stated", "Overdue"],
            "Belgium": ["Subscription", "Holder", "3 of 10 a round", "30 Jun 2027", "20 Nov 2026"],
        }
        italy = page.one("tbody").all("tr")[0]
        assert italy.all("td")[1].one("b").text == "Third"
        assert (italy.one("th").text, italy.one("a").attributes["href"]) == ("IT Italy", f"/en/it/{LEAGUE}/")
        assert len(italy.one(class_="thirds").all("i", class_="full")) == 1
        assert page.one(class_="facts").all("li")[0].text == "Not all checked yet"

    def test_what_is_free_only_in_part_is_not_drawn_as_free(self, open_page: Open) -> None:
        keep(a_right(access="mixed"))
        assert open_page(ENGLISH).one("tbody").all("tr", class_="tone-sub")

    def test_says_what_is_known_where_nobody_is_known_to_show_it(self, open_page: Open) -> None:
        keep(
            a_right(first_day="2025-07-01", evidence_reaches="2026-06-30", countries="AT"),
            a_finding("none", countries="BE"),
            a_finding("unannounced", countries="CH"),
            a_right(first_day="2027-07-01", last_day="2028-06-30", countries="DE"),
        )
        page = open_page(ENGLISH)
        assert sentence(page) == (
            "Test-League: nobody is on record as showing it live now. "
            "In 1 country or territory it is not announced yet. In 1 country or territory nobody holds the rights. "
            "In 1 country or territory we know only who had it last."
        )
        assert rows(page) == {
            "Switzerland": ["Not announced", "–"],
            "Belgium": ["Nobody", "–"],
            "Austria": ["Not known", "Last known: Holder, in 2025–26."],
            "Germany": ["Not looked into", "From 1 July 2027: Holder."],
        }

    def test_a_blocked_country_keeps_its_access(self, open_page: Open) -> None:
        keep(a_right(access="free"), a_blackout(last_day="2026-11-23"))
        assert rows(open_page(ENGLISH))["Italy"][0] == "Blocked now Free"

    def test_countries_not_looked_into_are_counted_and_lead_to_the_search(self, open_page: Open) -> None:
        keep(a_right())
        page = open_page(ENGLISH)
        note = page.one("main").all("p", class_="note")[-1]
        assert note.text.startswith("We have not looked into 6 more countries and territories yet.")
        assert note.one("a").attributes["href"] == f"/en/?competition={LEAGUE}#search"
        assert list(rows(page)) == ["Italy"]

    def test_of_a_competition_without_a_right_it_says_so(self, open_page: Open) -> None:
        keep()
        page = open_page(ENGLISH)
        assert sentence(page) == "Test-League: nobody is on record as showing it live now."
        assert not page.all("table")
        assert "We have not looked into 7 more" in page.text

    def test_highlights_are_not_live(self, open_page: Open) -> None:
        keep(a_right(kind="highlights", access="free"))
        assert "nobody is on record as showing it live now" in sentence(open_page(ENGLISH))

    def test_names_its_season_and_its_sport(self, open_page: Open) -> None:
        keep(a_competition(name="Test League", names="fr=Ligue d’essai"), a_right())
        page = open_page(FRENCH)
        assert page.one("h1").text.startswith("Ligue d’essai")
        assert page.one(class_="season").text == "2026–27"
        assert [crumb.text for crumb in page.one("ol", class_="crumbs").all("li")] == ["Test-Sport", "Ligue d’essai"]

    def test_is_there_to_download(self, open_page: Open, client: Client) -> None:
        keep(a_right())
        link = open_page(ENGLISH).one(class_="facts").one("a")
        assert (link.text, link.attributes["href"]) == (
            "Download as CSV",
            f"/api/v1/matrix?competition={LEAGUE}&format=csv",
        )
        assert client.get(link.attributes["href"])["Content-Type"].startswith("text/csv")


# Seen otherwise -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("empty_guide")
class TestSeenOtherwise:
    @pytest.fixture(autouse=True)
    def _three_countries(self, empty_guide: None) -> None:
        keep(
            a_right(countries="AT", last_day="2029-06-30"),
            a_right(countries="ES", evidence_reaches="2027-06-30"),
            a_right(countries="IT", access="free"),
            a_right(countries="BE", first_day="2025-07-01", last_day="2026-06-30"),
        )

    def test_filters_are_links_with_counts(self, open_page: Open) -> None:
        assert chips(open_page(ENGLISH), "Which countries") == {
            "All, 4": ENGLISH,
            "Free, 1": f"{ENGLISH}?access=free",
            "Paid, 2": f"{ENGLISH}?access=paid",
            "Not known, 1": f"{ENGLISH}?access=unknown",
        }

    @pytest.mark.parametrize(
        ("access", "names"), [("free", ["Italy"]), ("paid", ["Austria", "Spain"]), ("unknown", ["Belgium"])]
    )
    def test_a_filter_keeps_its_countries_and_the_sentence(
        self, open_page: Open, access: str, names: list[str]
    ) -> None:
        page = open_page(f"{ENGLISH}?access={access}")
        assert list(rows(page)) == names
        assert "in 3 countries and territories" in sentence(page)
        (chosen,) = page.one("nav", aria_label="Which countries").all("a", aria_current="true")
        assert chosen.attributes["href"] == f"{ENGLISH}?access={access}"
        assert page.one("meta", name="robots").attributes["content"] == "noindex"

    def test_a_filter_without_a_country_shows_an_empty_table(self, open_page: Open) -> None:
        page = open_page(f"{ENGLISH}?access=part")
        assert rows(page) == {}
        assert "Part free, 0" in chips(page, "Which countries")

    @pytest.mark.parametrize(
        ("sort", "head", "names"),
        [
            ("access", "Access", ["Italy", "Austria", "Spain", "Belgium"]),
            ("country", "Country", ["Austria", "Belgium", "Italy", "Spain"]),
            ("until", "Until", ["Italy", "Austria", "Spain", "Belgium"]),
        ],
    )
    def test_columns_are_sorted_by_links(self, open_page: Open, sort: str, head: str, names: list[str]) -> None:
        page = open_page(f"{ENGLISH}?sort={sort}")
        assert list(rows(page)) == names
        assert page.one("th", aria_sort="ascending").text == head
        links = {link.text: link.attributes["href"] for link in page.one("thead").all("a")}
        assert links == {"Country": f"{ENGLISH}?sort=country", "Access": ENGLISH, "Until": f"{ENGLISH}?sort=until"}

    def test_a_filter_keeps_the_order_and_the_day(self, open_page: Open) -> None:
        page = open_page(f"{ENGLISH}?sort=until&on=2026-12-01")
        assert chips(page, "Which countries")["Paid, 2"] == f"{ENGLISH}?access=paid&sort=until&on=2026-12-01"
        assert page.one("thead").one("a", href=f"{ENGLISH}?on=2026-12-01").text == "Access"

    def test_another_day_is_each_country_s_own(self, open_page: Open) -> None:
        page = open_page(f"{ENGLISH}?on=2025-12-01")
        assert rows(page)["Belgium"][:2] == ["Subscription", "Holder"]
        assert page.one(class_="asked").text.startswith("This answer is for 1 December 2025")
        assert page.one("tbody").all("a")[0].attributes["href"] == f"/en/be/{LEAGUE}/?on=2025-12-01"
        assert page.one(class_="facts").one("a").attributes["href"] == (
            f"/api/v1/matrix?competition={LEAGUE}&on=2025-12-01&format=csv"
        )
        assert "on record as showing it live on 1 January 2020" in sentence(open_page(f"{ENGLISH}?on=2020-01-01"))

    @pytest.mark.parametrize(
        ("query", "sentence_", "choices"),
        [
            ("access=cheap", "“cheap” is not a choice for “access”.", "free, part, paid, unstated"),
            ("access=", "“” is not a choice for “access”.", "free, part"),
            ("sort=price", "“price” is not a choice for “sort”.", "access, country and until"),
            ("page=2", "“2” is not a choice for “page”.", "1."),
            ("page=x", "“x” is not a choice for “page”.", "1."),
        ],
    )
    def test_what_there_is_not_to_choose_is_refused(
        self, open_page: Open, query: str, sentence_: str, choices: str
    ) -> None:
        page = open_page(f"{ENGLISH}?{query}", status=400)
        assert sentence(page) == sentence_
        assert choices in page.one("p", class_="note").text
        assert page.one("ul", class_="rows").one("a").attributes["href"] == ENGLISH


def test_rows_keep_their_roles_when_they_become_cards(open_page: Open, bundled_data: None) -> None:
    table = open_page("/en/serie-a/").one("table", class_="countries")
    roles = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    for element in [table, *table.all()]:
        if element.tag in roles:
            assert element.attributes["role"] == roles[element.tag]


# The cost -------------------------------------------------------------------------------------------------------


def shown_everywhere(*, packages: int = 1) -> None:
    """The test league, shown in all 250 countries by three holders with long names."""
    names = ["a-holder-with-a-long-name", "a-second-holder-with-a-long-name", "a-third-holder-with-a-long-name"]
    countries = list(Country.objects.values_list("code", flat=True))
    write(
        a_sport(),
        a_competition(),
        a_season("2026-27", "2026-07-01", "2027-06-30"),
        *(a_broadcaster(name) for name in names),
        *(
            a_right(
                name, countries=countries, package=f"p{number}", access="mixed" if name == names[0] else "subscription"
            )
            for name in names
            for number in range(packages)
        ),
    )


@pytest.mark.long
@pytest.mark.once
@pytest.mark.usefixtures("bundled_data")
def test_250_countries_stand_on_pages_of_under_50_kb(open_page: Open) -> None:
    shown_everywhere()
    for language, _ in settings.LANGUAGES:
        page = open_page(f"/{language}/{LEAGUE}/")  # weighed as it is read
        numbers = [link.text for link in page.all("nav")[-2].all("a")]
        assert numbers == ["1", "2", "3", "4", "5"]
    seen = [name for number in numbers for name in rows(open_page(f"{ENGLISH}?page={number}&access=part"))]
    assert len(seen) == len(set(seen)) == 250
    last = open_page(f"{ENGLISH}?page=5&sort=country")
    pages = last.one("nav", aria_label="Pages")
    assert pages.one("a", aria_current="page").attributes["href"] == f"{ENGLISH}?sort=country&page=5"
    assert pages.all("a")[0].attributes["href"] == f"{ENGLISH}?sort=country"


@pytest.mark.usefixtures("bundled_data")
def test_it_asks_ten_queries(client: Client) -> None:
    with asking(9):
        # Competition, countries; rights, findings, evidence, blackouts, seasons, services, offers; the revision.
        client.get("/en/serie-a/")


@pytest.mark.long
@pytest.mark.once
@pytest.mark.usefixtures("bundled_data")
def test_ten_times_the_rights_ask_as_many(client: Client) -> None:
    shown_everywhere(packages=10)
    with asking(9):
        client.get(ENGLISH)


@pytest.mark.long
@pytest.mark.once
@pytest.mark.usefixtures("bundled_data")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_competition_has_a_page(open_page: Open, language: str) -> None:
    for slug in Competition.objects.standing().values_list("slug", flat=True):
        page = open_page(f"/{language}/{slug}/")
        assert page.one("h1").text
        assert "{" not in page.one("main").text


@pytest.mark.once
@pytest.mark.usefixtures("bundled_data")
def test_the_fullest_page_stays_light_in_every_language(open_page: Open) -> None:
    for language, _ in settings.LANGUAGES:
        assert len(rows(open_page(f"/{language}/formula-1/?access=paid"))) == 50


@pytest.mark.usefixtures("empty_guide")
def test_whatever_a_text_holds_it_stays_text(open_page: Open) -> None:
    nasty = '<b>{names}</b> & "{0}" %s'
    keep(a_broadcaster(name=nasty), a_competition(name=nasty), a_right(evidence=[a_page(title=nasty)]))
    page = open_page(ENGLISH)
    assert sentence(page).startswith(f"{nasty}: we know")
    assert rows(page)["Italy"][1] == nasty
