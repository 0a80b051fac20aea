"""What is wrong with records before they are written, where a table could only refuse them all: told cell by cell."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations
from pydantic import ValidationError

from guide.publication.models import PublicModel
from guide.publication.records import Record
from guide.publication.tables import Entry, Problem, near, problems_of

if TYPE_CHECKING:
    from guide.publication.reconcile import Table

R = TypeVar("R", bound=Record)


def problems_of_rows(table: "Table[R]", records: Iterable[R]) -> list[Problem]:
    """What a document of these rows alone would be told; each problem names its row by key. For rows that are stored
    already, inside the transaction that wrote them.
    """
    problems: list[Problem] = []
    entries: list[Entry[R]] = []
    for record in records:
        key = table.key_of(record)
        numbers = {name: range(1, len(getattr(record, name)) + 1) for name in record.nested}
        try:
            checked = table.record.model_validate(record.model_dump(warnings=False))
        except ValidationError as error:
            problems += problems_of(error, document=key, numbers=numbers)
        else:
            entries.append(Entry(record=checked, document=key, line=0))
    return [*problems, *table.problems(entries, {}), *_stored_circles(table, entries)]


def _stored_circles(table: "Table[R]", entries: Iterable[Entry[R]]) -> Iterator[Problem]:
    """Rows that, by way of stored rows, refer to themselves."""
    if not (names := table.own_references):
        return
    paths = [f"{name}__{table.references[name].key}" for name in names]
    rows = table.model._default_manager.values_list(table.key, *paths)
    links = {key: {other for other in others if other} for key, *others in rows}
    for entry in entries:
        key = table.key_of(entry.record)
        reached: set[str] = set()
        waiting = {key}
        while waiting and key not in reached:
            waiting = {other for one in waiting for other in links[one]} - reached
            reached |= waiting
        if key in reached:
            yield entry.problem(names[0], "By way of other rows it leads back to this one.")


def naming(table: "Table[Any]", model: type[PublicModel], ids: Collection[Any]) -> list[str]:
    """Keys of standing rows of a table that name one of these rows of ``model``."""
    names = models.Q()
    for name, reference in table.references.items():
        if reference.model is model:
            names |= models.Q(**{f"{name}__in": ids})
    for child in table.children.values():
        if child.reference and child.reference.model is model:
            parents = child.model._default_manager.filter(**{f"{child.column}__in": ids}).values(f"{child.parent}_id")
            names |= models.Q(pk__in=parents)
    if not names:
        return []
    rows = table.model._default_manager.filter(names, withdrawn_at__isnull=True)
    if table.model is model:
        rows = rows.exclude(pk__in=ids)
    return sorted(rows.values_list(table.key, flat=True))


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
