"""The key page: what it says in each state, and that its table says all that an option holds."""

import datetime as dt

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
    a_finding,
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

ENGLISH, FRENCH = f"/en/it/{LEAGUE}/", f"/fr/it/{LEAGUE}/"
N = "\u00a0"
"""The space of French before a colon."""


def keep(*records: Record) -> None:
    """The test league with its three seasons in Italy, three broadcasters, and these records."""
    write(
        *a_league(),
        a_competition(name="Test League", names="fr=Ligue d’essai"),
        a_broadcaster("second"),
        a_broadcaster("third"),
        *records,
    )


def sentence(page: Element) -> str:
    return page.one("p", class_="sentence").text


def badges(page: Element) -> list[str]:
    return [badge.text for badge in page.one(class_="facts").all(class_="badge")]


# The states -----------------------------------------------------------------------------------------------------


class TestWhatItSaysFirst:
    def test_licensed_and_paid(self, open_page: Open) -> None:
        keep(a_right(), a_right("second", scope="some"))
        page = open_page(ENGLISH)
        assert sentence(page) == "Test League, Italy: shown live by Holder and Second. Nothing live is free."
        assert badges(page) == ["Licensed"]
        assert [fact.text for fact in page.one(class_="facts").all("li")][1:] == [
            "Until 30 June 2027",
            "Not checked yet",
            "Reported",
        ]
        page = open_page(FRENCH)
        assert (
            sentence(page) == f"Ligue d’essai, Italie{N}: en direct sur Holder et Second. Aucun direct n’est gratuit."
        )
        assert badges(page) == ["Droits acquis"]

    @pytest.mark.parametrize(
        ("cells", "words"),
        [
            ({"access": "free", "scope": "all"}, "shown live by Holder, all of it free."),
            ({"access": "registration", "scope": "all"}, "shown live by Holder, all of it free."),
            ({"access": "free", "scope": "some"}, "shown live by Holder. Some of it is free on Holder."),
            ({"access": "free", "scope": "most"}, "shown live by Holder. Most of it is free on Holder."),
            (
                {"access": "free", "scope": "unknown"},
                "shown live by Holder. How much of it is free on Holder is not stated.",
            ),
            ({"access": "mixed"}, "shown live by Holder. Part of what Holder shows is free."),
            ({"access": "pay-per-view"}, "shown live by Holder. Nothing live is free."),
            ({"access": "unknown"}, "shown live by Holder. No free way to see it live is on record."),
        ],
    )
    def test_licensed_says_how_much_is_free(self, open_page: Open, cells: dict[str, str], words: str) -> None:
        keep(a_right(**cells))
        assert sentence(open_page(ENGLISH)) == f"Test League, Italy: {words}"

    def test_licensed_names_more_than_two_as_the_language_lists_them(self, open_page: Open) -> None:
        keep(a_right(), a_right("second", access="free", scope="some"), a_right("third"))
        assert sentence(open_page(ENGLISH)) == (
            "Test League, Italy: shown live by Second, Holder and Third. Some of it is free on Second."
        )
        assert "en direct sur Second, Holder et Third." in sentence(open_page(FRENCH))

    def test_licensed_between_two_seasons_says_when_the_next_begins(self, open_page: Open) -> None:
        league = a_league(a_season("2026", "2026-06-01", "2026-06-20"), a_season("2027", "2027-06-01", "2027-06-20"))
        write(*league, a_right(first_day="2026-01-01", last_day="2027-12-31"))
        assert sentence(open_page(ENGLISH)).endswith("The next season on our calendar begins on 1 June 2027.")
        assert sentence(open_page(FRENCH)).endswith(
            "Dans notre calendrier, la prochaine saison commence le 1 juin 2027."
        )

    def test_licensed_and_soon_over(self, open_page: Open) -> None:
        keep(a_right(last_day="2026-12-31"))
        assert badges(open_page(ENGLISH)) == ["Licensed", "Ends in 38 days"]

    def test_renewed_is_not_soon_over(self, open_page: Open) -> None:
        keep(a_right(last_day="2026-12-31"), a_right(first_day="2027-01-01", last_day="2029-06-30"))
        assert badges(open_page(ENGLISH)) == ["Licensed"]

    def test_unannounced(self, open_page: Open) -> None:
        keep(a_finding("unannounced", note="A first sale ended without a deal."))
        page = open_page(ENGLISH)
        assert sentence(page) == "Test League, Italy: who shows it is not announced yet."
        assert badges(page) == ["Not announced"]
        ground = page.one(class_="ground")
        assert "A first sale ended without a deal." in ground.text
        assert "1 source" in ground.text
        assert sentence(open_page(FRENCH)) == f"Ligue d’essai, Italie{N}: le diffuseur n’est pas encore annoncé."

    def test_none(self, open_page: Open) -> None:
        keep(a_finding("none", evidence=[a_page(seen_on="2026-11-03")]))
        page = open_page(ENGLISH)
        assert sentence(page) == "Test League, Italy: nobody holds the rights. We looked."
        assert badges(page) == ["Nobody"]
        assert "Checked 3 November 2026" in page.one(class_="facts").text
        assert sentence(open_page(FRENCH)) == (
            f"Ligue d’essai, Italie{N}: personne ne détient les droits. Nous avons vérifié."
        )

    def test_blocked(self, open_page: Open) -> None:
        keep(
            a_right(),
            a_blackout(
                weekday="6",
                from_time="14:45",
                to_time="17:15",
                basis="Article 48 of the statutes.",
                evidence=[{"kind": "official", "url": "https://league.example/statutes"}],
            ),
        )
        saturday = dt.datetime(2026, 11, 28, 14, 30, tzinfo=dt.UTC)  # half past three in Rome
        page = open_page(ENGLISH, at=saturday)
        assert sentence(page) == (
            "Test League, Italy: no broadcaster may show it live now. The block lifts at 17:15, local time."
        )
        assert badges(page)[0] == "Blocked now"
        ground = page.one(class_="ground").text
        assert ground.startswith("Article 48 of the statutes. This is a rule, not a missing licence.")
        assert "1 source" in ground
        assert page.all("table", class_="options")
        assert sentence(open_page(FRENCH, at=saturday)) == (
            f"Ligue d’essai, Italie{N}: aucune diffusion en direct n’est permise en ce moment. "
            "Fin de l’interdiction à 17:15, heure locale."
        )

    def test_blocked_for_the_whole_day_names_the_day_on_which_it_lifts(self, open_page: Open) -> None:
        keep(a_right(), a_blackout(last_day="2026-11-23"))
        assert "The block lifts on 24 November 2026 at 00:00, local time." in sentence(open_page(ENGLISH))

    def test_unknown_because_the_deal_is_over(self, open_page: Open) -> None:
        keep(a_right(first_day="2025-07-01", last_day="2026-06-30"))
        page = open_page(ENGLISH)
        assert sentence(page) == (
            "Test League, Italy: we do not know who shows it now. Last known: Holder, until 30 June 2026."
        )
        assert badges(page) == ["Not known"]
        assert "No source on record speaks about 2026–27." in page.one(class_="facts").text
        assert not page.all("table")
        assert sentence(open_page(FRENCH)) == (
            f"Ligue d’essai, Italie{N}: nous ne connaissons pas le diffuseur actuel. "
            f"Dernier diffuseur connu{N}: Holder, jusqu’au 30 juin 2026."
        )

    def test_unknown_because_the_evidence_does_not_reach_so_far(self, open_page: Open) -> None:
        cells = {"first_day": "2025-07-01", "evidence_reaches": "2026-06-30"}
        keep(a_right(**cells), a_right("second", **cells))
        page = open_page(ENGLISH)
        assert sentence(page).endswith("Last known: Holder and Second, in 2025–26.")
        assert "They may still hold it" in page.text
        assert sentence(open_page(FRENCH)).endswith(f"Derniers diffuseurs connus{N}: Holder et Second, en 2025–26.")

    def test_unknown_between_two_editions(self, open_page: Open) -> None:
        cup = a_league(a_season("2026", "2026-06-11", "2026-07-19"), a_season("2030", "2030-06-08", "2030-07-07"))
        write(*cup, a_right(first_day="2026-01-01", last_day="2030-12-31"))
        page = open_page(ENGLISH)
        assert sentence(page) == (
            "Test-League, Italy: between two editions, nothing to show now. "
            "Last known: Holder, in 2026. From 8 June 2030: Holder."
        )
        assert badges(page) == ["Not known"]
        assert f"À partir du 8 juin 2030{N}: Holder." in sentence(open_page(FRENCH))

    def test_unknown_between_two_editions_of_which_the_next_is_not_on_record(self, open_page: Open) -> None:
        cup = a_league(a_season("2026", "2026-06-11", "2026-07-19"), a_season("2030", "2030-06-08", "2030-07-07"))
        write(*cup, a_right(first_day="2026-01-01", last_day="2026-12-31"))
        assert sentence(open_page(ENGLISH)).endswith("Who shows the next edition is not on record.")

    def test_not_looked_into(self, open_page: Open) -> None:
        keep(a_right(first_day="2027-07-01", last_day="2028-06-30"))
        page = open_page(ENGLISH)
        assert sentence(page) == ("Test League, Italy: we have not looked into it yet. From 1 July 2027: Holder.")
        assert badges(page) == ["Not looked into"]
        assert sentence(open_page(FRENCH)).startswith(f"Ligue d’essai, Italie{N}: nous n’avons pas encore cherché.")


# The table ------------------------------------------------------------------------------------------------------


class TestTheTable:
    def test_is_one_group_an_access_and_begins_with_the_free_one(self, open_page: Open) -> None:
        keep(a_right(), a_right("second", access="mixed"), a_right("third", access="pay-per-view"))
        table = open_page(ENGLISH).one("table", class_="options")
        assert table.one("caption").text.startswith("Who shows it live Free first")
        assert [head.text for head in table.one("thead").all("th", scope="col")] == [
            "Broadcaster",
            "Live coverage",
            "Price from",
            "Until",
            "Evidence",
        ]
        groups = [body.all("th", scope="rowgroup")[0].text for body in table.all("tbody")]
        assert groups == [
            "Free: nobody A part is free, see “Part free” below.",
            "Part free 1 broadcaster",
            "Subscription 1 broadcaster",
            "Pay per view 1 broadcaster",
        ]
        rows = [
            [row.one("bdi", class_="holder").text for row in body.all("th", scope="row")] for body in table.all("tbody")
        ]
        assert rows == [[], ["Second"], ["Holder"], ["Third"]]

    def test_keeps_its_roles_when_rows_become_cards(self, open_page: Open) -> None:
        keep(a_right())
        table = open_page(ENGLISH).one("table", class_="options")
        roles = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
        for element in [table, *table.all()]:
            if element.tag in roles:
                assert element.attributes["role"] == roles[element.tag]
        assert all(cell.attributes["data-label"] for cell in table.all("td"))

    def test_without_a_known_access_does_not_claim_that_nothing_is_free(self, open_page: Open) -> None:
        keep(a_right(access="unknown"))
        first = open_page(ENGLISH).one("table").all("th", scope="rowgroup")[0]
        assert first.text == "Free: nobody For 1 broadcaster it is not stated whether it is free."

    def test_says_all_that_an_option_holds(self, open_page: Open) -> None:
        keep(
            a_right(
                services="holder-stream; holder-tv",
                package="live",
                languages="it; en",
                matches=7,
                matches_of=10,
                matches_unit="round",
                scope="most",
                coverage_note="not on Mondays",
            ),
            a_service(url="https://www.holder.example/watch"),
            a_service("holder-tv", name="Holder TV", kind="tv", url="https://holder.example/"),
            a_broadcaster("operator", name="Box Maker"),
            a_carriage(),
            an_offer("34.99", plan="Plan A", commitment_months=12, seen_on="2024-08-13"),
        )
        page = open_page(ENGLISH)
        head, coverage, price, until, _ = page.one("tr", class_="option").all("th") + page.one(
            "tr", class_="option"
        ).all("td")
        assert head.text == (
            "Holder Holder-Stream and Holder TV Package: live Commentary: Italian and English "
            "Also in the box of Box Maker holder.example"
        )
        holder, link = head.all("a")
        assert holder.attributes["href"] == "/en/it/broadcaster/holder/"
        assert link.attributes == {"href": "https://www.holder.example/watch"}
        assert coverage.text == "7 of 10 a round not on Mondays"
        assert len(coverage.one(class_="blocks").all("i", class_="full")) == 7
        assert price.text == "€34.99 a month, for 12 months Plan A seen 13 Aug 2024"
        assert until.text == "30 Jun 2027 since 1 Jul 2026"
        assert "All these prices are over a year old." in page.text
        french = open_page(FRENCH).one("tr", class_="option").text
        assert "7 sur 10 par journée" in french
        assert f"34,99{N}€ par mois, pendant 12 mois" in french
        assert "vu le 13 août 2024" in french

    @pytest.mark.parametrize(
        ("cells", "words", "drawing"),
        [
            ({"scope": "all"}, "All of it", "thirds"),
            ({"scope": "most"}, "Most of it", "thirds"),
            ({"scope": "some"}, "Some of it", "thirds"),
            ({"scope": "unknown"}, "Share not stated", "hatch"),
            ({"matches": 10, "matches_of": 10, "matches_unit": "round"}, "All 10 of a round", "blocks"),
            ({"matches": 166, "matches_of": 203, "matches_unit": "season"}, "166 of 203 a season", "bar"),
            ({"matches": 12, "matches_unit": "season", "scope": "some"}, "12 matches a season", "thirds"),
            ({"matches": 1, "matches_unit": "round", "scope": "some"}, "1 match a round", "thirds"),
        ],
    )
    def test_draws_no_more_coverage_than_is_known(
        self, open_page: Open, cells: dict[str, object], words: str, drawing: str
    ) -> None:
        keep(a_right(**cells))
        cell = open_page(ENGLISH).one("tr", class_="option").all("td")[0]
        assert cell.text == words
        drawn = [element for element in cell.all() if element.attributes.get("aria-hidden") == "true"]
        assert [element.attributes["class"] for element in drawn] == [drawing]

    @pytest.mark.parametrize(
        ("offer", "words"),
        [
            (None, "Price not recorded"),
            ({"period": "year", "seen_on": "2026"}, "€10.00 a year Plan seen in 2026"),
            ({"seen_on": "2026-11"}, "€10.00 a month Plan seen in Nov 2026"),
            ({"commitment_months": 0, "seen_on": ""}, "€10.00 a month, no commitment Plan day not recorded"),
            ({"price": "0", "period": "free"}, "Free Plan seen in Oct 2026"),
        ],
    )
    def test_says_a_price_with_its_day(self, open_page: Open, offer: dict[str, object] | None, words: str) -> None:
        keep(a_right(), *([an_offer(**offer)] if offer else []))
        assert open_page(ENGLISH).one("tr", class_="option").all("td")[1].text == words

    @pytest.mark.parametrize(
        ("seen_on", "look"),
        [("2026-11-20", "fresh"), ("2026-09-15", "plain"), ("2026-08-24", "old"), ("2026", "plain"), ("2025", "old")],
    )
    def test_shows_the_age_of_a_price(self, open_page: Open, seen_on: str, look: str) -> None:
        keep(a_right(), an_offer(seen_on=seen_on))
        assert open_page(ENGLISH).one("tr", class_="option").all(class_=f"seen-{look}")

    def test_says_free_where_nothing_is_paid(self, open_page: Open) -> None:
        keep(a_right(access="free"), a_right("second", access="registration"))
        prices = [row.all("td")[1].text for row in open_page(ENGLISH).all("tr", class_="option")]
        assert prices == ["Free", "Free with an account"]

    def test_where_the_end_is_not_known_says_how_far_the_sources_reach(self, open_page: Open) -> None:
        keep(a_right(evidence_reaches="2027-06-30"))
        page = open_page(ENGLISH)
        assert page.one("tr", class_="option").all("td")[2].text == "Not stated our sources reach 30 Jun 2027"
        assert "End not stated" in page.one(class_="facts").text

    def test_highlights_stand_apart_from_live(self, open_page: Open) -> None:
        keep(a_right(), a_right("second", kind="highlights", access="free", matches=380, matches_of=380))
        live, highlights = open_page(ENGLISH).all("table", class_="options")
        assert live.one("caption").text.startswith("Who shows it live")
        assert [row.text for row in live.all("bdi", class_="holder")] == ["Holder"]
        assert highlights.one("caption").text.startswith("Who shows highlights")
        assert [row.text for row in highlights.all("bdi", class_="holder")] == ["Second"]
        assert not highlights.all(class_="blocks") + highlights.all(class_="bar") + highlights.all(class_="thirds")


class TestTheEvidence:
    def test_lists_its_sources_as_plain_links(self, open_page: Open) -> None:
        keep(a_right(evidence=[a_page(seen_on="2026-11-03"), a_page("https://other.example/a?b=1&c=2", title="")]))
        details = open_page(ENGLISH).one("tr", class_="option").one("details")
        assert details.one("summary").text == "Evidence. Not checked yet"
        first, second = details.all("li")
        assert first.text == "News Rights Jul 2026, we looked on 3 Nov 2026"
        assert first.one("a").attributes == {"href": "https://news.example/rights", "lang": ""}
        assert second.one("a").text == "https://other.example/a?b=1&c=2"
        assert "Reported: by one credible source." in details.text

    @pytest.mark.parametrize(
        ("verified_on", "words"),
        [("2026-11-18", "Evidence. Checked 18 Nov 2026"), ("2026-10-01", "Evidence. Check overdue since 31 Oct 2026")],
    )
    def test_says_when_somebody_looked(self, open_page: Open, verified_on: str, words: str) -> None:
        keep(a_right(verified_on=verified_on))
        assert open_page(ENGLISH).one(class_="evidence").one("summary").text == words

    def test_a_page_is_as_sure_as_the_weakest_of_what_it_says(self, open_page: Open) -> None:
        keep(a_right(verified_on="2026-11-18"), a_right("second", claimed_confidence="inferred"))
        facts = [fact.text for fact in open_page(ENGLISH).one(class_="facts").all("li")]
        assert facts[-2:] == ["Not all checked yet", "Inferred"]


# Before and after -----------------------------------------------------------------------------------------------


def test_what_changes_is_told_by_day(open_page: Open) -> None:
    keep(
        a_right(access="free"),
        a_right("second"),
        a_right("second", first_day="2027-07-01", last_day="2031-06-30"),
        a_right("third", first_day="2027-07-01", evidence_reaches="2028-06-30"),
    )
    changes = open_page(ENGLISH).one("dl", class_="changes")
    assert [day.text for day in changes.all("dt")] == ["30 Jun 2027", "1 Jul 2027"]
    assert [event.all("span")[0].text for event in changes.all("dd")] == [
        "The deal of Holder ends.",
        "Second goes on, to 30 June 2031.",
        "Third begins; the end is not stated.",
    ]


def test_an_end_after_which_nothing_is_on_record_says_so(open_page: Open) -> None:
    keep(a_right(), a_right("second"))
    assert [event.text for event in open_page(ENGLISH).one("dl").all("dd")] == [
        "The deals of Holder and Second end.",
        "Who follows is not on record.",
    ]


def test_former_holders_stand_with_their_season_and_their_sources(open_page: Open) -> None:
    keep(a_right(first_day="2025-07-01", evidence_reaches="2026-06-30"))
    former = open_page(ENGLISH).one("ul", class_="rows")
    assert former.all("li")[0].text.startswith("Holder in 2025–26 Evidence. 1 source")
    holder, source = former.all("a")
    assert holder.attributes["href"] == "/en/it/broadcaster/holder/"
    assert source.attributes["href"] == "https://news.example/rights"


def test_the_same_competition_elsewhere_is_one_step_away(open_page: Open) -> None:
    keep(a_right())
    link = open_page(ENGLISH).all("section")[-1].one("a")
    assert (link.text, link.attributes["href"]) == ("Test League, all countries", f"/en/{LEAGUE}/")
    link = open_page(f"{ENGLISH}?on=2026-12-01").all("section")[-1].one("a")
    assert link.attributes["href"] == f"/en/{LEAGUE}/?on=2026-12-01"


def test_a_paid_service_in_the_union_goes_with_its_subscriber(open_page: Open) -> None:
    keep(a_country("GB", in_eu="no", time_zone="Europe/London"), a_country(), a_right(countries="IT; GB"))
    assert "Regulation 2017/1128" in open_page(ENGLISH).text
    assert "Regulation 2017/1128" not in open_page(f"/en/gb/{LEAGUE}/").text


def test_a_free_service_promises_nothing_for_travellers(open_page: Open) -> None:
    keep(a_right(access="free"))
    assert "Regulation 2017/1128" not in open_page(ENGLISH).text


# Another day ----------------------------------------------------------------------------------------------------


def test_another_day_is_answered_and_marked_as_such(open_page: Open) -> None:
    keep(a_right("second", first_day="2025-07-01", last_day="2026-06-30"), a_right())
    page = open_page(f"{ENGLISH}?on=2026-03-01")
    assert sentence(page).startswith("Test League, Italy: shown live by Second.")
    asked = page.one(class_="asked")
    assert asked.text == "This answer is for 1 March 2026, by what is on record today. The answer of today"
    assert asked.one("a").attributes["href"] == ENGLISH
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert page.one("link", rel="canonical").attributes["href"] == f"http://testserver{ENGLISH}"


def test_what_is_not_known_of_another_day_is_not_said_of_now(open_page: Open) -> None:
    keep(a_right(first_day="2025-07-01", last_day="2026-06-30"))
    words = sentence(open_page(f"{ENGLISH}?on=2026-08-01"))
    assert words.startswith("Test League, Italy: we do not know who shows it on 1 August 2026.")


def test_an_edition_that_is_over_is_not_said_of_now_either(open_page: Open) -> None:
    cup = a_league(a_season("2026", "2026-06-11", "2026-07-19"), a_season("2030", "2030-06-08", "2030-07-07"))
    write(*cup, a_right(first_day="2026-01-01", last_day="2026-12-31"))
    words = sentence(open_page(f"{ENGLISH}?on=2026-09-01"))
    assert "between two editions, nothing to show on 1 September 2026." in words


# The cost, and what data may hold -------------------------------------------------------------------------------


def test_a_key_page_asks_ten_queries(client: Client) -> None:
    keep(
        a_right(),
        a_right("second", access="free"),
        an_offer(),
        a_finding(first_day="2027-07-01", last_day="2028-06-30"),
    )
    with asking(10):
        # Country, competition, next events, then rights, findings, evidence, blackouts, seasons, services, offers.
        client.get(ENGLISH)


def test_whatever_a_text_holds_it_stays_text(open_page: Open) -> None:
    nasty = '<b>{names}</b> & "{0}" %s'
    keep(
        a_broadcaster(name=nasty),
        a_right(coverage_note=nasty, evidence=[a_page(publisher=nasty, title=nasty)]),
    )
    page = open_page(ENGLISH)
    assert sentence(page) == f"Test League, Italy: shown live by {nasty}. Nothing live is free."
    assert page.one(class_="evidence").all("b")[0].text == nasty
