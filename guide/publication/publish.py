"""The one way to write what the public sees."""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from guide.publication.models import Action, Change, Revision
from guide.publication.records import Record, as_json

logger = logging.getLogger(__name__)

HELD_AT_MOST = 5_000
"""Changes that stand in memory."""


@dataclass(slots=True)
class Publication:
    """The changes of one transaction, before they are written; where there are very many, as they come."""

    actor: str
    reason: str
    now: dt.datetime
    changes: list[Change] = field(default_factory=list)
    written: int = 0
    """Changes that stand in the log already. What wrote them cannot be tried again inside this transaction."""
    found: int = 0
    """The revision that stood when this transaction began. Nobody else writes until it ends."""
    revision: int = 0

    def record(
        self, action: Action, table: str, key: str, *, before: Record | None, after: Record | None, reason: str = ""
    ) -> None:
        """Note one change. What does not differ is no change and leaves no trace. ``reason`` is one of its own."""
        if action == Action.CHANGED and before == after:
            return
        self.changes.append(
            Change(
                changed_at=self.now,
                actor=self.actor,
                reason=reason or self.reason,
                action=action,
                table=table,
                key=key,
                before=None if before is None else as_json(before),
                after=None if after is None else as_json(after),
            )
        )
        if len(self.changes) >= HELD_AT_MOST:
            self.write()

    def write(self) -> None:
        """Write the changes that are noted, under the next revision."""
        if not self.changes:
            return
        if not self.revision:
            self.revision = self.found + 1
            Revision.objects.update(number=self.revision, changed_at=self.now)
        for change in self.changes:
            change.revision = self.revision
        Change.objects.bulk_create(self.changes, batch_size=500)
        self.written += len(self.changes)
        self.changes.clear()


@contextmanager
def publish(actor: str, reason: str, *, now: dt.datetime | None = None) -> Iterator[Publication]:
    """Open a transaction that may change what the public sees; write its changes and bump the revision once, at the
    end.

    A block that records no change leaves the revision alone; a block that raises leaves everything as it was. One
    publishes at a time: what the block reads stays as it is until it ends, and revisions become visible in their order,
    so a reader that has seen revision 7 never later meets a change of revision 6.
    """
    with transaction.atomic():
        now = now or timezone.now()
        publication = Publication(actor=actor, reason=reason, now=now, found=_locked_revision(now))
        yield publication
        publication.write()
        if publication.written:
            logger.info(
                "published",
                extra={
                    "revision": publication.revision,
                    "changes": publication.written,
                    "actor": publication.actor,
                    "reason": publication.reason,
                },
            )


def _locked_revision(now: dt.datetime) -> int:
    """The revision that stands. Taken first by all, so that no two ever wait for each other's rows."""
    Revision.objects.get_or_create(pk=1, defaults={"changed_at": now})
    return Revision.objects.select_for_update().get(pk=1).number
