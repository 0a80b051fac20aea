"""XML from strangers, read as a stream: one element at a time, and nothing that a document type could smuggle in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from lxml import etree

from guide.feeds.adapters.base import Fault, FeedError, Limits

CHUNK = 64 * 1024
HEAD = 64 * 1024
"""The root element opens within these bytes, or the document is refused."""
ENCODING = re.compile(r"utf-?8|utf-?16(?:le|be)?|us-ascii|iso-?8859-\d{1,2}|windows-125\d|koi8-[ru]", re.IGNORECASE)
"""Encodings in which the mark-up looks like ASCII, or that a byte order mark gives away. Under any other one, such as
UTF-7, a document type could hide from the look at the prologue."""
DECLARED = re.compile(r"\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
BEFORE_ROOT = re.compile(
    r"(?:\s+|<\?.*?\?>|<!--.*?-->|(?P<doctype><!DOCTYPE\s+[^\s>\[\"']+(?:\s+|\"[^\"]*\"|'[^']*'|SYSTEM|PUBLIC)*>))",
    re.DOTALL,
)
ENCODING_ERRORS = frozenset({"ERR_INVALID_ENCODING", "ERR_UNKNOWN_ENCODING", "ERR_UNSUPPORTED_ENCODING"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A child of the root. It is gone when the next one is asked for: take from it what is needed."""

    element: "etree._Element"
    number: int
    """Counted from 1 among the children of the same name."""

    @property
    def position(self) -> str:
        return f"{self.element.tag} {self.number}, line {self.element.sourceline}"

    def text(self, name: str) -> str:
        """The text of the first child of this name, with what stands in elements inside it."""
        child = self.element.find(name)
        return "" if child is None else text_of(child)

    def raw(self) -> dict[str, Any]:
        """Attributes and children as JSON values."""
        values: dict[str, Any] = {str(name): str(value) for name, value in self.element.attrib.items()}
        for child in self.element:
            values.setdefault(str(child.tag), []).append(text_of(child).strip())
        return values


def text_of(element: "etree._Element") -> str:
    """All text in an element, that of the elements inside it too."""
    return "".join(str(part) for part in element.itertext())


def children(stream: BinaryIO, *, root: str, name: str, limits: Limits) -> Iterator[Element]:
    """The children ``name`` of the root element ``root``, one after the other; memory does not grow with the document.

    Other children are passed over. The document may name a document type of its own kind, which is not loaded; one
    that declares anything itself is refused, and so is a document with an entity that nobody has declared: its text
    would be silently shorter.
    """
    head = stream.read(HEAD)
    _check_prologue(head)
    parser = etree.XMLPullParser(
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    depth = number = 0
    chunk = head
    while chunk:
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            _check_errors(parser)
            raise _malformed(error) from None
        _check_errors(parser)
        for event, element in cast("Iterator[tuple[str, etree._Element]]", parser.read_events()):
            if event == "start":
                depth += 1
                if depth == 1 and element.tag != root:
                    raise FeedError(
                        Fault.SCHEMA_CHANGED, f"The document is a “{element.tag}”, not a “{root}”.", position="line 1"
                    )
                if depth > limits.depth:
                    raise FeedError(
                        Fault.TOO_DEEP,
                        f"The document nests more than {limits.depth} levels.",
                        position=f"line {element.sourceline}",
                    )
                continue
            depth -= 1
            if depth != 1:
                continue
            if element.tag == name:
                number += 1
                if number > limits.records:
                    raise FeedError(Fault.TOO_MANY_RECORDS, f"The document has more than {limits.records} records.")
                yield Element(element=element, number=number)
            _forget(element)
        chunk = stream.read(CHUNK)
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        raise FeedError(
            Fault.TRUNCATED, "The document ends before its last element does.", position=f"line {error.lineno}"
        ) from None


def _forget(element: "etree._Element") -> None:
    # The element itself stays until the next one ends: the parser may still add the text behind it.
    element.clear(keep_tail=True)  # type: ignore[call-arg]  # The stubs are older than the argument.
    parent = element.getparent()
    if parent is not None:
        for before in list(element.itersiblings(preceding=True)):
            parent.remove(before)


def _check_prologue(head: bytes) -> None:
    if not head.strip():
        raise FeedError(Fault.EMPTY, "The document is empty.")
    if head.startswith(b"\x1f\x8b"):
        raise FeedError(Fault.WRONG_TYPE, "The document is compressed twice, or still compressed.")
    utf_16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    # Only the mark-up is looked at, and it is ASCII in all the other encodings that are allowed.
    text = head.decode("utf-16", "replace") if utf_16 else head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    if not utf_16 and b"\x00" in head[:4]:
        raise FeedError(Fault.BAD_ENCODING, "The document has NUL characters and no byte order mark.")
    declared = DECLARED.match(text)
    if declared and not ENCODING.fullmatch(declared[1]):
        raise FeedError(Fault.BAD_ENCODING, f"The document is in “{declared[1]}”, which is not read here.")
    if re.match(r"\s*<(?:!doctype\s+html|html)\b", text[:1000], re.IGNORECASE):
        raise FeedError(Fault.WRONG_TYPE, "The server sent a web page in place of the document.")
    if not text.lstrip().startswith("<"):
        raise FeedError(Fault.WRONG_TYPE, "The document is not XML: it does not begin with <.")
    position = 0
    while match := BEFORE_ROOT.match(text, position):
        position = match.end()
    rest = text[position:]
    if rest.startswith("<!DOCTYPE") and "[" in rest:
        raise FeedError(Fault.FORBIDDEN_MARKUP, "The document declares a document type of its own.")
    if not rest or rest.startswith(("<!", "<?")):
        fault = Fault.TRUNCATED if len(head) < HEAD else Fault.FORBIDDEN_MARKUP
        raise FeedError(fault, "The document has no root element where one should be.")


def _check_errors(parser: "etree.XMLPullParser") -> None:
    # Asked after every piece: a parser that has met an error takes the next piece for a new document.
    for entry in parser.feed_error_log:
        position = f"line {entry.line}"
        if "UNDECLARED_ENTITY" in entry.type_name:
            raise FeedError(
                Fault.MALFORMED, f"The document uses what it does not declare: {entry.message}.", position=position
            )
        if entry.level_name != "FATAL":
            continue
        if entry.type_name in ENCODING_ERRORS:
            raise FeedError(Fault.BAD_ENCODING, "The document is not in the encoding it names.", position=position)
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            fault = Fault.TOO_DEEP if "depth" in entry.message else Fault.TOO_LARGE
            raise FeedError(fault, f"The document exceeds a limit: {entry.message.strip()}.", position=position)
        raise FeedError(Fault.MALFORMED, f"The document is not XML: {entry.message.strip()}.", position=position)


def _malformed(error: etree.XMLSyntaxError) -> FeedError:
    return FeedError(Fault.MALFORMED, f"The document is not XML: {error.msg}.", position=f"line {error.lineno}")
