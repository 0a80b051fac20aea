"""Programme guides of operators as JSON: a day of all channels, or what runs now, next and later."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, BinaryIO

from guide.feeds.adapters import times
from guide.feeds.adapters.base import Code, Document, Fault, FeedError, Found, Kind, Rejected, build
from guide.feeds.adapters.documents import json_of, member
from guide.feeds.adapters.programmes import AGAIN, BACKWARDS, Guide, is_backwards
from guide.feeds.adapters.texts import prose, without_streams
from guide.feeds.records import ProgrammeRecord

SHORT_NAMES = {
    "start": "eventStart",
    "stop": "eventEnd",
    "title": "title",
    "sub_title": "",
    "description": "shortDescription",
    "genres": "genres",
    "season": "seasonNumber",
    "episode": "episodeNumber",
}
LONG_NAMES = {
    "start": "Start",
    "stop": "End",
    "title": "Title",
    "sub_title": "EpisodeTitle",
    "description": "Description",
    "genres": "Genre",
    "season": "",
    "episode": "",
}


class OperatorGuideAdapter:
    """Two shapes, told apart by what they hold: ``{channels: [{id, programs: [...]}]}`` and
    ``{Tiles: [{AssetId, LinearSchedule: {Now, Next, Later}}]}``.

    A time without an offset is local at the zone of the feed. Whether a programme is live is no field here: operators
    mark repeats as live and live matches as repeats.
    """

    key = "operator-guide"
    kind = Kind.PROGRAMMES
    version = 1
    record = ProgrammeRecord

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Found[ProgrammeRecord] | Rejected]:
        data = json_of(stream, document.limits)
        rows = _tiles(data) if isinstance(data, dict) and "Tiles" in data else _channels(data)
        guide = Guide()
        for number, (position, channel, row) in enumerate(rows, start=1):
            if number > document.limits.records:
                raise FeedError(
                    Fault.TOO_MANY_RECORDS, f"The document has more than {document.limits.records} records."
                )
            item = _programme(position, channel, row, document)
            if isinstance(item, Found) and guide.has(item.record):
                item = Rejected(code=Code.DUPLICATE, position=position, message=AGAIN, raw=_raw(channel, row))
            yield item


def _channels(data: Any) -> Iterator[tuple[str, Any, Any]]:
    """Place, id of the channel, and the programme under the names that it has here."""
    for number, channel in enumerate(member(data, "channels", list)):
        position = f"channels[{number}]"
        programmes = channel.get("programs") if isinstance(channel, dict) else None
        if not isinstance(programmes, list):
            yield position, "", channel
            continue
        for place, row in enumerate(programmes):
            yield f"{position}.programs[{place}]", channel.get("id"), _named(row, SHORT_NAMES)


def _tiles(data: Any) -> Iterator[tuple[str, Any, Any]]:
    for number, tile in enumerate(member(data, "Tiles", list)):
        position = f"Tiles[{number}]"
        schedule = tile.get("LinearSchedule", {}) if isinstance(tile, dict) else tile
        if schedule is None:
            continue  # A channel with nothing to say of its programmes.
        if not isinstance(schedule, dict) or not isinstance(tile, dict):
            yield position, "", tile
            continue
        for name, slot in schedule.items():
            rows = slot if isinstance(slot, list) else [] if slot is None else [slot]
            for place, row in enumerate(rows):
                where = f"{prose(name)}[{place}]" if isinstance(slot, list) else prose(name)
                yield f"{position}.LinearSchedule.{where}", tile.get("AssetId"), _named(row, LONG_NAMES)


def _named(row: Any, names: dict[str, str]) -> Any:
    return {name: row.get(written) for name, written in names.items()} if isinstance(row, dict) else row


def _raw(channel: Any, row: Any) -> Any:
    return without_streams({"channel": channel, "programme": row})


def _programme(position: str, channel: Any, row: Any, document: Document) -> Found[ProgrammeRecord] | Rejected:
    raw = _raw(channel, row)

    def reject(code: Code, message: str) -> Rejected:
        return Rejected(code=code, position=position, message=without_streams(message), raw=raw)

    if not isinstance(row, dict) or "start" not in row:
        return reject(Code.NOT_A_RECORD, "Here should be a programme.")
    texts = {
        name: prose(row[name]) if isinstance(row[name], str) else "" for name in ("title", "sub_title", "description")
    }
    longest = max(len(text) for text in texts.values())
    if longest > document.limits.text:
        return reject(Code.TOO_LONG, f"A text has {longest} characters, more than {document.limits.text}.")
    if not row["start"]:
        return reject(Code.MISSING_FIELD, "start: the programme does not say when it starts.")
    try:
        starts_at = _instant(row["start"], document.zone)
        stops_at = _instant(row["stop"], document.zone) if row["stop"] else None
    except times.NoSuchTimeError as error:
        return reject(Code.NO_SUCH_TIME, str(error))
    except ValueError as error:
        return reject(Code.BAD_TIME, str(error))
    if is_backwards(starts_at, stops_at):
        return reject(Code.BAD_TIME, BACKWARDS)
    values = texts | {
        "channel": prose(str(channel)) if isinstance(channel, str | int) else "",
        "starts_at": starts_at,
        "stops_at": stops_at,
        "categories": _genres(row["genres"]),
        "language": document.options.get("language", ""),
        "episode": _episode(row["season"], row["episode"]),
    }
    return build(ProgrammeRecord, values, position=position, raw=raw)


def _genres(genres: Any) -> tuple[str, ...]:
    """Genres are texts, or objects with a name."""
    names = (
        [genre.get("name") if isinstance(genre, dict) else genre for genre in genres]
        if isinstance(genres, list)
        else []
    )
    return tuple(dict.fromkeys(text for name in names if isinstance(name, str) and (text := prose(name))))


def _episode(season: Any, episode: Any) -> str:
    """Numbers count from 1; 0 stands for none."""
    parts = (("S", season), ("E", episode))
    return " ".join(f"{sign}{part}" for sign, part in parts if type(part) is int and part > 0)


def _instant(text: Any, zone: dt.tzinfo | None) -> dt.datetime:
    try:
        local = dt.datetime.fromisoformat(text)
        written = local.tzinfo or zone
        if written:
            return times.instant(local.date(), local.time(), written)
    except times.NoSuchTimeError:
        raise
    except (ValueError, TypeError, OverflowError):
        raise ValueError(f"“{text}” is not a time of the form 2026-08-22T18:45:00Z.") from None
    raise ValueError(f"“{text}” names no zone, and the feed has none.")
