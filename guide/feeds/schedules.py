"""What becomes of an event of ours when a source says something of it.

Whoever keeps the event speaks of its schedule; another source speaks where it knows more. Days, rounds and numbers move
and make no new event.
"""

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

from competitions.event_keys import event_key
from competitions.event_table import SCHEDULE
from competitions.records import EventRecord
from guide.bundled import ORIGIN as BUNDLED
from guide.feeds.records import FixtureRecord
from guide.publication.locking import merged
from guide.publication.records import time_zones
from guide.publication.stored import Stored

RANKS = {"unknown": 0, "day": 1, "provisional": 2, "exact": 3}
CALLED_OFF = ("postponed", "cancelled", "suspended")


@dataclass(slots=True, kw_only=True)
class Said:
    """What a document says of one event, with our names in the place of its own."""

    record: FixtureRecord
    season: str
    stage: str = ""
    name: str = ""
    """As given, for an event of ours that has none yet."""
    last_day: dt.date | None = None
    parent: str = ""
    position: str = ""
    """Empty for an event that the document implies: the weekend of its sessions."""
    raw: Any = field(default=None)

    @property
    def weight(self) -> int:
        """How much it knows of the time: that something is called off is as good as an exact time."""
        return RANKS["exact"] if self.record.status in CALLED_OFF else RANKS[self.record.precision]


def schedule(said: Said) -> dict[str, Any]:
    """What it says of the fields of :data:`~competitions.event_table.SCHEDULE`; nothing of what it leaves open."""
    record = said.record
    lasts = record.starts_at and record.ends_at and record.ends_at > record.starts_at
    values: dict[str, Any] = {
        "day": record.day,
        "last_day": said.last_day,
        "starts_at": record.starts_at,
        "ends_at": record.ends_at if lasts else None,
        "precision": record.precision,
        "status": record.status,
    }
    if record.home:
        # Of what has no two sides the round is a place in the list, and moves when another race is called off.
        values |= {"round": record.stage, "number": record.number}
        for side in ("home", "away"):
            is_slot, name = getattr(record, f"{side}_is_slot"), getattr(record, side)
            values |= {side: "" if is_slot else name, f"{side}_slot": name if is_slot else ""}
    if record.venue:
        values["venue"] = record.venue
    # Calendars have zones of their own making, and offsets are none.
    if "/" in record.zone and record.zone in time_zones():
        values["zone"] = record.zone
    return values


def may_schedule(said: Said, origin: str, stored: Stored[EventRecord], scheduled_by: str) -> bool:
    """Whether the word of ``origin`` on day and time goes before the one that stands."""
    speaker = scheduled_by or stored.origin
    if speaker == origin:
        return True
    record = stored.record
    standing = RANKS["exact"] if record.status in CALLED_OFF else RANKS[record.precision]
    # What comes with the guide is no newer than its version, and gives way to a feed that knows as much.
    return said.weight > standing or (speaker == BUNDLED and said.weight == standing)


def rescheduled(said: Said, stored: Stored[EventRecord], origin: str) -> EventRecord:
    """The event as it stands, with what ``origin`` says in the place of its schedule; locked fields stay."""
    after = _told(said, stored, origin)
    locked = {name: getattr(stored.record, name) for name in stored.locked_fields}
    return merged(after, locked) or stored.record


def differs(said: Said, stored: Stored[EventRecord], origin: str) -> bool:
    """Whether what ``origin`` says is another thing than what stands, locked or not."""
    return _told(said, stored, origin) != stored.record


def _told(said: Said, stored: Stored[EventRecord], origin: str) -> EventRecord:
    before = stored.record
    values = schedule(said)
    if not said.position and before.day and stored.origin != origin:
        # Who keeps a weekend knows its days better than the sessions that happen to be listed.
        values = {"status": values["status"]}
    elif not said.last_day and before.last_day and before.day and (day := said.record.day):
        if before.day <= day <= before.last_day:
            del values["day"], values["last_day"]
        else:
            # What lasts several days moves as a whole.
            values["last_day"] = day + (before.last_day - before.day)
    if said.stage and not before.stage:
        values["stage"] = said.stage
    return EventRecord.model_validate({**_values(before), **values})


def new_event(said: Said, taken: Container[str]) -> EventRecord:
    """A new event, under a key that nobody has."""
    record = said.record
    has_slot = record.home_is_slot or record.away_is_slot
    key = event_key(
        said.season,
        parent=said.parent,
        name=said.name,
        session=record.session,
        sides=(record.home, record.away) if record.home else None,
        number=record.number if has_slot else None,
        taken=taken,
    )
    return EventRecord(
        key=key,
        season=said.season,
        parent=said.parent,
        stage=said.stage,
        name="" if record.home else said.name,
        session=record.session,
        **schedule(said),
    )


def differs_in_schedule(before: EventRecord, after: EventRecord) -> bool:
    return any(getattr(before, name) != getattr(after, name) for name in SCHEDULE)


def _values(record: EventRecord) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).model_fields}
