"""What time alone changes: rights that begin, end and are about to end are entries of the change log."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from guide.publication.models import FAR_FUTURE, Action, Change
from guide.publication.publish import publish
from guide.rights.days import midnight
from guide.rights.models import RightCountry
from guide.rights.reconcile import RIGHTS

ACTOR = "time"
REASON = "the day turned"
ANNOUNCED_DAYS = (90, 30, 7)
"""So many days before its end a right is said to expire."""
LOOKED_BACK = dt.timedelta(days=14)
"""An hour in which nothing ran is made up for; what lies further back is no news."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """One entry: ``reason`` names the day, so that the same turn is never written twice."""

    at: dt.datetime
    action: Action
    key: str
    reason: str


def turn_day(*, now: dt.datetime) -> int:
    """Write down what has begun, ended or come near its end since somebody last looked, and bump the revision if
    anything has. The number of entries. Run as often as you like: each is written once.

    A right begins with its first day in the first of its countries, and ends with its last day in the last of them.
    What lies before a right was put on record is no event.
    """
    turns = [turn for turn in _turns(now) if now - LOOKED_BACK < turn.at <= now]
    if not turns:
        return 0
    with publish(actor=ACTOR, reason=REASON, now=now) as publication:
        # One publishes at a time: two that turn the day at once write it once.
        known = set(
            Change.objects.filter(table=RIGHTS.name, key__in={turn.key for turn in turns}, actor=ACTOR).values_list(
                "key", "action", "reason"
            )
        )
        fresh = [turn for turn in turns if (turn.key, turn.action, turn.reason) not in known]
        stored = RIGHTS.stored({turn.key for turn in fresh})
        for turn in sorted(fresh, key=lambda turn: (turn.at, turn.key)):
            record = stored[turn.key].record
            publication.record(turn.action, RIGHTS.name, turn.key, before=record, after=record, reason=turn.reason)
    return len(fresh)


def _turns(now: dt.datetime) -> Iterator[_Turn]:
    today = now.date()
    margin = LOOKED_BACK + dt.timedelta(days=2)
    soonest, latest = today - margin, today + dt.timedelta(days=max(ANNOUNCED_DAYS) + 2)
    edges = (
        RightCountry.objects.published()
        .filter(to_day__gte=soonest, from_day__lte=latest)
        .values_list("right__key", "from_day", "to_day", "right__last_day", "right__created_at", "country__time_zone")
    )
    zones: defaultdict[tuple[str, dt.date, dt.date, dt.date | None, dt.datetime], set[str]] = defaultdict(set)
    for *right, zone in edges.iterator(chunk_size=5_000):
        zones[tuple(right)].add(zone)  # type: ignore[index]  # four columns and a fifth
    for (key, first, last, known_last, since), places in zones.items():
        for turn in _of_right(key, first, last, known_last, places):
            if turn.at > since:
                yield turn


def _of_right(key: str, first: dt.date, last: dt.date, known_last: dt.date | None, places: set[str]) -> Iterator[_Turn]:
    zones = [ZoneInfo(place) for place in places]
    if first > dt.date.min:
        yield _Turn(min(midnight(first, zone) for zone in zones), Action.STARTED, key, f"began on {first}")
    if last >= FAR_FUTURE:
        return
    end = max(midnight(last + dt.timedelta(days=1), zone) for zone in zones)
    if known_last is None:
        yield _Turn(end, Action.ENDED, key, f"the evidence reached until {last}")
        return
    yield _Turn(end, Action.ENDED, key, f"ended on {last}")
    for days in ANNOUNCED_DAYS:
        yield _Turn(end - dt.timedelta(days=days), Action.EXPIRING, key, f"ends on {last}, in {days} days")
