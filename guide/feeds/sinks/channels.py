"""Channels of a directory: compared like all that has no table of its own, and what the directory knows of services of
ours becomes proposals. Facts only: never a name, never a country, never where a stream lies.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from broadcasters.catalogue import SERVICES
from broadcasters.models import Broadcaster
from broadcasters.names import country_name
from broadcasters.records import ServiceRecord
from guide.feeds.models import Run
from guide.feeds.names import channel_name
from guide.feeds.proposals import Wish, drop_unwished, propose
from guide.feeds.records import ChannelRecord
from guide.feeds.sinks.base import LINES_AT_MOST, Counts, Read
from guide.feeds.sinks.comparison import ComparisonSink, Fate, counted, fate_of, fingerprints, move
from guide.publication.checking import overlong
from guide.publication.publish import Publication
from guide.publication.records import as_json
from guide.publication.tables import Entry
from guide.rights.models import RightCountry


@dataclass(frozen=True, slots=True)
class _Service:
    """A channel of ours that stands."""

    record: ServiceRecord
    locked: frozenset[str]
    """Fields for which an editor vouches."""
    website: str
    """The broadcaster's."""


class ChannelsSink(ComparisonSink):
    """A channel is a service of ours where name and country leave no choice; any other says nothing about ours."""

    def __init__(self, run: Run, read: Read, before: Read | None) -> None:
        super().__init__(run.feed, read, before)
        self._run = run
        self._wishes: list[tuple[Fate, Wish]] = []
        """What the channel would count as if it asked for nothing, and what it asks for."""

    def _compared(self, old: list[Any], new: list[Any]) -> Counts:
        before = fingerprints(old)
        counts = counted(old, new, before)
        services = _services()
        channels = matched(new, [service.record for service in services.values()])
        slugs = {channel.id: slug for slug, channel in channels.items()}
        for slug, channel in channels.items():
            if wish := self._wish(services[slug], channel, slugs):
                fate = fate_of(channel, before)
                self._wishes.append((fate, wish))
                move(counts, fate, "proposed")
        return counts

    def write(self, publication: Publication) -> Counts:
        counts = super().write(publication)
        lines: list[str] = []
        for fate, wish in self._wishes:
            if propose(self._run, wish):
                lines.append(f"? {wish.key}: {wish.note}")
            else:
                # What waits already, or was refused, is nothing new.
                move(counts, "proposed", fate)
        drop_unwished(self._run, SERVICES, [wish.key for _, wish in self._wishes])
        counts.table = tuple(lines[:LINES_AT_MOST])
        return counts

    def _wish(self, service: _Service, channel: ChannelRecord, slugs: Mapping[str, str]) -> Wish | None:
        """What the channel says and our service does not; None where that is nothing."""
        before, news = service.record, _news(service, channel, slugs)
        if not news:
            return None
        after = before.model_copy(update={name: value for name, (value, _) in news.items()})
        said = " and ".join(sentence for _, sentence in news.values())
        called = f"{channel.name} ({channel.id}, {country_name(channel.country, 'en')})"
        note = f"{self.feed.publisher or self.feed.name} says that {called} {said}."
        if len(before.countries) > 1:
            note += f" Our service can be opened in {len(before.countries)} countries."
        if "ended_on" in news and (rights := _rights_after(before.slug, channel.closed_on)):
            note += f" Against it: by rights on record it shows something later ({', '.join(rights)})."
        return Wish(SERVICES, before.slug, before, after, [as_json(channel)], note)


def matched(channels: Iterable[ChannelRecord], services: Iterable[ServiceRecord]) -> dict[str, ChannelRecord]:
    """By the slug of a service the one channel of its name in its countries; of several, the one that is not closed.

    A service for which several remain, and several services for which the same remains, have none.
    """
    wanted = {service.slug: (channel_name(service.name), frozenset(service.countries)) for service in services}
    names = frozenset(name for name, _ in wanted.values())
    known: defaultdict[str, list[ChannelRecord]] = defaultdict(list)
    for channel in channels:
        for name in {channel_name(name) for name in (channel.name, *channel.other_names)} & names:
            known[name].append(channel)
    found: dict[str, list[ChannelRecord]] = {}
    claimed: defaultdict[str, set[str]] = defaultdict(set)
    for slug, (name, countries) in wanted.items():
        here = [channel for channel in known[name] if channel.country in countries]
        found[slug] = [channel for channel in here if not channel.closed_on] or here
        for channel in found[slug]:
            claimed[channel.id].add(slug)
    return {slug: here[0] for slug, here in found.items() if len(here) == 1 and len(claimed[here[0].id]) == 1}


def _services() -> dict[str, _Service]:
    """The standing TV channels of standing broadcasters, by slug."""
    websites = dict(Broadcaster.objects.standing().values_list("slug", "website"))
    return {
        slug: _Service(stored.record, frozenset(stored.locked_fields), websites[stored.record.broadcaster])
        for slug, stored in SERVICES.stored().items()
        if stored.record.kind == "tv"
        and stored.record.broadcaster in websites
        and not (stored.is_withdrawn or stored.is_locked)
    }


def _news(service: _Service, channel: ChannelRecord, slugs: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """By column what our service leaves open and the channel says, and the sentence that goes with it."""
    ours = service.record
    news: dict[str, tuple[str, str]] = {}
    is_over = channel.closed_on or ours.ended_on
    # What is over has no page that anybody should open, and the page of one country is none for the others.
    is_local = ours.countries == (channel.country,)
    if channel.website and is_local and not is_over and not _is_same_page(channel.website, service.website):
        news["url"] = channel.website, f"has the site {channel.website}"
    if channel.closed_on:
        news["ended_on"] = channel.closed_on.isoformat(), f"closed on {channel.closed_on}"
    # What took its place may be an edition of a channel: “One.uk@HD”.
    successor = slugs.get(channel.replaced_by.partition("@")[0], ours.slug)
    if successor != ours.slug:
        news["successor"] = successor, f"was replaced by {channel.replaced_by}, here “{successor}”"
    return {
        name: (value, sentence)
        for name, (value, sentence) in news.items()
        if not getattr(ours, name) and name not in service.locked and _fits(ours, name, value)
    }


def _rights_after(service: str, day: dt.date | None) -> list[str]:
    """Keys of standing rights that name a service and end after a day."""
    rows = RightCountry.objects.filter(right__services__slug=service, right__withdrawn_at__isnull=True, to_day__gt=day)
    return sorted(set(rows.values_list("right__key", flat=True)))


def _fits(service: ServiceRecord, name: str, value: str) -> bool:
    """Whether the table can hold the value."""
    try:
        record = ServiceRecord.model_validate(service.model_dump(warnings=False) | {name: value})
    except ValidationError:
        return False
    return not list(overlong(SERVICES, [Entry(record=record, document=service.slug, line=0)]))


def _is_same_page(one: str, other: str) -> bool:
    return _page(one) == _page(other)


def _page(address: str) -> tuple[str, str, str]:
    """What an address leads to, however it is written."""
    parts = urlsplit(address)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query
