"""The public changes of one record, told by what they altered."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guide.publication.models import Change

TOLD_AT_MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """One member of a record, as JSON values."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class PastChange:
    """One entry of the change log. Nothing is ``altered`` where the record appeared or went as a whole.

    It does not tell who did it: the log is public, and editors are people.
    """

    revision: int
    changed_at: dt.datetime
    action: str
    reason: str
    altered: tuple[Alteration, ...]


def history_of(table: str, key: str) -> list[PastChange]:
    """The last changes of a record, :data:`TOLD_AT_MOST` of them, the oldest first, in one query."""
    last = Change.objects.about(table, key).order_by("-revision", "-id")[:TOLD_AT_MOST]
    return [
        PastChange(
            revision=change.revision,
            changed_at=change.changed_at,
            action=change.action,
            reason=change.reason,
            altered=tuple(_alterations(change.before, change.after)) if change.before and change.after else (),
        )
        for change in reversed(last)
    ]


def _alterations(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Alteration]:
    fields = {**before, **after}
    return [
        Alteration(field=name, before=before.get(name), after=after.get(name))
        for name in fields
        if before.get(name) != after.get(name)
    ]
