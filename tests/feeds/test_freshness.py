"""How fresh the guide is: feeds by their runs, rights by their checks."""

import datetime as dt
from typing import Any

import pytest
from django.test import override_settings

from guide.feeds import freshness
from guide.feeds.models import Feed, FeedKind, Run, Verdict
from guide.rights.models import Right
from tests.queries import tables_asked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
TODAY = NOW.date()


def feed(slug: str = "island", **values: Any) -> Feed:
    given = {"name": slug, "kind": FeedKind.RIGHTS, "adapter": "rights-json", "address": "https://example.org/r.json"}
    values = {**given, "is_on": True, "interval": dt.timedelta(hours=6), **values}
    made: Feed = Feed.objects.create(slug=slug, **values)
    return made


def run(of: Feed, verdict: Verdict, hours_ago: float, **values: Any) -> Run:
    ended_at = NOW - dt.timedelta(hours=hours_ago)
    made: Run = Run.objects.create(feed=of, verdict=verdict, started_at=ended_at, ended_at=ended_at, **values)
    return made


def one() -> freshness.FeedFreshness:
    (found,) = freshness.of_feeds(NOW)
    return found


def test_a_feed_tells_its_last_good_run_and_how_the_last_one_ended() -> None:
    island = feed()
    run(island, Verdict.APPLIED, 9, newest_day=dt.date(2026, 11, 22))
    run(island, Verdict.UNCHANGED, 5, newest_day=dt.date(2026, 11, 23))
    run(island, Verdict.FAILED, 1, reason="timeout")
    found = one()
    assert found.good_at == NOW - dt.timedelta(hours=5)
    assert (found.verdict, found.reason, found.last_at) == ("failed", "timeout", NOW - dt.timedelta(hours=1))
    assert found.newest_day == dt.date(2026, 11, 23)
    assert not found.is_overdue


def test_a_run_that_is_still_open_says_nothing_yet() -> None:
    island = feed()
    run(island, Verdict.HELD, 2, reason="stale")
    Run.objects.create(feed=island, started_at=NOW)
    assert (one().verdict, one().reason) == ("held", "stale")


@pytest.mark.parametrize(("hours", "is_overdue"), [(12.9, False), (13.1, True)])
def test_it_is_overdue_after_twice_its_interval_and_an_hour(hours: float, is_overdue: bool) -> None:
    run(feed(), Verdict.UNCHANGED, hours)
    assert one().is_overdue is is_overdue


def test_a_failure_after_it_makes_no_run_good() -> None:
    island = feed()
    run(island, Verdict.APPLIED, 20)
    run(island, Verdict.HELD, 1, reason="mass_deletion")
    assert one().is_overdue


def test_a_feed_without_a_good_run_is_overdue_and_one_that_is_off_never_is() -> None:
    island = feed()
    assert one().is_overdue
    assert one().overdue_at is None
    Feed.objects.filter(pk=island.pk).update(is_on=False)
    assert not one().is_overdue


@pytest.mark.parametrize(("days", "is_stale"), [(30, False), (31, True)])
def test_a_source_that_answers_and_says_nothing_new_is_stale(days: int, is_stale: bool) -> None:
    island = feed(newest_days=30)
    run(island, Verdict.UNCHANGED, 1, reason="not_modified", newest_day=NOW.date() - dt.timedelta(days=days))
    assert one().is_stale is is_stale
    assert not one().is_overdue


def test_the_public_address_holds_no_key_and_no_private_host() -> None:
    island = feed(address="https://anna:secret@example.org:8443/r.json?key=secret#x")
    assert one().page == "https://example.org/r.json"
    with override_settings(FEED_PRIVATE_HOSTS=["example.org"]):
        assert one().page is None
    Feed.objects.filter(pk=island.pk).update(kind=FeedKind.BUNDLED, address="bundled:", adapter="")
    assert one().page is None


def rights_of(competition: str) -> freshness.RightsFreshness:
    rows = freshness.of_competitions(freshness.of_feeds(NOW), TODAY)
    return next(row for row in rows if row.competition == competition)


def test_a_competition_counts_its_checks() -> None:
    published = Right.objects.published().filter(competition__slug="serie-a")
    first, second, *others = published.order_by("key").values_list("pk", flat=True)
    published.update(verified_on=TODAY)
    Right.objects.filter(pk=first).update(verified_on=TODAY - dt.timedelta(days=31))
    Right.objects.filter(pk=second).update(verified_on=TODAY - dt.timedelta(days=30))
    row = rights_of("serie-a")
    assert (row.rights, row.checks_overdue) == (2 + len(others), 1)
    assert row.oldest_check == TODAY - dt.timedelta(days=31)


def test_what_was_never_checked_is_overdue() -> None:
    row = rights_of("serie-a")
    assert row.oldest_check is None
    assert row.checks_overdue == row.rights


def test_rights_are_as_fresh_as_the_feed_that_keeps_them() -> None:
    assert rights_of("serie-a").refreshed_at is None
    run(feed("bundled", kind=FeedKind.BUNDLED, adapter="", address="bundled:"), Verdict.UNCHANGED, 3)
    assert rights_of("serie-a").refreshed_at == NOW - dt.timedelta(hours=3)
    island = feed()
    run(island, Verdict.APPLIED, 8)
    right = Right.objects.published().filter(competition__slug="serie-a", countries="IT").first()
    assert right
    Right.objects.filter(pk=right.pk).update(origin=island.origin)
    # Of two feeds, the one that is further behind.
    assert rights_of("serie-a").refreshed_at == NOW - dt.timedelta(hours=8)
    assert rights_of("ligue-1").refreshed_at == NOW - dt.timedelta(hours=3)


def test_a_pair_of_competition_and_country_is_told_apart() -> None:
    right = Right.objects.published().filter(competition__slug="serie-a", countries="IT").first()
    assert right
    Right.objects.filter(pk=right.pk).update(verified_on=TODAY)
    rows = freshness.of_countries([], TODAY, competitions=[right.competition_id], countries=["IT", "FR", "AQ"])
    assert [row.country for row in rows] == ["FR", "IT"]
    italy = rows[1]
    in_italy = Right.objects.published().filter(competition__slug="serie-a", countries="IT").count()
    assert (italy.rights, italy.checks_overdue, italy.oldest_check) == (in_italy, in_italy - 1, TODAY)


def test_it_asks_the_same_few_queries_for_many_feeds_and_runs() -> None:
    def asked() -> list[str]:
        return tables_asked(lambda: freshness.gauges(NOW))

    run(feed("first"), Verdict.APPLIED, 1)
    few = asked()
    assert len(few) == 3
    for number in range(20):
        many = feed(f"feed-{number}")
        for hours in range(10):
            run(many, Verdict.UNCHANGED, 10 - hours)
    assert asked() == few


def test_gauges_are_named_as_prometheus_wants_them() -> None:
    island = feed()
    run(island, Verdict.APPLIED, 2, newest_day=dt.date(2026, 11, 22))
    run(island, Verdict.HELD, 1, reason="stale")
    Feed.objects.create(slug="idle", name="idle", kind=FeedKind.RIGHTS)
    found = freshness.gauges(NOW)
    assert {gauge.labels["feed"] for gauge in found if "feed" in gauge.labels} == {"island"}
    told = {gauge.name: gauge for gauge in found if gauge.labels.get("feed") == "island"}
    assert told["guide_feed_overdue"].value == 0
    assert told["guide_feed_last_good_run_timestamp_seconds"].value == (NOW - dt.timedelta(hours=2)).timestamp()
    assert told["guide_feed_newest_day_timestamp_seconds"].value == dt.datetime(2026, 11, 22, tzinfo=dt.UTC).timestamp()
    assert told["guide_feed_last_run_info"].labels == {"feed": "island", "verdict": "held", "reason": "stale"}
    names = [gauge.name for gauge in found]
    assert names == sorted(names)
    assert len({(gauge.name, tuple(gauge.labels.items())) for gauge in found}) == len(found)
    assert len({(gauge.name, gauge.help) for gauge in found}) == len(set(names))
    serie_a = {gauge.name: gauge.value for gauge in found if gauge.labels.get("competition") == "serie-a"}
    assert serie_a["guide_rights_checks_overdue"] == serie_a["guide_rights"] > 0
