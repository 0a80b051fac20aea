"""Writing tables: records in, a document out that :func:`~guide.publication.tables.read_csv` reads back."""

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from guide.publication.records import LocalText, Record

R = TypeVar("R", bound=Record)

NUMBERED_AT_LEAST = 3
"""As many groups of numbered columns as the bundled files have, so that most documents share one header."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table as text: the header and the cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def as_csv(self) -> bytes:
        """UTF-8, comma, a header row, ``\\n`` line ends."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return text.getvalue().encode()


def sheet(records: Sequence[R], record: type[R]) -> Sheet:
    """Records by the format of ``docs/data.md``; lists of records are spread over numbered columns."""
    columns: list[str] = []
    cells: list[list[str]] = [[] for _ in records]
    for name in record.model_fields:
        lists = [getattr(row, name) for row in records]
        item = record.nested.get(name)
        if item is None:
            columns.append(name)
            for row, value in zip(cells, lists, strict=True):
                row.append(cell(value))
            continue
        for number in range(max([NUMBERED_AT_LEAST, *map(len, lists)])):
            for part in item.model_fields:
                columns.append(f"{name}_{number + 1}_{part}")
                for row, items in zip(cells, lists, strict=True):
                    row.append(cell(getattr(items[number], part)) if number < len(items) else "")
    return Sheet(columns=tuple(columns), rows=tuple(map(tuple, cells)))


def cell(value: Any) -> str:
    """A value as a cell says it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case tuple() | list():
            return "; ".join(cell(item) for item in value)
        case LocalText():
            return f"{value.language}={value.text}" if value.language else value.text
        case dt.time():
            return value.isoformat("auto" if value.second or value.microsecond else "minutes")
        case _:
            return str(value)
