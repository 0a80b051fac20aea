"""Rights of a feed. Of a trusted one, the guide's rows of that origin come to say what the document says; of any other,
what differs becomes proposals.

Of a hundred thousand rights of which a few have changed, only those few stand in memory; where very many differ, the
document is read once more for them.
"""

import gc
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from broadcasters.places import stored_groups, written_out
from guide.feeds.adapters.base import Code, Found, Rejected
from guide.feeds.models import Feed, Run
from guide.feeds.proposals import Wish, propose, standing
from guide.feeds.sinks.base import LINES_AT_MOST, Counts, Read
from guide.publication.checking import loose_ends, overlong
from guide.publication.locking import merged
from guide.publication.publish import Publication
from guide.publication.reconcile import Outcome
from guide.publication.records import as_json
from guide.publication.stored import LOT, Mark, fingerprint
from guide.publication.tables import Entry
from guide.rights.models import Right
from guide.rights.overlap import OverlapError, Windows
from guide.rights.reconcile import RIGHTS
from guide.rights.records import RightRecord

ROUNDS_AT_MOST = 50
"""How often an application begins again without the records that met rights of others, before it gives up."""
UNKNOWN = {
    "competition": Code.UNKNOWN_COMPETITION,
    "broadcaster": Code.UNKNOWN_BROADCASTER,
    "services": Code.UNKNOWN_SERVICE,
    "countries": Code.NOT_A_COUNTRY,
}
NEWS_AT_MOST = 10_000


def _stands(mark: Mark | None, told: bytes) -> bool:
    return mark is not None and mark.says(told)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Records hold no circles; to search a hundred thousand of them for some takes a quarter of the time of a look."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class RightsSink:
    def __init__(self, feed: Feed, read: Read) -> None:
        self.feed = feed
        self._read = read
        self._groups = stored_groups()
        self._rejected: dict[str, Rejected] = {}
        """By position."""
        self._plan = Outcome(table=RIGHTS.name)
        self._news: list[Found[RightRecord]] | None = []
        """The records that differ from what stands; None where they are more than can be kept."""
        self._locked: Mapping[str, Mapping[str, Any]] = {}
        """What editors have locked, by the key of the right."""
        self._said: dict[str, RightRecord] = {}
        """Of rights with locked fields, what the document itself says, by position."""
        self._stuck: set[str] = set()
        """Positions of records of which nothing can be written beside what is locked."""

    @_without_collecting()
    def look(self) -> Counts:
        marks = RIGHTS.marks()
        self._locked = {key: mark.locked for key, mark in marks.items() if mark.locked and not mark.is_locked}
        fingerprints: dict[str, bytes] = {}
        written: dict[str, bytes | None] = {}
        windows = Windows()
        for lot in self._lots():
            told = {found.position: fingerprint(found.record) for found in lot}
            news = {one.position: one for one in lot if not _stands(marks.get(one.record.key), told[one.position])}
            # What stands as it is has been checked when it was written.
            self._check(list(news.values()))
            for found in lot:
                record = found.record
                if found.position in self._rejected:
                    continue
                if record.key in fingerprints:
                    self._reject(found, Code.DUPLICATE, f"“{record.key}” stands in the document already.")
                elif found.position in self._stuck:
                    fingerprints[record.key] = fingerprint(self._said[found.position])
                    written[record.key] = None
                elif overlap := windows.add(record):
                    self._reject(found, Code.OVERLAPS, str(overlap))
                else:
                    fingerprints[record.key] = told[found.position]
                    if found.position in self._said:
                        fingerprints[record.key] = fingerprint(self._said[found.position])
                        written[record.key] = told[found.position]
                    if found.position in news:
                        self._keep(found)
        plan = RIGHTS.plan(fingerprints, origin=self.feed.origin, takes_over=False, marks=marks, merged=written)
        # A row that cannot be read is still named: what it said before stands until it can be, or until it is gone.
        named = {str(one.raw.get("key")) for one in self._rejected.values() if isinstance(one.raw, dict)}
        self._plan = replace(plan, withdrawn=tuple(key for key in plan.withdrawn if key not in named))
        if self._plan.foreign:
            for found in self._wanted(self._plan.foreign):
                said = f"“{found.record.key}” is kept by another source, which says something else."
                self._reject(found, Code.KEPT_BY_ANOTHER, said)
        return self._counts()

    def write(self, publication: Publication) -> Counts:
        for _ in range(ROUNDS_AT_MOST):
            found = list(self._wanted([*self._plan.created, *self._plan.changed]))
            try:
                records = (one.record for one in found)
                RIGHTS.carry_out(self._plan, records, publication, origin=self.feed.origin)
            except OverlapError as error:
                self._give_up(found, error)
            else:
                return self._counts()
        raise RuntimeError("The rights of this document meet too many of other sources.")

    def _give_up(self, found: Sequence[Found[RightRecord]], error: OverlapError) -> None:
        """Take out of the plan what met a right of another source: the other's days are respected."""
        ours = {one.record.key: one for one in found}
        for overlap in error.overlaps:
            key = overlap.right if overlap.right in ours else overlap.other
            if key not in ours:
                raise error
            self._reject(ours[key], Code.OVERLAPS, str(overlap))
        out = {key for key, one in ours.items() if one.position in self._rejected}
        self._plan = replace(
            self._plan,
            created=tuple(key for key in self._plan.created if key not in out),
            changed=tuple(key for key in self._plan.changed if key not in out),
        )

    def _counts(self) -> Counts:
        plan = self._plan
        lines = [
            *(f"- {key}" for key in plan.withdrawn),
            *(f"+ {key}" for key in plan.created),
            *(f"~ {key}" for key in plan.changed),
        ]
        return Counts(
            created=len(plan.created),
            changed=len(plan.changed),
            unchanged=plan.unchanged,
            kept=len(plan.kept),
            rejections=list(self._rejected.values()),
            gone=len(plan.withdrawn),
            stood=Right.objects.standing().filter(origin=self.feed.origin).count(),
            table=tuple(lines[:LINES_AT_MOST]),
        )

    # Reading

    def _lots(self) -> Iterator[list[Found[RightRecord]]]:
        lot: list[Found[RightRecord]] = []
        for item in self._read():
            if isinstance(item, Rejected):
                self._rejected[item.position] = item
                continue
            codes, problems = written_out(item.record.countries, self._groups)
            if problems:
                self._reject(item, Code.NOT_A_COUNTRY, " ".join(problems))
                continue
            if codes != item.record.countries:
                item = Found(record=item.record.model_copy(update={"countries": codes}), position=item.position)
            lot.append(self._merged(item))
            if len(lot) == LOT:
                yield lot
                lot = []
        yield lot

    def _merged(self, found: Found[RightRecord]) -> Found[RightRecord]:
        """What is to be written of a record, with what is locked in the place of what it says."""
        if (locked := self._locked.get(found.record.key)) is None:
            return found
        self._said[found.position] = found.record
        if (record := merged(found.record, locked)) is None:
            self._stuck.add(found.position)
            return found
        return Found(record=record, position=found.position)

    def _check(self, lot: Sequence[Found[RightRecord]]) -> None:
        """Reject what the table cannot hold."""
        places = dict(enumerate(lot))
        entries = [Entry(record=found.record, document=self.feed.slug, line=number) for number, found in places.items()]
        problems = [*loose_ends(RIGHTS, entries, {}, self.feed.origin), *overlong(RIGHTS, entries)]
        for problem in problems:
            found = places[problem.line]
            if found.position in self._said and problem.column in self._locked[found.record.key]:
                # The document is not to blame for what an editor has locked.
                self._stuck.add(found.position)
                continue
            code = UNKNOWN.get(problem.column, Code.TOO_LONG) if problem.message.startswith("“") else Code.TOO_LONG
            self._reject(found, code, f"{problem.column}: {problem.message}")

    def _keep(self, found: Found[RightRecord]) -> None:
        if self._news is not None:
            self._news.append(found)
            if len(self._news) > NEWS_AT_MOST:
                self._news = None

    def _wanted(self, keys: Collection[str]) -> Iterator[Found[RightRecord]]:
        """The usable records with these keys, which differ from what stands."""
        wanted = frozenset(keys)
        for lot in [self._news] if self._news is not None else self._lots():
            yield from (one for one in lot if one.record.key in wanted and one.position not in self._rejected)

    def _reject(self, found: Found[RightRecord], code: Code, message: str) -> None:
        record = self._said.get(found.position, found.record)
        rejected = Rejected(code=code, position=found.position, message=message, raw=as_json(record))
        self._rejected.setdefault(found.position, rejected)


class ProposedRightsSink(RightsSink):
    """Rights of a feed that nobody has called trusted. What it no longer names stays: an editor has published it."""

    def __init__(self, run: Run, read: Read) -> None:
        super().__init__(run.feed, read)
        self._run = run

    def look(self) -> Counts:
        super().look()
        self._plan = replace(self._plan, withdrawn=())
        wanted = len(self._plan.created) + len(self._plan.changed)
        return replace(self._counts(), created=0, changed=0, proposed=wanted)

    def write(self, publication: Publication) -> Counts:
        wanted = [*self._plan.created, *self._plan.changed]
        stored = RIGHTS.stored(self._plan.changed)
        proposed = 0
        for found in self._wanted(wanted):
            record = found.record
            before = standing(stored.get(record.key))
            note = "The feed says something else of this right." if before else "The right is not on record."
            proposed += propose(self._run, Wish(RIGHTS, record.key, before, record, [as_json(record)], note))
        # What waits already, or was refused, is nothing new.
        waiting = len(wanted) - proposed
        counts = self._counts()
        return replace(counts, created=0, changed=0, proposed=proposed, unchanged=counts.unchanged + waiting)
