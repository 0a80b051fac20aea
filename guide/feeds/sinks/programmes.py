"""Programme guides: a programme that shows an event of ours live becomes a listing, evidence for that event alone.

No right is ever made from a guide. What is doubtful, and a time that a fixture list leaves open, are proposals.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from broadcasters.models import Country
from competitions.catalogue import EVENTS
from guide.feeds.adapters.base import Fault, FeedError
from guide.feeds.models import LONGEST_CHANNEL, Decision, Feed, GuideChannel, Proposal, Run
from guide.feeds.programmes.candidates import matcher_for
from guide.feeds.programmes.matching import Doubtful, Match, first_of_the_day
from guide.feeds.proposals import Wish, drop_unwished, propose
from guide.feeds.records import ProgrammeRecord
from guide.feeds.sinks.base import LINES_AT_MOST, Counts, Read
from guide.feeds.sinks.comparison import ComparisonSink, fate_of, fingerprints, move
from guide.publication.locking import merged
from guide.publication.publish import Publication
from guide.publication.reconcile import Outcome
from guide.publication.records import as_json
from guide.publication.stored import Stored
from guide.publication.tables import near
from guide.rights.listings import Listing, listing_key
from guide.rights.reconcile import LISTINGS
from guide.rights.records import ListingRecord

LONGEST_EXAMPLE = 200
SAME_BROADCAST = dt.timedelta(hours=18)
"""After a broadcast has begun: until then a guide that no longer has it may show a repeat, and no new time of it."""


@dataclass(slots=True)
class _Listed:
    """A listing as the guide has it, and the programmes that make it."""

    record: ListingRecord
    programmes: list[ProgrammeRecord] = field(default_factory=list)


class ProgrammesSink(ComparisonSink):
    """The feed is set to a ``country``; the table of its channels says which service of ours each is. Of channels that
    nobody has placed, those that show an event of ours are put into the table for an editor, and list nothing yet.

    Raises :class:`~guide.feeds.adapters.base.FeedError` where the country is none of ours.
    """

    def __init__(self, run: Run, read: Read, before: Read | None, *, today: dt.date) -> None:
        super().__init__(run.feed, read, before)
        self._run = run
        self._today = today
        self._country = country_of(run.feed)
        channels = GuideChannel.objects.filter(feed=run.feed)
        # A service that cannot be opened in the country any more shows nothing there.
        placed = channels.filter(
            is_ignored=False, service__withdrawn_at__isnull=True, service__countries=self._country.code
        )
        self._services: dict[str, str] = dict(placed.values_list("channel", "service__slug"))
        self._ignored = set(channels.filter(is_ignored=True).values_list("channel", flat=True))
        self._shown: defaultdict[str, list[ProgrammeRecord]] = defaultdict(list)
        """Programmes that show something of ours, or seem to, by channel."""
        self._wanted: dict[str, _Listed] = {}
        self._doubtful: dict[str, _Listed] = {}
        self._times: dict[str, ProgrammeRecord] = {}
        """By the key of an event without a time, the first programme that shows it."""
        self._fates: dict[int, str] = {}
        self._span = dt.datetime.min.replace(tzinfo=dt.UTC), dt.datetime.min.replace(tzinfo=dt.UTC)

    def _compared(self, old: list[Any], new: list[Any]) -> Counts:
        before = fingerprints(old)
        counts = super()._compared(old, new)
        if not new:
            return counts
        self._span = min(one.starts_at for one in new), max(one.starts_at for one in new)
        matcher = matcher_for(*self._span, zone=self._country.zone)
        found: list[tuple[ProgrammeRecord, Match]] = []
        for programme in new:
            said = None if _channel(programme) in self._ignored else matcher.match(programme)
            if isinstance(said, Match):
                found.append((programme, said))
            elif isinstance(said, Doubtful):
                self._list(programme, said.event, self._doubtful)
            if said:
                self._fates[id(programme)] = fate_of(programme, before)
        for programme, match in first_of_the_day(found):
            if self._list(programme, match.event, self._wanted) and match.is_time_news:
                first = self._times.get(match.event, programme)
                self._times[match.event] = min(first, programme, key=lambda one: one.starts_at)
        return counts

    def _list(self, programme: ProgrammeRecord, event: str, listed: dict[str, _Listed]) -> bool:
        """Whether the channel is a service of ours, so that there is something to list."""
        self._shown[_channel(programme)].append(programme)
        service = self._services.get(_channel(programme))
        if service is None:
            return False
        record = self._listing(programme, event, service)
        if known := listed.get(record.key):
            # Halves, and a channel that the guide lists twice, are one listing from the first to the last.
            record = _joined(known.record, record)
        listed.setdefault(record.key, _Listed(record)).programmes.append(programme)
        listed[record.key].record = record
        return True

    def _listing(self, programme: ProgrammeRecord, event: str, service: str) -> ListingRecord:
        return ListingRecord(
            key=listing_key(event, service, self._country.code),
            event=event,
            service=service,
            country=self._country.code,
            kind="live",
            starts_at=programme.starts_at,
            ends_at=programme.stops_at,
            publisher=self.feed.publisher or self.feed.name,
            source_url=self.feed.address if self.feed.address.startswith("https://") else "",
            seen_on=self._today,
        )

    # Writing

    def write(self, publication: Publication) -> Counts:
        counts = super().write(publication)
        stored = LISTINGS.stored(self._wanted.keys() | self._doubtful.keys())
        decided = self._heed_decisions()
        plan = Outcome(table=LISTINGS.name)
        records = []
        for key, listed in self._wanted.items():
            known, record = stored.get(key), listed.record
            if known and self._is_taken(known):
                continue
            if known and not known.is_withdrawn:
                if _is_over(known.record, record, publication.now):
                    self._times.pop(record.event, None)
                    continue
                record = record.model_copy(update={"seen_on": known.record.seen_on})
            if known:
                locked = {name: getattr(known.record, name) for name in known.locked_fields}
                record = merged(record, locked) or known.record
            one = LISTINGS.plan_of(record, known)
            plan = replace(plan, created=(*plan.created, *one.created), changed=(*plan.changed, *one.changed))
            records.append(record)
        plan = replace(plan, withdrawn=tuple(self._left_out(publication.now)))
        LISTINGS.carry_out(plan, records, publication, origin=self.feed.origin)
        self._note_channels()
        lines = [f"+ {key}" for key in plan.created] + [f"~ {key}" for key in plan.changed]
        lines += [f"- {key}" for key in plan.withdrawn]
        lines += self._propose(counts, [*self._times_wished(), *self._listings_wished(stored, decided)])
        counts.table = tuple(lines[:LINES_AT_MOST])
        return counts

    def _heed_decisions(self) -> dict[str, Proposal]:
        """What editors have said of the doubtful; those to which they said yes are listed like the certain ones."""
        decisions = (Decision.APPROVED, Decision.REFUSED)
        rows = Proposal.objects.filter(feed=self.feed, table=LISTINGS.name, decision__in=decisions)
        decided = {row.key: row for row in rows.filter(key__in=self._doubtful)}
        for key, row in decided.items():
            if row.decision == Decision.APPROVED:
                self._wanted.setdefault(key, self._doubtful[key])
        return decided

    def _is_taken(self, known: Stored[ListingRecord]) -> bool:
        """Whether an editor has the say on a listing, or another witness stands for it: one is enough."""
        return known.is_locked or (known.origin != self.feed.origin and not known.is_withdrawn)

    def _left_out(self, now: dt.datetime) -> Iterable[str]:
        """Coming listings of this guide within the span of which it speaks, which it no longer has."""
        rows = Listing.objects.standing().filter(
            origin=self.feed.origin,
            is_locked=False,
            starts_at__gte=max(now, self._span[0]),
            starts_at__lte=self._span[1],
        )
        return [key for key in rows.values_list("key", flat=True) if key not in self._wanted]

    def _note_channels(self) -> None:
        for channel, programmes in self._shown.items():
            example = f"{programmes[0].starts_at:%Y-%m-%d %H:%M}Z {programmes[0].title}"[:LONGEST_EXAMPLE]
            noted = {"programmes": len(programmes), "example": example}
            row, is_new = GuideChannel.objects.get_or_create(feed=self.feed, channel=channel, defaults=noted)
            if not is_new:
                # Not by save(): nobody has placed it anew.
                GuideChannel.objects.filter(pk=row.pk).update(**noted)

    # Asking

    def _propose(self, counts: Counts, wishes: Iterable[tuple[Wish, ProgrammeRecord]]) -> list[str]:
        lines = []
        wished: dict[str, list[str]] = {EVENTS.name: [], LISTINGS.name: []}
        for wish, programme in wishes:
            wished[wish.table.name].append(wish.key)
            if propose(self._run, wish):
                lines.append(f"? {wish.key}: {wish.note}")
                move(counts, self._fates[id(programme)], "proposed")
        for table in (EVENTS, LISTINGS):
            drop_unwished(self._run, table, wished[table.name])
        return lines

    def _times_wished(self) -> Iterable[tuple[Wish, ProgrammeRecord]]:
        events = EVENTS.stored(self._times.keys())
        for key, programme in self._times.items():
            stored = events[key]
            before = stored.record
            if stored.is_locked or "starts_at" in stored.locked_fields or before.starts_at == programme.starts_at:
                continue
            values: dict[str, Any] = {"starts_at": programme.starts_at, "precision": "provisional"}
            if before.starts_at and before.ends_at:
                values["ends_at"] = programme.starts_at + (before.ends_at - before.starts_at)
            note = f"{self._name} lists it from {programme.starts_at:%Y-%m-%d %H:%M}Z; the list has no time that holds."
            after = before.model_copy(update=values)
            yield Wish(EVENTS, key, before, after, [as_json(programme)], note), programme

    def _listings_wished(
        self, stored: Mapping[str, Stored[ListingRecord]], decided: Mapping[str, Proposal]
    ) -> Iterable[tuple[Wish, ProgrammeRecord]]:
        for key, listed in self._doubtful.items():
            known, programme = stored.get(key), listed.programmes[0]
            is_known = known is not None and (known.is_locked or not known.is_withdrawn)
            if key in self._wanted or is_known or (key in decided and _speaks_of(decided[key], programme)):
                continue
            event = listed.record.event
            note = f"{self._name} lists “{programme.title}”. One side is known, at the time of {event}."
            yield Wish(LISTINGS, key, None, listed.record, [as_json(one) for one in listed.programmes], note), programme

    @property
    def _name(self) -> str:
        return self.feed.publisher or self.feed.name


def country_of(feed: Feed) -> Country:
    """The country for which a guide speaks. Raises :class:`~guide.feeds.adapters.base.FeedError`."""
    code = feed.option("country")
    if not code:
        raise FeedError(Fault.NOT_SET, "The options of the feed name no country: {“country”: “FR”}.")
    countries = Country.objects.standing()
    if country := countries.filter(code=code).first():
        return country
    raise FeedError(Fault.NOT_SET, f"“{code}” is no country.{near(code, countries.values_list('code', flat=True))}")


def _channel(programme: ProgrammeRecord) -> str:
    """As the table of channels has it."""
    return programme.channel[:LONGEST_CHANNEL]


def _joined(one: ListingRecord, other: ListingRecord) -> ListingRecord:
    """One listing from the first to the last; without an end where the last has none."""
    first, last = sorted((one, other), key=lambda record: record.starts_at or dt.datetime.min.replace(tzinfo=dt.UTC))
    ends_at = max(filter(None, (first.ends_at, last.ends_at)), default=None)
    if last.ends_at is None and last.starts_at and ends_at and ends_at <= last.starts_at:
        ends_at = None
    return one.model_copy(update={"starts_at": first.starts_at, "ends_at": ends_at})


def _is_over(known: ListingRecord, told: ListingRecord, now: dt.datetime) -> bool:
    """Whether a listed broadcast has begun, so that what the guide has later that day is none of it, or its rest."""
    if known.starts_at is None or told.starts_at is None or known.starts_at > now:
        return False
    return known.starts_at < told.starts_at < known.starts_at + SAME_BROADCAST


def _speaks_of(decided: Proposal, programme: ProgrammeRecord) -> bool:
    """Whether it was about this programme: a new time makes it no other."""
    titles = {(claim.get("title"), claim.get("sub_title")) for claim in decided.claims if isinstance(claim, dict)}
    return (programme.title, programme.sub_title) in titles
