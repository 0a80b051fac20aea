"""GET /api/v1/meta, and GET /api/v1/freshness."""

import datetime as dt
import io

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from guide.feeds.freshness import GRACE
from guide.feeds.models import Feed, Run, Verdict
from tests.api.test_schema import validate
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]


def test_meta_tells_what_the_guide_holds(client: Client) -> None:
    response = client.get("/api/v1/meta")
    body = response.json()
    assert body["coverage"] == {
        "competitions": 17,
        "countries": 217,
        "broadcasters": 375,
        "rights": 745,
        "rights_published": 742,
        "rights_verified": 0,
    }
    assert body["data_version"] >= 1
    assert response["Data-Version"] == str(body["data_version"])
    assert body["enums"]["state"] == ["blocked", "licensed", "unannounced", "none", "unknown"]


def test_meta_takes_no_parameters_that_it_does_not_know(client: Client) -> None:
    response = client.get("/api/v1/meta", {"lang": "fr"})
    assert response.status_code == 400
    assert response.json()["errors"] == [{"parameter": "lang", "detail": "Unknown parameter."}]


def test_meta_tells_how_fresh_the_feeds_are_and_whose_they_are(client: Client) -> None:
    call_command("load_feeds", stdout=io.StringIO())
    feed = Feed.objects.get(slug="iptv-org-channels")
    Run.objects.create(feed=feed, started_at=NOW, ended_at=NOW, verdict=Verdict.APPLIED)
    Run.objects.create(feed=feed, started_at=NOW, ended_at=NOW, verdict=Verdict.FAILED, reason="timeout")
    with time_machine.travel(NOW, tick=False):
        body = client.get("/api/v1/meta").json()
    feeds = {one["slug"]: one for one in body["freshness"]["feeds"]}
    assert list(feeds) == list(Feed.objects.filter(is_on=True).values_list("slug", flat=True))
    assert feeds["iptv-org-channels"] == {
        "slug": "iptv-org-channels",
        "name": "Channels of the world, iptv-org",
        "kind": "channels",
        "last_good_run_at": "2026-11-23T12:00:00Z",
        "last_run_at": "2026-11-23T12:00:00Z",
        "verdict": "failed",
        "reason": "timeout",
        "newest_day": None,
        "is_overdue": False,
        "is_stale": False,
    }
    assert feeds["bundled"]["is_overdue"]
    sources = {source["name"]: source for source in body["sources"]}
    assert len(sources) == len(feeds)
    assert sources["Channels of the world, iptv-org"] == {
        "name": "Channels of the world, iptv-org",
        "publisher": "iptv-org",
        "licence": "CC0-1.0 / Unlicense",
        "attribution": "Channels: iptv-org database, public domain.",
        "url": "https://raw.githubusercontent.com/iptv-org/database/master/data/channels.csv",
    }
    assert sources["Bundled data"]["url"] is None
    validate("meta", body)


def test_meta_lives_no_longer_than_the_feeds_are_in_time(client: Client) -> None:
    feed = Feed.objects.create(slug="island", name="Island", kind="rights", address="https://example.org", is_on=True)
    left = dt.timedelta(seconds=20)
    Run.objects.create(
        feed=feed, started_at=NOW, ended_at=NOW - 2 * feed.interval - GRACE + left, verdict=Verdict.UNCHANGED
    )
    with time_machine.travel(NOW, tick=False):
        assert "max-age=20," in client.get("/api/v1/meta")["Cache-Control"]
    with time_machine.travel(NOW + left * 2, tick=False):
        response = client.get("/api/v1/meta")
    assert "max-age=60," in response["Cache-Control"]
    assert response.json()["freshness"]["feeds"][0]["is_overdue"]


def test_meta_counts_the_checks_of_each_competition(client: Client) -> None:
    body = client.get("/api/v1/meta").json()["freshness"]
    assert len(body["competitions"]) == 17
    assert sum(row["rights"] for row in body["competitions"]) == 742
    assert sum(row["checks_overdue"] for row in body["competitions"]) == body["checks_overdue"] == 742


def test_freshness_tells_each_country_of_a_competition(client: Client) -> None:
    body = client.get("/api/v1/freshness", {"competition": "serie-a"}).json()
    countries = [row["country"] for row in body["results"]]
    assert "IT" in countries
    assert countries == sorted(countries)
    assert {row["competition"] for row in body["results"]} == {"serie-a"}
    validate("freshness", body)


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ({}, 400, "Name a competition or a country, or both."),
        ({"competition": "serie-b"}, 404, "“serie-b” is not a competition that the guide knows."),
        ({"country": "ZZ"}, 400, "“ZZ” is not an ISO 3166-1 alpha-2 country code."),
        ({"contry": "IT"}, 400, "Unknown parameter. Did you mean “country”?"),
        ({"competition": ["serie-a", "ligue-1", "bundesliga", "nba", "motogp"]}, 400, "Ask for at most 1000 cells"),
    ],
)
def test_freshness_says_what_is_wrong_with_a_question(
    client: Client, asked: dict[str, str], status: int, said: str
) -> None:
    response = client.get("/api/v1/freshness", asked)
    assert response.status_code == status
    assert said in response.json()["detail"]
