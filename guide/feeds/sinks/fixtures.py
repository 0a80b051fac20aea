"""Fixture lists: the events of ours come to say what the lists say of them. An event is never deleted by a list, and
never made twice because its day, round, number or a key of the source has moved.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from competitions.catalogue import EVENTS
from competitions.models import Event, EventSource
from competitions.records import EventRecord
from guide.feeds.adapters.base import Code, Found, Rejected
from guide.feeds.fixture_names import FixtureNames, KnownSeason, labels_of_races, race_name
from guide.feeds.missing import note_sources, withdraw_overdue
from guide.feeds.models import Feed
from guide.feeds.names import UnknownNameError
from guide.feeds.pairing import same_events
from guide.feeds.records import FixtureRecord
from guide.feeds.renames import suggest_aliases
from guide.feeds.schedules import Said, differs, differs_in_schedule, may_schedule, new_event, rescheduled
from guide.feeds.sinks.base import LINES_AT_MOST, Counts, Read
from guide.feeds.weekends import with_weekends
from guide.publication.checking import overlong
from guide.publication.publish import Publication
from guide.publication.reconcile import Outcome
from guide.publication.records import as_json
from guide.publication.stored import Stored
from guide.publication.tables import Entry, problems_of


@dataclass(slots=True)
class _Standing:
    """An event of ours in a season that the document speaks of."""

    stored: Stored[EventRecord]
    scheduled_by: str
    names: tuple[str, ...]
    """Of what has no two sides, all that it is called."""


class FixturesSink:
    def __init__(self, feed: Feed, read: Read) -> None:
        self.feed = feed
        self._read = read
        self._names = FixtureNames(dict(feed.options.get("aliases", {})))
        self._seasons: dict[str, KnownSeason] = {}
        self._standing: dict[str, _Standing] = {}
        self._labels: dict[str, str] = {}
        self._rejected: list[Rejected] = []
        self._unknown: list[FixtureRecord] = []
        """Rejected for the name of a team, with those names as given."""
        self._created: dict[str, EventRecord] = {}
        self._changed: dict[str, EventRecord] = {}
        self._scheduled: defaultdict[str, set[str]] = defaultdict(set)
        """By whose word on the schedule stands from now on, empty for who keeps them, the keys of events."""
        self._source_keys: dict[str, str] = {}
        """By the key of the event, what the source calls it."""
        self._gone: list[str] = []
        self._counts = Counts()

    # Looking

    def look(self) -> Counts:
        said = list(self._without_doubles(with_weekends(self._resolved())))
        self._standing = self._read_standing()
        self._name_races(said)
        known = {id(record): key for key, record in self._as_listed().items()}
        pairs = same_events([*self._listed], [one.record for one in said])
        of_ours = {id(now): known[id(was)] for was, now in pairs}
        counts = self._counts
        # A weekend before its sessions, which are filed under its key.
        for one in sorted(said, key=lambda one: bool(one.record.session)):
            if key := of_ours.get(id(one.record)):
                self._say(one, key, counts)
            else:
                self._add(one, counts)
        self._leave(said)
        counts.rejections = self._rejected
        counts.newest_day = max((one.record.day for one in said if one.record.day), default=None)
        counts.renamed = self._renamed()
        counts.table = self._lines()
        return counts

    def _resolved(self) -> Iterator[Said]:
        for item in self._read():
            if isinstance(item, Rejected):
                self._rejected.append(item)
                continue
            try:
                yield self._resolve(item)
            except UnknownNameError as error:
                self._reject(item, error.code, str(error))

    def _resolve(self, found: Found[FixtureRecord]) -> Said:
        record = found.record
        season = self._names.season(record.competition, record.season)
        self._seasons[season.key] = season
        updates = {"competition": season.competition, "season": season.key}
        unknown: UnknownNameError | None = None
        for side in ("home", "away"):
            if record.home and not getattr(record, f"{side}_is_slot"):
                try:
                    updates[side] = self._names.team(getattr(record, side), season.sport)
                except UnknownNameError as error:
                    unknown = unknown or error
        ours = record.model_copy(update=updates)
        if unknown:
            self._unknown.append(ours)
            raise unknown
        return Said(
            record=ours,
            season=season.key,
            stage=season.stage(record.stage),
            name=record.name,
            position=found.position,
            raw=found,
        )

    def _without_doubles(self, said: Iterable[Said]) -> Iterator[Said]:
        """All of them but what says the same as another, once names are ours."""
        seen: dict[FixtureRecord, str] = {}
        for one in said:
            record = one.record
            if one.position and record.home and not (record.home_is_slot or record.away_is_slot):
                first = seen.setdefault(record.model_copy(update={"source_key": ""}), one.position)
                if first != one.position:
                    self._reject(one.raw, Code.DUPLICATE, f"The same stands at {first} already.")
                    continue
            yield one

    def _read_standing(self) -> dict[str, _Standing]:
        rows = Event.objects.filter(season__key__in=self._seasons).values_list("key", "scheduled_by")
        by = dict(rows)
        return {
            key: _Standing(stored, by[key], tuple(_names_of(stored.record)))
            for key, stored in EVENTS.stored(list(by)).items()
        }

    def _name_races(self, said: Iterable[Said]) -> None:
        """Put the labels of our events in the place of the names of races."""
        races: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        for key, standing in self._standing.items():
            record = standing.stored.record
            if not record.parent and not record.is_match:
                races[record.season][key] = standing.names
        by_name: dict[str, dict[str, str]] = {}
        for season, events in races.items():
            labels, by_name[season] = labels_of_races(events)
            self._labels |= labels
        for one in said:
            if one.record.name and not one.record.home:
                name = race_name(one.record.name)
                called = by_name.get(one.season, {}).get(name, name)
                one.record = one.record.model_copy(update={"name": called})

    def _as_listed(self) -> dict[str, FixtureRecord]:
        """Our events as a list would have them."""
        listed = {}
        for key, standing in self._standing.items():
            record = standing.stored.record
            season = self._seasons[record.season]
            listed[key] = FixtureRecord.model_construct(
                competition=season.competition,
                season=season.key,
                stage=record.round,
                name="" if record.is_match else self._labels.get(record.parent or key, key),
                session=record.session,
                home=record.home or record.home_slot,
                away=record.away or record.away_slot,
                home_is_slot=bool(record.home_slot),
                away_is_slot=bool(record.away_slot),
                number=record.number,
                starts_at=record.starts_at,
                ends_at=record.ends_at,
                day=record.day,
                precision=record.precision,
                venue=record.venue,
                status=record.status,
            )
        self._listed = list(listed.values())
        return listed

    def _say(self, said: Said, key: str, counts: Counts) -> None:
        """An event of ours: what the document says of it is said of ours, where it may."""
        standing = self._standing[key]
        stored, record = standing.stored, said.record
        self._source_keys[key] = record.source_key
        try:
            after = rescheduled(said, stored, self.feed.origin)
        except ValidationError as error:
            self._reject_unsound(said, error)
            return
        if after == stored.record and not stored.is_withdrawn:
            is_held_back = stored.locked_fields and differs(said, stored, self.feed.origin)
            self._count(said, "kept" if is_held_back else "unchanged")
        elif stored.is_locked or not (
            stored.is_withdrawn or may_schedule(said, self.feed.origin, stored, standing.scheduled_by)
        ):
            self._count(said, "kept")
        elif self._is_usable(said, after):
            self._changed[key] = after
            speaker = "" if self._keeper(key) == self.feed.origin else self.feed.origin
            is_spoken_of = stored.is_withdrawn or differs_in_schedule(stored.record, after)
            if is_spoken_of and speaker != standing.scheduled_by:
                self._scheduled[speaker].add(key)
            self._count(said, "changed")

    def _keeper(self, key: str) -> str:
        """Who keeps an event of ours from now on. What its keeper no longer names is of whoever names it."""
        stored = self._standing[key].stored
        return self.feed.origin if stored.is_withdrawn else stored.origin

    def _add(self, said: Said, counts: Counts) -> None:
        if said.record.session:
            said.parent = self._weekend_of(said)
            if said.parent:
                said.name = self._event(said.parent).name
        try:
            record = new_event(said, self._standing.keys() | self._created.keys())
        except ValidationError as error:
            self._reject_unsound(said, error)
            return
        if self._is_usable(said, record):
            self._created[record.key] = record
            self._source_keys[record.key] = said.record.source_key
            self._count(said, "created")

    def _weekend_of(self, said: Said) -> str:
        """The key of what holds a session: ours by that name, or the one that this document brings."""
        events = {key: standing.stored.record for key, standing in self._standing.items()} | self._created
        weekends = {
            key: record
            for key, record in events.items()
            if record.season == said.season
            and not record.parent
            and not record.is_match
            and said.record.name in (self._labels.get(key), race_name(record.name))
        }
        day = said.record.day or dt.date.max
        # There is none where its name is of no use, which is the name of the session as well.
        return min(weekends, key=lambda key: abs((weekends[key].day or dt.date.max) - day), default="")

    def _event(self, key: str) -> EventRecord:
        return self._created[key] if key in self._created else self._standing[key].stored.record

    def _is_usable(self, said: Said, record: EventRecord) -> bool:
        problems = list(overlong(EVENTS, [Entry(record=record, document=self.feed.slug, line=0)]))
        if problems and said.position:
            self._reject(said.raw, Code.TOO_LONG, f"{problems[0].column}: {problems[0].message}")
        return not problems

    def _leave(self, said: Iterable[Said]) -> None:
        """What the source named before and no longer names. Of days before its first it does not speak."""
        first = min((one.record.day for one in said if one.record.day), default=None)
        named = EventSource.objects.filter(origin=self.feed.origin, missing_since__isnull=True)
        if not self._seasons:
            # Of nothing that it knows, a document can only be all wrong.
            self._counts.stood = named.count()
            return
        stood = set(named.filter(event__season__key__in=self._seasons).values_list("event__key", flat=True))
        self._counts.stood = len(stood)
        for key in sorted(stood - self._source_keys.keys()):
            record = self._standing[key].stored.record
            is_spoken_of = first is None or record.day is None or record.day >= first
            if is_spoken_of and record.status != "cancelled":
                self._gone.append(key)
        self._counts.gone = len(self._gone)

    def _renamed(self) -> tuple[str, ...]:
        if not (self._gone and self._unknown):
            return ()
        renames = suggest_aliases(self._listed, self._unknown)
        return tuple(f"{self._names.called(one.old)} → {one.new}" for one in renames)

    # Writing

    def write(self, publication: Publication) -> Counts:
        origin = self.feed.origin
        EVENTS.carry_out(
            Outcome(table=EVENTS.name, created=tuple(self._created)), self._created.values(), publication, origin=origin
        )
        keepers: defaultdict[str, dict[str, EventRecord]] = defaultdict(dict)
        for key, record in self._changed.items():
            keepers[self._keeper(key)][key] = record
        for keeper, records in keepers.items():
            plan = Outcome(table=EVENTS.name, changed=tuple(records))
            EVENTS.carry_out(plan, records.values(), publication, origin=keeper)
        for speaker, keys in self._scheduled.items():
            Event.objects.filter(key__in=keys).update(scheduled_by=speaker)
        note_sources(origin, self._source_keys, self._gone, now=publication.now)
        withdraw_overdue(origin, publication, but=self._may_be_named())
        return self._counts

    def _may_be_named(self) -> set[str]:
        """Events left out that one of the records may mean whose teams are not known: the club has another name now."""
        unknown: defaultdict[str, list[FixtureRecord]] = defaultdict(list)
        for record in self._unknown:
            unknown[record.season].append(record)
        return {key for key, one in self._standing.items() if _may_be_one_of(unknown, one.stored.record)}

    # Telling

    def _count(self, said: Said, name: str) -> None:
        """What the document only implies is none of its records."""
        if said.position:
            setattr(self._counts, name, getattr(self._counts, name) + 1)

    def _reject_unsound(self, said: Said, error: ValidationError) -> None:
        if said.position:
            told = problems_of(error, document=self.feed.slug, numbers={})[0]
            self._reject(said.raw, Code.BAD_VALUE, f"{told.column}: {told.message}".removeprefix(": "))

    def _reject(self, found: Found[FixtureRecord], code: Code, message: str) -> None:
        rejected = Rejected(code=code, position=found.position, message=message, raw=as_json(found.record))
        self._rejected.append(rejected)

    def _lines(self) -> tuple[str, ...]:
        lines = [
            *(f"- {key}" for key in self._gone),
            *(f"+ {key}" for key in self._created),
            *(f"~ {key}: {_differences(self._standing[key].stored.record, new)}" for key, new in self._changed.items()),
        ]
        return tuple(lines[:LINES_AT_MOST])


def _may_be_one_of(unknown: Mapping[str, Iterable[FixtureRecord]], event: EventRecord) -> bool:
    return event.is_match and any(
        one.home == event.home or one.away == event.away or one.day == event.day
        for one in unknown.get(event.season, ())
    )


def _names_of(record: EventRecord) -> Iterator[str]:
    yield record.name
    yield from (text.text for text in (*record.names, *record.aliases))


def _differences(before: EventRecord, after: EventRecord) -> str:
    names = [name for name in type(before).model_fields if getattr(before, name) != getattr(after, name)]
    return ", ".join(f"{name} {getattr(before, name)} → {getattr(after, name)}" for name in names)
