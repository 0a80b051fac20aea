"""How events are stored: more than one source may speak about an event, and one of them keeps it."""

import dataclasses
from typing import Any

from competitions.events import Event
from competitions.records import EventRecord
from guide.publication.identifiers import opaque_id
from guide.publication.reconcile import Table
from guide.publication.stored import Mark

SCHEDULE = (
    *("round", "number", "home", "away", "home_slot", "away_slot"),
    *("day", "last_day", "starts_at", "ends_at", "precision", "status", "venue", "zone"),
)
"""What a source that knows more may say of an event that another keeps."""


def event_id(key: str) -> str:
    """The opaque public id of an event."""
    return opaque_id("evt", "event", key)


class EventTable(Table[EventRecord]):
    def derive(self, record: EventRecord, row: Any) -> None:
        if not row.public_id:
            row.public_id = event_id(record.key)

    def marks(self) -> dict[str, Mark]:
        """As for every table; what another source knows better is locked for who keeps the event."""
        marks = super().marks()
        theirs = Event.objects.exclude(scheduled_by="").values_list("key", flat=True)
        for key, stored in self.stored(list(theirs)).items():
            better = {name: getattr(stored.record, name) for name in SCHEDULE}
            marks[key] = dataclasses.replace(marks[key], locked={**better, **marks[key].locked})
        return marks
