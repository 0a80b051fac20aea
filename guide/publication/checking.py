"""What is wrong with records before they are written, where a table could only refuse them all: told cell by cell."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations

from guide.publication.models import PublicModel
from guide.publication.records import Record
from guide.publication.tables import Entry, Problem, near

if TYPE_CHECKING:
    from guide.publication.reconcile import Table

R = TypeVar("R", bound=Record)


def doubles(table: "Table[R]", entries: Sequence[Entry[R]]) -> Iterator[Problem]:
    """The same key, or the same values of another unique group, in two rows of one document."""
    fields = table.record.model_fields.keys()
    unique = [
        constraint.fields
        for constraint in table.model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and fields >= set(constraint.fields)
    ]
    for columns in [(table.key,), *unique]:
        lines: dict[tuple[Any, ...], int] = {}
        for entry in entries:
            values = tuple(getattr(entry.record, column) for column in columns)
            if values in lines:
                said = ", ".join(f"“{value}”" for value in values)
                yield entry.problem(columns[-1], f"{said} stands already in line {lines[values]}.")
            lines.setdefault(values, entry.line)


def loose_ends(
    table: "Table[R]", entries: Sequence[Entry[R]], incoming: Mapping[type[PublicModel], Collection[str]], origin: str
) -> Iterator[Problem]:
    """References to rows that will not stand once the documents of ``origin`` are applied; see ``Table.problems``."""
    links = {name: child.reference for name, child in table.children.items() if child.reference}
    for name, reference in {**table.references, **links}.items():
        stored = reference.model._default_manager.filter(withdrawn_at__isnull=True)
        if reference.model in incoming:
            # Of the documents' own rows only those stand afterwards that the documents name again.
            stored = stored.exclude(origin=origin, is_locked=False)
        known = {*stored.values_list(reference.key, flat=True), *incoming.get(reference.model, ())}
        for entry in entries:
            value = getattr(entry.record, name)
            for word in [value] if isinstance(value, str) else value:
                if word and word not in known:
                    message = f"“{word}” is not in {reference.model._meta.verbose_name_plural}.{near(word, known)}"
                    yield entry.problem(name, message)


def overlong(table: "Table[R]", entries: Sequence[Entry[R]]) -> Iterator[Problem]:
    """Texts that are longer, and numbers that are larger, than their column holds on any database."""
    limits = [(name, _limit(table.model, name)) for name in table.plain]
    lists = [
        (name, child, [(column, _limit(child.model, column)) for column in child.columns])
        for name, child in table.children.items()
        if not child.reference
    ]
    for entry in entries:
        for name, limit in limits:
            if problem := _exceeds(getattr(entry.record, name), limit):
                yield entry.problem(name, problem)
        for name, child, columns in lists:
            for number, item in enumerate(getattr(entry.record, name), start=1):
                for column, limit in columns:
                    if problem := _exceeds(getattr(item, column) if child.item else item, limit):
                        spread = name in table.record.nested
                        yield entry.problem(f"{name}_{number}_{column}" if spread else name, problem)


def _limit(model: type[models.Model], name: str) -> int | None:
    """The longest text or the largest number that a column holds; None where there is no such limit."""
    field = cast("models.Field[Any, Any]", model._meta.get_field(name))
    if isinstance(field, models.IntegerField):
        # The range that every database holds, whatever this one would take.
        return BaseDatabaseOperations.integer_field_ranges[field.get_internal_type()][1]
    return field.max_length


def _exceeds(value: Any, limit: int | None) -> str:
    if limit is None or isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int):
        return f"{value} is more than {limit}, the largest number here." if value > limit else ""
    if isinstance(value, str) and len(value) > limit:
        return f"The text has {len(value)} characters; here it may have {limit}."
    return ""
