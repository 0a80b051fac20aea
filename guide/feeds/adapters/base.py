"""What an adapter is: bytes in, records out.

An adapter knows one format. It asks no clock, no network and no database, imports no Django, and may be run again on a
document kept from years ago with the same result. What is wrong with the whole document raises :class:`FeedError`; what
is wrong with one record becomes a :class:`Rejected` with a code, and the others go on. Every record of the document
leaves ``read`` once, as :class:`Found` or as :class:`Rejected`.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, BinaryIO, Generic, Protocol, TypeAlias, TypeVar

from pydantic import ValidationError

from guide.publication.records import Record

R = TypeVar("R", bound=Record)
R_co = TypeVar("R_co", bound=Record, covariant=True)


class Kind(StrEnum):
    """What the records of an adapter are, which decides how they are applied."""

    RIGHTS = "rights"
    CLAIMS = "claims"
    CHANNELS = "channels"
    FIXTURES = "fixtures"
    PROGRAMMES = "programmes"


class Fault(StrEnum):
    """Why a document cannot be used at all."""

    EMPTY = "empty"
    WRONG_TYPE = "wrong_type"
    TRUNCATED = "truncated"
    BAD_ENCODING = "bad_encoding"
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    TOO_MANY_RECORDS = "too_many_records"
    TOO_DEEP = "too_deep"
    FORBIDDEN_MARKUP = "forbidden_markup"
    SCHEMA_CHANGED = "schema_changed"
    NOT_SET = "not_set"
    """The feed lacks a setting without which the document says nothing: its competition, season or zone."""


class Code(StrEnum):
    """Why one record could not be used. The codes are public: editors filter by them."""

    NOT_A_RECORD = "not_a_record"
    MISSING_FIELD = "missing_field"
    BAD_VALUE = "bad_value"
    BAD_DATE = "bad_date"
    BAD_TIME = "bad_time"
    NO_SUCH_TIME = "no_such_time"
    """A local time that the change of clocks left out."""
    DUPLICATE = "duplicate"
    UNKNOWN_STATUS = "unknown_status"
    UNSAFE_ADDRESS = "unsafe_address"
    STREAM_ADDRESS = "stream_address"
    UNSAFE_TEXT = "unsafe_text"
    NOT_A_COUNTRY = "not_a_country"
    WITHDRAWN_COUNTRY = "withdrawn_country"
    GLUED_NAMES = "glued_names"
    PLACEHOLDER = "placeholder"
    """“TBC”, “TBD”, “Local”: a place held for what is not known yet."""
    TOO_LONG = "too_long"
    UNKNOWN_COMPETITION = "unknown_competition"
    UNKNOWN_BROADCASTER = "unknown_broadcaster"
    UNKNOWN_SERVICE = "unknown_service"
    UNKNOWN_SEASON = "unknown_season"
    UNKNOWN_TEAM = "unknown_team"
    OVERLAPS = "overlaps"
    KEPT_BY_ANOTHER = "kept_by_another"


class FeedError(Exception):
    """A document that cannot be used; nothing of it may be applied. ``position`` is a place in it, where known."""

    def __init__(self, fault: Fault, message: str, *, position: str = "") -> None:
        self.fault, self.message, self.position = fault, message, position
        super().__init__(f"{message} ({position})" if position else message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may hold. Exceeding one is a :class:`FeedError`."""

    records: int = 200_000
    depth: int = 64
    """Levels of nesting in JSON and XML."""
    text: int = 20_000
    """Characters of one text; a longer one is a rejection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What an adapter may know of a document besides its bytes."""

    name: str
    zone: dt.tzinfo | None = None
    """For times without a zone. Set per feed: sibling files of one source differ."""
    options: Mapping[str, str] = field(default_factory=dict)
    """What the feed is set to: ``competition`` and ``season`` for a file that does not name them, for example."""
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[R_co]):
    """A record and where it stands: “line 12”, “matches[3]”."""

    record: R_co
    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A record that cannot be used. ``raw`` is what the document says, as JSON values; ``message`` is for an editor."""

    code: Code
    position: str
    message: str
    raw: Any


Item: TypeAlias = Found[R] | Rejected


class Adapter(Protocol[R_co]):
    """One format. ``version`` rises when the same bytes would give other records."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def version(self) -> int: ...
    @property
    def record(self) -> type[R_co]: ...

    def read(self, stream: BinaryIO, document: Document) -> "Iterator[Found[R_co] | Rejected]": ...


def build(record: type[R], values: Mapping[str, Any], *, position: str, raw: Any) -> Found[R] | Rejected:
    """The record, or a rejection with what pydantic refused."""
    try:
        return Found(record=record.model_validate(values), position=position)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        reason = str(first.get("ctx", {}).get("error", "")) or f"{first['msg']}."
        code = (
            Code.MISSING_FIELD if first["type"] == "missing" or reason.endswith("may not be empty.") else Code.BAD_VALUE
        )
        return Rejected(code=code, position=position, message=f"{where}: {reason}" if where else reason, raw=raw)
