"""Calendars to subscribe to, read back as the subscriber's program reads them."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client

from competitions.models import Competition, Event, Team
from guide.rights.models import Listing, Right
from tests.factories import (
    NOW,
    a_blackout,
    a_broadcaster,
    a_competition,
    a_country,
    a_finding,
    a_league,
    a_right,
    a_season,
    a_service,
    a_team,
    an_event,
)
from tests.queries import tables_asked
from tests.web.calendars import LATER, LEAGUE_IN_ITALY, a_listing, a_match_day, by_summary, fetch, get, only, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_guide")]

EVENING = dt.datetime(2026, 11, 28, 18, 45, tzinfo=dt.UTC)
SATURDAY = dt.date(2026, 11, 28)
NAME = r"Test-League\, Italy"
"""As it is written: the library reads this property as it stands."""
AT_EVENING: dict[str, Any] = {"day": "2026-11-28", "starts_at": "2026-11-28T18:45:00Z"}


def text(entry: Any, name: str) -> str:
    return str(entry[name])


# The calendar


def test_a_calendar_says_whose_it_is_where_it_lies_and_how_often_to_look(client: Client) -> None:
    publish(*a_match_day())
    calendar = fetch(client)
    assert text(calendar, "VERSION") == "2.0"
    assert "Shown" in text(calendar, "PRODID")
    assert text(calendar, "NAME") == text(calendar, "X-WR-CALNAME") == NAME
    assert text(calendar, "SOURCE") == f"http://testserver{LEAGUE_IN_ITALY}"
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert calendar.decoded("REFRESH-INTERVAL") == dt.timedelta(hours=6)
    assert text(calendar, "X-PUBLISHED-TTL") == "PT6H"


def test_it_is_sent_as_a_calendar_that_caches_keep_to_the_next_midnight_of_the_country(client: Client) -> None:
    publish(*a_match_day())
    response = get(client, LEAGUE_IN_ITALY, dt.datetime(2026, 11, 28, 22, 59, 30, tzinfo=dt.UTC))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Language"] == "en"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Content-Disposition"] == 'inline; filename="test-league-it.ics"'
    assert "public, max-age=30," in response["Cache-Control"]


def test_who_has_it_already_is_told_so(client: Client) -> None:
    publish(*a_match_day())
    first = get(client, LEAGUE_IN_ITALY)
    tag = first["ETag"]
    assert not tag.startswith("W/")
    assert get(client, LEAGUE_IN_ITALY, LATER).content == first.content
    assert get(client, LEAGUE_IN_ITALY, LATER, headers={"If-None-Match": tag}).status_code == 304
    publish(an_event(starts_at="2026-11-28T19:45:00Z", day="2026-11-28", precision="exact"), at=LATER)
    assert get(client, LEAGUE_IN_ITALY, LATER, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("path", ["IT", "it", "It"])
def test_a_country_may_be_written_in_either_case(client: Client, path: str) -> None:
    publish(*a_match_day())
    assert len(fetch(client, f"/ical/competition/test-league/{path}.ics").walk("VEVENT")) == 1


def test_uk_is_great_britain(client: Client) -> None:
    publish(*a_match_day(), a_country("GB", time_zone="Europe/London", in_eu="no"), a_country())
    assert text(fetch(client, "/ical/country/uk.ics"), "NAME") == r"Sport\, United Kingdom"


def test_names_are_in_the_language_that_is_asked_for(client: Client) -> None:
    publish(
        *(record for record in a_match_day() if record != a_team(name="Home")),
        a_team(name="Home", names="fr=Domicile"),
        a_competition(names="fr=Ligue d’essai"),
    )
    response = get(client, f"{LEAGUE_IN_ITALY}?lang=fr")
    assert response["Content-Language"] == "fr"
    calendar = fetch(client, f"{LEAGUE_IN_ITALY}?lang=fr")
    assert text(calendar, "NAME") == r"Ligue d’essai\, Italie"
    assert text(only(calendar), "SUMMARY") == "Domicile – Away"
    assert "http://testserver/fr/it/event/home-away-evt_" in text(only(calendar), "DESCRIPTION")


# When


@pytest.mark.parametrize(
    ("cells", "start", "end", "status", "transparency"),
    [
        ({"precision": "exact"}, EVENING, EVENING + dt.timedelta(hours=2), "CONFIRMED", "OPAQUE"),
        (
            {"precision": "exact", "ends_at": "2026-11-28T20:00:00Z"},
            EVENING,
            EVENING + dt.timedelta(hours=1, minutes=15),
            "CONFIRMED",
            "OPAQUE",
        ),
        ({"precision": "provisional"}, SATURDAY, SATURDAY + dt.timedelta(days=1), "TENTATIVE", "TRANSPARENT"),
        (
            {"precision": "day", "starts_at": None},
            SATURDAY,
            SATURDAY + dt.timedelta(days=1),
            "TENTATIVE",
            "TRANSPARENT",
        ),
        (
            {"precision": "day", "starts_at": None, "last_day": "2026-11-30"},
            SATURDAY,
            dt.date(2026, 12, 1),
            "CONFIRMED",
            "TRANSPARENT",
        ),
        (
            {"precision": "exact", "last_day": "2026-11-30"},
            SATURDAY,
            dt.date(2026, 12, 1),
            "CONFIRMED",
            "TRANSPARENT",
        ),
    ],
)
def test_an_entry_is_as_precise_as_the_event(
    client: Client, cells: dict[str, Any], start: Any, end: Any, status: str, transparency: str
) -> None:
    publish(*a_match_day(an_event(**AT_EVENING | cells)))
    entry = only(fetch(client))
    assert entry.decoded("DTSTART") == start
    assert entry.decoded("DTEND") == end
    assert text(entry, "STATUS") == status
    assert text(entry, "TRANSP") == transparency
    is_vague = status == "TENTATIVE"
    assert ("Time to be confirmed." in text(entry, "DESCRIPTION")) == is_vague


@pytest.mark.parametrize(
    ("status", "written", "transparency", "says"),
    [
        ("scheduled", "CONFIRMED", "OPAQUE", ""),
        ("finished", "CONFIRMED", "OPAQUE", ""),
        ("postponed", "TENTATIVE", "OPAQUE", "Postponed."),
        ("suspended", "TENTATIVE", "OPAQUE", "Suspended."),
        ("cancelled", "CANCELLED", "TRANSPARENT", "Cancelled."),
    ],
)
def test_what_is_called_off_or_put_off_stays_and_says_so(
    client: Client, status: str, written: str, transparency: str, says: str
) -> None:
    publish(*a_match_day(an_event(**AT_EVENING, precision="exact", status=status)))
    entry = only(fetch(client))
    assert (text(entry, "STATUS"), text(entry, "TRANSP")) == (written, transparency)
    assert says in text(entry, "DESCRIPTION")


def test_a_cancelled_event_without_a_time_is_cancelled_and_not_tentative(client: Client) -> None:
    publish(*a_match_day(an_event(day="2026-11-28", precision="day", status="cancelled")))
    assert text(only(fetch(client)), "STATUS") == "CANCELLED"


@pytest.mark.parametrize(
    ("day", "starts_at"),
    [
        ("2026-10-25", "2026-10-25T00:30:00Z"),  # the first half past two of the night
        ("2026-10-25", "2026-10-25T01:30:00Z"),  # the second
        ("2027-03-28", "2027-03-28T01:00:00Z"),  # the instant at which two o’clock becomes three
        ("2027-03-27", "2027-03-27T23:30:00Z"),
    ],
)
def test_a_night_in_which_the_clocks_change_moves_nothing(client: Client, day: str, starts_at: str) -> None:
    publish(*a_match_day(an_event(day=day, starts_at=starts_at, precision="exact")))
    entry = only(fetch(client, at=dt.datetime(2026, 10, 25, 12, tzinfo=dt.UTC)))
    start = dt.datetime.fromisoformat(starts_at)
    assert entry.decoded("DTSTART") == start
    assert entry.decoded("DTEND") - start == dt.timedelta(hours=2)
    assert entry.to_ical().count(b"Z\r\nDTEND:") == 1


# Which events


def test_it_looks_two_weeks_back_and_four_hundred_days_ahead(client: Client) -> None:
    days = {"2026-11-08": False, "2026-11-09": True, "2027-12-28": True, "2027-12-29": False}
    teams = [a_team(f"club-{number}") for number in range(len(days))]
    events = [an_event(f"club-{number}", "away-club", day=day, precision="day") for number, day in enumerate(days)]
    publish(*a_match_day(*events, *teams))
    found = {str(entry.decoded("DTSTART")) for entry in fetch(client).walk("VEVENT")}
    assert found == {day for day, is_there in days.items() if is_there}


def test_a_weekend_stands_for_its_sessions_only_where_they_are_not_known(client: Client) -> None:
    weekend = an_event(name="Monza", day="2026-12-04", last_day="2026-12-06", precision="day")
    other = an_event(name="Imola", day="2026-12-11", last_day="2026-12-13", precision="day")
    race = an_event(
        name="Monza race", parent=weekend.key, session="race", day="2026-12-06", starts_at="2026-12-06T13:00:00Z",
        precision="exact",
    )  # fmt: skip
    publish(*a_match_day(weekend, other, race))
    assert list(by_summary(fetch(client))) == ["Monza, race", "Imola"]


def test_a_matchday_gives_way_to_its_matches(client: Client) -> None:
    events = [
        an_event(name="Matchday 14", round="Matchday 14", day="2026-11-28", precision="day"),
        an_event(name="Matchday 15", round="Matchday 15", day="2026-12-05", precision="day"),
        an_event(round="Matchday 14"),
    ]
    publish(*a_match_day(*events))
    assert list(by_summary(fetch(client))) == ["Home – Away", "Matchday 15"]


def test_an_event_of_which_no_day_is_known_has_no_place_in_a_calendar(client: Client) -> None:
    publish(*a_match_day(an_event(day=None, precision="unknown")))
    assert not fetch(client).walk("VEVENT")


def test_a_withdrawn_event_leaves(client: Client) -> None:
    publish(*a_match_day(an_event(), an_event("away-club", "home-club")))
    assert len(fetch(client).walk("VEVENT")) == 2
    publish(an_event(), at=LATER)
    assert list(by_summary(fetch(client, at=LATER))) == ["Home – Away"]


def two_leagues() -> list[Any]:
    second = "other-league"
    return [
        *a_match_day(an_event(), an_event("third-club", "away-club")),
        a_team("third-club", name="Third"),
        a_competition(second),
        a_competition(),
        a_season("2026-27", "2026-07-01", "2027-06-30", competition=second),
        a_broadcaster("second"),
        a_service("second-stream", broadcaster="second"),
        a_right("second", competition=second, services="second-stream"),
        an_event(season=f"{second}--2026-27", day="2026-12-02", precision="day"),
    ]


def league_of(entry: Any) -> str:
    return Event.objects.get(public_id=text(entry, "UID").partition("@")[0]).season.competition.slug


def test_a_team_has_a_calendar_of_all_that_it_plays(client: Client) -> None:
    publish(*two_leagues())
    calendar = fetch(client, "/ical/team/home-club/it.ics")
    assert text(calendar, "NAME") == r"Home\, Italy"
    assert [league_of(entry) for entry in calendar.walk("VEVENT")] == ["test-league", "other-league"]


@pytest.mark.parametrize(
    ("query", "leagues"),
    [
        ("", ["test-league", "test-league", "other-league"]),
        ("?competition=other-league", ["other-league"]),
        ("?competition=other-league&competition=test-league", ["test-league", "test-league", "other-league"]),
        ("?services=holder-stream", ["test-league", "test-league"]),
        ("?services=Holder-Stream&services=holder-stream", ["test-league", "test-league"]),
        ("?services=holder-stream&competition=other-league", []),
        ("?services=holder-stream&services=second-stream&lang=de", ["test-league", "test-league", "other-league"]),
    ],
)
def test_a_country_has_a_calendar_that_competitions_and_services_narrow(
    client: Client, query: str, leagues: list[str]
) -> None:
    publish(*two_leagues())
    entries = fetch(client, f"/ical/country/it.ics{query}").walk("VEVENT")
    assert [league_of(entry) for entry in entries] == leagues


# What it says


def test_an_entry_says_who_shows_it_and_when_somebody_looked(client: Client) -> None:
    publish(
        *a_match_day(an_event(**AT_EVENING, precision="exact", round="Matchday 14", venue="Stadio")),
        a_broadcaster("free-holder", name="Free Holder"),
        a_broadcaster(),
        a_broadcaster("some-holder", name="Some Holder"),
        a_right("free-holder", access="free", verified_on="2026-11-18"),
        a_right("some-holder", scope="some"),
    )
    entry = only(fetch(client))
    assert text(entry, "SUMMARY") == "Home – Away"
    assert text(entry, "LOCATION") == "Stadio"
    assert [str(category) for category in entry.categories] == ["Test-Sport"]
    page = f"http://testserver/en/it/event/home-away-{Event.objects.get().public_id}/"
    assert text(entry, "URL") == page
    assert text(entry, "DESCRIPTION").split("\n") == [
        "Test-League, Matchday 14",
        "Free Holder: Free. Checked 18 November 2026.",
        "Holder Stream: Subscription. Checked 20 November 2026.",
        "Some Holder: may show it. Subscription. Not checked yet.",
        page,
    ]


def test_where_nobody_is_licensed_it_says_what_is_known(client: Client) -> None:
    publish(*a_match_day())
    publish(a_right(last_day="2026-10-31"))
    described = text(only(fetch(client)), "DESCRIPTION")
    assert "Test-League, Italy: we do not know who shows it on 28 November 2026." in described
    publish(a_finding("none"), at=LATER)
    assert "nobody holds the rights. We looked." in text(only(fetch(client)), "DESCRIPTION")


def test_a_block_is_told_with_its_end(client: Client) -> None:
    publish(*a_match_day(), a_blackout(weekday="6", from_time="14:45", to_time="21:15"))
    described = text(only(fetch(client)), "DESCRIPTION")
    assert "the block lifts on 28 November 2026 at 21:15, local time." in described
    assert "Holder Stream" not in described


def test_a_listing_speaks_for_a_service_and_where_no_right_does(client: Client) -> None:
    match = an_event()
    publish(
        *a_match_day(match),
        a_service("holder-channel", name="Holder Channel", kind="tv"),
        a_service("other-channel", name="Other Channel", broadcaster="other", kind="tv"),
        a_service(name="Holder Stream"),
        a_broadcaster("other"),
        a_broadcaster(),
        a_listing(match.key, "holder-channel"),
        a_listing(match.key, "other-channel", seen_on="2026-11-22"),
    )
    described = text(only(fetch(client)), "DESCRIPTION").split("\n")[1:-1]
    assert described == [
        "Holder Channel: Subscription. Checked 20 November 2026.",
        "Other Channel: listed by A guide, seen 22 November 2026.",
    ]


LONG = "The Very Long Name of a Club, which Was Renamed; and Renamed 🏟️ Élan Übergröße "


def test_whatever_a_name_holds_comes_back_unharmed(client: Client) -> None:
    name = (LONG * 2)[:118].strip()
    publish(*a_match_day(an_event(**AT_EVENING, precision="exact", venue="Hall; 1, Back\\slash", round="A,\tB")))
    Team.objects.filter(slug="home-club").update(name=name, updated_at=NOW)
    Competition.objects.update(name="One\nTwo", updated_at=NOW)
    response = get(client, LEAGUE_IN_ITALY)
    lines = response.content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in b"".join(lines)
    entry = only(fetch(client))
    assert text(entry, "SUMMARY") == f"{name} – Away"
    assert text(entry, "LOCATION") == "Hall; 1, Back\\slash"
    assert text(entry, "DESCRIPTION").split("\n")[0] == "One Two, A, B"


# What stays and what rises


def test_a_kick_off_that_moves_changes_one_entry_and_no_name(client: Client) -> None:
    publish(*a_match_day(an_event(), an_event("away-club", "home-club")))
    before = by_summary(fetch(client))
    moved = an_event(day="2026-11-29", starts_at="2026-11-29T11:30:00Z", precision="exact")
    publish(moved, an_event("away-club", "home-club"), at=LATER)
    after = by_summary(fetch(client, at=LATER))
    assert {name: str(entry["UID"]) for name, entry in before.items()} == {
        name: str(entry["UID"]) for name, entry in after.items()
    }
    changed = [name for name in before if before[name].to_ical() != after[name].to_ical()]
    assert changed == ["Home – Away"]
    old, new = before["Home – Away"], after["Home – Away"]
    assert new["SEQUENCE"] == old["SEQUENCE"] + 1 == 1
    assert new.decoded("LAST-MODIFIED") == new.decoded("DTSTAMP") == LATER > old.decoded("LAST-MODIFIED")


def test_every_change_of_the_schedule_counts_and_no_other(client: Client) -> None:
    publish(*a_match_day())
    steps = [
        ({"precision": "exact", **AT_EVENING, "venue": "Stadio"}, 0),
        ({"precision": "provisional", **AT_EVENING, "venue": "Stadio"}, 1),
        ({"precision": "day", "day": "2026-11-28", "venue": "Stadio"}, 2),
        ({"precision": "day", "day": "2026-11-28", "venue": "Stadio", "note": "x"}, 2),
        ({"precision": "day", "day": "2026-11-28", "venue": "Stadio", "status": "postponed"}, 3),
        ({"precision": "exact", **AT_EVENING, "ends_at": "2026-11-28T21:00:00Z"}, 4),
    ]
    for number, (cells, sequence) in enumerate(steps, start=1):
        at = NOW + dt.timedelta(minutes=number)
        publish(an_event(**cells), at=at)
        entry = only(fetch(client, at=at))
        assert (entry["SEQUENCE"], entry.decoded("LAST-MODIFIED")) == (sequence, at), cells


def test_a_right_that_changes_raises_the_date_and_not_the_sequence(client: Client) -> None:
    publish(*a_match_day())
    key = Right.objects.get().key
    publish(a_right(key=key, services="holder-stream", access="free"), at=LATER)
    entry = only(fetch(client, at=LATER))
    assert "Holder Stream: Free." in text(entry, "DESCRIPTION")
    assert (entry["SEQUENCE"], entry.decoded("LAST-MODIFIED")) == (0, LATER)


def test_a_right_that_leaves_the_country_raises_the_date(client: Client) -> None:
    """Nothing of it is left here that could say when it went."""
    publish(*a_match_day(), a_country("FR"), a_country())
    key = Right.objects.get().key
    publish(a_right(key=key, services="holder-stream", countries="FR"), at=LATER)
    entry = only(fetch(client, at=LATER))
    assert "Holder Stream" not in text(entry, "DESCRIPTION")
    assert entry.decoded("LAST-MODIFIED") == LATER


def test_a_service_of_another_name_raises_the_date(client: Client) -> None:
    publish(*a_match_day())
    publish(a_service(name="Holder Plus"), at=LATER)
    entry = only(fetch(client, at=LATER))
    assert "Holder Plus: Subscription." in text(entry, "DESCRIPTION")
    assert entry.decoded("LAST-MODIFIED") == LATER


def test_a_team_of_another_name_raises_the_date(client: Client) -> None:
    publish(*a_match_day())
    publish(a_team(name="Renamed"), a_team("away-club", name="Away"), at=LATER)
    entry = only(fetch(client, at=LATER))
    assert text(entry, "SUMMARY") == "Renamed – Away"
    assert (entry["SEQUENCE"], entry.decoded("LAST-MODIFIED")) == (0, LATER)


def test_a_listing_raises_the_date_of_its_event_alone(client: Client) -> None:
    listed, other = an_event(), an_event("away-club", "home-club")
    publish(*a_match_day(listed, other))
    publish(a_listing(listed.key, "holder-stream"), at=LATER)
    dates = {name: entry.decoded("LAST-MODIFIED") for name, entry in by_summary(fetch(client, at=LATER)).items()}
    assert dates == {"Home – Away": LATER, "Away – Home": NOW}
    Listing.objects.update(withdrawn_at=LATER, updated_at=LATER + dt.timedelta(hours=1))
    dates = {name: entry.decoded("LAST-MODIFIED") for name, entry in by_summary(fetch(client, at=LATER)).items()}
    assert dates["Home – Away"] == LATER + dt.timedelta(hours=1)


def test_the_name_of_an_entry_depends_on_no_host(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    publish(*a_match_day())
    with time_machine.travel(NOW, tick=False):
        here, there = (client.get(LEAGUE_IN_ITALY, headers={"host": host}) for host in ("a.example", "b.example"))
    name = f"UID:{Event.objects.get().public_id}@shown".encode()
    assert name in here.content
    assert name in there.content


# Rights


def test_rights_begin_and_end_on_days_of_their_own(client: Client) -> None:
    publish(
        *a_league(),
        a_right(key="one", matches="7", matches_of="10", matches_unit="round", verified_on="2026-11-20"),
        a_right(key="open", kind="highlights", access="free", evidence_reaches="2027-06-30", package="free"),
        a_right(key="unpublished", package="other", evidence=[]),
    )
    calendar = fetch(client, "/ical/competition/test-league/it/rights.ics")
    assert text(calendar, "NAME") == r"Test-League: rights\, Italy"
    first, second, last = calendar.walk("VEVENT")
    assert [text(entry, "SUMMARY") for entry in (first, second, last)] == [
        "Test-League: Holder begins",
        "Test-League: Holder begins",
        "Test-League: last day of Holder",
    ]
    assert (first.decoded("DTSTART"), first.decoded("DTEND")) == (dt.date(2026, 7, 1), dt.date(2026, 7, 2))
    assert (last.decoded("DTSTART"), last.decoded("DTEND")) == (dt.date(2027, 6, 30), dt.date(2027, 7, 1))
    assert text(last, "DESCRIPTION").split("\n") == [
        "What it may show live: 7 of 10 a round.",
        "Subscription",
        "Until 30 June 2027",
        "Checked 20 November 2026",
        "http://testserver/en/it/test-league/",
    ]
    assert len({text(entry, "UID") for entry in calendar.walk("VEVENT")}) == 3
    assert {text(entry, "TRANSP") for entry in calendar.walk("VEVENT")} == {"TRANSPARENT"}


def test_a_right_that_ends_earlier_keeps_its_name_and_raises_its_sequence(client: Client) -> None:
    address = "/ical/competition/test-league/it/rights.ics"
    publish(*a_league(), a_right(key="one"))
    before = by_summary(fetch(client, address))["Test-League: last day of Holder"]
    publish(a_right(key="one", last_day="2026-12-31"), at=LATER)
    after = by_summary(fetch(client, address, at=LATER))["Test-League: last day of Holder"]
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert after.decoded("LAST-MODIFIED") == LATER


# What is asked


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/ical/competition/test-leage/it.ics", 404, "Did you mean “test-league”?"),
        ("/ical/competition/test-leage/it/rights.ics", 404, "not a competition"),
        ("/ical/team/home-clubb/it.ics", 404, "Did you mean “home-club”?"),
        ("/ical/competition/test-league/xx.ics", 404, "“xx” is not an ISO 3166-1 alpha-2 country code."),
        ("/ical/competition/test-league/it.ics?on=2026-11-28", 400, "on: Unknown parameter."),
        ("/ical/competition/test-league/it.ics?services=holder-stream", 400, "services: Unknown parameter."),
        ("/ical/country/it.ics?service=holder-stream", 400, "Did you mean “services”?"),
        ("/ical/country/it.ics?services=holder-steam", 400, "Did you mean “holder-stream”?"),
        ("/ical/country/it.ics?competition=test-league&competition=nil", 400, "“nil” is not known here."),
        ("/ical/country/it.ics?competition=a%00b", 400, "is not known here."),
        ("/ical/country/it.ics?services=%ED%A0%80", 400, "is not known here."),
        ("/ical/country/it.ics?competition=", 400, "Given without a value"),
        ("/ical/country/it.ics?lang=xx", 400, "lang: “xx” is not known here"),
        ("/ical/country/it.ics?lang=en&lang=fr", 400, "lang: Given more than once"),
    ],
)
def test_what_cannot_be_answered_is_told_in_plain_words(client: Client, address: str, status: int, says: str) -> None:
    publish(*a_match_day())
    response = get(client, address)
    assert response.status_code == status
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Cache-Control"] == "no-store"
    assert says in response.content.decode()


def test_what_was_withdrawn_is_gone(client: Client) -> None:
    publish(*a_match_day())
    Competition.objects.update(withdrawn_at=NOW)
    Team.objects.filter(slug="home-club").update(withdrawn_at=NOW)
    for address in (LEAGUE_IN_ITALY, "/ical/team/home-club/it.ics"):
        response = get(client, address)
        assert response.status_code == 410
        assert "was withdrawn on 2026-11-23." in response.content.decode()


def test_nothing_can_be_sent_to_a_calendar(client: Client) -> None:
    assert client.post(LEAGUE_IN_ITALY).status_code == 405


@pytest.mark.parametrize(
    ("address", "at_most"),
    [
        (LEAGUE_IN_ITALY, 10),
        ("/ical/team/home-club/it.ics", 10),
        ("/ical/country/it.ics?competition=test-league&services=holder-stream", 10),
        ("/ical/competition/test-league/it/rights.ics", 4),
    ],
)
def test_many_events_cost_the_queries_of_one(client: Client, address: str, at_most: int) -> None:
    few = a_match_day()
    publish(*few)
    once = tables_asked(lambda: get(client, address))
    teams = [a_team(f"club-{number}") for number in range(40)]
    matches = [an_event("home-club", team.slug) for team in teams]
    publish(*few[:-3], a_team(name="Home"), a_team("away-club", name="Away"), *teams, few[-1], *matches, at=LATER)
    many = tables_asked(lambda: get(client, address, LATER))
    assert many == once
    assert len(once) <= at_most
