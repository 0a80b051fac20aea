"""The guide's own table of rights, as CSV and as JSON: what a league, a broadcaster or another guide publishes.

The columns and members are described in ``docs/data.md``; the JSON has a schema, ``rights.schema.json``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from guide.feeds.adapters.base import Code, Document, Fault, FeedError, Found, Kind, Rejected, build
from guide.feeds.adapters.documents import json_of, member
from guide.publication.tables import BadRow, TableError, stream_csv
from guide.rights.records import RightRecord

Item = Found[RightRecord] | Rejected
PAGE = ("<!doctype html", "<html")


def _too_many(number: int, document: Document) -> None:
    if number > document.limits.records:
        raise FeedError(Fault.TOO_MANY_RECORDS, f"The document has more than {document.limits.records} records.")


@dataclass(frozen=True, slots=True)
class RightsCsv:
    """A row a right. Read as a stream: a row is forgotten as soon as it has been looked at."""

    key: str = "rights-csv"
    kind: Kind = Kind.RIGHTS
    version: int = 1
    record: type[RightRecord] = field(default=RightRecord)

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Item]:
        try:
            for number, row in enumerate(stream_csv(stream, RightRecord, document=document.name), start=1):
                _too_many(number, document)
                if isinstance(row, BadRow):
                    said = " ".join(f"{one.column}: {one.message}".removeprefix(": ") for one in row.problems)
                    code = Code.BAD_VALUE if any(one.column for one in row.problems) else Code.NOT_A_RECORD
                    yield Rejected(code=code, position=f"line {row.line}", message=said, raw=dict(row.cells))
                else:
                    yield Found(record=row.record, position=f"line {row.line}")
        except TableError as error:
            first = error.problems[0]
            if first.column.strip().lower().startswith(PAGE):
                raise FeedError(Fault.WRONG_TYPE, "The server sent a web page in place of the document.") from None
            raise FeedError(_fault(first.message, first.line), str(error), position=first.column) from None


def _fault(message: str, line: int) -> Fault:
    if line == 1:
        return Fault.SCHEMA_CHANGED
    if "empty" in message:
        return Fault.EMPTY
    if "UTF-8" in message:
        return Fault.BAD_ENCODING
    return Fault.TRUNCATED if "end of data" in message else Fault.MALFORMED


@dataclass(frozen=True, slots=True)
class RightsJson:
    """An object whose ``rights`` is a list of rights, each with the members of ``rights.schema.json``."""

    key: str = "rights-json"
    kind: Kind = Kind.RIGHTS
    version: int = 1
    record: type[RightRecord] = field(default=RightRecord)

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Item]:
        rights: list[Any] = member(json_of(stream, document.limits), "rights", list)
        _too_many(len(rights), document)
        for number, raw in enumerate(rights):
            position = f"rights[{number}]"
            if isinstance(raw, dict):
                yield build(RightRecord, raw, position=position, raw=raw)
            else:
                yield Rejected(code=Code.NOT_A_RECORD, position=position, message="A right is an object.", raw=raw)


RIGHTS_CSV = RightsCsv()
RIGHTS_JSON = RightsJson()
