"""Single matches and races, each with the channels that show it in each territory."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from guide.feeds.adapters.base import Document, Found, Kind, Rejected
from guide.feeds.adapters.claims import places
from guide.feeds.adapters.claims.licensees import also_called
from guide.feeds.adapters.claims.statements import Statement, claims, names_nobody, not_a_record, text
from guide.feeds.adapters.documents import json_of, member
from guide.feeds.records import ClaimRecord


class EventsWithBroadcastersAdapter:
    """``{events: [{title, competition, startUtcEpochSeconds, status, broadcasts: [{channelName, territory}]}]}``.

    The claim is about the day of the event at UTC; the season is its year where the feed's options name none.
    """

    key = "claims-events"
    kind = Kind.CLAIMS
    version = 1
    record = ClaimRecord

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Found[ClaimRecord] | Rejected]:
        data = json_of(stream, document.limits)
        return claims(_statements(member(data, "events", list)), document)


def _statements(events: list[Any]) -> Iterator[Statement | Rejected]:
    for number, event in enumerate(events):
        position = f"events[{number}]"
        if not isinstance(event, dict) or not isinstance(event.get("broadcasts"), list):
            yield not_a_record(position, event, "an event with its broadcasts")
            continue
        if not event["broadcasts"]:
            yield names_nobody(position, event)
        about = {name: event.get(name) for name in ("id", "title", "competition", "startUtcEpochSeconds", "status")}
        day = _day(event.get("startUtcEpochSeconds"))
        for place, broadcast in enumerate(event["broadcasts"]):
            where = f"{position}.broadcasts[{place}]"
            if not isinstance(broadcast, dict):
                yield not_a_record(where, broadcast, "a broadcast")
                continue
            yield Statement(
                text=broadcast.get("channelName"),
                country=partial(places.country, text(broadcast.get("territory"))),
                values={
                    "competition": text(event.get("competition")),
                    "season": str(day.year) if day else "",
                    "event": text(event.get("title")),
                    "status": text(event.get("status")),
                    "first_day": day,
                    "last_day": day,
                },
                position=where,
                raw=about | {"broadcast": broadcast},
                notes=(
                    "not confirmed" if broadcast.get("confirmed") is False else "",
                    also_called(broadcast.get("aliases")),
                ),
            )


def _day(seconds: Any) -> dt.date | None:
    if not isinstance(seconds, int | float) or isinstance(seconds, bool):
        return None
    try:
        return dt.datetime.fromtimestamp(seconds, dt.UTC).date()
    except (OverflowError, ValueError, OSError):
        return None
