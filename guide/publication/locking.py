"""Fields that editors have locked: what a document says of them is not written, what it says of the others is."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from guide.publication.models import Revision
from guide.publication.records import Record
from guide.publication.stored import Mark
from guide.publication.tables import Entry

if TYPE_CHECKING:
    from guide.publication.reconcile import Table

R = TypeVar("R", bound=Record)


def field_labels(table: "Table[Any]") -> dict[str, Any]:
    """What may be locked, all of the record but its key: by the name of the field, what editors call it."""
    options = table.model._meta
    called = {field.name: field.verbose_name for field in (*options.fields, *options.many_to_many)}
    labels = {}
    for name in table.record.model_fields:
        if name != table.key:
            child = table.children.get(name)
            labels[name] = called[name] if child is None else called.get(name, child.model._meta.verbose_name_plural)
    return labels


def note_unlocked(now: dt.datetime) -> None:
    """Have documents that are on record already read once more: a lock may have held back what they say."""
    Revision.objects.update(unlocked_at=now)


def altered_fields(before: Record, after: Record) -> list[str]:
    """The fields in which two records of one type differ, in their order."""
    return [name for name in type(before).model_fields if getattr(before, name) != getattr(after, name)]


def merged(record: R, locked: Mapping[str, Any]) -> R | None:
    """The record with the locked values in the place of its own; None where both break a rule of the record."""
    values = {name: getattr(record, name) for name in type(record).model_fields}
    try:
        return type(record).model_validate({**values, **locked})
    except ValidationError:
        return None


def merge(
    table: "Table[R]", incoming: Mapping[str, R], marks: Mapping[str, Mark], *, origin: str
) -> dict[str, R | None]:
    """By key what is to be written of the records that meet locked fields; None where nothing can be.

    Nothing is written either of a record that the table can hold by itself, and not beside the others as they then
    are: two rows come to be the same, or to stand in a circle.
    """
    result = {
        key: merged(record, mark.locked)
        for key, record in incoming.items()
        if (mark := marks.get(key)) and mark.locked and not mark.is_locked
    }
    if not result:
        return result
    before = _blamed(table, incoming.values(), incoming, origin)
    while True:
        out = {key for key, record in result.items() if record is None}
        written = {key: record for key, record in result.items() if record is not None}
        stays = {key: stored.record for key, stored in table.stored(out).items()}
        others = {key: record for key, record in incoming.items() if key not in result}
        # Of two that are the same, the later is blamed.
        records = [*stays.values(), *others.values(), *written.values()]
        blamed = _blamed(table, records, incoming, origin) - before - out
        if not blamed:
            return result
        result |= dict.fromkeys(blamed & written.keys() or blamed)


def _blamed(table: "Table[R]", records: Iterable[R], incoming: Mapping[str, R], origin: str) -> set[str]:
    entries = [Entry(record=record, document=table.key_of(record), line=0) for record in records]
    return {problem.document for problem in table.problems(entries, {table.model: incoming.keys()}, origin=origin)}
