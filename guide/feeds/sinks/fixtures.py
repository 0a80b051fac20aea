"""Fixture lists: the events of ours come to say what the lists say of them. An event is never deleted by a list, and
never made twice because its day, round, number or a key of the source has moved.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from competitions.catalogue import EVENTS
from competitions.models import Event, EventSource
from competitions.records import EventRecord
from guide.feeds.adapters.base import Code, Found, Rejected
from guide.feeds.events import same_events
from guide.feeds.fixture_names import FixtureNames, KnownSeason, race_name, races_by_name
from guide.feeds.models import Feed
from guide.feeds.names import UnknownNameError
from guide.feeds.records import FixtureRecord
from guide.feeds.renames import suggest_aliases
from guide.feeds.schedules import Said, differs_in_schedule, may_schedule, new_event, rescheduled
from guide.feeds.sinks.base import Counts, Read
from guide.publication.checking import overlong
from guide.publication.publish import Publication
from guide.publication.reconcile import Outcome
from guide.publication.records import as_json
from guide.publication.stored import Stored
from guide.publication.tables import Entry

LINES_AT_MOST = 40
MISSING_FOR = dt.timedelta(days=7)
"""How long a source may leave out a coming event that nobody else names, before it is withdrawn."""


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
        self._rejected: list[Rejected] = []
        self._unknown: list[FixtureRecord] = []
        """Rejected for the name of a team, with those names as given."""
        self._created: dict[str, EventRecord] = {}
        self._changed: dict[str, EventRecord] = {}
        self._scheduled: set[str] = set()
        """Events of others on whose schedule this source's word stands now."""
        self._source_keys: dict[str, str] = {}
        """By the key of the event, what the source calls it."""
        self._gone: list[str] = []
        self._counts = Counts()

    # Looking

    def look(self) -> Counts:
        said = list(self._with_weekends(self._resolved()))
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

    def _with_weekends(self, said: Iterable[Said]) -> Iterator[Said]:
        """All of them, and for the sessions of a race what holds them."""
        weekends: defaultdict[tuple[str, str], list[Said]] = defaultdict(list)
        named: set[tuple[str, str]] = set()
        for one in said:
            yield one
            where = one.season, race_name(one.record.name)
            if one.record.session:
                weekends[where].append(one)
            elif one.record.name:
                named.add(where)
        for where, sessions in weekends.items():
            if where not in named:
                yield _weekend(sessions)

    def _read_standing(self) -> dict[str, _Standing]:
        rows = Event.objects.filter(season__key__in=self._seasons).values_list("key", "scheduled_by")
        by = dict(rows)
        return {
            key: _Standing(stored, by[key], tuple(_names_of(stored.record)))
            for key, stored in EVENTS.stored(list(by)).items()
        }

    def _name_races(self, said: Iterable[Said]) -> None:
        """Put the keys of our events in the place of the names of races."""
        races: defaultdict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for key, standing in self._standing.items():
            record = standing.stored.record
            if not record.parent and not record.is_match:
                races[record.season].append((key, standing.names))
        keys = {season: races_by_name(events) for season, events in races.items()}
        for one in said:
            if one.record.name and not one.record.home:
                name = race_name(one.record.name)
                called = keys.get(one.season, {}).get(name, name)
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
                name="" if record.is_match else (record.parent or key),
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
        after = rescheduled(said, stored, self.feed.origin)
        is_news = after != stored.record or stored.is_withdrawn
        if not is_news:
            self._count(said, "unchanged")
        elif stored.is_locked or not may_schedule(said, self.feed.origin, stored, standing.scheduled_by):
            self._count(said, "kept")
        elif self._is_usable(said, after):
            self._changed[key] = after
            if stored.origin != self.feed.origin and differs_in_schedule(stored.record, after):
                self._scheduled.add(key)
            self._count(said, "changed")

    def _add(self, said: Said, counts: Counts) -> None:
        if said.record.session:
            said.parent = self._weekend_of(said)
            said.name = self._event(said.parent).name
        record = new_event(said, {**self._standing, **self._created})
        if self._is_usable(said, record):
            self._created[record.key] = record
            self._source_keys[record.key] = said.record.source_key
            self._count(said, "created")

    def _weekend_of(self, said: Said) -> str:
        """The key of what holds a session: ours by that name, or the one that this document brings."""
        if said.record.name in self._standing:
            return said.record.name
        return next(
            key
            for key, record in self._created.items()
            if record.season == said.season and not record.parent and race_name(record.name) == said.record.name
        )

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
        named = EventSource.objects.filter(
            origin=self.feed.origin, missing_since__isnull=True, event__season__key__in=self._seasons
        )
        stood = set(named.values_list("event__key", flat=True))
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
        return tuple(f"{one.old} → {one.new}" for one in suggest_aliases(self._listed, self._unknown, {}))

    # Writing

    def write(self, publication: Publication) -> Counts:
        origin = self.feed.origin
        EVENTS.carry_out(
            Outcome(table=EVENTS.name, created=tuple(self._created)), self._created.values(), publication, origin=origin
        )
        keepers: defaultdict[str, dict[str, EventRecord]] = defaultdict(dict)
        for key, record in self._changed.items():
            keepers[self._standing[key].stored.origin][key] = record
        for keeper, records in keepers.items():
            plan = Outcome(table=EVENTS.name, changed=tuple(records))
            EVENTS.carry_out(plan, records.values(), publication, origin=keeper)
        Event.objects.filter(key__in=self._scheduled).update(scheduled_by=origin)
        self._note_sources(publication.now)
        self._withdraw_missing(publication)
        return self._counts

    def _note_sources(self, now: dt.datetime) -> None:
        ids = dict(Event.objects.filter(key__in=self._source_keys).values_list("key", "pk"))
        known = EventSource.objects.filter(origin=self.feed.origin)
        noted = {row.event_id: row for row in known.filter(event__in=ids.values())}
        new, altered = [], []
        for key, source_key in self._source_keys.items():
            row = noted.get(ids[key])
            if row is None:
                new.append(EventSource(event_id=ids[key], origin=self.feed.origin, key=source_key[:200]))
            elif row.key != source_key[:200] or row.missing_since:
                row.key, row.missing_since = source_key[:200], None
                altered.append(row)
        EventSource.objects.bulk_create(new, batch_size=500)
        EventSource.objects.bulk_update(altered, ["key", "missing_since"], batch_size=500)
        known.filter(event__key__in=self._gone).update(missing_since=now)

    def _withdraw_missing(self, publication: Publication) -> None:
        """Take out of sight what was to come and nobody has named for some time; it comes back when it is named."""
        missing = (
            Event.objects.standing()
            .filter(
                origin=self.feed.origin,
                is_locked=False,
                status="scheduled",
                season__key__in=self._seasons,
                sources__missing_since__lte=publication.now - MISSING_FOR,
                children__isnull=True,
            )
            .exclude(sources__missing_since__isnull=True)
            .exclude(day__lte=publication.now.date())
        )
        EVENTS.withdraw(EVENTS.stored(list(missing.values_list("key", flat=True))), publication)

    # Telling

    def _count(self, said: Said, name: str) -> None:
        """What the document only implies is none of its records."""
        if said.position:
            setattr(self._counts, name, getattr(self._counts, name) + 1)

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


def _weekend(sessions: list[Said]) -> Said:
    """What holds these sessions: from the first of their days to the last, called off where all of them are."""
    first = sessions[0].record
    days = sorted(one.record.day for one in sessions if one.record.day)
    statuses = {one.record.status for one in sessions if one.record.status != "finished"}
    record = FixtureRecord(
        competition=first.competition,
        season=first.season,
        stage=first.stage,
        name=first.name,
        day=days[0] if days else None,
        precision="day" if days else "unknown",
        venue=first.venue,
        status=statuses.pop() if len(statuses) == 1 else "scheduled",
    )
    last_day = days[-1] if days and days[-1] != days[0] else None
    return Said(record=record, season=sessions[0].season, name=sessions[0].name, last_day=last_day)


def _names_of(record: EventRecord) -> Iterator[str]:
    yield record.name
    yield from (text.text for text in (*record.names, *record.aliases))


def _differences(before: EventRecord, after: EventRecord) -> str:
    names = [name for name in type(before).model_fields if getattr(before, name) != getattr(after, name)]
    return ", ".join(f"{name} {getattr(before, name)} → {getattr(after, name)}" for name in names)
