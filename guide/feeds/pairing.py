"""Which events of two readings of a fixture list are one.

An event is known by who plays it, or by its name and session: never by its date, round, place in the file or the
source's own key, all of which move while the event stays the same. Names are the same when they are so but for case,
accents and punctuation; likeness counts for nothing.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeAlias, TypeVar

from guide.feeds.records import FixtureRecord
from guide.feeds.spelling import normalised

H = TypeVar("H", bound=Hashable)
Key: TypeAlias = tuple[str, ...]

MOST_BY_NEAREST = 200
"""Events of one identity, on either side, up to which the nearest dates are sought; more are paired in order."""


def same_events(
    before: Iterable[FixtureRecord], after: Iterable[FixtureRecord]
) -> list[tuple[FixtureRecord, FixtureRecord]]:
    """The pairs that are one event each, as the very objects that were given. The order of neither list matters.

    A match with a slot is the one whose slot is filled later: its number leads to it, or its stage, day and venue.
    Several events of one list may go by the same names, such as two games of a season or two races in a country: stage
    and the nearest date tell them apart.
    """
    old, new = (_in_order(_Event(record) for record in records) for records in (before, after))
    pairs: list[tuple[_Event, _Event]] = []
    for key in (_Event.by_name, _Event.by_number, _Event.by_place):
        found = list(_paired(old, new, key))
        old, new = _without(found, old, new)
        pairs += found
    return [(was.record, now.record) for was, now in pairs]


class _Event:
    """A record with what it compares by."""

    def __init__(self, record: FixtureRecord) -> None:
        self.record = record
        self.home = normalised(record.home)
        self.away = normalised(record.away)
        self.stage = normalised(record.stage)
        self.day = record.day or dt.date.max
        self.whole = (normalised(record.competition), normalised(record.season))

    def by_name(self) -> Key:
        if self.record.home:
            return ("match", *self.whole, self.home, self.away)
        return ("event", *self.whole, normalised(self.record.name), normalised(self.record.session))

    def by_number(self) -> Key:
        """Empty where there is none, as for what is no match."""
        if self.record.number is None or not self.record.home:
            return ()
        return ("number", *self.whole, str(self.record.number))

    def by_place(self) -> Key:
        """Empty for what is no match."""
        if not self.record.home:
            return ()
        return ("place", *self.whole, self.stage, str(self.record.day or ""), normalised(self.record.venue))


def _may_be_one(was: _Event, now: _Event) -> bool:
    """Whether teams that both know are the same; a slot may become, or have been, any team."""
    return (was.record.home_is_slot or now.record.home_is_slot or was.home == now.home) and (
        was.record.away_is_slot or now.record.away_is_slot or was.away == now.away
    )


def _in_order(events: Iterable[_Event]) -> list[_Event]:
    return sorted(events, key=lambda event: (event.day, event.record.number or 0, event.record.model_dump_json()))


def _grouped(events: Iterable[_Event], key: Callable[[_Event], H]) -> dict[H, list[_Event]]:
    groups = defaultdict[H, list[_Event]](list)
    for event in events:
        groups[key(event)].append(event)
    return groups


def _without(pairs: Iterable[tuple[_Event, _Event]], *lists: Iterable[_Event]) -> Iterator[list[_Event]]:
    """Of each of the lists what is in none of the pairs."""
    taken = {id(event) for pair in pairs for event in pair}
    return ([event for event in events if id(event) not in taken] for events in lists)


def _paired(
    old: Sequence[_Event], new: Sequence[_Event], key: Callable[[_Event], Key]
) -> Iterator[tuple[_Event, _Event]]:
    groups = _grouped(new, key)
    for shared, left in _grouped(old, key).items():
        if shared and (right := groups.get(shared)):
            # Nearly all identities have one event on either side, and nothing to tell apart.
            yield from _nearest(left, right) if len(left) == len(right) == 1 else _told_apart(left, right)


def _told_apart(left: list[_Event], right: list[_Event]) -> Iterator[tuple[_Event, _Event]]:
    """Events that share an identity: equal stage and moment first, then equal stage, then the nearest date.

    Of what has no two sides the stage is the round, which moves when a race is called off, so it tells nothing.
    """

    def stage(event: _Event) -> Hashable:
        return event.stage if event.record.home else ""

    def exact(event: _Event) -> Hashable:
        return stage(event), event.record.day, event.record.starts_at

    for detail in (exact, stage, _always_the_same):
        others = _grouped(right, detail)
        found: list[tuple[_Event, _Event]] = []
        for shared, some in _grouped(left, detail).items():
            found += _nearest(some, others.get(shared, []))
        yield from found
        left, right = _without(found, left, right)


def _always_the_same(event: _Event) -> Hashable:
    return ""


def _nearest(left: Sequence[_Event], right: Sequence[_Event]) -> list[tuple[_Event, _Event]]:
    if max(len(left), len(right)) > MOST_BY_NEAREST:
        return [(was, now) for was, now in zip(left, right, strict=False) if _may_be_one(was, now)]
    candidates = sorted(
        (abs((was.day - now.day).days), i, j)
        for i, was in enumerate(left)
        for j, now in enumerate(right)
        if _may_be_one(was, now)
    )
    pairs, left_taken, right_taken = [], set[int](), set[int]()
    for _, i, j in candidates:
        if i not in left_taken and j not in right_taken:
            left_taken.add(i)
            right_taken.add(j)
            pairs.append((left[i], right[j]))
    return pairs
