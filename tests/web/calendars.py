"""Reading calendars back, as a program of a subscriber does."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import time_machine
from django.http import HttpResponse
from django.test import Client
from icalendar import Calendar

from guide.publication.records import Record
from guide.rights.records import ListingRecord
from tests.factories import (
    NOW,
    a_league,
    a_right,
    a_service,
    a_team,
    an_event,
    write,
)

LEAGUE_IN_ITALY = "/ical/competition/test-league/it.ics"
LATER = NOW + dt.timedelta(hours=1)

Fetch = Callable[..., Calendar]


def publish(*records: Record, at: dt.datetime = NOW) -> None:
    """Write records at a moment, so that rows know when they were written."""
    with time_machine.travel(at, tick=False):
        write(*records, now=at)


def a_match_day(*events: Record) -> list[Record]:
    """The test league in Italy with “holder”, which shows all of it on a stream; two clubs, and a match or others."""
    return [
        *a_league(),
        a_service(name="Holder Stream"),
        a_right(services="holder-stream", verified_on="2026-11-20"),
        a_team(name="Home"),
        a_team("away-club", name="Away"),
        *(events or [an_event()]),
    ]


def a_listing(event: str, service: str, **cells: Any) -> ListingRecord:
    """The event on a service in Italy, by a guide that was seen on 21 November 2026."""
    return ListingRecord.model_validate(
        {"key": f"{event}--{service}--it", "event": event, "service": service, "country": "IT", "kind": "live"}
        | {"publisher": "A guide", "seen_on": "2026-11-21"}
        | cells
    )


def get(client: Client, address: str, at: dt.datetime = NOW, **headers: Any) -> HttpResponse:
    with time_machine.travel(at, tick=False):
        return client.get(address, **headers)  # type: ignore[return-value]  # of the same making


def fetch(client: Client, address: str = LEAGUE_IN_ITALY, at: dt.datetime = NOW) -> Calendar:
    response = get(client, address, at)
    assert response.status_code == 200, response.content[:500]
    found = Calendar.from_ical(response.content)
    assert isinstance(found, Calendar)
    return found


def by_summary(calendar: Calendar) -> dict[str, Any]:
    return {str(entry["SUMMARY"]): entry for entry in calendar.walk("VEVENT")}


def only(calendar: Calendar) -> Any:
    (entry,) = calendar.walk("VEVENT")
    return entry
