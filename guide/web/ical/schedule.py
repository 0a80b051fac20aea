"""The events of a calendar, each answered for."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import replace

from icalendar import Event as Entry

from broadcasters.models import Country
from competitions.models import Event
from competitions.querysets import EventQuerySet
from guide.rights.answer import Answer
from guide.rights.answers import answers, narrowed
from guide.rights.days import midnight
from guide.rights.schedule import questions, without_holders
from guide.web.addresses import event_url
from guide.web.files import Address
from guide.web.ical.editions import Editions
from guide.web.ical.entries import entry_of

BACK = dt.timedelta(days=14)
AHEAD = dt.timedelta(days=400)


def entries_of(
    rows: EventQuerySet, country: Country, *, now: dt.datetime, services: Collection[str] = (), address: Address
) -> Iterator[Entry]:
    """Entries for those of the rows, read with their names, that fall into the window round today; eight queries.

    With ``services``, only events that these show or may show, and of each only these.
    """
    today = country.today(now)
    events = events_of_days(rows, country, today - BACK, today + AHEAD)
    found = [
        (event, on_services(answer, services))
        for event, answer in zip(events, answers(questions(events, country), now=now, is_brief=True), strict=True)
    ]
    chosen = [(event, answer) for event, answer in found if not services or answer.options or answer.airings]
    editions = Editions([event for event, _ in chosen], country)
    for event, answer in chosen:
        yield entry_of(answer, event, editions.of(event), url=address(event_url(country.code, event)))


def events_of_days(rows: EventQuerySet, country: Country, first_day: dt.date, last_day: dt.date) -> list[Event]:
    """Those of the rows that fall on days of the country, in order of time; on each day, those without one at the end.
    What holds others of them is left out, as in a day's schedule.
    """
    start, end = midnight(first_day, country.zone), midnight(last_day + dt.timedelta(days=1), country.zone)

    def place(event: Event) -> tuple[dt.date, bool, dt.datetime, str]:
        if event.starts_at:
            return event.starts_at.astimezone(country.zone).date(), False, event.starts_at, event.key
        return max(event.day or first_day, first_day), True, start, event.key

    return sorted(without_holders(list(rows.between(start, end, first_day, last_day))), key=place)


def on_services(answer: Answer, services: Collection[str]) -> Answer:
    """The answer with only what is shown on these services; as it is where none are named."""
    if not services:
        return answer
    airings = tuple(airing for airing in answer.airings if airing.service.slug in services)
    return replace(narrowed(answer, services=list(services)), airings=airings)
