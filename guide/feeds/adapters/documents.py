"""The first look at a document: is it what it should be, is it text, is it sane JSON or CSV."""

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from guide.feeds.adapters.base import Fault, FeedError, Limits

MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
OPENS_OR_CLOSES = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL)


def text_of(stream: BinaryIO, *, fallback: str = "") -> str:
    """The whole document as text: by its byte order mark, else UTF-8, else ``fallback`` where the feed names one.

    Letters are never dropped or replaced: a document in another encoding is refused. So is an error page in HTML.
    """
    data = stream.read()
    if not data.strip():
        raise FeedError(Fault.EMPTY, "The document is empty.")
    if data.startswith(b"\x1f\x8b"):
        raise FeedError(Fault.WRONG_TYPE, "The document is compressed twice, or still compressed.")
    text = _decoded(data, fallback)
    if re.match(r"\s*<(?:!doctype\s+html|html)\b", text[:1000], re.IGNORECASE):
        raise FeedError(Fault.WRONG_TYPE, "The server sent a web page in place of the document.")
    if "\x00" in text:
        raise FeedError(Fault.BAD_ENCODING, "The document holds NUL characters: it is no text.")
    return text


def _decoded(data: bytes, fallback: str) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if fallback:
            return _strictly(data, fallback)
        raise _not_in("UTF-8", error) from None


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise _not_in(encoding, error) from None


def _not_in(encoding: str, error: Exception) -> FeedError:
    position = f"byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
    return FeedError(Fault.BAD_ENCODING, f"The document is not {encoding}.", position=position)


def json_of(stream: BinaryIO, limits: Limits) -> Any:
    """The document as JSON values. Nesting is counted before anything is parsed."""
    text = text_of(stream)
    if text.lstrip()[:1] not in ("{", "["):
        raise FeedError(Fault.WRONG_TYPE, "The document is not JSON: it begins with neither { nor [.")
    depth = 0
    for match in OPENS_OR_CLOSES.finditer(text):
        mark = match[0]
        if mark in "[{":
            depth += 1
            if depth > limits.depth:
                raise FeedError(
                    Fault.TOO_DEEP,
                    f"The document nests more than {limits.depth} levels.",
                    position=_place(text, match.start()),
                )
        elif mark in "]}":
            depth -= 1
    try:
        return json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        ended = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        fault = Fault.TRUNCATED if ended else Fault.MALFORMED
        raise FeedError(fault, f"The document is not JSON: {error.msg}.", position=_place(text, error.pos)) from None
    except ValueError as error:
        raise FeedError(Fault.MALFORMED, f"The document is not JSON: {error}") from None


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number of JSON.")


def _place(text: str, position: int) -> str:
    return f"line {text.count(chr(10), 0, position) + 1}"


def member(value: Any, name: str, kind: type, *, of: str = "The document") -> Any:
    """A member without which the document is not of this format."""
    found = value.get(name) if isinstance(value, dict) else None
    if not isinstance(found, kind):
        raise FeedError(Fault.SCHEMA_CHANGED, f"{of} has no {kind.__name__} “{name}”.", position=name)
    return found


def rows_of(text: str, *, needs: Sequence[str], limits: Limits) -> Iterator[tuple[int, list[str], dict[str, str]]]:
    """The rows of a CSV document: line, cells, and cells by the name of their (first) column.

    A row with more or fewer cells than the header comes with an empty mapping.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if missing := [name for name in needs if name not in header]:
            raise FeedError(Fault.SCHEMA_CHANGED, f"The column “{missing[0]}” is missing.", position="line 1")
        line = reader.line_num + 1
        for number, cells in enumerate(reader):
            if number >= limits.records:
                raise FeedError(Fault.TOO_MANY_RECORDS, f"The document has more than {limits.records} records.")
            if cells:
                named = dict(reversed(list(zip(header, cells, strict=True)))) if len(cells) == len(header) else {}
                yield line, cells, named
            line = reader.line_num + 1
    except csv.Error as error:
        fault = Fault.TRUNCATED if "end of data" in str(error) else Fault.MALFORMED
        raise FeedError(fault, f"The document is not CSV: {error}.", position=f"line {reader.line_num}") from None
