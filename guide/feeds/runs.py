"""Beginning and ending runs. The open run is the lock of its feed: a row, which no cache can lose."""

import datetime as dt
import random

from django.db import IntegrityError, transaction

from guide.feeds.fetching.pacing import Breaker
from guide.feeds.models import Feed, Run, Trigger, Verdict

ABANDONED_AFTER = dt.timedelta(minutes=10)
"""Twice the hard limit of a task: whoever has not closed a run by then is dead."""
BREAKER = Breaker(base=dt.timedelta(minutes=5))


class BusyError(Exception):
    """The feed is being refreshed by somebody else."""


def begin(feed: Feed, *, trigger: Trigger, now: dt.datetime) -> Run:
    """Open a run, which keeps everybody else off the feed. Raises :class:`BusyError`."""
    try:
        with transaction.atomic():
            return Run.objects.create(feed=feed, trigger=trigger, started_at=now)
    except IntegrityError:
        raise BusyError(f"“{feed.slug}” is being refreshed already.") from None


def end(
    run: Run,
    verdict: Verdict,
    *,
    now: dt.datetime,
    reason: str = "",
    message: str = "",
    retry_after: dt.timedelta | None = None,
) -> Run:
    """Close a run, in one statement. One that is closed already does not fail any more: whoever is stopped between
    the commit and the next line has done its work.
    """
    if verdict == Verdict.FAILED and not Run.objects.filter(pk=run.pk, verdict=Verdict.OPEN).exists():
        run.refresh_from_db()
        return run
    run.verdict, run.ended_at, run.reason, run.message = verdict, now, reason, message
    run.next_at = now + run.feed.interval
    if verdict == Verdict.FAILED:
        jitter = random.random()  # noqa: S311 (spreads the load, hides nothing)
        failures = _failures(run) + 1
        run.next_at = BREAKER.next_attempt(failures, now=now, retry_after=retry_after, jitter=jitter)
    run.save()
    return run


def _failures(run: Run) -> int:
    """How many runs have failed in a row before this one."""
    count = 0
    for verdict in run.feed.runs.exclude(pk=run.pk).order_by("-id").values_list("verdict", flat=True)[:12]:
        if verdict != Verdict.FAILED:
            break
        count += 1
    return count


def close_abandoned(*, now: dt.datetime, after: dt.timedelta = ABANDONED_AFTER) -> int:
    """Close the runs of processes that were killed; their feeds are due at once. The number of runs."""
    return Run.objects.open_since(now - after).update(
        verdict=Verdict.FAILED,
        ended_at=now,
        next_at=now,
        reason="abandoned",
        message="Whoever ran it was stopped before the end. Nothing of it was applied.",
    )
