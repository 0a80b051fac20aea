"""Days, weeks, what is free, and teams: which events stand there, in which order, and what is said of each."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client

from competitions.event_table import event_id
from guide.publication.records import Record
from guide.web.schedule_page import ROWS_A_PAGE
from tests.factories import (
    LEAGUE,
    NOW,
    SEASON,
    a_blackout,
    a_broadcaster,
    a_country,
    a_league,
    a_listing,
    a_right,
    a_service,
    a_team,
    an_event,
    write,
)
from tests.queries import asking
from tests.web.conftest import Open
from tests.web.markup import Element

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_guide")]

SATURDAY = dt.datetime(2026, 11, 28, 9, tzinfo=dt.UTC)
TODAY, WEEK, FREE = "/en/it/today/", "/en/it/week/", "/en/it/free/"
SILENCE = "That does not mean that nothing is played: the guide knows the fixtures of some competitions only."


def keep(*records: Record) -> None:
    write(*a_league(), a_broadcaster("second"), a_broadcaster("third"), a_team(), a_team("away-club"), *records)


def a_fight(name: str, starts_at: str | None = "2026-11-28T18:45:00Z", /, **cells: Any) -> Record:
    """An event without sides, by its name."""
    time = {"starts_at": starts_at, "precision": "exact", "day": starts_at[:10]} if starts_at else {}
    return an_event(name=name, **time | cells)


def rows(page: Element) -> list[str]:
    return [line.text for line in page.one("main").all("li") if line.all(class_="at")]


def headings(page: Element) -> list[str]:
    return [heading.text for heading in page.one("main").all("h3")]


def turns(page: Element) -> dict[str, str]:
    return {link.text: link.attributes["href"] for link in page.one("main").all("a", class_="chip")}


# A day -----------------------------------------------------------------------------------------------------------


def test_a_day_lists_its_events_in_order_of_time_and_what_has_none_at_the_end(open_page: Open) -> None:
    keep(
        a_fight("Late", "2026-11-28T20:00:00Z"),
        a_fight("Early", "2026-11-28T11:00:00Z"),
        a_fight("Provisional", "2026-11-28T10:00:00Z", precision="provisional"),
        an_event(name="On the day", day="2026-11-28", precision="day"),
        an_event(name="Tournament", day="2026-11-27", last_day="2026-11-29", precision="day"),
        a_fight("The day before", "2026-11-27T22:59:00Z"),
        a_fight("The day after", "2026-11-28T23:00:00Z"),
        an_event(name="Some day", day=None, precision="unknown"),
        a_right(),
    )
    page = open_page(TODAY, at=SATURDAY)
    assert page.one("h1").text == "Italy, Saturday, 28 November 2026"
    assert rows(page) == [
        "12:00 Early Test-League Subscription Holder",
        "21:00 Late Test-League Subscription Holder",
        "Time to be confirmed On the day Test-League Subscription Holder",
        "Time to be confirmed Provisional Test-League Subscription Holder",
        "27\u2009–\u200929 Nov 2026 Tournament Test-League Subscription Holder",
    ]
    assert headings(page) == ["Without a settled time"]
    assert page.one(class_="sentence").text == "5 events are on record. None is known to be free."
    assert page.one(class_="zone").text == "Rome time"
    first = page.one("main").all("time")[0]
    assert first.attributes["datetime"] == "2026-11-28T12:00+01:00"


def test_each_line_says_who_shows_it_and_how_sure_that_is(open_page: Open) -> None:
    keep(
        a_service(),
        an_event(round="Matchday 13"),
        a_right("second", access="free"),
        a_right("third", scope="some"),
        a_listing(),
    )
    assert rows(open_page(TODAY, at=SATURDAY)) == [
        "19:45 Home-Club – Away-Club Test-League, Matchday 13 Free Second perhaps Subscription Third "
        "Listed, without a right to it on record: Holder."
    ]


@pytest.mark.parametrize(
    ("cells", "rights", "says"),
    [
        ({}, [], "Not looked into"),
        ({}, [a_right(), a_blackout()], "Blocked"),
        ({"status": "cancelled"}, [a_right()], "Cancelled"),
        ({"status": "postponed"}, [a_right()], "Postponed Subscription Holder"),
    ],
)
def test_where_nobody_shows_it_the_line_says_why(
    open_page: Open, cells: dict[str, str], rights: list[Record], says: str
) -> None:
    keep(an_event(**cells), *rights)
    assert rows(open_page(TODAY, at=SATURDAY)) == [f"19:45 Home-Club – Away-Club Test-League {says}"]


def test_a_day_of_nothing_says_that_nothing_is_on_record(open_page: Open) -> None:
    keep(a_right())
    page = open_page(TODAY)
    assert page.one(class_="sentence").text == "No event is on record."
    assert page.one("p", class_="note").text == f"{SILENCE} Who shows what, by competition"
    assert not rows(page)


@pytest.mark.parametrize(
    ("day", "count", "hours"),
    [("2026-10-25", 25, "00:00 01:00 02:00 02:00 03:00"), ("2027-03-28", 23, "00:00 01:00 03:00 04:00 05:00")],
)
def test_a_day_on_which_clocks_change_has_all_its_hours(open_page: Open, day: str, count: int, hours: str) -> None:
    start = dt.datetime.fromisoformat(f"{day}T00:00:00Z") - dt.timedelta(hours=4)
    every_hour = (start + dt.timedelta(hours=number) for number in range(32))
    keep(*(a_fight(f"At {at:%d %H}", at.strftime("%Y-%m-%dT%H:%M:%SZ")) for at in every_hour))
    page = open_page(f"{TODAY}?day={day}")
    times = [line.split()[0] for line in rows(page)]
    assert len(times) == count
    assert " ".join(times[:5]) == hours


def test_an_event_stands_on_the_day_on_which_it_is_where_it_is_watched(open_page: Open) -> None:
    keep(a_country("JP", time_zone="Asia/Tokyo"), a_country("US", time_zone="America/New_York"))
    keep(
        a_country("JP", time_zone="Asia/Tokyo"),
        a_country("US", time_zone="America/New_York"),
        a_fight("Night", "2026-11-28T23:30:00Z", ends_at="2026-11-29T01:30:00Z"),
    )
    for country, time in (("us", "18:30"), ("it", "00:30"), ("jp", "08:30")):
        day, other = ("28", "29") if country == "us" else ("29", "28")
        assert rows(open_page(f"/en/{country}/today/?day=2026-11-{day}"))[0].startswith(f"{time} Night")
        assert not rows(open_page(f"/en/{country}/today/?day=2026-11-{other}"))


def test_the_day_leads_to_the_day_before_and_after(open_page: Open) -> None:
    keep()
    assert turns(open_page(TODAY)) == {
        "Sunday, 22 November 2026": f"{TODAY}?day=2026-11-22",
        "Tuesday, 24 November 2026": f"{TODAY}?day=2026-11-24",
        "The next seven days": WEEK,
    }
    after = turns(open_page(f"{TODAY}?day=2026-11-24"))
    assert after["Monday, 23 November 2026"] == after["Today"] == TODAY
    assert "Wednesday, 2 January 1990" not in turns(open_page(f"{TODAY}?day=1990-01-01"))
    assert len(turns(open_page(f"{TODAY}?day=2099-12-31"))) == 3


@pytest.mark.parametrize("query", ["day=tomorrow", "day=2026-02-30", "day=1800-01-01", "page=2", "page=x"])
def test_what_is_no_day_or_no_page_says_so(open_page: Open, query: str) -> None:
    keep()
    page = open_page(f"{TODAY}?{query}", status=400)
    if query.startswith("day"):
        assert "?day=2026-11-29" in page.one("p", class_="note").text


def test_a_full_day_is_cut_into_pages_and_stays_light(open_page: Open) -> None:
    keep(
        *(a_fight(f"Event with a rather long name of its own {number:03}") for number in range(ROWS_A_PAGE + 7)),
        a_right(),
        a_right("second", access="free", scope="some"),
        a_right("third", access="mixed"),
    )
    for language in ("en", "fr", "it", "es", "de"):
        first = open_page(f"/{language}/it/today/?day=2026-11-28")
        assert len(rows(first)) == ROWS_A_PAGE
    second = "/de/it/today/?day=2026-11-28&page=2"
    assert turns(first)["2"] == second
    assert len(rows(open_page(second))) == 7


# A week, and what is free ----------------------------------------------------------------------------------------


def test_a_week_has_seven_days_from_today(open_page: Open) -> None:
    keep(
        a_fight("Yesterday", "2026-11-22T22:59:00Z"),
        a_fight("First", "2026-11-22T23:00:00Z"),
        a_fight("Last", "2026-11-29T22:59:00Z"),
        a_fight("Too late", "2026-11-29T23:00:00Z"),
        an_event(name="Tournament", day="2026-11-20", last_day="2026-11-25", precision="day"),
        a_right(),
    )
    page = open_page(WEEK)
    assert headings(page) == ["Monday, 23 November 2026", "Sunday, 29 November 2026"]
    assert [line.split(" Test-League")[0] for line in rows(page)] == [
        "00:00 First",
        "20\u2009–\u200925 Nov 2026 Tournament",
        "23:59 Last",
    ]


def test_a_weekend_is_told_by_its_sessions(open_page: Open) -> None:
    keep(
        an_event(name="Grand Prix", key="gp", day="2026-11-27", last_day="2026-11-29", precision="day"),
        a_fight("Grand Prix", "2026-11-29T14:00:00Z", key="race", parent="gp", session="race"),
        a_right(),
    )
    assert rows(open_page(WEEK)) == ["15:00 Grand Prix, race Test-League Subscription Holder"]


def test_a_full_day_of_a_week_leads_to_its_own_page_and_the_week_stays_light(open_page: Open) -> None:
    days = [f"2026-11-{day}" for day in range(23, 30)]
    keep(
        *(a_fight(f"Event of the {day} number {n:02}", f"{day}T18:00:00Z") for day in days for n in range(12)),
        a_right(),
        a_right("second", access="free", scope="some"),
        a_right("third", access="mixed"),
    )
    for language in ("en", "fr", "it", "es", "de"):
        page = open_page(f"/{language}/it/week/")
        assert len(rows(page)) == ROWS_A_PAGE
    more = page.one("main").all("p", class_="more")
    assert more[0].text == "6 weitere Ereignisse dieses Tages"
    assert more[1].one("a").attributes["href"] == "/de/it/today/?day=2026-11-24"


def test_what_is_free_for_certain_stands_before_what_may_be(open_page: Open) -> None:
    keep(
        an_event(),
        an_event("away-club", "home-club", day="2026-11-25", starts_at="2026-11-25T18:00:00Z", precision="exact"),
        a_right(),
        a_right("second", access="free", scope="some"),
        a_right("third", access="registration", part=f"{SEASON}--home-club--away-club"),
    )
    page = open_page(FREE)
    assert page.one(class_="sentence").text == "1 is free for certain."
    sure, perhaps = page.one("main").all("section")
    assert (sure.one("h2").text, perhaps.one("h2").text) == ("Free", "Perhaps free")
    assert [line.text for line in sure.all("li")] == [
        "19:45 Home-Club – Away-Club Test-League Free, sign-up Third perhaps Free Second"
    ]
    assert [line.text for line in perhaps.all("li")] == ["19:00 Away-Club – Home-Club Test-League perhaps Free Second"]
    assert perhaps.one("li").one(class_="badge").attributes["class"] == "badge badge-free-account"


@pytest.mark.parametrize(
    ("rights", "says"),
    [
        ([], "No event is on record as free for certain."),
        ([a_right()], "No event is on record as free for certain."),
        ([a_right(access="mixed")], "No event is on record as free for certain."),
        ([a_right(access="free"), a_blackout()], "No event is on record as free for certain."),
    ],
)
def test_a_week_without_anything_free_says_so(open_page: Open, rights: list[Record], says: str) -> None:
    keep(an_event(), *rights)
    page = open_page(FREE)
    assert page.one(class_="sentence").text == says
    assert not rows(page)
    assert page.one("p", class_="note").text.startswith(SILENCE)


@pytest.mark.parametrize("name", ["today", "free"])
def test_without_a_country_it_is_chosen_first(client: Client, open_page: Open, name: str) -> None:
    keep()
    assert len(open_page(f"/en/{name}/").all("select", name="country")) == 1
    assert client.get(f"/en/{name}/?country=it")["Location"] == f"/en/it/{name}/"


# A team ----------------------------------------------------------------------------------------------------------


def test_a_team_lists_its_next_events_with_who_shows_each(open_page: Open) -> None:
    keep(
        an_event(),
        an_event("away-club", "home-club", day="2026-11-21", starts_at="2026-11-21T18:00:00Z", precision="exact"),
        an_event("away-club", away_slot="Winner", away="", key="other", day="2026-12-01", precision="day"),
        a_right(),
    )
    page = open_page("/en/it/team/home-club/")
    assert page.one("h1").text == "Home-Club, Italy"
    assert page.one(class_="sentence").text == (
        "1 event to come is on record. The next one is on Saturday, 28 November 2026."
    )
    assert rows(page) == ["19:45 Home-Club – Away-Club Test-League Subscription Holder"]
    assert len(page.all("a", href="/ical/team/home-club/it.ics?lang=en")) == 1
    assert rows(open_page("/en/it/team/away-club/"))[1].startswith("Time to be confirmed Away-Club – Winner")


def test_a_team_without_events_an_unknown_one_and_a_withdrawn_one(open_page: Open) -> None:
    keep()
    page = open_page("/en/it/team/home-club/")
    assert page.one(class_="sentence").text == "No event to come is on record."
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert SILENCE in page.text
    open_page("/en/it/team/nobody/", status=404)
    write(a_team())
    assert open_page("/en/it/team/away-club/", status=410).one("h1").text == "No longer in this guide"


# Ways there ------------------------------------------------------------------------------------------------------


def test_the_key_page_has_the_next_three_events(open_page: Open) -> None:
    keep(
        a_fight("Over", "2026-11-22T18:00:00Z"),
        a_fight("Off", "2026-11-24T18:00:00Z", status="cancelled"),
        *(a_fight(f"Event {day}", f"2026-11-{day}T18:00:00Z") for day in (28, 25, 26, 27)),
        a_right(),
    )
    page = open_page(f"/en/it/{LEAGUE}/")
    assert [line.split(" Test-League")[0] for line in rows(page)] == [f"19:00 Event {day}" for day in (25, 26, 27)]
    assert not rows(open_page(f"/en/it/{LEAGUE}/?on=2026-11-24"))


def test_a_country_leads_to_its_days(open_page: Open) -> None:
    keep()
    assert turns(open_page("/en/it/")) == {"Today": TODAY, "The next seven days": WEEK, "Free this week": FREE}


def test_the_home_page_leads_to_the_choice_of_a_country(open_page: Open) -> None:
    links = {link.attributes["href"] for link in open_page("/en/").one("main").all("a")}
    assert links >= {"/en/today/", "/en/free/"}


# The cost --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("address", "count"), [(TODAY, 8), (WEEK, 8), (FREE, 8), ("/en/it/team/home-club/", 9)])
def test_a_page_asks_as_many_queries_for_one_event_as_for_many(client: Client, address: str, count: int) -> None:
    keep(
        an_event(),
        *(an_event("home-club", away="", away_slot=f"Place {n}", key=f"match-{n}") for n in range(20)),
        a_right(),
        a_right("second", access="free"),
    )
    with time_machine.travel(SATURDAY, tick=False), asking(count):
        # Country (and team), events, then rights, findings, listings, blackouts, services, offers.
        client.get(address)


def test_a_day_may_be_kept_until_the_country_s_midnight(client: Client) -> None:
    keep(an_event())
    with time_machine.travel(NOW.replace(hour=22, minute=59, second=30), tick=False):
        assert "max-age=30," in client.get(TODAY)["Cache-Control"]


def test_a_line_leads_to_the_event(open_page: Open) -> None:
    keep(an_event())
    href = open_page(TODAY, at=SATURDAY).one("ol", class_="schedule").one("a").attributes["href"]
    assert href == f"/en/it/event/home-club-away-club-{event_id(f'{SEASON}--home-club--away-club')}/"
