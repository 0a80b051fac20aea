"""From what a list says in one place to claims: one for each name in it, each found or rejected."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from guide.feeds.adapters.base import Code, Document, Fault, FeedError, Found, Rejected, build
from guide.feeds.adapters.claims.names import NoName, known_names, names_in
from guide.feeds.adapters.claims.places import NoCountryError, language_called, page
from guide.feeds.adapters.texts import prose, without_streams
from guide.feeds.records import ClaimRecord

ALL = re.compile(r"all\b.*", re.IGNORECASE)
SOME = re.compile(r"\b(?:select|selected|some)\b", re.IGNORECASE)
NO_LANGUAGE = frozenset({"local", "multiple", "various", ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One cell of a list that names broadcasters, and what the list says of all of them."""

    text: Any
    """The cell as given; anything but text names nobody."""
    country: Callable[[], str]
    """The code, or the reason why there is none as a NoCountryError: every name of the cell is rejected with it."""
    values: dict[str, Any]
    position: str
    raw: Any
    notes: tuple[str, ...] = ()


def claims(statements: Iterator[Statement | Rejected], document: Document) -> Iterator[Found[ClaimRecord] | Rejected]:
    """Each name of each statement once. The same claim again is a duplicate."""
    known = known_names(document.options)
    seen = set[ClaimRecord]()
    number = 0
    for statement in statements:
        for item in [statement] if isinstance(statement, Rejected) else _claims(statement, document, known):
            number += 1
            if number > document.limits.records:
                raise FeedError(
                    Fault.TOO_MANY_RECORDS, f"The document has more than {document.limits.records} records."
                )
            if isinstance(item, Rejected):
                yield item
            elif item.record in seen and isinstance(statement, Statement):
                message = "The same claim stands twice in the list; the first is kept."
                yield _rejected(Code.DUPLICATE, item.position, message, statement.raw)
            else:
                seen.add(item.record)
                yield item


def not_a_record(position: str, raw: Any, what: str = "an object") -> Rejected:
    """For a place of the list where something else stands than its shape has there."""
    return _rejected(Code.NOT_A_RECORD, position, f"Here should be {what}.", raw)


def names_nobody(position: str, raw: Any, message: str = "") -> Rejected:
    """For a row that says of itself that no broadcaster is known."""
    return _rejected(Code.PLACEHOLDER, position, message or "The list names no broadcaster here.", raw)


def text(value: Any) -> str:
    """One line of text, or nothing for what is no text."""
    return prose(value) if isinstance(value, str) else ""


def languages(names: Any) -> tuple[tuple[str, ...], str]:
    """Tags for the names of languages, and a note of what is no language. “Local” says nothing."""
    parts = [part.strip() for name in names if isinstance(name, str) for part in name.split("/")]
    parts = [part for part in parts if part.casefold() not in NO_LANGUAGE]
    tags = {part: language_called(part) for part in parts}
    unknown = ", ".join(prose(part) for part, tag in tags.items() if not tag)
    return tuple(dict.fromkeys(tag for tag in tags.values() if tag)), f"language: {unknown}" if unknown else ""


def _claims(statement: Statement, document: Document, known: frozenset[str]) -> Iterator[Found[ClaimRecord] | Rejected]:
    given = statement.text if isinstance(statement.text, str) else ""
    raw, position = statement.raw, statement.position
    code = ""
    fault: NoCountryError | None = None
    try:
        code = statement.country()
    except NoCountryError as error:
        fault = error
    for count, name in enumerate(names_in(given, known), start=1):
        place = position if count == 1 else f"{position}, name {count}"
        if without_streams(raw) != raw:
            message = "The row holds the address of a stream, which is kept nowhere."
            yield _rejected(Code.STREAM_ADDRESS, place, message, raw)
        elif len(given) > document.limits.text:
            yield _rejected(Code.TOO_LONG, place, f"The text has {len(given)} characters.", raw)
        elif fault:
            yield _rejected(fault.code, place, str(fault), raw)
        elif isinstance(name, NoName):
            yield _rejected(name.code, place, name.message, raw)
        else:
            values = {"coverage": _coverage(name.note)} | statement.values
            values |= {
                "competition": document.options.get("competition") or values.get("competition", ""),
                "season": document.options.get("season") or values.get("season", ""),
                "country": code,
                "broadcaster": name.text,
                "note": "; ".join(note for note in (name.note, *statement.notes) if note),
                "url": page(values.get("url") or ""),
                "source_url": page(values.get("source_url") or ""),
                "text": prose(given),
            }
            yield build(ClaimRecord, values, position=place, raw=raw)


def _coverage(note: str) -> str:
    if ALL.fullmatch(note):
        return "all"
    return "some" if SOME.search(note) else "unknown"


def _rejected(code: Code, position: str, message: str, raw: Any) -> Rejected:
    return Rejected(code=code, position=position, message=message, raw=without_streams(raw))
