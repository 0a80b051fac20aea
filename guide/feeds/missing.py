"""What sources call events, and events that their source has come to leave out: noted at once, out of sight after a
while, back as soon as they are named again.
"""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db.models import Exists, OuterRef

from competitions.catalogue import EVENTS
from competitions.models import Event, EventSource
from competitions.querysets import EventQuerySet
from guide.publication.publish import Publication

MISSING_FOR = dt.timedelta(days=7)
"""How long a source may leave out a coming event that nobody else names, before it is withdrawn."""


def note_sources(origin: str, source_keys: Mapping[str, str], gone: Collection[str], *, now: dt.datetime) -> None:
    """Write down by the keys of events what the source calls them, and which of them it no longer names."""
    ids = dict(Event.objects.filter(key__in=source_keys).values_list("key", "pk"))
    known = EventSource.objects.filter(origin=origin)
    noted = {row.event_id: row for row in known.filter(event__in=ids.values())}
    new, altered = [], []
    for key, source_key in source_keys.items():
        row = noted.get(ids[key])
        if row is None:
            new.append(EventSource(event_id=ids[key], origin=origin, key=source_key[:200]))
        elif row.key != source_key[:200] or row.missing_since:
            row.key, row.missing_since = source_key[:200], None
            altered.append(row)
    EventSource.objects.bulk_create(new, batch_size=500)
    EventSource.objects.bulk_update(altered, ["key", "missing_since"], batch_size=500)
    known.filter(event__key__in=gone).update(missing_since=now)


def overdue(origin: str, now: dt.datetime) -> EventQuerySet:
    """Coming events of a source that nobody has named for some time, and that hold none which stands."""
    return (
        Event.objects.standing()
        .filter(
            origin=origin,
            is_locked=False,
            status="scheduled",
            sources__origin=origin,
            sources__missing_since__lte=now - MISSING_FOR,
        )
        .exclude(Exists(EventSource.objects.filter(event=OuterRef("pk"), missing_since__isnull=True)))
        .exclude(Exists(Event.objects.standing().filter(parent=OuterRef("pk"))))
        .exclude(day__lte=now.date())
    )


def withdraw_overdue(origin: str, publication: Publication, *, but: Collection[str]) -> int:
    """Take them out of sight, and what held them after them. How many they were."""
    count = 0
    while keys := set(overdue(origin, publication.now).values_list("key", flat=True)) - set(but):
        EVENTS.withdraw(EVENTS.stored(sorted(keys)), publication)
        count += len(keys)
    return count
