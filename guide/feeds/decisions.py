"""What editors decide: whether a document that was held is applied, whether what a feed proposes is published."""

from collections.abc import Iterable, Sequence

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from pydantic import ValidationError

from guide.feeds.models import Feed, Proposal, Run, Trigger, Verdict
from guide.feeds.proposals import TABLES, Decided, approve, mark_outdated
from guide.feeds.tasks import refresh_feed
from guide.publication.checking import problems_of_rows
from guide.publication.reconcile import GuardError
from guide.publication.tables import Problem, TableError, problems_of


class UndecidableError(Exception):
    """The run is not, or no longer, one about which this can be decided."""


class UnpublishedError(Exception):
    """Why nothing of a selection was published, and which of its proposals were marked as outdated even so."""

    def __init__(self, reason: Exception, outdated: Sequence[Proposal]) -> None:
        self.reason = reason
        self.outdated = outdated
        super().__init__(str(reason))


def approve_run(run: Run, *, by: str, reason: str) -> None:
    """Have the document of a held run applied by a new run, past the guards. The held one is settled at once.

    One that was dropped may be approved later, and so may one whose approval came to nothing. Raises
    :class:`UndecidableError`.
    """
    if run.verdict not in (Verdict.HELD, Verdict.DROPPED):
        raise UndecidableError(f"Run {run.pk} holds nothing back.")
    if run.snapshot_id is None:
        raise UndecidableError(f"The document of run {run.pk} is no longer kept.")
    if newer := _newer(run):
        raise UndecidableError(f"Run {newer.pk} has brought a newer document. Decide about that one.")
    with transaction.atomic():
        _settle(run, f"Approved by {by}: {reason}")
        enqueue(run.feed, run=run)


def drop_run(run: Run, *, by: str, reason: str) -> None:
    """Say no to the document of a held run. It is not looked at again, however often it comes.

    Raises :class:`UndecidableError`.
    """
    if run.verdict != Verdict.HELD:
        raise UndecidableError(f"Run {run.pk} holds nothing back.")
    _settle(run, f"Dropped by {by}: {reason}")


def applied_by(run: Run) -> Run | None:
    """The later run that has applied the document of this one."""
    if run.snapshot_id is None:
        return None
    later = run.feed.runs.good().filter(pk__gt=run.pk, snapshot=run.snapshot_id)
    return later.order_by("pk").first()


def enqueue(feed: Feed, *, run: Run | None = None) -> None:
    """Let a worker refresh a feed once this transaction is through; with a run, by that run's document, approved."""
    arguments = (feed.pk, Trigger.PERSON.value, run.pk if run else None, run is not None)
    # Not before the worker can see what this transaction writes.
    transaction.on_commit(lambda: refresh_feed.delay(*arguments))


def approve_proposals(proposals: Iterable[Proposal], *, by: str) -> Decided:
    """Publish what was proposed, all of it or nothing, but for what has changed since, which is marked as outdated.

    Raises :class:`UnpublishedError` where nothing was published.
    """
    chosen = list(proposals)
    # A transaction of its own: they leave the queue whatever becomes of the others.
    outdated = mark_outdated(chosen, by=by)
    try:
        with transaction.atomic():
            waiting = [proposal for proposal in chosen if proposal not in outdated]
            if problems := _problems(waiting):
                raise TableError(problems)
            decided = approve(waiting, by=by)
            # Only now it shows whether rows have come to refer to themselves by way of each other.
            if problems := _problems(decided.approved):
                raise TableError(problems)
    except (TableError, GuardError, IntegrityError, OperationalError) as error:
        raise UnpublishedError(error, outdated) from error
    return Decided(decided.approved, [*outdated, *decided.outdated])


def _newer(run: Run) -> Run | None:
    later = run.feed.runs.filter(pk__gt=run.pk).exclude(verdict__in=(Verdict.FAILED, Verdict.OPEN))
    # The same document may have been held several times since.
    return later.exclude(verdict__in=(Verdict.HELD, Verdict.DROPPED), snapshot=run.snapshot_id).order_by("-pk").first()


def _settle(run: Run, said: str) -> None:
    """One word for all runs that hold the same document, so that none of them waits on; in one statement."""
    told = Run.objects.filter(pk=run.pk, verdict=run.verdict)
    if run.verdict == Verdict.HELD and run.snapshot_id:
        told = Run.objects.filter(feed=run.feed_id, snapshot=run.snapshot_id, verdict=Verdict.HELD)
    if not told.update(verdict=Verdict.DROPPED, message=Concat(Value(f"{said}\n"), F("message"))):
        raise UndecidableError(f"Somebody else has just decided about run {run.pk}.")


def _problems(proposals: Iterable[Proposal]) -> list[Problem]:
    """What has gone or changed since the proposal was made: a broadcaster withdrawn, a column that has a new rule."""
    problems: list[Problem] = []
    for proposal in proposals:
        table = TABLES[proposal.table]
        try:
            record = table.record.model_validate(proposal.after)
        except ValidationError as error:
            problems += problems_of(error, document=proposal.key, numbers={})
        else:
            problems += problems_of_rows(table, [record])
    return problems
