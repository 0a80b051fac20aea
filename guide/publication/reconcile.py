"""Reconcile: make the stored rows say what a set of records says, and nothing else, by set difference.

Reading a table back gives the same records that were applied, so applying a document twice changes nothing the second
time, and the change log's before and after are plain records.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.db import models

from guide.publication.checking import doubles, loose_ends, overlong
from guide.publication.locking import merge
from guide.publication.models import Action, PublicModel
from guide.publication.publish import Publication
from guide.publication.records import Record
from guide.publication.stored import LOT, Children, Mark, Reference, Stored, StoredTable, fingerprint, lots
from guide.publication.tables import Entry, Problem

R = TypeVar("R", bound=Record)
BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one application did, by key. Records in = created + changed + unchanged + kept + foreign."""

    table: str
    created: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    unchanged: int = 0
    kept: tuple[str, ...] = ()
    """Where the document says something else than what an editor has locked, a row or fields of it, and nothing that
    it could change."""
    foreign: tuple[str, ...] = ()
    """Rows of another origin that the document would have changed, and must not."""


def column_of(model: type[models.Model], name: str) -> str:
    """The attribute that holds a field's own value: ``competition_id`` for ``competition``."""
    return cast("models.Field[Any, Any]", model._meta.get_field(name)).attname


class GuardError(Exception):
    """What :meth:`Table.guarded` refuses, a sentence a line; nothing was written."""


class CircleError(Exception):
    """Rows that refer to each other so that none can be written first."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = frozenset(keys)
        super().__init__(", ".join(sorted(self.keys)))


@dataclass(kw_only=True)
class Table(StoredTable[R]):
    """How the records of one kind are checked and written."""

    def derive(self, record: R, row: Any) -> None:
        """Set what a row holds beyond its record. Nothing, as a rule."""

    # Checking

    def problems(
        self, entries: Sequence[Entry[R]], incoming: Mapping[type[PublicModel], Collection[str]], *, origin: str = ""
    ) -> list[Problem]:
        """What the tables cannot hold: the same thing twice, references that lead nowhere, circles, overlong cells.

        ``incoming`` has by model the keys that the documents of ``origin`` bring; what else of that origin is stored
        goes.
        """
        return [
            *doubles(self, entries),
            *loose_ends(self, entries, incoming, origin),
            *self._circles(entries),
            *overlong(self, entries),
        ]

    def _circles(self, entries: Sequence[Entry[R]]) -> Iterator[Problem]:
        try:
            self._layers([entry.record for entry in entries])
        except CircleError as circle:
            for entry in entries:
                if self.key_of(entry.record) in circle.keys:
                    others = ", ".join(sorted(circle.keys))
                    yield entry.problem(self.own_references[0], f"Stands in a circle with {others}.")

    # Applying

    def apply(self, records: Iterable[R], publication: Publication, *, origin: str) -> Outcome:
        """Make the rows of ``origin`` say what ``records`` say. Rows of others with the same key are taken over;
        locked rows and locked fields stay.

        Call inside :func:`~guide.publication.publish.publish`, with records that :meth:`problems` found nothing wrong
        with.
        """
        incoming = {self.key_of(record): record for record in records}
        marks = self.marks()
        merged = merge(self, incoming, marks, origin=origin)
        plan = self.plan(
            {key: fingerprint(record) for key, record in incoming.items()},
            origin=origin,
            marks=marks,
            merged={key: None if record is None else fingerprint(record) for key, record in merged.items()},
        )
        records = (merged.get(key) or record for key, record in incoming.items())
        return self.carry_out(plan, records, publication, origin=origin)

    def plan(
        self,
        incoming: Mapping[str, bytes],
        *,
        origin: str,
        takes_over: bool = True,
        marks: Mapping[str, Mark] | None = None,
        merged: Mapping[str, bytes | None] | None = None,
    ) -> Outcome:
        """What an application would do, from the fingerprints of its records by key. Writes nothing.

        Without ``takes_over``, a standing row of another origin is not touched: its key is ``foreign`` if it differs.
        ``marks``: what stands, where the caller has looked already. ``merged``: the fingerprints of what would be
        written where fields are locked, None for nothing; see :mod:`guide.publication.locking`.
        """
        marks = self.marks() if marks is None else marks
        merged = merged or {}
        created, changed, kept, foreign = [], [], [], []
        unchanged = 0
        for key, told in incoming.items():
            mark, written = marks.get(key), merged.get(key, told)
            if mark and mark.says(told):
                unchanged += 1
            elif written is None or (mark and (mark.is_locked or mark.says(written))):
                kept.append(key)
            elif mark is None:
                created.append(key)
            elif mark.origin != origin and not takes_over:
                foreign.append(key)
            else:
                changed.append(key)
        gone = [
            key
            for key, mark in marks.items()
            if key not in incoming and mark.origin == origin and not mark.is_withdrawn and not mark.is_locked
        ]
        return Outcome(
            table=self.name,
            created=tuple(created),
            changed=tuple(changed),
            withdrawn=tuple(gone),
            unchanged=unchanged,
            kept=tuple(kept),
            foreign=tuple(foreign),
        )

    def plan_of(self, record: R, stored: Stored[R] | None) -> Outcome:
        """The plan that makes one row say what the record says, and touches no other."""
        key = self.key_of(record)
        if stored is None:
            return Outcome(table=self.name, created=(key,))
        if stored.record == record and not stored.is_withdrawn:
            return Outcome(table=self.name, unchanged=1)
        return Outcome(table=self.name, changed=(key,))

    def carry_out(self, plan: Outcome, records: Iterable[R], publication: Publication, *, origin: str) -> Outcome:
        """Do what :meth:`plan` said; ``records`` may hold more than those that it creates and changes."""
        created, changed = set(plan.created), set(plan.changed)
        identifiers = self._identifiers()
        # Withdrawn first and created last, so that a right which moves to another key never meets its own shadow.
        for keys in lots(plan.withdrawn):
            self.withdraw(self.stored(keys), publication)
        new: list[R] = []
        altered: dict[str, R] = {}
        for record in records:
            key = self.key_of(record)
            if key in changed:
                altered[key] = record
            elif key in created:
                new.append(record)
            # Parents are written before their children, which takes all of them; other tables in lots.
            if len(altered) >= LOT and not self.own_references:
                self._write_changes(altered, identifiers, publication, origin)
                altered = {}
        if self.own_references:
            # A row may come to refer to one that this very document creates.
            self._write_new(new, identifiers, publication, origin)
            identifiers = self._identifiers()
        self._write_changes(altered, identifiers, publication, origin)
        if not self.own_references:
            for lot in lots(new):
                self._write_new(lot, identifiers, publication, origin)
        return plan

    def _write_changes(
        self,
        records: Mapping[str, R],
        identifiers: Mapping[Reference, Mapping[str, Any]],
        publication: Publication,
        origin: str,
    ) -> None:
        for keys in lots(list(records)):
            stored = self.stored(keys)
            self._change({key: records[key] for key in keys}, stored, identifiers, publication.now, origin)
            for key in keys:
                action = Action.RESTORED if stored[key].is_withdrawn else Action.CHANGED
                publication.record(action, self.name, key, before=stored[key].record, after=records[key])

    def _write_new(
        self,
        records: Sequence[R],
        identifiers: Mapping[Reference, Mapping[str, Any]],
        publication: Publication,
        origin: str,
    ) -> None:
        self._create(records, identifiers, origin)
        for record in records:
            publication.record(Action.CREATED, self.name, self.key_of(record), before=None, after=record)

    def withdraw(self, rows: Mapping[str, Stored[R]], publication: Publication) -> None:
        """Take standing rows out of what the public sees. They are kept, and :meth:`restore` brings them back."""
        self.model._default_manager.filter(pk__in=[row.id for row in rows.values()]).update(
            withdrawn_at=publication.now, updated_at=publication.now, **self.withdrawal()
        )
        for key, row in rows.items():
            publication.record(Action.WITHDRAWN, self.name, key, before=row.record, after=None)

    def withdrawal(self) -> dict[str, Any]:
        """Further columns that a withdrawal sets. None, as a rule."""
        return {}

    def restore(self, rows: Mapping[str, Stored[R]], publication: Publication) -> None:
        """Let withdrawn rows stand again, as they were. Call it inside :meth:`guarded`."""
        for row in self.model._default_manager.filter(pk__in=[row.id for row in rows.values()]):
            stored = rows[self.key_of_row(row)]
            self.derive(stored.record, row)
            row.withdrawn_at = None
            row.save(update_fields=["withdrawn_at", "updated_at", *self.derived])
            key = self.key_of(stored.record)
            publication.record(Action.RESTORED, self.name, key, before=stored.record, after=stored.record)

    @contextmanager
    def guarded(self) -> Iterator[list[str]]:
        """Round whatever writes rows: the block adds the keys of those rows to the list, and at the end that is checked
        which can be checked only then. Raises :class:`GuardError`. Nothing is checked, as a rule.
        """
        yield []

    def _identifiers(self) -> dict[Reference, dict[str, Any]]:
        """For each table referred to, primary keys by key."""
        wanted = {*self.references.values(), *(child.reference for child in self.children.values() if child.reference)}
        return {
            reference: {"": None, **dict(reference.model._default_manager.values_list(reference.key, "pk"))}
            for reference in wanted
        }

    def _fill(self, row: PublicModel, record: R, identifiers: Mapping[Reference, Mapping[str, Any]]) -> None:
        for name in self.plain:
            setattr(row, name, getattr(record, name))
        for name, reference in self.references.items():
            setattr(row, f"{name}_id", identifiers[reference][getattr(record, name)])
        self.derive(record, row)

    def _create(self, records: Sequence[R], identifiers: Mapping[Reference, Mapping[str, Any]], origin: str) -> None:
        own = Reference(model=self.model, key=self.key)
        known = dict(identifiers)
        # A table that refers to itself (a brand and its parent) is written in layers, parents first.
        for layer in self._layers(records):
            rows = []
            for record in layer:
                row = self.model(origin=origin)
                self._fill(row, record, known)
                rows.append(row)
            self.model._default_manager.bulk_create(rows, batch_size=BATCH)
            if own in known:
                known[own] = {**known[own], **{str(getattr(row, self.key)): row.pk for row in rows}}
            for name, child in self.children.items():
                pairs = zip(rows, layer, strict=True)
                self._insert(
                    child,
                    [
                        (row, position, item)
                        for row, record in pairs
                        for position, item in enumerate(getattr(record, name))
                    ],
                    known,
                )

    def _layers(self, records: Sequence[R]) -> list[list[R]]:
        layers: list[list[R]] = []
        waiting = {self.key_of(record): record for record in records}
        while waiting:
            ready = [
                record
                for record in waiting.values()
                if not any(getattr(record, name) in waiting for name in self.own_references)
            ]
            if not ready:
                raise CircleError(self._in_circle(waiting))
            layers.append(ready)
            for record in ready:
                del waiting[self.key_of(record)]
        return layers

    def _in_circle(self, waiting: Mapping[str, R]) -> set[str]:
        """Of rows that wait for each other, those that stand in a circle and do not only lead into one."""
        keys = set(waiting)
        while True:
            named = {getattr(waiting[key], name) for key in keys for name in self.own_references}
            if keys <= named:
                return keys
            keys &= named

    def _change(
        self,
        records: Mapping[str, R],
        stored: Mapping[str, Stored[R]],
        identifiers: Mapping[Reference, Mapping[str, Any]],
        now: dt.datetime,
        origin: str,
    ) -> None:
        if not records:
            return
        ids = {stored[key].id: record for key, record in records.items()}
        rows = list(self.model._default_manager.filter(pk__in=ids))
        columns = {name: column_of(self.model, name) for name in (*self.plain, *self.references, *self.derived)}
        altered_columns: set[str] = set()
        for row in rows:
            before = {name: getattr(row, column) for name, column in columns.items()}
            self._fill(row, ids[row.pk], identifiers)
            altered_columns |= {name for name, column in columns.items() if getattr(row, column) != before[name]}
        self.model._default_manager.filter(pk__in=ids).update(withdrawn_at=None, updated_at=now, origin=origin)
        if altered_columns:
            # Django writes a CASE with a WHEN a row for each column: only for those that it must.
            self.model._default_manager.bulk_update(rows, sorted(altered_columns), batch_size=BATCH)
        for name, child in self.children.items():
            altered = {
                row.pk: row
                for row in rows
                if getattr(stored[self.key_of(ids[row.pk])].record, name) != getattr(ids[row.pk], name)
            }
            child.model._default_manager.filter(**{f"{child.parent}_id__in": list(altered)}).delete()
            self._insert(
                child,
                [
                    (row, position, item)
                    for row in altered.values()
                    for position, item in enumerate(getattr(ids[row.pk], name))
                ],
                identifiers,
            )

    def _insert(
        self,
        child: Children,
        items: Iterable[tuple[PublicModel, int, Any]],
        identifiers: Mapping[Reference, Mapping[str, Any]],
    ) -> None:
        items = list(items)
        rows = []
        copies = self._copies(child, {parent.pk for parent, _, _ in items})
        for parent, position, item in items:
            values: dict[str, Any] = {f"{child.parent}_id": parent.pk, **copies.get(parent.pk, {})}
            if child.is_ordered:
                values["position"] = position
            if child.item is not None:
                values |= {name: getattr(item, name) for name in child.columns}
            else:
                values[child.column] = identifiers[child.reference][item] if child.reference else item
            rows.append(child.model(**values))
        child.model._default_manager.bulk_create(rows, batch_size=BATCH)

    def _copies(self, child: Children, ids: set[Any]) -> dict[Any, dict[str, Any]]:
        """What the children repeat of their parents, as the database has it: it may have computed some of it."""
        if not child.copies:
            return {}
        columns = [column_of(self.model, name) for name in child.copies]
        rows = self.model._default_manager.filter(pk__in=ids).values("pk", *columns)
        return {row.pop("pk"): row for row in rows}
