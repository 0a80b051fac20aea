"""One refresh of a feed: get the document, look at it, hold it or apply it, and write down what was done.

What is applied, the change log, the rejections and the end of the run are one transaction. Whoever is killed leaves
everything as before or as after, and an open run, which is closed by its age.
"""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress

from django.db import transaction
from django.utils import timezone

from guide.feeds.adapters.base import Code, FeedError
from guide.feeds.guards import Reason, reason_to_hold
from guide.feeds.missing import overdue
from guide.feeds.models import GOOD, Feed, FeedKind, Rejection, Run, Trigger, Verdict
from guide.feeds.names import Names
from guide.feeds.obtaining import NotObtainedError, Obtained, Source, Unmodified, date_of, opened, stored
from guide.feeds.reading import Reading, record_of, version_of
from guide.feeds.records import ChannelRecord
from guide.feeds.rejections import write_down
from guide.feeds.runs import begin, end
from guide.feeds.sinks.base import Counts, Sink
from guide.feeds.sinks.bundled import BundledSink
from guide.feeds.sinks.channels import ChannelsSink
from guide.feeds.sinks.claims import ClaimsSink
from guide.feeds.sinks.comparison import ComparisonSink
from guide.feeds.sinks.fixtures import FixturesSink
from guide.feeds.sinks.programmes import ProgrammesSink
from guide.feeds.sinks.rights import ProposedRightsSink, RightsSink
from guide.publication.models import Revision
from guide.publication.publish import publish
from guide.publication.tables import TableError

logger = logging.getLogger(__name__)
COUNTED = ("read", "created", "changed", "unchanged", "kept", "proposed", "rejected", "gone", "newest_day")
LOOKS_AT_MOST = 5
HEALABLE = (
    Code.UNKNOWN_COMPETITION,
    Code.UNKNOWN_BROADCASTER,
    Code.UNKNOWN_SERVICE,
    Code.UNKNOWN_SEASON,
    Code.UNKNOWN_TEAM,
    Code.NOT_A_COUNTRY,
    Code.OVERLAPS,
    Code.KEPT_BY_ANOTHER,
)
"""Rejections that depend on what else is on record: the same document may fare better tomorrow."""


HEED_LOCKS = (FeedKind.RIGHTS, FeedKind.BUNDLED, FeedKind.FIXTURES)


class _MovedError(Exception):
    """Somebody has published since the document was looked at: what the look found may no longer be so."""


class _RolledBackError(Exception):
    """Ends a dry run: everything was tried, and nothing may stay."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts


def refresh(
    feed: Feed, source: Source, *, trigger: Trigger = Trigger.SCHEDULE, is_approved: bool = False
) -> tuple[Run, Counts]:
    """Refresh a feed from where ``source`` gets the document. The closed run, and what the document did.

    ``is_approved``: somebody has looked at the document; the guards let it pass. Raises
    :class:`~guide.feeds.runs.BusyError` where the feed is being refreshed already. What goes wrong is a verdict, not an
    exception; an exception is a fault of ours, and the run says so as well.
    """
    run = begin(feed, trigger=trigger, now=timezone.now())
    try:
        result = _refresh(run, source, is_approved)
    except FeedError as error:
        result = _fail(run, error.fault, str(error)), Counts()
    except NotObtainedError as error:
        result = _fail(run, error.reason, str(error), retry_after=error.retry_after), Counts()
    except TableError as error:
        result = _fail(run, "bad_table", str(error)), Counts()
    except BaseException as error:
        _fail(run, "error", f"{type(error).__name__}: {error}")
        raise
    logger.info(
        "refreshed",
        extra={"feed": feed.slug, "run": run.pk, "verdict": run.verdict, "reason": run.reason, "read": run.read},
    )
    return result


def dry_run(feed: Feed, source: Source) -> Counts:
    """What a document would do. Everything is tried, and nothing stays. Raises what would make the run fail."""
    with source.obtain(None) as obtained:
        if isinstance(obtained, Unmodified):
            return Counts()
        # No row: a proposal that names it is rolled back like everything else.
        with _sink(Run(feed=feed), obtained, _baseline(feed)) as sink:
            sink.look()
            try:
                with publish(actor=feed.origin, reason="dry run") as publication:
                    raise _RolledBackError(sink.write(publication))
            except _RolledBackError as rolled_back:
                return rolled_back.counts


def _refresh(run: Run, source: Source, is_approved: bool) -> tuple[Run, Counts]:
    feed = run.feed
    run.adapter_version = version_of(feed)
    last = _baseline(feed)
    settled = last if last and _is_settled(run, last) else None
    # Where the same document may say more than it did, the source is not asked whether it is the same.
    with source.obtain(settled) as obtained:
        if isinstance(obtained, Unmodified):
            return _unchanged(run, last, "not_modified"), Counts()
        if last and _is_older(obtained, last):
            return _unchanged(run, last, "older_document"), Counts()
        for name, value in obtained.told.items():
            setattr(run, name, value)
        if not is_approved:
            if settled and settled.snapshot and settled.snapshot.sha256 == obtained.sha256:
                return _unchanged(run, settled, "same_document"), Counts()
            if before := _judged_before(run, last, obtained):
                return before, Counts()
        is_known = is_approved or (last is not None and _is_same(run, last, obtained))
        for _ in range(LOOKS_AT_MOST):
            seen = Revision.objects.values_list("number", flat=True).first() or 0
            with _sink(run, obtained, last) as sink:
                counts = sink.look()
                reason = None if is_known else reason_to_hold(feed, counts, today=timezone.now().date())
                if reason is not None:
                    return _hold(run, reason, counts, obtained)
                with suppress(_MovedError):
                    return _apply(run, sink, obtained, seen)
        raise NotObtainedError("busy", f"Others wrote to the guide during {LOOKS_AT_MOST} looks at the document.")


def _baseline(feed: Feed) -> Run | None:
    """The last run after which the guide said what the feed said; its document is what the next is compared with."""
    good = feed.runs.filter(verdict__in=GOOD, snapshot__isnull=False)
    return good.select_related("snapshot").defer("snapshot__body").order_by("-id").first()


@contextmanager
def _sink(run: Run, obtained: Obtained, last: Run | None) -> Iterator[Sink]:
    feed, today = run.feed, timezone.now().date()
    match feed.kind:
        case FeedKind.BUNDLED:
            yield BundledSink(obtained)
        case FeedKind.RIGHTS:
            reading = Reading(feed, obtained.file)
            yield RightsSink(feed, reading) if feed.is_trusted else ProposedRightsSink(run, reading)
        case FeedKind.CLAIMS:
            names = Names()
            yield ClaimsSink(run, Reading(feed, obtained.file, names.spelled), names=names, today=today)
        case FeedKind.FIXTURES:
            yield FixturesSink(feed, Reading(feed, obtained.file))
        case _:
            reading = Reading(feed, obtained.file)
            with opened(last.snapshot) if last and last.snapshot else nullcontext() as file:
                before = Reading(feed, file) if file else None
                if feed.kind == FeedKind.PROGRAMMES:
                    yield ProgrammesSink(run, reading, before, today=today)
                elif record_of(feed) is ChannelRecord:
                    yield ChannelsSink(run, reading, before)
                else:
                    yield ComparisonSink(feed, reading, before)


def _hold(run: Run, reason: Reason, counts: Counts, obtained: Obtained) -> tuple[Run, Counts]:
    with transaction.atomic():
        _write_down(run, counts, obtained)
        return end(run, Verdict.HELD, now=timezone.now(), reason=reason.code, message=reason.message), counts


def _apply(run: Run, sink: Sink, obtained: Obtained, seen: int) -> tuple[Run, Counts]:
    with publish(actor=run.feed.origin, reason=f"{run.feed.name}, refreshed") as publication:
        if publication.found != seen:
            raise _MovedError
        counts = sink.write(publication)
        _write_down(run, counts, obtained)
        news = (counts.created, counts.changed, counts.gone, counts.proposed, publication.changes, publication.written)
        end(run, Verdict.APPLIED if any(news) else Verdict.UNCHANGED, now=timezone.now())
    return run, counts


def _write_down(run: Run, counts: Counts, obtained: Obtained) -> None:
    run.snapshot = stored(run.feed, obtained)
    for name in COUNTED:
        setattr(run, name, getattr(counts, name))
    write_down(run, counts.rejections)


def _is_older(obtained: Obtained, last: Run) -> bool:
    """Whether a server that lags behind the others of its name has answered."""
    before = date_of(last.last_modified)
    return obtained.dated is not None and before is not None and obtained.dated < before


def _is_same(run: Run, before: Run, obtained: Obtained) -> bool:
    """Whether an earlier run has read the same document in the same way: what was let pass is not held later."""
    sha256 = before.snapshot.sha256 if before.snapshot else ""
    return sha256 == obtained.sha256 and before.adapter_version == run.adapter_version


def _is_settled(run: Run, before: Run) -> bool:
    """Whether reading the document of an earlier run again can bring nothing new: the same adapter, and nothing
    published since that might heal a rejection, free a row or answer a claim.
    """
    if before.adapter_version != run.adapter_version:
        return False
    # What a lock held back is told again once it is taken off.
    heeds_locks = run.feed.kind in HEED_LOCKS or _ends_in_proposals(run.feed)
    if heeds_locks and Revision.objects.filter(unlocked_at__gte=before.started_at).exists():
        return False
    if run.feed.channels.filter(updated_at__gte=before.started_at).exists():
        return False
    if run.feed.kind == FeedKind.FIXTURES and overdue(run.feed.origin, timezone.now()).exists():
        return False
    runs = run.feed.runs.filter(snapshot=before.snapshot)
    depends = (
        _ends_in_proposals(run.feed)
        or Rejection.objects.filter(run__in=runs, code__in=HEALABLE).exists()
        or runs.filter(kept__gt=0).exists()
    )
    return not depends or not Revision.objects.filter(changed_at__gt=before.started_at).exists()


def _ends_in_proposals(feed: Feed) -> bool:
    """Whether what a document brings depends on every row that it speaks of."""
    is_of_rights = feed.kind == FeedKind.RIGHTS and not feed.is_trusted
    return is_of_rights or feed.kind in (FeedKind.CLAIMS, FeedKind.PROGRAMMES) or record_of(feed) is ChannelRecord


def _judged_before(run: Run, last: Run | None, obtained: Obtained) -> Run | None:
    """A document that is being held is looked at again when a person asks or something has come that it may need; one
    that somebody has dropped is not.
    """
    judged = run.feed.runs.filter(pk__gt=last.pk if last else 0, verdict__in=(Verdict.HELD, Verdict.DROPPED))
    before = judged.select_related("snapshot").defer("snapshot__body").order_by("-id").first()
    if before is None or before.snapshot is None or before.snapshot.sha256 != obtained.sha256:
        return None
    # Whoever drops a document may do so at any of the runs that held it.
    if judged.filter(snapshot=before.snapshot, verdict=Verdict.DROPPED).exists():
        before.verdict = Verdict.DROPPED
    elif run.trigger == Trigger.PERSON or not _is_settled(run, before):
        return None
    run.snapshot = before.snapshot
    return end(run, Verdict(before.verdict), now=timezone.now(), reason=before.reason, message=before.message)


def _unchanged(run: Run, last: Run | None, reason: str) -> Run:
    if last:
        run.snapshot, run.adapter_version = last.snapshot, last.adapter_version
        run.etag, run.last_modified = run.etag or last.etag, run.last_modified or last.last_modified
        run.newest_day = last.newest_day
    return end(run, Verdict.UNCHANGED, now=timezone.now(), reason=reason)


def _fail(run: Run, reason: str, message: str, *, retry_after: dt.timedelta | None = None) -> Run:
    # What was rolled back was not done.
    run.snapshot, run.newest_day = None, None
    for name in COUNTED[:-1]:
        setattr(run, name, 0)
    return end(run, Verdict.FAILED, now=timezone.now(), reason=reason, message=message, retry_after=retry_after)
