"""The page of an event in a country: who shows it, when it is there, and why we say so."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from broadcasters.models import Country
from competitions.models import Event, EventStatus, Team
from guide.rights.answer import Airing, Answer, Option, State
from guide.rights.models import RightKind
from guide.web import event_words, formats, options, words
from guide.web.addresses import (
    broadcaster_url,
    calendar_url,
    competition_url,
    event_url,
    team_url,
    today_url,
)
from guide.web.event_sentence import event_sentence
from guide.web.event_words import event_name
from guide.web.facts import Fact, checked, weakest
from guide.web.frame import Place, place_of, turn_of_day
from guide.web.history import Former
from guide.web.key_page import Ground, former_holders, ground
from guide.web.options import Link, Table
from guide.web.schedule_rows import event_of
from guide.web.sentences import Sentence, live
from guide.web.structured import Address, event_document
from guide.web.when import When, at_venue, offset, when, zone_name
from guide.web.words import Badge, Dots, competition_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """An instant by the clocks of a place, which are named."""

    when: When
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Particular:
    """One thing about the event. ``is_source``: the words are those of a source, in whatever language."""

    label: str
    text: str
    url: str = ""
    is_source: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A broadcaster with a remark, and what leads further."""

    name: str
    url: str
    text: str
    source: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A part of a weekend or tournament."""

    name: str
    url: str
    when: When
    is_current: bool
    status: Badge | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """Everything that the page shows, in words. Rendering it asks nothing more."""

    template: ClassVar[str] = "web/event.html"
    status: ClassVar[int] = 200
    is_indexed: ClassVar[bool] = True
    place: Place
    title: str
    description: str
    changes_at: dt.datetime
    heading: str
    season: str
    competition: Link
    day: Link | None
    sentence: Sentence
    badges: tuple[Badge, ...]
    facts: tuple[Fact, ...]
    dots: Dots | None
    clock: Clock
    venue_clock: Clock | None
    particulars: tuple[Particular, ...]
    ground: Ground | None
    tables: tuple[Table, ...]
    not_showing: tuple[Note, ...]
    airings: tuple[Note, ...]
    sessions: tuple[Session, ...]
    sessions_title: str
    zone: str
    former: tuple[Former, ...]
    links: tuple[Link, ...]
    calendars: tuple[Link, ...]
    document: SafeString


def parts_of(event: Event) -> list[Event]:
    """The sessions of a weekend, for a session those of its own; none for a match. At most one query."""
    if event.is_match and not event.parent_id:
        return []
    rows = Event.objects.standing().named(formats.language()).filter(parent=event.parent_id or event.pk)
    return sorted(rows, key=lambda part: (part.day or dt.date.max, part.starts_at is None, part.starts_at, part.key))


def event_page(answer: Answer, parts: Sequence[Event], *, today: dt.date, address: Address) -> EventPage:
    """The page of an answer about an event. ``today`` is the country's present day."""
    event, country, competition = event_of(answer), answer.question.country, answer.question.competition
    place = place_of(country.code, competition=competition.slug)
    says = event_sentence(answer, is_over=is_over(event, country, today))
    name = event_name(event)
    is_off = event.status == EventStatus.CANCELLED
    shown = live(answer)
    own_time = when(event, country)
    return EventPage(
        place=place,
        title=_("{event}, {country}: who shows it live").format(event=name, country=place.name),
        description=formats.plain(says),
        changes_at=turn_of_day(country, today, []),
        heading=name,
        season=f"{competition_name(competition)} {formats.season(event.season.label)}",
        competition=Link(text=competition_name(competition), url=competition_url(country.code, competition.slug)),
        day=Link(text=own_time.days, url=today_url(country.code, day=str(own_time.day))) if own_time.day else None,
        sentence=says,
        badges=tuple(_badges(answer, event)),
        facts=(checked([option.verified_on for option in shown]),) if shown and not is_off else (),
        dots=None if is_off else weakest(shown),
        clock=_clock(own_time, country.time_zone),
        venue_clock=_clock(there, event.zone) if (there := at_venue(event, country)) else None,
        particulars=tuple(_particulars(answer, event)),
        ground=None if is_off else ground(answer),
        tables=()
        if is_off
        else tuple(
            found
            for kind in RightKind.values
            if (found := options.table(_told(answer), kind, country=country.code, today=today))
        ),
        not_showing=() if is_off else tuple(_not_showing(answer, event)),
        airings=() if is_off else tuple(_airings(answer, country)),
        sessions=tuple(_session(part, event, country) for part in parts),
        sessions_title=_sessions_title(event),
        zone=zone_name(country.time_zone),
        former=tuple(former_holders(answer)) if answer.state != State.LICENSED else (),
        links=tuple(_links(answer, event)),
        calendars=tuple(_calendars(answer, event)),
        document=event_document(answer, event, () if event.session else parts, address),
    )


def _told(answer: Answer) -> list[Option]:
    """The options as they are told: where a rule forbids it, no live one shows the event, whatever its right."""
    return [
        replace(option, showing=None) if answer.block and option.kind == RightKind.LIVE else option
        for option in answer.options
    ]


def is_over(event: Event, country: Country, today: dt.date) -> bool:
    """Whether its last day has passed in the country, or it has been reported as over."""
    last = event.until or (country.today(event.starts_at) if event.starts_at else None)
    return event.status == EventStatus.FINISHED or (last is not None and last < today)


def _badges(answer: Answer, event: Event) -> Iterator[Badge]:
    status = event_words.status_badge(event)
    if status:
        yield status
    if event.status != EventStatus.CANCELLED:
        yield event_words.state_badge(answer)


def _clock(found: When, zone: str) -> Clock:
    if not found.is_settled:
        return Clock(when=found, zone="")
    return Clock(when=found, zone=f"{zone_name(zone)} ({offset(found.iso)})")


def _particulars(answer: Answer, event: Event) -> Iterator[Particular]:
    country, competition = answer.question.country.code, answer.question.competition
    yield Particular(
        label=_("Competition"), text=competition_name(competition), url=competition_url(country, competition.slug)
    )
    if event.stage:
        yield Particular(label=_("Stage"), text=event.stage.name, is_source=True)
    if event.round:
        own = event_words.round_name(event)
        yield Particular(label=_("Round"), text=own or event.round, is_source=not own)
    if event.parent:
        name = getattr(event, "parent_name", "") or event.parent.name
        yield Particular(label=_("Part of"), text=name, url=event_url(country, event.parent))
    if event.venue:
        yield Particular(label=_("Venue"), text=event.venue, is_source=True)
    if event.source_url and (found := options.site(event.source_url)):
        yield Particular(label=_("Announced by"), text=found.text, url=found.url)


def _not_showing(answer: Answer, event: Event) -> Iterator[Note]:
    shown = {option.broadcaster.slug for option in live(answer)}
    seen: set[str] = set()
    for row in answer.not_showing:
        party = row.broadcaster
        if party.slug not in shown | seen:
            seen.add(party.slug)
            url = broadcaster_url(answer.question.country.code, party.slug)
            yield Note(name=party.name, url=url, text=event_words.why_not(row, event))


def _airings(answer: Answer, country: Country) -> Iterator[Note]:
    licensed = {option.broadcaster.slug for option in answer.options}
    for row in answer.airings:
        remarks = [_programme(row, country), _("seen on {day}").format(day=formats.short_day(row.seen_on))]
        if row.broadcaster.slug not in licensed:
            remarks.append(_("no right to it on record"))
        yield Note(
            name=row.service.name,
            url=broadcaster_url(country.code, row.broadcaster.slug),
            text=", ".join(remark for remark in remarks if remark),
            source=Link(text=row.publisher, url=row.url or ""),
        )


def _programme(row: Airing, country: Country) -> str:
    """The times of the programme, which often begins before the event."""
    if row.starts_at is None:
        return ""
    start = row.starts_at.astimezone(country.zone)
    day, time = formats.short_day(start.date()), formats.time_of_day(start)
    if row.ends_at is None:
        return _("programme on {day} from {time}").format(day=day, time=time)
    end = formats.time_of_day(row.ends_at.astimezone(country.zone))
    return _("programme on {day} from {time} to {end}").format(day=day, time=time, end=end)


def _session(part: Event, event: Event, country: Country) -> Session:
    name = event_words.session_name(part.session) if part.session else event_name(part)
    return Session(
        name=name[:1].upper() + name[1:],
        url=event_url(country.code, part),
        when=when(part, country),
        is_current=part.pk == event.pk,
        status=event_words.status_badge(part),
    )


def _sessions_title(event: Event) -> str:
    return _("{event}: the whole programme").format(event=event.title) if event.parent_id else _("The programme")


def _links(answer: Answer, event: Event) -> Iterator[Link]:
    country, competition = answer.question.country, answer.question.competition
    heading = words.in_country(competition_name(competition), country.code)
    yield Link(text=heading, url=competition_url(country.code, competition.slug))
    for team, name in _teams(event):
        yield Link(text=words.in_country(name, country.code), url=team_url(country.code, team.slug))


def _calendars(answer: Answer, event: Event) -> Iterator[Link]:
    code, competition = answer.question.country.code, answer.question.competition
    subjects = [("competition", competition.slug, competition_name(competition))]
    subjects += [("team", team.slug, name) for team, name in _teams(event)]
    for kind, slug, name in subjects:
        yield Link(text=_("Calendar of {name}").format(name=name), url=calendar_url(kind, slug, code))


def _teams(event: Event) -> Iterator[tuple[Team, str]]:
    for team, name in (
        (event.home, getattr(event, "home_name", "")),
        (event.away, getattr(event, "away_name", "")),
    ):
        if team and not team.withdrawn_at:
            yield team, name or team.name
