"""Kick-offs that are none: the default time at which a whole round stands until television has chosen."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from guide.feeds.adapters.base import Found, Rejected
from guide.feeds.adapters.fixtures import Event

FEWEST = 3
"""Matches that have to share an instant: two simultaneous matches of a group are no default."""


def marked(items: Iterable[Event]) -> Iterator[Event]:
    """The same items, with “provisional” for times at which more than half of a round stands at one instant.

    The last round is left alone, since there all kick off together for real; where stages read “League, Matchday 8”,
    that holds for the last one of each part. A match that has been played had the time that it had.
    """
    listed = list(items)
    sizes, instants = Counter[str](), defaultdict[str, Counter[dt.datetime]](Counter)
    for item in listed:
        if isinstance(item, Found) and item.record.stage:
            sizes[item.record.stage] += 1
            if item.record.starts_at:
                instants[item.record.stage][item.record.starts_at] += 1
    last = _last_rounds(listed)
    for item in listed:
        if isinstance(item, Rejected):
            yield item
            continue
        record = item.record
        sharing = instants[record.stage][record.starts_at] if record.starts_at else 0
        if (
            record.precision == "exact"
            and record.status != "finished"
            and record.stage not in last
            and sharing >= FEWEST
            and 2 * sharing > sizes[record.stage]
        ):
            yield Found(record=record.model_copy(update={"precision": "provisional"}), position=item.position)
        else:
            yield item


def _last_rounds(items: Iterable[Event]) -> set[str]:
    # By the day on which a round begins: one postponed match does not make its round the last.
    begins = dict[str, dt.date]()
    for item in items:
        if isinstance(item, Found) and item.record.day:
            stage = item.record.stage
            begins[stage] = min(begins.get(stage, item.record.day), item.record.day)
    last = dict[str, tuple[dt.date, str]]()
    for stage, day in begins.items():
        part = stage.rpartition(", ")[0]
        last[part] = max(last.get(part, (day, stage)), (day, stage))
    return {stage for _, stage in last.values()}
