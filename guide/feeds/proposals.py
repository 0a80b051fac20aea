"""Changes that wait for an editor, and what an editor's word does to them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from broadcasters.catalogue import SERVICES
from competitions.catalogue import EVENTS
from competitions.event_table import SCHEDULE
from competitions.models import Event
from guide.feeds.models import Decision, Proposal, Run
from guide.publication.locking import altered_fields
from guide.publication.publish import publish
from guide.publication.reconcile import Table
from guide.publication.records import Record, as_json
from guide.publication.stored import Stored
from guide.rights.reconcile import LISTINGS, RIGHTS

TABLES: Mapping[str, Table[Any]] = {table.name: table for table in (RIGHTS, SERVICES, EVENTS, LISTINGS)}
"""Tables for whose rows changes are proposed."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One row as it stands (None where none does) and as a feed would have it."""

    table: Table[Any]
    key: str
    before: Record | None
    after: Record
    claims: Sequence[object]
    note: str


@dataclass(slots=True)
class Decided:
    """What became of the proposals that an editor has chosen."""

    approved: list[Proposal] = field(default_factory=list)
    outdated: list[Proposal] = field(default_factory=list)


def propose(run: Run, wish: Wish) -> bool:
    """Put a wish before the editors, once. False where the same waits already, or an editor has said no to it.

    The same is what would change the same columns in the same way, whatever the row says beside them. Of a proposal
    that waits, the rest is brought up to date.
    """
    before, after = None if wish.before is None else as_json(wish.before), as_json(wish.after)
    known = Proposal.objects.filter(feed=run.feed, table=wish.table.name, key=wish.key).first()
    is_known = known is not None and _is_told_by(known, before, after)
    waits = known is not None and known.decision == Decision.OPEN
    if known and is_known:
        if known.decision == Decision.REFUSED:
            return False
        if waits and known.before == before and _timeless(known.after) == _timeless(after):
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
    return not (is_known and waits)


def _is_told_by(known: Proposal, before: Any, after: Any) -> bool:
    """Whether an earlier proposal asked for all that is wished now."""
    if known.decision == Decision.REFUSED and _timeless(known.after) == _timeless(after):
        # The feed says of the whole row what it said then.
        return True
    told = _asked(known.before, known.after)
    return all(name in told and told[name] == value for name, value in _asked(before, after).items())


def _asked(before: Any, after: Any) -> dict[str, Any]:
    """The columns that would change: what they would say; of a list, what would come and what would go."""
    before, after = _timeless(before or {}), _timeless(after)
    asked: dict[str, Any] = {}
    for name, new in after.items():
        old = before.get(name)
        if old == new and name in before:
            continue
        if isinstance(new, list):
            old = old or []
            asked[name] = [one for one in new if one not in old], [one for one in old if one not in new]
        else:
            asked[name] = new
    return asked


def _timeless(values: Any) -> Any:
    """Without the day on which we looked, which alone makes no new proposal."""
    if isinstance(values, dict):
        return {name: _timeless(value) for name, value in values.items() if name != "seen_on"}
    return [_timeless(value) for value in values] if isinstance(values, list) else values


def approve(proposals: Iterable[Proposal], *, by: str) -> Decided:
    """Publish what was proposed, all of it or nothing, in one revision. Rows stay whose they are.

    Where a row is no longer as the proposal found it, the proposal is marked as outdated instead: the feed proposes
    anew. Of two proposals for one row the first is published. What has changed in a row that somebody else keeps is
    locked, since its keeper would change it back. When an event takes place is not: there the feed has the say until
    somebody knows more, as between two fixture lists.

    Raises what the table raises, such as :class:`~guide.rights.overlap.OverlapError`.
    """
    decided = Decided()
    with publish(actor=by, reason="proposal of a feed approved") as publication:
        for proposal in _held(proposals):
            table = TABLES[proposal.table]
            stored = _held_row(table, proposal.key)
            if _is_outdated(proposal, stored):
                _decide(proposal, Decision.OUTDATED, by)
                decided.outdated.append(proposal)
                continue
            record = table.record.model_validate(proposal.after)
            own = proposal.feed.origin
            origin = stored.origin if stored else own
            table.carry_out(table.plan_of(record, stored), [record], publication, origin=origin)
            if stored and stored.origin != own:
                _hold(table, stored, record, own)
            _decide(proposal, Decision.APPROVED, by)
            decided.approved.append(proposal)
    return decided


def mark_outdated(proposals: Iterable[Proposal], *, by: str) -> list[Proposal]:
    """Take out of the queue what can no longer be approved because the row has changed since. The others stay."""
    with transaction.atomic():
        outdated = [
            proposal
            for proposal in _held(proposals)
            if _is_outdated(proposal, _held_row(TABLES[proposal.table], proposal.key))
        ]
        for proposal in outdated:
            _decide(proposal, Decision.OUTDATED, by)
    return outdated


def drop_unwished(run: Run, table: Table[Any], wished: Collection[str]) -> None:
    """Mark as outdated what waits of this feed for rows of which it wishes nothing any more."""
    waiting = Proposal.objects.filter(feed=run.feed, table=table.name, decision=Decision.OPEN)
    waiting.exclude(key__in=wished).update(
        decision=Decision.OUTDATED, decided_by=run.feed.origin, decided_at=timezone.now()
    )


def refuse(proposals: Iterable[Proposal], *, by: str) -> list[Proposal]:
    """Say no. The same proposal does not come again."""
    with transaction.atomic():
        found = _held(proposals)
        for proposal in found:
            _decide(proposal, Decision.REFUSED, by)
    return found


def _held(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Those that still wait, in their order, locked until the transaction ends."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("feed")
    chosen = rows.filter(pk__in=[proposal.pk for proposal in proposals], decision=Decision.OPEN)
    return list(chosen.order_by("pk"))


def _held_row(table: Table[Any], key: str) -> Stored[Any] | None:
    """The row, locked likewise, so that nobody changes it between a look at it and a word on it."""
    rows = table.model._default_manager.select_for_update().filter(**{table.key: key})
    return table.stored([key]).get(key) if rows.values_list("pk").first() else None


def standing(stored: Stored[Any] | None) -> Record | None:
    """The record of a row that has not been withdrawn."""
    return None if stored is None or stored.is_withdrawn else stored.record


def _is_outdated(proposal: Proposal, stored: Stored[Any] | None) -> bool:
    record = standing(stored)
    return (None if record is None else as_json(record)) != proposal.before


def _hold(table: Table[Any], stored: Stored[Any], record: Record, origin: str) -> None:
    """Have a row say what was approved although its keeper says something else."""
    altered = set(altered_fields(stored.record, record))
    if table is EVENTS and altered & set(SCHEDULE):
        Event.objects.filter(pk=stored.id).update(scheduled_by=origin)
        altered -= set(SCHEDULE)
    locked = {*stored.locked_fields, *altered}
    in_order = tuple(name for name in table.record.model_fields if name in locked)
    table.model._default_manager.filter(pk=stored.id).update(locked_fields=in_order)


def _decide(proposal: Proposal, decision: Decision, by: str) -> None:
    proposal.decision, proposal.decided_by, proposal.decided_at = decision, by, timezone.now()
    proposal.save(update_fields=["decision", "decided_by", "decided_at"])
