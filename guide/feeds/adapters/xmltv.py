"""XMLTV: what runs on which channel and when, a programme at a time, with memory that does not grow with the guide."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree

from guide.feeds.adapters import markup, times
from guide.feeds.adapters.base import Code, Document, Found, Kind, Rejected, build
from guide.feeds.adapters.programmes import AGAIN, BACKWARDS, Guide, is_backwards
from guide.feeds.adapters.texts import prose, without_streams
from guide.feeds.records import GuideChannelRecord, ProgrammeRecord

TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?\s*(\S.*)?")
HOURS = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
"""Names of zones as guides use them: BST is British Summer Time, CST the American one."""
ONE_OF_MANY = re.compile(r"(\d+)/(\d+)")


class XmltvAdapter:
    """Programmes as :class:`ProgrammeRecord`.

    A time without a zone is local where the feed has a zone, else UTC, as the format says. A missing stop stays so.
    Where a text comes in several languages, the one of ``options["language"]`` is taken, else the first. A programme
    that stands twice (channel, start, slot, titles) is rejected the second time; two different programmes at one start
    are both found, for a guide that contradicts itself is still evidence of both.
    """

    key = "xmltv"
    kind = Kind.PROGRAMMES
    version = 1
    record = ProgrammeRecord

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Found[ProgrammeRecord] | Rejected]:
        guide = Guide()
        for element in markup.children(stream, root="tv", name="programme", limits=document.limits):
            item = _programme(element, document)
            if isinstance(item, Found) and guide.has(item.record):
                item = Rejected(code=Code.DUPLICATE, position=item.position, message=AGAIN, raw=_raw(element))
            yield item


def channels(stream: BinaryIO, document: Document) -> Iterator[Found[GuideChannelRecord] | Rejected]:
    """The channels that the guide lists, with their names: what a table of channels is made from."""
    seen = set[str]()
    for element in markup.children(stream, root="tv", name="channel", limits=document.limits):
        id = prose(element.element.get("id", ""))
        if id and id in seen:
            message = f"The channel “{id}” stands twice in the guide; the first is kept."
            yield Rejected(code=Code.DUPLICATE, position=element.position, message=message, raw=_raw(element))
            continue
        seen.add(id)
        names = dict.fromkeys(prose(markup.text_of(name)) for name in element.element.findall("display-name"))
        values = {"id": id, "names": tuple(name for name in names if name)}
        yield build(GuideChannelRecord, values, position=element.position, raw=_raw(element))


def _raw(element: markup.Element) -> Any:
    return without_streams(element.raw())


def _programme(element: markup.Element, document: Document) -> Found[ProgrammeRecord] | Rejected:
    node = element.element
    title, language = _in_language(node.findall("title"), document.options.get("language", ""))
    sub_title, _ = _in_language(node.findall("sub-title"), language)
    description, _ = _in_language(node.findall("desc"), language)
    values: dict[str, Any] = {
        "channel": prose(node.get("channel", "")),
        "title": title,
        "sub_title": sub_title,
        "description": description,
        "categories": tuple(
            dict.fromkeys(text for child in node.findall("category") if (text := prose(markup.text_of(child))))
        ),
        "language": language,
        "is_repeat": node.find("previously-shown") is not None,
        "is_premiere": node.find("premiere") is not None,
        "is_new": node.find("new") is not None,
        "episode": _episode(node.findall("episode-num")),
        "clump": _clump(node.get("clumpidx", "")),
    }
    longest = max(len(text) for text in (title, sub_title, description))

    def reject(code: Code, message: str) -> Rejected:
        return Rejected(code=code, position=element.position, message=without_streams(message), raw=_raw(element))

    if longest > document.limits.text:
        return reject(Code.TOO_LONG, f"A text has {longest} characters, more than {document.limits.text}.")
    if not node.get("start", "").strip():
        return reject(Code.MISSING_FIELD, "start: the programme does not say when it starts.")
    try:
        values["starts_at"] = _instant(node.get("start", ""), document.zone)
        values["stops_at"] = _instant(node.get("stop", ""), document.zone) if node.get("stop", "").strip() else None
    except times.NoSuchTimeError as error:
        return reject(Code.NO_SUCH_TIME, str(error))
    except ValueError as error:
        return reject(Code.BAD_TIME, str(error))
    if is_backwards(values["starts_at"], values["stops_at"]):
        return reject(Code.BAD_TIME, BACKWARDS)
    return build(ProgrammeRecord, values, position=element.position, raw=_raw(element))


def _in_language(elements: "list[etree._Element]", language: str) -> tuple[str, str]:
    """The text in this language and the language it is marked with, else the first text that is not empty."""
    texts = [(prose(markup.text_of(element)), prose(element.get("lang", ""))) for element in elements]
    texts = [(text, marked) for text, marked in texts if text]
    wanted = [(text, marked) for text, marked in texts if language and marked == language]
    return (wanted or texts or [("", "")])[0]


def _episode(elements: "list[etree._Element]") -> str:
    """The number as people write it, where the guide has it; the numbers of ``xmltv_ns`` count from 0."""
    texts = {element.get("system", "onscreen"): prose(markup.text_of(element)) for element in elements}
    if texts.get("onscreen"):
        return texts["onscreen"]
    if counted := texts.get("xmltv_ns"):
        season, number = ([part.split("/")[0].strip() for part in counted.split(".")] + ["", ""])[:2]
        return " ".join(f"{sign}{int(part) + 1}" for sign, part in (("S", season), ("E", number)) if _is_count(part))
    return next((text for text in texts.values() if text), "")


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9


def _clump(text: str) -> str:
    match = ONE_OF_MANY.fullmatch(text.strip())
    return match[0] if match and match[2] != "1" else ""


def _instant(text: str, zone: dt.tzinfo | None) -> dt.datetime:
    """“20260822132500 +0200” as an instant. Raises ValueError in words for an editor."""
    match = TIME.fullmatch(text.strip())
    if not match or not text.isascii():
        raise ValueError(f"“{text}” is not a time of the form YYYYMMDDhhmm or YYYYMMDDhhmmss with its zone.")
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        date, time = dt.date(year, month, day), dt.time(hour, minute, second)
    except ValueError:
        raise ValueError(f"“{text}” is not a time: no calendar or clock shows it.") from None
    written = match[7]
    if not written:
        written_zone: dt.tzinfo | None = zone or dt.UTC
    elif written in HOURS:
        written_zone = dt.timezone(dt.timedelta(hours=HOURS[written]))
    else:
        written_zone = times.offset(written)
    if written_zone is None:
        raise ValueError(f"“{written}” is not a zone that is known here.")
    try:
        return times.instant(date, time, written_zone)
    except OverflowError:
        raise ValueError(f"“{text}” lies outside the calendar.") from None
