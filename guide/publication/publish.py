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


@dataclass(slots=True)
class Publication:
    """The changes of one transaction, before they are written."""

    actor: str
    reason: str
    now: dt.datetime
    changes: list[Change] = field(default_factory=list)

    def record(self, action: Action, table: str, key: str, *, before: Record | None, after: Record | None) -> None:
        """Note one change. What does not differ is no change and leaves no trace."""
        if action == Action.CHANGED and before == after:
            return
        self.changes.append(
            Change(
                changed_at=self.now,
                actor=self.actor,
                reason=self.reason,
                action=action,
                table=table,
                key=key,
                before=None if before is None else as_json(before),
                after=None if after is None else as_json(after),
            )
        )


@contextmanager
def publish(actor: str, reason: str, *, now: dt.datetime | None = None) -> Iterator[Publication]:
    """Open a transaction that may change what the public sees; write its changes and bump the revision once, at the
    end.

    A block that records no change leaves the revision alone; a block that raises leaves everything as it was.
    """
    with transaction.atomic():
        publication = Publication(actor=actor, reason=reason, now=now or timezone.now())
        yield publication
        if publication.changes:
            _close(publication)


def _close(publication: Publication) -> None:
    # The row lock of the counter is held until the commit, so revisions become visible in their order: a reader
    # that has seen revision 7 never later meets a change of revision 6.
    Revision.objects.get_or_create(pk=1, defaults={"changed_at": publication.now})
    Revision.objects.filter(pk=1).update(number=F("number") + 1, changed_at=publication.now)
    number = Revision.objects.values_list("number", flat=True).get(pk=1)
    for change in publication.changes:
        change.revision = number
    Change.objects.bulk_create(publication.changes, batch_size=500)
    logger.info(
        "published",
        extra={
            "revision": number,
            "changes": len(publication.changes),
            "actor": publication.actor,
            "reason": publication.reason,
        },
    )
