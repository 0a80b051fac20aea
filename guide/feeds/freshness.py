"""How fresh the guide is: when each feed last did its work, and when each right was last checked.

Everything is asked in a few queries, whatever the number of feeds, runs and rights.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypedDict, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django_stubs_ext import WithAnnotations

from guide import bundled
from guide.feeds.models import Feed, FeedKind, Run, Verdict
from guide.rights.models import CHECK_INTERVAL, Right, RightCountry

GRACE = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFreshness:
    """A feed with the run after which the guide last said what the feed says, and the last one that has ended."""

    feed: Feed
    good: Run | None
    last: Run | None
    is_overdue: bool
    is_stale: bool
    """Its newest record is older than the feed may be: the source goes on answering, and says nothing new."""

    @property
    def good_at(self) -> dt.datetime | None:
        return self.good.ended_at if self.good else None

    @property
    def newest_day(self) -> dt.date | None:
        return self.good.newest_day if self.good else None

    @property
    def last_at(self) -> dt.datetime | None:
        return self.last.ended_at if self.last else None

    @property
    def verdict(self) -> str | None:
        return self.last.verdict if self.last else None

    @property
    def reason(self) -> str | None:
        return self.last.reason if self.last else None

    @property
    def overdue_at(self) -> dt.datetime | None:
        """From when on it is overdue without another good run; None where it never had one."""
        return self.good_at + 2 * self.feed.interval + GRACE if self.good_at else None

    @property
    def page(self) -> str | None:
        """The address, as the public may see it: without what may be a key, and none of a host that is private."""
        parts = urlsplit(self.feed.address)
        if not parts.hostname or parts.hostname in settings.FEED_PRIVATE_HOSTS:
            return None
        return f"{parts.scheme}://{parts.hostname}{parts.path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsFreshness:
    """Published rights to a competition, of all countries or of one."""

    competition: str
    country: str | None
    rights: int
    oldest_check: dt.date | None
    """None: none of them has been checked yet."""
    checks_overdue: int
    """Whose next check is due, or that were never checked."""
    refreshed_at: dt.datetime | None
    """The last good run of the feed that keeps them; of several feeds the one that is furthest behind."""


class _Runs(TypedDict):
    good_id: int | None
    last_id: int | None


def due(today: dt.date, prefix: str = "") -> Q:
    """Of rights: never verified, or too long ago. ``prefix`` leads to the right from another table."""
    return Q(**{f"{prefix}verified_on__isnull": True}) | Q(**{f"{prefix}verified_on__lt": today - CHECK_INTERVAL})


def of_feeds(now: dt.datetime) -> list[FeedFreshness]:
    """Every feed, on or off, by slug. Only one that is on can be overdue: it had no good run for twice its interval
    and an hour, or never.
    """
    runs = Run.objects.filter(feed=OuterRef("pk")).order_by("-id")
    rows = Feed.objects.annotate(
        good_id=Subquery(runs.good().values("pk")[:1]),
        last_id=Subquery(runs.exclude(verdict=Verdict.OPEN).values("pk")[:1]),
    )
    feeds = list(cast("QuerySet[WithAnnotations[Feed, _Runs]]", rows))
    keys = {key for feed in feeds for key in (feed.good_id, feed.last_id) if key}
    found = Run.objects.defer("message").in_bulk(keys)
    return [_judged(feed, found.get(feed.good_id or 0), found.get(feed.last_id or 0), now) for feed in feeds]


def of_competitions(feeds: Iterable[FeedFreshness], today: dt.date) -> list[RightsFreshness]:
    """Of each competition with published rights, by slug."""
    rows = Right.objects.published().order_by("competition__slug").values_list("competition__slug", "origin")
    counted = rows.annotate(number=Count("pk"), oldest=Min("verified_on"), overdue=Count("pk", filter=due(today)))
    return _merged(((slug, None, *rest) for slug, *rest in counted), feeds)


def of_countries(
    feeds: Iterable[FeedFreshness], today: dt.date, *, competitions: Collection[int], countries: Collection[str]
) -> list[RightsFreshness]:
    """Of each pair of these competitions and countries for which rights are published, by slug and code."""
    asked = RightCountry.objects.published().asked(competitions, countries)
    rows = asked.order_by("competition__slug", "country_id")
    counted = rows.values_list("competition__slug", "country_id", "right__origin").annotate(
        number=Count("pk"),
        oldest=Min("right__verified_on"),
        overdue=Count("pk", filter=due(today, "right__")),
    )
    return _merged(counted, feeds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """One value as Prometheus reads it."""

    name: str
    labels: Mapping[str, str]
    value: float
    help: str


def gauges(now: dt.datetime) -> list[Gauge]:
    """What monitoring watches: the feeds that are on, and the checks of each competition."""
    feeds = of_feeds(now)
    found = [gauge for one in feeds if one.feed.is_on for gauge in _of_feed(one)]
    for row in of_competitions(feeds, now.date()):
        labels = {"competition": row.competition}
        found += [
            Gauge(name="guide_rights", labels=labels, value=row.rights, help="Published rights."),
            Gauge(
                name="guide_rights_checks_overdue",
                labels=labels,
                value=row.checks_overdue,
                help="Published rights whose next check is due, or that were never checked.",
            ),
        ]
        if row.oldest_check:
            said = "Day of the oldest check of a published right."
            name = "guide_rights_oldest_check_timestamp_seconds"
            found.append(Gauge(name=name, labels=labels, value=_seconds(row.oldest_check), help=said))
    # A page of metrics has all values of one name together.
    return sorted(found, key=lambda gauge: gauge.name)


def _of_feed(one: FeedFreshness) -> Iterator[Gauge]:
    labels = {"feed": one.feed.slug}
    said = "Whether the feed had no good run for twice its interval and an hour."
    yield Gauge(name="guide_feed_overdue", labels=labels, value=int(one.is_overdue), help=said)
    said = "Whether the newest record of the feed is older than the feed may be."
    yield Gauge(name="guide_feed_stale", labels=labels, value=int(one.is_stale), help=said)
    if one.good_at:
        name, said = "guide_feed_last_good_run_timestamp_seconds", "End of the last run that was applied or unchanged."
        yield Gauge(name=name, labels=labels, value=one.good_at.timestamp(), help=said)
    if one.newest_day:
        name, said = "guide_feed_newest_day_timestamp_seconds", "Day of the newest record of the feed."
        yield Gauge(name=name, labels=labels, value=_seconds(one.newest_day), help=said)
    if one.last:
        how = {"verdict": one.last.verdict, "reason": one.last.reason}
        said = "How the last run of the feed ended; the value is always 1."
        yield Gauge(name="guide_feed_last_run_info", labels=labels | how, value=1, help=said)


def _judged(feed: Feed, good: Run | None, last: Run | None, now: dt.datetime) -> FeedFreshness:
    one = FeedFreshness(feed=feed, good=good, last=last, is_overdue=False, is_stale=False)
    oldest = now.date() - dt.timedelta(days=feed.newest_days) if feed.newest_days else None
    return replace(
        one,
        is_overdue=feed.is_on and (one.overdue_at is None or one.overdue_at < now),
        is_stale=bool(feed.is_on and oldest and one.newest_day and one.newest_day < oldest),
    )


def _merged(rows: Iterable[tuple[Any, ...]], feeds: Iterable[FeedFreshness]) -> list[RightsFreshness]:
    """Rows of competition, country, origin, rights, oldest check and overdue checks, without the origin."""
    refreshed = {bundled.ORIGIN if one.feed.kind == FeedKind.BUNDLED else one.feed.origin: one.good_at for one in feeds}
    merged: dict[tuple[str, str | None], RightsFreshness] = {}
    for competition, country, origin, rights, oldest, overdue in rows:
        row = RightsFreshness(
            competition=competition,
            country=country,
            rights=rights,
            oldest_check=oldest,
            checks_overdue=overdue,
            refreshed_at=refreshed.get(origin),
        )
        key = (competition, country)
        merged[key] = _together(merged[key], row) if key in merged else row
    return list(merged.values())


def _together(one: RightsFreshness, other: RightsFreshness) -> RightsFreshness:
    return replace(
        one,
        rights=one.rights + other.rights,
        oldest_check=min(filter(None, (one.oldest_check, other.oldest_check)), default=None),
        checks_overdue=one.checks_overdue + other.checks_overdue,
        refreshed_at=min(filter(None, (one.refreshed_at, other.refreshed_at)), default=None),
    )


def _seconds(day: dt.date) -> float:
    return dt.datetime.combine(day, dt.time.min, tzinfo=dt.UTC).timestamp()
