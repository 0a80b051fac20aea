"""Records that have no table of their own yet: a document is compared with the last one that was accepted.

What is accepted is the document itself, kept with its run; whoever needs the records reads them from there.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias

from guide.feeds.adapters.base import Rejected
from guide.feeds.models import Feed
from guide.feeds.records import ChannelIdRecord, ChannelReachRecord, ChannelRecord, ProgrammeRecord
from guide.feeds.sinks.base import Counts, Read
from guide.publication.publish import Publication
from guide.publication.records import Record
from guide.publication.stored import fingerprint

Key: TypeAlias = tuple[Any, ...]
Fate: TypeAlias = Literal["created", "changed", "unchanged"]
IDENTITY: Mapping[type[Record], tuple[str, ...]] = {
    # As the guides tell programmes apart: else the two of one slot would change into each other at each reading.
    ProgrammeRecord: ("channel", "starts_at", "clump", "title", "sub_title"),
    ChannelRecord: ("id",),
    ChannelReachRecord: ("channel", "edition"),
    ChannelIdRecord: ("site", "site_id", "channel"),
}


class ComparisonSink:
    """``before`` reads the last accepted document with the adapter of today; None where there is none."""

    def __init__(self, feed: Feed, read: Read, before: Read | None) -> None:
        self.feed = feed
        self._read = read
        self._before = before
        self._counts = Counts()

    def look(self) -> Counts:
        records: list[Any] = []
        rejections: list[Rejected] = []
        for item in self._read():
            if isinstance(item, Rejected):
                rejections.append(item)
            else:
                records.append(item.record)
        old = [item.record for item in self._before() if not isinstance(item, Rejected)] if self._before else []
        self._counts = self._compared(old, records)
        self._counts.rejections = rejections
        self._counts.newest_day = max((day for record in records if (day := _day(record))), default=None)
        return self._counts

    def write(self, publication: Publication) -> Counts:
        return self._counts

    def _compared(self, old: list[Any], new: list[Any]) -> Counts:
        return counted(old, new, fingerprints(old))


def fingerprints(records: Iterable[Record]) -> dict[Key, bytes]:
    """What records say, by what they are about."""
    return {_key(record): fingerprint(record) for record in records}


def fate_of(record: Record, before: Mapping[Key, bytes]) -> Fate:
    """As what a record counts beside those that were there before."""
    known = before.get(_key(record))
    if known is None:
        return "created"
    return "unchanged" if known == fingerprint(record) else "changed"


def move(counts: Counts, source: str, target: str) -> None:
    """Count one record as something else."""
    setattr(counts, source, getattr(counts, source) - 1)
    setattr(counts, target, getattr(counts, target) + 1)


def counted(old: Iterable[Record], new: Iterable[Record], before: Mapping[Key, bytes]) -> Counts:
    """By identity and content; ``before`` are the :func:`fingerprints` of the old ones. Of programmes, only those count
    as gone of which the document speaks: of its channels, from its first to its last instant.
    """
    old, new = list(old), list(new)
    fates = Counter(fate_of(record, before) for record in new)
    counts = Counts(created=fates["created"], changed=fates["changed"], unchanged=fates["unchanged"], stood=len(before))
    seen = {_key(record) for record in new}
    spoken_of = _scope(new)
    counts.gone = sum(1 for record in old if _key(record) not in seen and spoken_of(record))
    return counts


def _scope(new: list[Record]) -> Any:
    programmes = [record for record in new if isinstance(record, ProgrammeRecord)]
    if not programmes:
        return lambda record: True
    channels = {programme.channel for programme in programmes}
    first = min(programme.starts_at for programme in programmes)
    last = max(programme.starts_at for programme in programmes)
    return lambda record: record.channel in channels and first <= record.starts_at <= last


def _key(record: Record) -> Key:
    return tuple(getattr(record, name) for name in IDENTITY[type(record)])


def _day(record: Record) -> dt.date | None:
    return record.starts_at.date() if isinstance(record, ProgrammeRecord) else None
