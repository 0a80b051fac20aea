"""How often an entry has changed, and when it last did.

``SEQUENCE`` counts the changes of when it is, whether it is, and who plays. ``LAST-MODIFIED`` is the last moment at
which anything was written of which an entry may speak: the event and what it is named after, its listings in the
country, the rights and findings of its competition, rules that forbid to show it. It may rise while the entry stays as
it is, where the change was to another country; it never stays behind, unless a row was deleted, which only superusers
can.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Greatest
from django.db.models.lookups import Exact

from broadcasters.models import Country
from competitions.models import Event
from guide.publication.models import Change
from guide.rights.blackouts import Blackout
from guide.rights.models import Finding, Listing, Right

COUNTED = ("day", "last_day", "starts_at", "ends_at", "precision", "status", "home", "away", "home_slot", "away_slot")
"""Members of an event's record. A change of another one, such as the venue, is none of the schedule."""


NEVER = Value(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    sequence: int
    changed_at: dt.datetime


class Editions:
    """Those of events as a country sees them, read in one query."""

    def __init__(self, events: Sequence[Event], country: Country) -> None:
        self._changes: dict[tuple[str, str], int] = {}
        self._moments: dict[tuple[str, str], dt.datetime] = {}
        if events:
            for about, subject, changes, at in _rows(events, country):
                # A sum over no rows is a row without a moment.
                if at:
                    self._changes[about, subject] = changes
                    self._moments[about, subject] = at

    def of(self, event: Event) -> Edition:
        competition = event.season.competition
        named = [event, event.parent, event.home, event.away, event.stage, competition, competition.sport]
        moments = [row.updated_at for row in named if row]
        about = [
            ("listings", event.key),
            ("listings", event.parent.key if event.parent else ""),
            ("rights", competition.slug),
            ("findings", competition.slug),
            ("blackouts", ""),
        ]
        moments += [self._moments[key] for key in about if key in self._moments]
        return Edition(sequence=self._changes.get(("events", event.key), 0), changed_at=max(moments))


def sequences(table: str, keys: Iterable[str], members: Sequence[str]) -> dict[str, int]:
    """By key, how often a member of the records was changed."""
    rows = _changes(table, keys, members).order_by().values("key").annotate(changes=Count("id"))
    return dict(rows.values_list("key", "changes"))


def _rows(events: Sequence[Event], country: Country) -> Iterable[tuple[str, str, int, dt.datetime | None]]:
    """What is asked about, its key, how often it has changed, and when it last did."""
    keys = [event.key for event in events]
    competitions = {event.season.competition_id for event in events}
    listed = {event.pk for event in events} | {event.parent_id for event in events if event.parent_id}
    listings = Listing.objects.filter(event__in=listed, country=country)
    rights = Right.objects.filter(competition__in=competitions)
    findings = Finding.objects.filter(competition__in=competitions)
    first, *others = (
        _moments("events", _changes("events", keys, COUNTED), F("key"), Max("changed_at"), changes=Count("id")),
        _moments("listings", listings, F("event__key"), _latest("", "service__", "service__broadcaster__")),
        _moments("rights", rights, F("competition__slug"), _latest("", "broadcaster__", "services__")),
        _moments("findings", findings, F("competition__slug"), Max("updated_at")),
        _moments("blackouts", Blackout.objects.all(), Value(""), Max("updated_at")),
    )
    rows: QuerySet[Any, Any] = first.union(*others, all=True)
    return rows


def _changes(table: str, keys: Iterable[str], members: Sequence[str]) -> QuerySet[Change]:
    """Entries of the log that say something else of one of the members than was said before."""
    pairs = ((_told(f"before__{name}"), _told(f"after__{name}")) for name in members)
    altered = reduce(or_, (~Q(Exact(before, after)) for before, after in pairs))
    return Change.objects.filter(altered, table=table, key__in=keys, before__isnull=False, after__isnull=False)


def _told(path: str) -> Coalesce:
    return Coalesce(KT(path), Value("", output_field=TextField()))


def _latest(*paths: str) -> Greatest:
    """The last writing of rows and of what they are named after; a right may be without services."""
    own = Max("updated_at")
    return Greatest(*(Coalesce(Max(f"{path}updated_at"), own) for path in paths))


def _moments(
    about: str, rows: QuerySet[Any], subject: F | Value, at: Any, *, changes: Count | Value = NEVER
) -> QuerySet[Any, Any]:
    named = rows.order_by().annotate(about=Value(about), subject=subject).values("about", "subject")
    told: QuerySet[Any, Any] = named.annotate(changes=changes, at=at)
    return told.values_list("about", "subject", "changes", "at")
