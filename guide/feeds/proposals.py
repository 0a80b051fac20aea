"""Changes that wait for an editor, and what an editor's word does to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from guide.feeds.models import Decision, Proposal, Run
from guide.publication.publish import publish
from guide.publication.reconcile import Table
from guide.publication.records import Record, as_json
from guide.rights.reconcile import RIGHTS

TABLES = {RIGHTS.name: RIGHTS}
"""Tables for whose rows changes are proposed."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One row as it is (None where there is none) and as a feed would have it."""

    table: Table[Any]
    key: str
    before: Record | None
    after: Record
    claims: Sequence[object]
    note: str


class OutdatedError(Exception):
    """The row has changed since the proposal was made; the feed proposes anew."""


def propose(run: Run, wish: Wish) -> bool:
    """Put a wish before the editors, once. False where the same waits already, or an editor has said no to it."""
    before, after = None if wish.before is None else as_json(wish.before), as_json(wish.after)
    known = Proposal.objects.filter(feed=run.feed, table=wish.table.name, key=wish.key).first()
    if known and _timeless(known.after) == _timeless(after):
        waits = known.decision == Decision.OPEN and known.before == before
        if waits or known.decision == Decision.REFUSED:
            return False
    Proposal.objects.update_or_create(
        feed=run.feed,
        table=wish.table.name,
        key=wish.key,
        defaults={
            # The run of a rehearsal has no row.
            "run": run if run.pk else None,
            "before": before,
            "after": after,
            "claims": list(wish.claims),
            "note": wish.note,
            "decision": Decision.OPEN,
            "decided_by": "",
            "decided_at": None,
        },
    )
    return True


def _timeless(values: Any) -> Any:
    """Without the day on which we looked, which alone makes no new proposal."""
    if isinstance(values, dict):
        return {name: _timeless(value) for name, value in values.items() if name != "seen_on"}
    return [_timeless(value) for value in values] if isinstance(values, list) else values


def approve(proposals: Iterable[Proposal], *, by: str) -> list[Proposal]:
    """Publish what was proposed, all of it or nothing, in one revision. Rows stay the feed's own.

    Raises :class:`OutdatedError` where a row is no longer as the proposal found it, and what the table raises, such as
    :class:`~guide.rights.overlap.OverlapError`.
    """
    done = []
    with publish(actor=by, reason="proposal of a feed approved") as publication:
        for proposal in proposals:
            locked = Proposal.objects.select_for_update().select_related("feed").get(pk=proposal.pk)
            if locked.decision != Decision.OPEN:
                continue
            table = TABLES[locked.table]
            record = table.record.model_validate(locked.after)
            stored = table.stored([locked.key]).get(locked.key)
            if stored and (locked.before is None or as_json(stored.record) != locked.before):
                raise OutdatedError(f"“{locked.key}” has changed since this was proposed.")
            origin = stored.origin if stored else locked.feed.origin
            plan = table.plan_of(record, stored)
            table.carry_out(plan, [record], publication, origin=origin)
            _decide(locked, Decision.APPROVED, by)
            done.append(locked)
    return done


def refuse(proposals: Iterable[Proposal], *, by: str) -> list[Proposal]:
    """Say no. The same proposal does not come again."""
    with transaction.atomic():
        found = [proposal for proposal in proposals if proposal.decision == Decision.OPEN]
        for proposal in found:
            _decide(proposal, Decision.REFUSED, by)
    return found


def _decide(proposal: Proposal, decision: Decision, by: str) -> None:
    proposal.decision, proposal.decided_by, proposal.decided_at = decision, by, timezone.now()
    proposal.save(update_fields=["decision", "decided_by", "decided_at"])
