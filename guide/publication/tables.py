"""Reading tables: documents in, records out, and for every bad cell a sentence that names its place."""

import csv
import difflib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from guide.publication.records import Record

R = TypeVar("R", bound=Record)
NUMBERED = re.compile(r"(?P<list>[a-z]+)_(?P<number>[1-9]\d?)_(?P<field>[a-z_]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with one cell, for the person who has to mend it.

    ``line`` is 1 for the header, 0 for the whole document.
    """

    document: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        place = f"{self.document}, line {self.line}" if self.line else self.document
        return f"{place}, {self.column}: {self.message}" if self.column else f"{place}: {self.message}"


class TableError(Exception):
    """A document that cannot be used as it is; nothing of it was applied."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Generic[R]):
    """A record and the place where it stands."""

    record: R
    document: str
    line: int

    def problem(self, column: str, message: str) -> Problem:
        return Problem(document=self.document, line=self.line, column=column, message=message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Generic[R]):
    """A document as read: ``entries`` are usable, ``problems`` name the rest. No row is in neither."""

    entries: tuple[Entry[R], ...]
    problems: tuple[Problem, ...]

    def usable(self) -> tuple[Entry[R], ...]:
        """All entries of a document without a problem; raises :class:`TableError` for any other."""
        if self.problems:
            raise TableError(self.problems)
        return self.entries


def read_csv(data: bytes, record: type[R], *, document: str) -> Reading[R]:
    """Read one CSV table. ``document`` is the name by which problems call it.

    Columns ``evidence_1_title``, ``evidence_2_title`` … are gathered into the record's list field ``evidence``; a
    group of numbered columns that is empty throughout is no item.
    """
    entries: list[Entry[R]] = []
    problems: list[Problem] = []
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = Problem(document=document, line=0, column="", message=f"The file is not UTF-8 (byte {error.start}).")
        return Reading(entries=(), problems=(problem,))
    try:
        for row in stream_csv(io.BytesIO(data), record, document=document):
            if isinstance(row, Entry):
                entries.append(row)
            else:
                problems += row.problems
    except TableError as error:
        return Reading(entries=(), problems=error.problems)
    return Reading(entries=tuple(entries), problems=tuple(problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row that is no record: its cells by column, and what is wrong with them."""

    line: int
    cells: Mapping[str, str]
    problems: Sequence[Problem]


def stream_csv(data: BinaryIO, record: type[R], *, document: str) -> Iterator[Entry[R] | BadRow]:
    """As :func:`read_csv`, row by row. Raises :class:`TableError` where the document is no such table."""
    text = io.TextIOWrapper(data, encoding="utf-8-sig", newline="")
    rows = csv.reader(text, strict=True)
    try:
        header = next(rows, None)
        if header is None:
            raise _unreadable(document, "The file is empty: the first line names the columns.")
        if problems := tuple(_header_problems(header, record, document)):
            raise TableError(problems)
        layout = _Layout(header, record, document)
        line = rows.line_num + 1
        for cells in rows:
            if cells:
                yield layout.read(cells, line)
            line = rows.line_num + 1
    except UnicodeDecodeError as error:
        raise _unreadable(document, f"The file is not UTF-8 near line {rows.line_num + 1}: {error.reason}.") from None
    except csv.Error as error:
        raise _unreadable(document, f"The file is not CSV near line {rows.line_num}: {error}.") from None
    finally:
        # The file is the caller's, and stays open.
        text.detach()


def near(word: str, known: Iterable[str]) -> str:
    """A “did you mean” sentence with a leading space, or nothing where no known word is near."""
    matches = difflib.get_close_matches(word, list(known), n=1, cutoff=0.7)
    return f" Did you mean “{matches[0]}”?" if matches else ""


def _unreadable(document: str, message: str) -> TableError:
    return TableError([Problem(document=document, line=0, column="", message=message)])


def _header_problems(header: list[str], record: type[R], document: str) -> Iterator[Problem]:
    def problem(column: str, message: str) -> Problem:
        return Problem(document=document, line=1, column=column, message=message)

    fields = record.model_fields
    known = fields.keys() - record.nested.keys()
    known |= {f"{name}_1_{part}" for name, item in record.nested.items() for part in item.model_fields}
    seen = set[str]()
    for column in header:
        numbered = NUMBERED.fullmatch(column)
        if (f"{numbered['list']}_1_{numbered['field']}" if numbered else column) not in known:
            yield problem(column, f"Unknown column.{near(column, known)}")
        if column in seen:
            yield problem(column, "The column stands twice.")
        seen.add(column)
    for name, field in fields.items():
        if field.is_required() and name not in seen:
            yield problem(name, "The column is missing.")


class _Layout(Generic[R]):
    """Where the cells of a row belong: looked up once a document, for its header."""

    def __init__(self, header: Sequence[str], record: type[R], document: str) -> None:
        self._header, self._record, self._document = header, record, document
        self._plain: list[tuple[int, str]] = []
        lists: dict[str, dict[int, dict[str, int]]] = {}
        for place, column in enumerate(header):
            if numbered := NUMBERED.fullmatch(column):
                items = lists.setdefault(numbered["list"], {})
                items.setdefault(int(numbered["number"]), {})[numbered["field"]] = place
            else:
                self._plain.append((place, column))
        self._lists = {name: sorted(items.items()) for name, items in lists.items()}
        """Of each nested list: the numbers of its items, and for each its fields with their cells."""

    def read(self, cells: Sequence[str], line: int) -> Entry[R] | BadRow:
        if len(cells) != len(self._header):
            message = f"The row has {len(cells)} cells, the header {len(self._header)}."
            return self._bad(cells, line, [Problem(document=self._document, line=line, column="", message=message)])
        values: dict[str, Any] = {column: cells[place] for place, column in self._plain}
        numbers: dict[str, list[int]] = {}
        for name, items in self._lists.items():
            used = numbers[name] = []
            values[name] = []
            for number, fields in items:
                item = {field: cells[place] for field, place in fields.items()}
                if "".join(item.values()).strip():
                    used.append(number)
                    values[name].append(item)
        try:
            return Entry(record=self._record.model_validate(values), document=self._document, line=line)
        except ValidationError as error:
            return self._bad(cells, line, problems_of(error, document=self._document, line=line, numbers=numbers))

    def _bad(self, cells: Sequence[str], line: int, problems: Sequence[Problem]) -> BadRow:
        return BadRow(line=line, cells=dict(zip(self._header, cells, strict=False)), problems=problems)


def problems_of(
    error: ValidationError, *, document: str, line: int = 0, numbers: Mapping[str, Sequence[int]]
) -> list[Problem]:
    """What pydantic refused, as problems. ``numbers`` has for each nested list the numbers of its items."""
    return [
        Problem(document=document, line=line, column=_column(detail, numbers), message=_message(detail))
        for detail in error.errors()
    ]


def _column(detail: ErrorDetails, numbers: Mapping[str, Sequence[int]]) -> str:
    match detail["loc"]:
        case (str(name), int(index), str(part)) if name in numbers:
            return f"{name}_{numbers[name][index]}_{part}"
        case (first, *_):
            return str(first)
        case _:
            return ""


def _message(detail: ErrorDetails) -> str:
    if detail["type"] == "value_error":
        return str(detail["ctx"]["error"])
    if detail["type"] == "literal_error":
        return f"“{detail['input']}” is not known here: write {detail['ctx']['expected']}."
    return f"{detail['msg']}."
