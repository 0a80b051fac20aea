"""The page of an event: the answer as a sentence, when it is where, who shows it and why, what machines are told."""

import datetime as dt
import json
from typing import Any

import pytest
import time_machine
from django.test import Client

from competitions.event_table import event_id
from guide.publication.records import Record
from tests.factories import (
    LEAGUE,
    NOW,
    SEASON,
    a_blackout,
    a_broadcaster,
    a_country,
    a_finding,
    a_league,
    a_listing,
    a_right,
    a_service,
    a_stage,
    a_team,
    an_event,
    an_offer,
    write,
)
from tests.queries import asking
from tests.web.conftest import Open
from tests.web.markup import Element

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_guide")]

MATCH = f"{SEASON}--home-club--away-club"
WORDS = "home-club-away-club"


def keep(*records: Record) -> None:
    """Two clubs of the league in Italy, and what the test is about."""
    write(*a_league(), a_broadcaster("second"), a_broadcaster("third"), a_team(), a_team("away-club"), *records)


def address(key: str = MATCH, words: str = WORDS, *, language: str = "en", country: str = "it") -> str:
    return f"/{language}/{country}/event/{words}-{event_id(key)}/"


def sentence(page: Element) -> str:
    return page.one(class_="sentence").text


def badges(page: Element) -> list[str]:
    return [badge.text for badge in page.one("li", class_="badges").all(class_="badge")]


def particulars(page: Element) -> dict[str, str]:
    block = page.one("dl", class_="particulars")
    return {part.one("dt").text: part.one("dd").text for part in block.all("div")}


def section(page: Element, title: str) -> Element:
    (found,) = (one for one in page.all("section") if one.one("h2").text.startswith(title))
    return found


# The answer ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rights", "says", "badge"),
    [
        ([], "Home-Club – Away-Club, Country: we have not looked into it yet.", "Not looked into"),
        ([a_right()], "Home-Club – Away-Club, Country: live on Holder. Nothing live is free.", "Licensed"),
        (
            [a_right(scope="some")],
            "Home-Club – Away-Club, Country: it may be live on Holder. Nothing live is free.",
            "Licensed",
        ),
        ([a_right(access="free")], "Home-Club – Away-Club, Country: live and free on Holder.", "Licensed"),
        (
            [a_right(), a_right("second", access="free", scope="some")],
            "Home-Club – Away-Club, Country: live on Holder. It may also be on Second: not every event is shown there. "
            "Should it be on Second, it is free there.",
            "Licensed",
        ),
        (
            [a_right(), a_right("second", access="registration"), a_right("third", access="mixed")],
            "Home-Club – Away-Club, Country: live on Second, Third and Holder. Free on Second. "
            "Part of what Third shows is free.",
            "Licensed",
        ),
        (
            [a_right(first_day="2024-07-01", last_day="2025-06-30")],
            "Home-Club – Away-Club, Country: we do not know who shows it live. Last known: Holder, until 30 June 2025.",
            "Not known",
        ),
        (
            [a_finding("unannounced")],
            "Home-Club – Away-Club, Country: who shows it is not announced yet.",
            "Not announced",
        ),
        ([a_finding()], "Home-Club – Away-Club, Country: nobody holds the rights. We looked.", "Nobody"),
    ],
)
def test_the_page_opens_with_what_we_know(open_page: Open, rights: list[Record], says: str, badge: str) -> None:
    keep(an_event(), *rights)
    page = open_page(address())
    assert sentence(page) == says.replace("Country", "Italy")
    assert badges(page) == [badge]
    assert page.one("meta", name="description").attributes["content"] == sentence(page)


def test_a_block_says_when_it_lifts_and_who_is_licensed_otherwise(open_page: Open) -> None:
    keep(an_event(), a_right(), a_blackout(weekday="6", from_time="14:45", to_time="21:15"))
    page = open_page(address())
    assert sentence(page) == (
        "Home-Club – Away-Club, Italy: no broadcaster may show it live when it takes place. "
        "The block lifts at 21:15, local time. Licensed at other hours: Holder."
    )
    assert badges(page) == ["Blocked"]
    assert "Article 48" in page.one(class_="ground").text
    assert "Shows it" not in page.one("table").text


@pytest.mark.parametrize(
    ("kind", "says"), [("delayed", "Later, in full: Second."), ("highlights", "Highlights: Second.")]
)
def test_a_block_says_who_may_show_it_afterwards(open_page: Open, kind: str, says: str) -> None:
    blackout = a_blackout(weekday="6", from_time="14:45", to_time="21:15")
    keep(an_event(), a_right(), a_broadcaster("second"), a_right("second", kind=kind), blackout)
    assert sentence(open_page(address())).endswith(f"Licensed at other hours: Holder. {says}")


def test_a_block_is_none_for_a_match_without_a_settled_time(open_page: Open) -> None:
    keep(
        an_event(day="2026-11-28", starts_at="2026-11-28T14:00:00Z", precision="provisional"),
        a_right(),
        a_blackout(weekday="6", from_time="14:45", to_time="17:15"),
    )
    assert badges(open_page(address())) == ["Licensed"]


@pytest.mark.parametrize(
    ("status", "says", "badge"),
    [
        ("cancelled", "Home-Club – Away-Club, Italy: it is cancelled.", ["Cancelled"]),
        (
            "postponed",
            "Home-Club – Away-Club, Italy: it is postponed. Home-Club – Away-Club, Italy: live on Holder. "
            "Nothing live is free.",
            ["Postponed", "Licensed"],
        ),
        (
            "finished",
            "Home-Club – Away-Club, Italy: it is over. It was live on Holder.",
            ["Licensed"],
        ),
    ],
)
def test_what_has_become_of_it_is_said_first(open_page: Open, status: str, says: str, badge: list[str]) -> None:
    keep(an_event(status=status), a_right())
    page = open_page(address())
    assert sentence(page) == says
    assert badges(page) == badge
    assert len(page.all("table")) == (0 if status == "cancelled" else 1)


def test_an_event_of_a_past_day_is_over(open_page: Open) -> None:
    keep(an_event(), a_right(scope="some"))
    after = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)
    assert sentence(open_page(address(), at=after)).endswith("it is over. It may have been live on Holder.")


# The rule that decided -------------------------------------------------------------------------------------------


def test_each_option_says_whether_it_shows_the_event_and_by_what(open_page: Open) -> None:
    final = a_stage()
    keep(
        final,
        a_service(),
        an_event(stage=final.key),
        a_right(scope="some", services="holder-stream"),
        a_listing(publisher="TV Guide", seen_on="2026-11-22"),
        a_right("second", part=final.key),
        a_right("third", scope="most"),
    )
    page = open_page(address())
    rows = {row.one(class_="holder").text: row for row in page.all("tr", class_="option")}
    said = {
        name: [row.one("th").one(class_="badge").text, row.one("th").all(class_="second")[0].text]
        for name, row in rows.items()
    }
    assert said == {
        "Holder": ["Shows it", "Listed by TV Guide, seen on 22 Nov 2026."],
        "Second": ["Shows it", "It holds a right to all of this part of the season."],
        "Third": [
            "May show it",
            "It holds a right to a part of the competition; nobody on record says whether to this event.",
        ],
    }


def test_free_is_loud_only_where_it_is_certain(open_page: Open) -> None:
    keep(an_event(), a_right("second", access="free", scope="some"))
    assert open_page(address()).one("tr", class_="group").one(class_="badge").attributes["class"] == (
        "badge badge-free-account"
    )


def test_holders_of_another_part_are_named_as_not_showing_it(open_page: Open) -> None:
    final = a_stage()
    keep(final, an_event(), a_right(), a_right("second", part=final.key))
    assert section(open_page(address()), "Not on").one("li").text == (
        "Second Its right is one to another part of the competition."
    )


def test_a_holder_that_gives_way_is_named_as_not_showing_it(open_page: Open) -> None:
    final = a_stage()
    keep(final, an_event(stage=final.key), a_right(), a_right("second", part=final.key, excludes_others="yes"))
    page = open_page(address())
    assert section(page, "Not on").one("li").text == "Holder Its wider right gives way to one that leaves others out."
    assert sentence(page).startswith("Home-Club – Away-Club, Italy: live on Second.")


def test_a_listing_tells_programme_guide_and_day_and_whether_there_is_a_right(open_page: Open) -> None:
    keep(
        a_service(),
        a_service("third-channel", broadcaster="third", kind="tv"),
        an_event(),
        a_right(services="holder-stream"),
        a_listing(
            publisher="TV Guide",
            starts_at="2026-11-28T18:30:00Z",
            ends_at="2026-11-28T20:45:00Z",
            source_url="https://guide.example/",
        ),
        a_listing(service="third-channel", publisher="Another Guide"),
    )
    page = open_page(address())
    lines = sorted(line.text for line in section(page, "Where it is listed").all("li"))
    assert lines == [
        "Holder-Stream programme on 28 Nov 2026 from 19:30 to 21:45, seen on 23 Nov 2026 Source: TV Guide",
        "Third-Channel seen on 23 Nov 2026, no right to it on record Source: Another Guide",
    ]
    assert sentence(page).endswith("Listed, without a right to it on record: Third.")


# When it is, and where -------------------------------------------------------------------------------------------


def when(page: Element) -> str:
    return particulars(page)["When"]


def test_the_time_is_the_country_s_own_and_says_so(open_page: Open) -> None:
    keep(an_event(zone="Europe/Rome", venue="Stadio Comunale", round="Matchday 13"))
    page = open_page(address())
    assert when(page) == "Saturday, 28 November 2026 19:45 Rome time (UTC+1)"
    assert particulars(page) == {
        "When": when(page),
        "Competition": "Test-League",
        "Round": "Matchday 13",
        "Venue": "Stadio Comunale",
    }
    assert page.one("time").attributes["datetime"] == "2026-11-28T19:45+01:00"
    assert len(page.all("div", class_="wrap", data_yours="Your time: {time}")) == 1


def test_three_zones_tell_one_instant(open_page: Open) -> None:
    keep(
        a_country("US", time_zone="America/New_York"),
        a_country("JP", time_zone="Asia/Tokyo"),
        a_country("IN", time_zone="Asia/Kolkata"),
        an_event(day="2026-11-28", starts_at="2026-11-28T22:00:00Z", precision="exact", zone="Europe/Rome"),
    )
    times = {
        "us": "Saturday, 28 November 2026 17:00 New York time (UTC−5)",
        "jp": "Sunday, 29 November 2026 07:00 Tokyo time (UTC+9)",
        "in": "Sunday, 29 November 2026 03:30 Kolkata time (UTC+5:30)",
    }
    for code, time in times.items():
        page = open_page(address(country=code))
        assert when(page) == time
        assert particulars(page)["At the venue"] == "Saturday, 28 November 2026 23:00 Rome time (UTC+1)"


@pytest.mark.parametrize(
    ("starts_at", "time"),
    [
        ("2026-10-25T00:30:00Z", "Sunday, 25 October 2026 02:30 Rome time (UTC+2)"),
        ("2026-10-25T01:30:00Z", "Sunday, 25 October 2026 02:30 Rome time (UTC+1)"),
        ("2027-03-28T00:59:00Z", "Sunday, 28 March 2027 01:59 Rome time (UTC+1)"),
        ("2027-03-28T01:00:00Z", "Sunday, 28 March 2027 03:00 Rome time (UTC+2)"),
        ("2026-11-28T23:00:00Z", "Sunday, 29 November 2026 00:00 Rome time (UTC+1)"),
    ],
)
def test_the_nights_on_which_clocks_change_and_midnight_itself(open_page: Open, starts_at: str, time: str) -> None:
    keep(an_event(day=starts_at[:10], starts_at=starts_at, precision="exact"))
    assert when(open_page(address())) == time


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (
            {"starts_at": "2026-11-28T14:00:00Z", "day": "2026-11-28", "precision": "provisional"},
            "Saturday, 28 November 2026 Time to be confirmed",
        ),
        ({"day": "2026-11-28", "precision": "day"}, "Saturday, 28 November 2026 Time to be confirmed"),
        ({"day": None, "precision": "unknown"}, "Day and time to be confirmed"),
        ({"day": "2026-11-28", "last_day": "2026-11-30", "precision": "day"}, "28–30 Nov 2026"),
    ],
)
def test_what_is_not_settled_is_never_a_time(open_page: Open, cells: dict[str, Any], says: str) -> None:
    keep(an_event(**cells))
    page = open_page(address())
    assert when(page).replace("\u2009", "") == says
    assert not page.all("time")
    assert "startDate" not in graph(page)[0] or "T" not in graph(page)[0]["startDate"]


# Weekends --------------------------------------------------------------------------------------------------------


def a_weekend() -> list[Record]:
    weekend = an_event(
        name="Test Grand Prix", key="weekend", day="2026-11-27", last_day="2026-11-29", precision="day", venue="Track"
    )
    common = {"name": "Test Grand Prix", "parent": "weekend", "precision": "exact"}
    return [
        weekend,
        an_event(**common, key="qualifying", session="qualifying", day="2026-11-28", starts_at="2026-11-28T14:00:00Z"),
        an_event(**common, key="race", session="race", day="2026-11-29", starts_at="2026-11-29T14:00:00Z"),
    ]


def test_a_weekend_lists_its_sessions_in_their_order(open_page: Open) -> None:
    keep(*a_weekend(), a_right())
    page = open_page(address("weekend", "test-grand-prix"))
    programme = section(page, "The programme")
    assert [line.text for line in programme.all("li")] == [
        "Qualifying Saturday, 28 November 2026 15:00",
        "Race Sunday, 29 November 2026 15:00",
    ]
    assert programme.one("h2").text == "The programme Rome time"
    assert programme.all("a")[1].attributes["href"] == address("race", "test-grand-prix-race")


def test_a_session_leads_to_its_weekend_and_the_other_sessions(open_page: Open) -> None:
    keep(*a_weekend(), a_right())
    page = open_page(address("race", "test-grand-prix-race"))
    assert page.one("h1").text == "Test Grand Prix, race Test-League 2026–27"
    assert particulars(page)["Part of"] == "Test Grand Prix"
    programme = section(page, "Test Grand Prix: the whole programme")
    assert [link.text for link in programme.all("a")] == ["Qualifying"]
    assert programme.one(aria_current="page").text == "Race"


# The address -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["", "other-words-", "HOME-CLUB-", "home-club-away-club-x-"])
def test_other_words_lead_to_the_right_ones(client: Client, words: str) -> None:
    keep(an_event())
    response = client.get(f"/fr/it/event/{words}{event_id(MATCH)}/")
    assert (response.status_code, response["Location"]) == (301, address(language="fr"))


def test_the_words_are_the_same_in_every_language(open_page: Open) -> None:
    write(*a_league(), a_team(names="fr=Club du lieu"), a_team("away-club"), an_event())
    page = open_page(address(language="fr"))
    assert page.one("h1").text.startswith("Club du lieu – Away-Club")


def test_a_country_in_other_letters_leads_to_the_page(client: Client) -> None:
    keep(an_event())
    response = client.get(address(country="IT"))
    assert (response.status_code, response["Location"]) == (301, address())


def test_an_unknown_event_is_not_found_and_a_withdrawn_one_is_gone(open_page: Open) -> None:
    keep(an_event(), an_event("away-club", "home-club"))
    keep(an_event("away-club", "home-club"))
    gone = open_page(address(), status=410)
    assert gone.one(class_="sentence").text == "The event at this address has been withdrawn."
    unknown = open_page("/en/it/event/words-evt_aaaaaaaaaa/", status=404)
    assert len(unknown.one("main").all("a", href="/en/it/today/")) == 1


def test_the_page_leads_to_competition_teams_day_and_calendars(open_page: Open) -> None:
    keep(an_event())
    page = open_page(address(language="it"))
    links = {link.attributes["href"] for link in page.one("main").all("a")}
    assert links >= {
        f"/it/it/{LEAGUE}/",
        "/it/it/team/home-club/",
        "/it/it/team/away-club/",
        "/it/it/today/?day=2026-11-28",
        f"/ical/competition/{LEAGUE}/it.ics?lang=it",
        "/ical/team/home-club/it.ics?lang=it",
    }


# What machines are told ------------------------------------------------------------------------------------------

EVENT = {"@id", "name", "url", "startDate", "endDate", "eventStatus", "location", "superEvent", "subEvent"}
TERMS = {
    "SportsEvent": EVENT | {"sport", "competitor", "homeTeam", "awayTeam"},
    "EventSeries": EVENT,
    "BroadcastEvent": EVENT
    | {"isLiveBroadcast", "broadcastOfEvent", "publishedOn", "inLanguage", "isAccessibleForFree"},
    "BroadcastService": {"name", "url", "broadcaster", "areaServed"},
    "Organization": {"name", "url"},
    "SportsTeam": {"name", "url"},
    "Place": {"name"},
    "Country": {"name", "identifier"},
}
"""The terms of schema.org that a page may use, by type."""


def document(page: Element) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.one("script", type="application/ld+json").text)
    return found


def graph(page: Element) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = document(page)["@graph"]
    return nodes


def foreign_terms(node: Any) -> list[str]:
    if isinstance(node, list):
        return [term for one in node for term in foreign_terms(one)]
    if not isinstance(node, dict) or node.keys() == {"@id"}:
        return []
    own = [f"{node['@type']}.{name}" for name in node.keys() - {"@type"} - TERMS[node["@type"]]]
    return own + [term for value in node.values() for term in foreign_terms(value)]


def test_machines_are_told_the_event_and_each_certain_broadcast(open_page: Open) -> None:
    keep(
        a_service(url="https://stream.example/"),
        an_event(venue="Stadio", zone="Europe/London"),
        a_right(services="holder-stream", languages="it"),
        a_right("second", access="free", scope="some"),
    )
    page = open_page(address())
    assert document(page)["@context"] == "https://schema.org"
    event, *broadcasts = graph(page)
    host = "http://testserver"
    assert event == {
        "@id": f"{host}{address()}#event",
        "@type": "SportsEvent",
        "name": "Home-Club – Away-Club",
        "url": f"{host}{address()}",
        "startDate": "2026-11-28T18:45:00+00:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "location": {"@type": "Place", "name": "Stadio"},
        "homeTeam": (home := {"@type": "SportsTeam", "name": "Home-Club", "url": f"{host}/en/it/team/home-club/"}),
        "awayTeam": (away := {"@type": "SportsTeam", "name": "Away-Club", "url": f"{host}/en/it/team/away-club/"}),
        "competitor": [home, away],
        "sport": "Test-Sport",
        "superEvent": {"@type": "EventSeries", "name": "Test-League 2026–27", "url": f"{host}/en/it/{LEAGUE}/"},
    }
    assert broadcasts == [
        {
            "@type": "BroadcastEvent",
            "name": "Home-Club – Away-Club",
            "isLiveBroadcast": True,
            "broadcastOfEvent": {"@id": event["@id"]},
            "publishedOn": {
                "@type": "BroadcastService",
                "name": "Holder-Stream",
                "url": "https://stream.example/",
                "broadcaster": {"@type": "Organization", "name": "Holder"},
                "areaServed": {"@type": "Country", "name": "Italy", "identifier": "IT"},
            },
            "startDate": "2026-11-28T18:45:00+00:00",
            "inLanguage": ["it"],
            "isAccessibleForFree": False,
        }
    ]


@pytest.mark.parametrize("key", ["weekend", "race"])
def test_machines_are_told_only_terms_of_schema_org(open_page: Open, key: str) -> None:
    keep(*a_weekend(), a_right(), a_right("second", access="free"))
    page = open_page(address(key, "test-grand-prix" + ("-race" if key == "race" else "")))
    assert len(graph(page)) == 3
    assert not foreign_terms(graph(page))
    other = graph(page)[0]["superEvent"]["@type"] if key == "race" else graph(page)[0]["subEvent"][0]["@type"]
    assert other == "SportsEvent"


@pytest.mark.parametrize(
    ("cells", "rights"),
    [({"status": "cancelled"}, [a_right()]), ({}, [a_right(), a_blackout()]), ({}, [a_right(scope="some")])],
)
def test_machines_are_told_no_broadcast_that_is_not_certain(
    open_page: Open, cells: dict[str, str], rights: list[Record]
) -> None:
    keep(an_event(**cells), *rights)
    page = open_page(address())
    (event,) = graph(page)
    assert event["eventStatus"] == f"https://schema.org/Event{'Cancelled' if cells else 'Scheduled'}"


def test_no_text_ends_the_element_in_which_it_stands(open_page: Open) -> None:
    keep(an_event(venue="</script><b>&amp;"), a_right())
    page = open_page(address())
    assert graph(page)[0]["location"]["name"] == "</script><b>&amp;"
    assert particulars(page)["Venue"] == "</script><b>&amp;"


# The cost --------------------------------------------------------------------------------------------------------


def test_a_match_asks_ten_queries(client: Client) -> None:
    keep(an_event(), a_right(), a_right("second"), an_offer(), a_finding())
    with asking(10):
        # Country and event, then rights, findings, listings, evidence, blackouts, seasons, services, offers.
        client.get(address())


def test_a_weekend_asks_one_query_more_for_its_sessions(client: Client) -> None:
    keep(*a_weekend(), a_right())
    with asking(11):
        client.get(address("weekend", "test-grand-prix"))


def test_the_page_may_be_kept_until_the_country_s_midnight(client: Client) -> None:
    keep(an_event(), a_right())
    with time_machine.travel(NOW.replace(hour=22, minute=59, second=30), tick=False):
        assert "max-age=30," in client.get(address())["Cache-Control"]
