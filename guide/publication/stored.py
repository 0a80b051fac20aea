"""Tables: how the records of one kind are stored, and reading them back as the same records that were written."""

import hashlib
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar, cast

from django.db import models
from pydantic_core import to_json

from guide.publication.models import PublicModel
from guide.publication.records import Record

R = TypeVar("R", bound=Record)
T = TypeVar("T")
LOT = 2_000
"""Rows that stand in memory as records at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A record field that names a row of another table by its key; empty where the record names none."""

    model: type[PublicModel]
    key: str = "slug"


@dataclass(frozen=True, slots=True, kw_only=True)
class Children:
    """A list field of the record, kept as rows of another model.

    ``columns`` are the model's columns, one for a list of plain values, several where the items are records.
    ``copies`` are columns of the parent that the child repeats.
    """

    model: type[models.Model]
    parent: str
    columns: tuple[str, ...]
    item: type[Record] | None = None
    reference: Reference | None = None
    is_ordered: bool = False
    copies: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        """The one column of a list of plain values, as it is stored."""
        return f"{self.columns[0]}_id" if self.reference else self.columns[0]


@dataclass(frozen=True, slots=True)
class Stored(Generic[R]):
    """A stored row as a record, with what the record does not say."""

    record: R
    id: Any
    origin: str
    is_locked: bool
    locked_fields: tuple[str, ...]
    """Of the record's fields, those that a document does not change."""
    is_withdrawn: bool


NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Mark:
    """A stored row in brief: what is kept of it where there are too many to keep."""

    fingerprint: bytes
    origin: str
    is_locked: bool
    is_withdrawn: bool
    locked: Mapping[str, Any]
    """What is stored in the locked fields, by name."""

    def says(self, told: bytes) -> bool:
        """Whether the row stands and says what a record with this fingerprint says."""
        return self.fingerprint == told and not self.is_withdrawn


class _Row(NamedTuple):
    """A stored row by the fields of its record, without the cost of one."""

    values: dict[str, Any]
    id: Any
    origin: str
    is_locked: bool
    locked_fields: tuple[str, ...]
    is_withdrawn: bool


def fingerprint(record: Record) -> bytes:
    """Sixteen bytes that differ where records differ."""
    return _digest([getattr(record, name) for name in type(record).model_fields])


def _digest(values: Sequence[Any]) -> bytes:
    return hashlib.blake2b(to_json(values), digest_size=16).digest()


def lots(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), LOT):
        yield items[start : start + LOT]


@dataclass(kw_only=True)
class StoredTable(Generic[R]):
    """Ties a record type to its models in both directions. ``name`` is what the change log and the reports call it."""

    name: str
    record: type[R]
    model: type[PublicModel]
    key: str = "slug"
    references: Mapping[str, Reference] = field(default_factory=dict)
    children: Mapping[str, Children] = field(default_factory=dict)
    derived: tuple[str, ...] = ()
    """Columns that :meth:`derive` sets from the record."""

    @property
    def plain(self) -> list[str]:
        """Record fields that are stored as they are, in a column of the same name."""
        return [name for name in self.record.model_fields if name not in self.references and name not in self.children]

    def key_of(self, record: R) -> str:
        return str(getattr(record, self.key))

    def key_of_row(self, row: PublicModel) -> str:
        return str(getattr(row, self.key))

    @property
    def own_references(self) -> list[str]:
        """References to other rows of the same table."""
        return [name for name, reference in self.references.items() if reference.model is self.model]

    def stored(self, keys: Collection[str] | None = None, *, for_public: bool = False) -> dict[str, Stored[R]]:
        """The rows as records, by key: all of them, or those with the given keys. One query, and one for each list.

        ``for_public``: lists do not name rows of other tables that have been withdrawn.
        """
        return self._stored({} if keys is None else {f"{self.key}__in": list(keys)}, for_public)

    def _stored(self, within: Mapping[str, Any], for_public: bool = False) -> dict[str, Stored[R]]:
        items = {name: child.item for name, child in self.children.items() if child.item}
        result: dict[str, Stored[R]] = {}
        for row in self._rows(within, for_public):
            for name, item in items.items():
                row.values[name] = tuple(item.model_construct(**values) for values in row.values[name])
            record = cast(R, self.record.model_construct(**row.values))
            result[self.key_of(record)] = Stored(
                record, row.id, row.origin, row.is_locked, row.locked_fields, row.is_withdrawn
            )
        return result

    def marks(self) -> dict[str, Mark]:
        """Every stored row in brief, by key. Only some of them stand in memory at a time."""
        names = list(self.record.model_fields)
        marks: dict[str, Mark] = {}
        for ids in lots(list(self.model._default_manager.order_by("pk").values_list("pk", flat=True))):
            for row in self._rows({"pk__gte": ids[0], "pk__lte": ids[-1]}):
                told = _digest([row.values[name] for name in names])
                locked = {name: row.values[name] for name in row.locked_fields} if row.locked_fields else NOTHING
                origin = sys.intern(row.origin)
                marks[row.values[self.key]] = Mark(told, origin, row.is_locked, row.is_withdrawn, locked)
        return marks

    def _rows(self, within: Mapping[str, Any], for_public: bool = False) -> Iterator[_Row]:
        lists = {name: self._lists(child, within, for_public) for name, child in self.children.items()}
        plain = self.plain
        paths = {name: f"{name}__{reference.key}" for name, reference in self.references.items()}
        columns = dict.fromkeys([*plain, *paths.values(), "pk", "origin", "is_locked", "locked_fields", "withdrawn_at"])
        for cells in self.model._default_manager.order_by().filter(**within).values(*columns):
            values = {name: cells[name] for name in plain}
            for name, path in paths.items():
                values[name] = cells[path] or ""
            for name, items in lists.items():
                values[name] = tuple(items.get(cells["pk"], ()))
            # A field that the record has lost since is no field any more.
            locked = cells["locked_fields"] and tuple(name for name in cells["locked_fields"] if name in values)
            is_withdrawn = cells["withdrawn_at"] is not None
            yield _Row(values, cells["pk"], cells["origin"], cells["is_locked"], locked, is_withdrawn)

    def _lists(self, child: Children, within: Mapping[str, Any], for_public: bool) -> dict[Any, list[Any]]:
        """The items of a list by the id of their parent; those that are records by the names of their fields."""
        rows = child.model._default_manager.order_by(*(["position"] if child.is_ordered else []))
        rows = rows.filter(**{f"{child.parent}__{name}": value for name, value in within.items()})
        if for_public and child.reference:
            rows = rows.filter(**{f"{child.columns[0]}__withdrawn_at__isnull": True})
        parent = f"{child.parent}_id"
        lists: dict[Any, list[Any]] = {}
        if child.item is None:
            path = f"{child.columns[0]}__{child.reference.key}" if child.reference else child.columns[0]
            for owner, value in rows.values_list(parent, path):
                lists.setdefault(owner, []).append(value)
        else:
            for owner, *cells in rows.values_list(parent, *child.columns):
                lists.setdefault(owner, []).append(dict(zip(child.columns, cells, strict=True)))
        if not child.is_ordered:
            for items in lists.values():
                items.sort(key=lambda item: tuple(item.values()) if isinstance(item, dict) else item)
        return lists
