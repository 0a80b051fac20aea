"""One team in a country: its next events, and who shows each."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadcasters.models import Country
from competitions.models import Event, EventStatus, Team
from guide.rights.answer import Answer, Question
from guide.rights.schedule import questions, without_holders
from guide.web import formats, schedule_rows, words
from guide.web.addresses import calendar_url
from guide.web.frame import Place, place_of, turn_of_day
from guide.web.options import Link
from guide.web.schedule_rows import Day, event_of
from guide.web.when import When, when, zone_name

EVENTS_AT_MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPage:
    """``silence`` is what is said where nothing is on record."""

    template: ClassVar[str] = "web/team.html"
    status: ClassVar[int] = 200
    place: Place
    title: str
    description: str
    is_indexed: bool
    changes_at: dt.datetime
    heading: str
    team: str
    sentence: str
    zone: str
    days: tuple[Day, ...]
    silence: str
    calendar: Link


def next_events(team: Team, country: Country, now: dt.datetime) -> list[Question]:
    """What the page asks: who shows the events of the team that have not begun. One query."""
    rows = Event.objects.standing().named(formats.language()).of_team(team.slug).from_then_on(now)
    return questions(without_holders(list(rows[:EVENTS_AT_MOST])), country)


def team_page(team: Team, country: Country, answers: Sequence[Answer], *, today: dt.date) -> TeamPage:
    place = place_of(country.code)
    name = str(getattr(team, "local_name", team.name))
    heading = words.in_country(name, country.code)
    days = schedule_rows.by_day(answers, first_day=today)
    first = _first(answers, country)
    sentence = (
        ngettext("{count} event to come is on record.", "{count} events to come are on record.", len(answers)).format(
            count=len(answers)
        )
        if answers
        else _("No event to come is on record.")
    )
    if first:
        sentence += " " + _("The next one is on {day}.").format(day=first.days)
    return TeamPage(
        place=place,
        title=_("{heading}: who shows the next events").format(heading=heading),
        description=f"{heading}. {sentence}",
        is_indexed=bool(answers),
        changes_at=turn_of_day(country, today, []),
        heading=heading,
        team=name,
        sentence=sentence,
        zone=zone_name(country.time_zone),
        days=tuple(
            Day(heading=formats.full_day(day), rows=tuple(schedule_rows.row(answer) for answer in of_day))
            for day, of_day in days.items()
        ),
        silence="" if answers else words.few_fixtures(),
        calendar=Link(
            text=_("Calendar of {name}").format(name=name), url=calendar_url("team", team.slug, country.code)
        ),
    )


def _first(answers: Sequence[Answer], country: Country) -> When | None:
    """When the next event is, of those that are not called off."""
    events = [event_of(answer) for answer in answers]
    known = [when(event, country) for event in events if event.day and event.status == EventStatus.SCHEDULED]
    return known[0] if known else None
