"""Programme guides: a programme that shows an event of ours live becomes a listing, evidence for that event alone.

No right is ever made from a guide. What is doubtful, and a time that a fixture list leaves open, are proposals.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from broadcasters.models import Country
from competitions.catalogue import EVENTS
from guide.feeds.models import GuideChannel, Run
from guide.feeds.programmes.candidates import matcher_for
from guide.feeds.programmes.matching import Doubtful, Match, first_of_the_day
from guide.feeds.proposals import Wish, propose
from guide.feeds.records import ProgrammeRecord
from guide.feeds.sinks.base import LINES_AT_MOST, Counts, Read
from guide.feeds.sinks.comparison import ComparisonSink, fate_of, fingerprints, move
from guide.publication.locking import merged
from guide.publication.publish import Publication
from guide.publication.reconcile import Outcome
from guide.publication.records import as_json
from guide.rights.listings import Listing, listing_key
from guide.rights.reconcile import LISTINGS
from guide.rights.records import ListingRecord

LONGEST_EXAMPLE = 200


class ProgrammesSink(ComparisonSink):
    """The feed is set to a ``country``; the table of its channels says which service of ours each is. Of channels that
    nobody has placed, those that show an event of ours are put into the table for an editor, and list nothing yet.
    """

    def __init__(self, run: Run, read: Read, before: Read | None, *, today: dt.date) -> None:
        super().__init__(run.feed, read, before)
        self._run = run
        self._today = today
        self._country = Country.objects.standing().filter(code=run.feed.option("country")).first()
        placed = GuideChannel.objects.filter(feed=run.feed)
        standing = placed.filter(is_ignored=False, service__withdrawn_at__isnull=True)
        self._services: dict[str, str | None] = dict(standing.values_list("channel", "service__slug"))
        self._ignored = set(placed.filter(is_ignored=True).values_list("channel", flat=True))
        self._shown: defaultdict[str, list[ProgrammeRecord]] = defaultdict(list)
        """Programmes that show something of ours, by channel."""
        self._wanted: dict[str, ListingRecord] = {}
        self._doubtful: list[tuple[ProgrammeRecord, Doubtful]] = []
        self._times: dict[str, ProgrammeRecord] = {}
        """By the key of an event without a time, the first programme that shows it."""
        self._fates: dict[int, str] = {}
        self._span = dt.datetime.min.replace(tzinfo=dt.UTC), dt.datetime.min.replace(tzinfo=dt.UTC)

    def _compared(self, old: list[Any], new: list[Any]) -> Counts:
        before = fingerprints(old)
        counts = super()._compared(old, new)
        if not new or self._country is None:
            return counts
        self._span = min(one.starts_at for one in new), max(one.starts_at for one in new)
        matcher = matcher_for(*self._span)
        found: list[tuple[ProgrammeRecord, Match]] = []
        for programme in new:
            said = None if programme.channel in self._ignored else matcher.match(programme)
            if isinstance(said, Match):
                found.append((programme, said))
            elif isinstance(said, Doubtful):
                self._doubtful.append((programme, said))
            if said:
                self._fates[id(programme)] = fate_of(programme, before)
        for programme, match in first_of_the_day(found):
            self._list(programme, match)
        return counts

    def _list(self, programme: ProgrammeRecord, match: Match) -> None:
        self._shown[programme.channel].append(programme)
        service = self._services.get(programme.channel)
        if service is None:
            return
        record = self._listing(programme, match.event, service)
        if known := self._wanted.get(record.key):
            # Halves, and a channel that the guide lists twice, are one listing from the first to the last.
            starts = [one.starts_at for one in (known, record) if one.starts_at]
            ends = [one.ends_at for one in (known, record) if one.ends_at]
            record = known.model_copy(update={"starts_at": min(starts), "ends_at": max(ends, default=None)})
        self._wanted[record.key] = record
        if match.is_time_news:
            first = self._times.get(match.event)
            self._times[match.event] = min(filter(None, (first, programme)), key=lambda one: one.starts_at)

    def _listing(self, programme: ProgrammeRecord, event: str, service: str) -> ListingRecord:
        assert self._country is not None  # noqa: S101 (nothing is listed without)
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
        stored = LISTINGS.stored(self._wanted.keys())
        plan = Outcome(table=LISTINGS.name)
        records = []
        for key, record in self._wanted.items():
            known = stored.get(key)
            if known and (known.is_locked or known.origin != self.feed.origin):
                # Somebody else has listed it already: one witness is enough.
                continue
            if known and not known.is_withdrawn:
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
        lines += self._propose(counts)
        counts.table = tuple(lines[:LINES_AT_MOST])
        return counts

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
            row, is_new = GuideChannel.objects.get_or_create(feed=self.feed, channel=channel[:200], defaults=noted)
            if not is_new:
                # Not by save(): nobody has placed it anew.
                GuideChannel.objects.filter(pk=row.pk).update(**noted)

    def _propose(self, counts: Counts) -> list[str]:
        lines = []
        events = EVENTS.stored({*self._times, *(said.event for _, said in self._doubtful)})
        for wish, programme in self._wishes(events):
            if propose(self._run, wish):
                lines.append(f"? {wish.key}: {wish.note}")
                move(counts, self._fates[id(programme)], "proposed")
        return lines

    def _wishes(self, events: Any) -> Iterable[tuple[Wish, ProgrammeRecord]]:
        guide = self.feed.publisher or self.feed.name
        for key, programme in self._times.items():
            before = events[key].record
            values = {"starts_at": programme.starts_at, "precision": "provisional"}
            after = before.model_copy(update=values)
            note = f"{guide} lists it from {programme.starts_at:%Y-%m-%d %H:%M}Z; the list has no time that holds."
            if before.starts_at != programme.starts_at:
                yield Wish(EVENTS, key, before, after, [as_json(programme)], note), programme
        for programme, said in self._doubtful:
            service = self._services.get(programme.channel)
            if service is None:
                continue
            record = self._listing(programme, said.event, service)
            if record.key not in self._wanted:
                note = f"{guide} lists “{programme.title}”. One side is known, at the time of {said.event}."
                yield Wish(LISTINGS, record.key, None, record, [as_json(programme)], note), programme
