"""The events of a country's own days, each answered for."""

import datetime as dt
from collections.abc import Collection, Iterable

from broadcasters.models import Country
from competitions.models import Competition, Event
from guide.rights.answer import Answer, Question
from guide.rights.answers import answers
from guide.rights.days import midnight


def day_of(
    country: Country,
    day: dt.date,
    language: str,
    *,
    competitions: Collection[str] | None = None,
    sports: Collection[str] | None = None,
    now: dt.datetime,
) -> list[Answer]:
    """The events of one day: see :func:`days_of`."""
    return days_of(country, day, day, language, competitions=competitions, sports=sports, now=now)


def days_of(
    country: Country,
    first_day: dt.date,
    last_day: dt.date,
    language: str,
    *,
    competitions: Collection[str] | None = None,
    sports: Collection[str] | None = None,
    now: dt.datetime,
) -> list[Answer]:
    """In order of time; what has no time stands at the end. Seven queries, however many days and events.

    A day is the country's own: from midnight to midnight there, 23 or 25 hours where the clocks change. What has no
    time falls on the day at its venue. Of what holds other events of these days, those stand for it.
    """
    start, end = midnight(first_day, country.zone), midnight(last_day + dt.timedelta(days=1), country.zone)
    rows = Event.objects.standing().named(language).between(start, end, first_day, last_day)
    if competitions is not None:
        rows = rows.filter(season__competition__slug__in=competitions)
    if sports is not None:
        rows = rows.filter(season__competition__sport__slug__in=sports)
    events = without_holders(list(rows))
    events.sort(key=lambda event: (event.starts_at is None, event.starts_at or start, event.title, event.key))
    return answers(questions(events, country), now=now, is_brief=True)


def questions(events: Iterable[Event], country: Country) -> list[Question]:
    """Who shows each of these events, which were read with their names?"""
    return [Question(competition=named_competition(event), country=country, event=event) for event in events]


def named_competition(event: Event) -> Competition:
    """The competition of an event that was read with its names, named like it."""
    competition = event.season.competition
    competition.local_name = getattr(event, "competition_name", competition.name)  # type: ignore[attr-defined]
    return competition


def without_holders(events: list[Event]) -> list[Event]:
    """Without weekends and tournaments of which a part is among the events, and matchdays of which a match is."""
    holders = {event.parent_id for event in events}
    with_matches = {(event.season_id, event.round) for event in events if event.is_match}
    return [
        event
        for event in events
        if event.pk not in holders
        and (event.is_match or not event.round or (event.season_id, event.round) not in with_matches)
    ]
