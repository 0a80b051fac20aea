"""The one way to write what the public sees."""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from guide.publication.models import Action, Change, Revision
from guide.publication.records import Record, as_json

logger = logging.getLogger(__name__)

HELD_AT_MOST = 5_000
"""Changes that stand in memory. With more, the counter is bumped early, and other writers wait until the commit."""


@dataclass(slots=True)
class Publication:
    """The changes of one transaction, before they are written; where there are very many, as they come."""

    actor: str
    reason: str
    now: dt.datetime
    changes: list[Change] = field(default_factory=list)
    written: int = 0
    """Changes that stand in the log already. What wrote them cannot be tried again inside this transaction."""
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

    def lock(self) -> None:
        """Keep every other publication from ending before this one."""
        Revision.objects.get_or_create(pk=1, defaults={"changed_at": self.now})
        Revision.objects.select_for_update().get(pk=1)

    def write(self) -> None:
        """Write the changes that are noted, under the next revision, which nobody else can then take."""
        if not self.changes:
            return
        self.revision = self.revision or _bump(self.now)
        for change in self.changes:
            change.revision = self.revision
        Change.objects.bulk_create(self.changes, batch_size=500)
        self.written += len(self.changes)
        self.changes.clear()


@contextmanager
def publish(actor: str, reason: str, *, now: dt.datetime | None = None) -> Iterator[Publication]:
    """Open a transaction that may change what the public sees; write its changes and bump the revision once, at the
    end.

    A block that records no change leaves the revision alone; a block that raises leaves everything as it was.
    """
    with transaction.atomic():
        publication = Publication(actor=actor, reason=reason, now=now or timezone.now())
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


def _bump(now: dt.datetime) -> int:
    # The row lock of the counter is held until the commit, so revisions become visible in their order: a reader
    # that has seen revision 7 never later meets a change of revision 6.
    Revision.objects.get_or_create(pk=1, defaults={"changed_at": now})
    Revision.objects.filter(pk=1).update(number=F("number") + 1, changed_at=now)
    return Revision.objects.values_list("number", flat=True).get(pk=1)
