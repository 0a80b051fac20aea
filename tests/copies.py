"""The bundled data ten times over."""

from typing import Any

from django.conf import settings

from broadcasters.records import CarriageRecord
from competitions.records import SeasonRecord
from guide import bundled
from guide.publication.publish import publish
from guide.publication.records import Record
from guide.rights.records import RightRecord

COPIES = 9
UNTOUCHED = ("countries", "sports")
"""Of these there is a given number in the world."""


def ten_times() -> None:
    """Add nine copies of every row of every table, under names of their own.

    What a copy points to is the original, so that a broadcaster has ten times the rights, services and offers, and a
    country ten times the broadcasters; except where the data allow one of a kind: those point to copies.
    """
    with publish(actor="test", reason="ten times the data") as publication:
        for document in bundled.read(settings.BASE_DIR):
            if document.table.name not in UNTOUCHED:
                key = document.table.key
                rows = [_copy(entry.record, key, number) for entry in document.entries for number in range(COPIES)]
                document.table.apply(rows, publication, origin="copies")


def _copy(record: Any, key: str, number: int) -> Record:
    values: dict[str, Any] = {key: _named(getattr(record, key), number)}
    match record:
        case RightRecord():
            # As many rights beside each other as there can be, in their first three countries.
            values |= {"package": _named(record.package or "whole", number), "countries": record.countries[:3]}
        case SeasonRecord():
            values["competition"] = _named(record.competition, number)
        case CarriageRecord():
            values["service"] = _named(record.service, number)
    copy: Record = record.model_copy(update=values)
    return copy


def _named(name: str, number: int) -> str:
    return f"{name}-copy-{number}"
