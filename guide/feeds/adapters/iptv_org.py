"""The open directory of channels of iptv-org: facts about channels, never a stream. Tables as CSV, site ids as XML."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from guide.feeds.adapters import markup
from guide.feeds.adapters.base import Code, Document, Found, Kind, Rejected, build
from guide.feeds.adapters.documents import rows_of, text_of
from guide.feeds.adapters.texts import clean, is_page_address, without_streams
from guide.feeds.records import ChannelIdRecord, ChannelReachRecord, ChannelRecord
from guide.publication.records import READ_AS

CHANNEL_COLUMNS = (
    "id", "name", "alt_names", "owners", "country", "categories", "launched", "closed", "replaced_by", "website",
)  # fmt: skip
FEED_COLUMNS = ("channel", "id", "name", "is_main", "broadcast_area", "languages")
AREAS = frozenset({"c", "r", "s", "ct"})
"""Country, region, subdivision, city."""


class ChannelAdapter:
    """``channels.csv`` as :class:`ChannelRecord`. Where they can be received is another table's to say.

    A row with the address of a stream is rejected, and the address is not kept. A website that is no page of a named
    host is left out.
    """

    key = "iptv-org-channels"
    kind = Kind.CHANNELS
    version = 1
    record = ChannelRecord

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Found[ChannelRecord] | Rejected]:
        seen = set[str]()
        for row in _rows(stream, document, CHANNEL_COLUMNS):
            if isinstance(row, Rejected):
                yield row
                continue
            position, cells = row
            raw = without_streams(cells)
            if refused := _refused(cells, document, position, raw) or _twice(cells["id"], seen, position, raw):
                yield refused
                continue
            yield build(
                ChannelRecord,
                {
                    "id": clean(cells["id"]),
                    "name": clean(cells["name"]),
                    "other_names": _listed(cells["alt_names"]),
                    "country": _country(cells["country"]),
                    "owners": _listed(cells["owners"]),
                    "categories": _listed(cells["categories"]),
                    "website": cells["website"].strip() if is_page_address(cells["website"]) else "",
                    "launched_on": cells["launched"] or None,
                    "closed_on": cells["closed"] or None,
                    "replaced_by": clean(cells["replaced_by"]),
                },
                position=position,
                raw=raw,
            )


class ChannelReachAdapter:
    """``feeds.csv`` as :class:`ChannelReachRecord`: a row for each edition of a channel, and its reach."""

    key = "iptv-org-feeds"
    kind = Kind.CHANNELS
    version = 1
    record = ChannelReachRecord

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Found[ChannelReachRecord] | Rejected]:
        seen = set[str]()
        for row in _rows(stream, document, FEED_COLUMNS):
            if isinstance(row, Rejected):
                yield row
                continue
            position, cells = row
            raw = without_streams(cells)
            key = f"{cells['channel']}@{cells['id']}"
            if refused := _refused(cells, document, position, raw) or _twice(key, seen, position, raw):
                yield refused
                continue
            areas = [area.partition("/") for area in _listed(cells["broadcast_area"])]
            if unknown := [sign + slash + code for sign, slash, code in areas if sign not in AREAS or not code]:
                message = f"“{unknown[0]}” is no area: c/, r/, s/ or ct/ stands before its code."
                yield Rejected(code=Code.BAD_VALUE, position=position, message=message, raw=raw)
                continue
            yield build(
                ChannelReachRecord,
                {
                    "channel": clean(cells["channel"]),
                    "edition": clean(cells["id"]),
                    "name": clean(cells["name"]),
                    "is_main": cells["is_main"].strip().upper() == "TRUE",
                    "countries": tuple(_country(code) for sign, _, code in areas if sign == "c"),
                    "regions": tuple(code for sign, _, code in areas if sign == "r"),
                    "parts": tuple(f"{sign}/{code}" for sign, _, code in areas if sign in ("s", "ct")),
                    "languages": _listed(cells["languages"]),
                },
                position=position,
                raw=raw,
            )


class ChannelIdAdapter:
    """``*.channels.xml`` as :class:`ChannelIdRecord`: which channel of the directory a site's own id stands for."""

    key = "channel-ids"
    kind = Kind.CHANNELS
    version = 1
    record = ChannelIdRecord

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Found[ChannelIdRecord] | Rejected]:
        seen = set[str]()
        for element in markup.children(stream, root="channels", name="channel", limits=document.limits):
            attributes = {name: element.element.get(name, "") for name in ("site", "site_id", "lang", "xmltv_id")}
            name = markup.text_of(element.element)
            raw = without_streams(attributes | {"name": name})
            position = element.position
            # One id stands for one channel a language; a site that repeats itself adds nothing.
            key = f"{attributes['site']}\n{attributes['site_id']}\n{attributes['lang']}"
            cells = attributes | {"name": name}
            if refused := _refused(cells, document, position, raw) or _twice(key, seen, position, raw):
                yield refused
                continue
            channel, _, edition = attributes["xmltv_id"].partition("@")
            yield build(
                ChannelIdRecord,
                {
                    "site": clean(attributes["site"]),
                    "site_id": clean(attributes["site_id"]),
                    "name": clean(name),
                    "language": clean(attributes["lang"]),
                    "channel": clean(channel),
                    "edition": clean(edition),
                },
                position=position,
                raw=raw,
            )


def _rows(
    stream: BinaryIO, document: Document, needs: tuple[str, ...]
) -> Iterator[tuple[str, dict[str, str]] | Rejected]:
    text = text_of(stream, fallback=document.options.get("encoding", ""))
    for line, cells, named in rows_of(text, needs=needs, limits=document.limits):
        position = f"line {line}"
        if named:
            yield position, named
        else:
            message = f"The row has {len(cells)} cells, which is not the number of columns."
            yield Rejected(code=Code.NOT_A_RECORD, position=position, message=message, raw=without_streams(cells))


def _refused(cells: dict[str, str], document: Document, position: str, raw: Any) -> Rejected | None:
    if raw != cells:
        message = "The row holds the address of a stream, which is kept nowhere."
        return Rejected(code=Code.STREAM_ADDRESS, position=position, message=message, raw=raw)
    longest = max(len(cell) for cell in cells.values())
    if longest > document.limits.text:
        message = f"A text has {longest} characters, more than {document.limits.text}."
        return Rejected(code=Code.TOO_LONG, position=position, message=message, raw=raw)
    return None


def _twice(key: str, seen: set[str], position: str, raw: Any) -> Rejected | None:
    if key in seen:
        message = "The id stands twice in the document; the first is kept."
        return Rejected(code=Code.DUPLICATE, position=position, message=message, raw=raw)
    seen.add(key)
    return None


def _country(code: str) -> str:
    code = code.strip().upper()
    return READ_AS.get(code, code)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for part in cell.split(";") if (text := clean(part))))
