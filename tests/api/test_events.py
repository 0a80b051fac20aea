"""Events, teams and the day of a country over the API."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from competitions.event_table import event_id
from guide.publication.publish import publish
from guide.rights.reconcile import LISTINGS
from tests.api.conftest import Get
from tests.api.test_schema import validate
from tests.factories import (
    LEAGUE,
    SEASON,
    a_country,
    a_league,
    a_listing,
    a_right,
    a_season,
    a_service,
    a_team,
    an_event,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("league")]
MATCH = event_id(f"{SEASON}--home-club--away-club")


@pytest.fixture
def league(empty_guide: None) -> None:
    write(
        *a_league(a_season("2026-27", "2026-07-01", "2027-06-30")),
        a_country("FR", time_zone="Europe/Paris"),
        a_service(),
        a_team("home-club", names="fr=Club local", aliases="HC"),
        a_team("away-club"),
        a_team("third-club"),
        an_event(venue="Stadio", zone="Europe/Rome"),
        an_event("third-club", "home-club", day="2026-12-05", precision="day"),
        a_right(scope="some", services="holder-stream", access="free"),
        a_listing(),
    )


def test_an_event_says_what_is_known_of_it_and_no_more(get: Get) -> None:
    event = get(f"events/{MATCH}", lang="fr")
    assert (event["id"], event["name"], event["home"]["slug"]) == (MATCH, "Club local – Away-Club", "home-club")
    assert (event["starts_at"], event["day"], event["precision"]) == ("2026-11-28T18:45:00Z", "2026-11-28", "exact")
    assert (event["venue"], event["time_zone"], event["season"], event["part_of"]) == (
        "Stadio",
        "Europe/Rome",
        "2026-27",
        None,
    )
    later = get("events", **{"from": "2026-12-01"})["results"]
    assert [(one["starts_at"], one["day"], one["precision"]) for one in later] == [(None, "2026-12-05", "day")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"team": "home-club"}, 2),
        ({"team": "away-club"}, 1),
        ({"team": ["away-club", "third-club"]}, 2),
        ({"competition": LEAGUE, "from": "2026-11-28", "to": "2026-11-28"}, 1),
        ({"to": "2026-11-27"}, 0),
        ({"country": "IT"}, 2),
        ({"country": "IT", "access": "free"}, 2),
        ({"country": "IT", "access": "subscription"}, 0),
        ({"country": "FR"}, 0),
    ],
)
def test_events_are_narrowed(get: Get, query: dict[str, str], found: int) -> None:
    assert len(get("events", **query)["results"]) == found


def test_a_window_may_be_thirty_hours_from_any_morning_to_the_next_noon(get: Get) -> None:
    write(
        an_event(name="Night before", day="2026-11-27", starts_at="2026-11-28T04:59:59Z", precision="exact"),
        an_event(name="Morning", day="2026-11-28", starts_at="2026-11-28T05:00:00Z", precision="exact"),
        an_event(name="Overseas", day="2026-11-28", starts_at="2026-11-29T01:30:00Z", precision="exact"),
        an_event(name="Noon", day="2026-11-29", starts_at="2026-11-29T11:00:00Z", precision="exact"),
        an_event(name="Afternoon", day="2026-11-29", starts_at="2026-11-29T11:00:01Z", precision="exact"),
        an_event(name="Some time", day="2026-11-29", precision="day"),
        an_event(name="Long", day="2026-11-20", last_day="2026-11-28", precision="day"),
        an_event(name="Day after", day="2026-11-30", precision="day"),
    )
    window = {"from": "2026-11-28T06:00:00+01:00", "to": "2026-11-29T12:00:00+01:00"}
    found = {event["name"] for event in get("events", **window)["results"]}
    assert found == {"Morning", "Overseas", "Noon", "Some time", "Long"}


@pytest.mark.parametrize("moment", ["2026-11-28T06:00:00", "tonight", "2026-13-01"])
def test_a_window_without_an_offset_is_none(get: Get, moment: str) -> None:
    (error,) = get("events", status=400, **{"from": moment})["errors"]
    assert error["parameter"] == "from"


def test_a_team_is_found_by_its_slug_and_has_its_aliases(get: Get) -> None:
    team = get("teams/home-club", lang="fr")
    assert (team["name"], team["aliases"], team["sport"]) == ("Club local", ["HC"], "test-sport")


def test_a_lookup_of_an_event_is_answered_for_its_own_time(get: Get) -> None:
    (answer,) = get("lookup", event=MATCH, country="IT")["results"]
    validate("lookup", {"results": [answer]})
    assert answer["query"]["event"] == answer["event"]["id"] == MATCH
    assert (answer["query"]["on"], answer["state"], answer["season"]) == ("2026-11-28", "licensed", "2026-27")
    (option,) = answer["options"]
    assert (option["rule"], option["showing"], option["part"]) == ("listing", "certain", None)
    assert [airing["service"]["slug"] for airing in answer["airings"]] == ["holder-stream"]
    assert answer["links"]["self"].endswith(f"/api/v1/lookup?event={MATCH}&country=IT&lang=en")


def test_a_lookup_of_a_team_is_one_of_its_next_events(get: Get) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 28, 20, tzinfo=dt.UTC), tick=False):
        # What has just begun is still on.
        found = get("lookup", team="home-club", country=["IT", "FR"])["results"]
    assert [(one["event"]["day"], one["country"]["code"]) for one in found] == [
        ("2026-11-28", "IT"),
        ("2026-11-28", "FR"),
        ("2026-12-05", "IT"),
        ("2026-12-05", "FR"),
    ]
    assert [
        one["event"]["day"] for one in get("lookup", team="home-club", country="IT", on="2026-12-01")["results"]
    ] == ["2026-12-05"]


def test_a_lookup_of_a_competition_says_of_no_event(get: Get) -> None:
    (answer,) = get("lookup", competition=LEAGUE, country="IT", on="2026-11-28")["results"]
    assert (answer["event"], answer["query"]["event"], answer["airings"], answer["not_showing"]) == (None, None, [], [])
    assert [(one["showing"], one["rule"]) for one in answer["options"]] == [(None, "competition")]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"event": "evt_0000000000", "country": "IT"}, 404),
        ({"team": "home-clubb", "country": "IT"}, 404),
        ({"event": MATCH, "team": "home-club", "country": "IT"}, 400),
        ({"event": MATCH, "country": "IT", "on": "2026-11-28"}, 400),
        ({"event": MATCH, "country": "XX"}, 400),
    ],
)
def test_what_cannot_be_looked_up_is_told(get: Get, query: dict[str, str], status: int) -> None:
    get("lookup", status=status, **query)


def test_a_withdrawn_event_is_gone(get: Get) -> None:
    with publish(actor="test", reason="test") as publication:
        LISTINGS.withdraw(LISTINGS.stored(), publication)
    write(an_event("third-club", "home-club", day="2026-12-05", precision="day"))
    get(f"events/{MATCH}", status=410)
    get("lookup", event=MATCH, country="IT", status=410)
    assert get("schedule", country="IT", day="2026-11-28")["results"] == []


# The schedule


def test_the_day_of_a_country_is_one_call(get: Get) -> None:
    day = get("schedule", country="it", day="2026-11-28", lang="fr")
    validate("schedule", day)
    assert (day["country"], day["day"], day["time_zone"]) == (
        {"code": "IT", "name": "Italie"},
        "2026-11-28",
        "Europe/Rome",
    )
    (one,) = day["results"]
    assert (one["event"]["name"], one["state"]) == ("Club local – Away-Club", "licensed")
    (option,) = one["options"]
    assert (option["broadcaster"]["slug"], option["access"], option["showing"]) == ("holder", "free", "certain")
    assert [service["slug"] for service in option["services"]] == ["holder-stream"]
    assert MATCH in one["links"]["lookup"]


def test_filters_narrow_the_options_and_the_events(get: Get) -> None:
    (one,) = get("schedule", country="IT", day="2026-11-28", access="subscription")["results"]
    assert (one["options"], one["state"]) == ([], "licensed")
    (one,) = get("schedule", country="FR", day="2026-11-28")["results"]
    assert (one["state"], one["state_reason"]) == ("unknown", "not_researched")
    assert get("schedule", country="FR", day="2026-11-28", only_shown="true")["results"] == []
    assert get("schedule", country="IT", day="2026-11-28", sport="tennis")["results"] == []


def test_today_is_the_countrys_own_and_is_kept_no_longer_than_it_lasts(client: Client) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 27, 22, 59, 30, tzinfo=dt.UTC), tick=False):
        response = client.get("/api/v1/schedule?country=IT")
        assert response.json()["day"] == "2026-11-27"
        assert "max-age=30" in response["Cache-Control"]
    with time_machine.travel(dt.datetime(2026, 11, 27, 23, 0, tzinfo=dt.UTC), tick=False):
        assert client.get("/api/v1/schedule?country=IT").json()["day"] == "2026-11-28"


def test_two_hundred_events_cost_the_queries_of_one(client: Client) -> None:
    address = "/api/v1/schedule?country=IT&day=2026-11-28"

    def cost() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            found = client.get(address).json()["results"]
        # The counter of the published revision is looked at once a second by each process, not by each request.
        asked = [query for query in queries.captured_queries if "publication_revision" not in query["sql"]]
        return len(found), len(asked)

    assert cost() == (1, 8)
    teams = [a_team(f"team-{number}") for number in range(400)]
    write(
        *(a_team(slug) for slug in ("home-club", "away-club", "third-club")),
        *teams,
        an_event(),
        *(an_event(f"team-{number}", f"team-{number + 1}") for number in range(0, 398, 2)),
    )
    assert cost() == (200, 8)
