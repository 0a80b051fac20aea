"""What calendars and programme guides say of an event: what it is, when, and who shows it here."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from competitions.models import Event, EventStatus, Precision
from guide.rights.answer import Airing, Answer, Block, Option, Showing, State
from guide.rights.models import RightKind
from guide.web import facts, formats, sentences, words
from guide.web.event_sentence import next_way


def subject(event: Event) -> str:
    """What it is a part of: “Ligue 1, Matchday 14”. Rounds are called as their source calls them."""
    return ", ".join(part for part in (str(getattr(event, "competition_name", "")), event.round) if part)


def lasts_days(event: Event) -> bool:
    """Whether its days say when it is: a race weekend, a tournament."""
    return event.last_day is not None and event.last_day != event.day


def is_vague(event: Event) -> bool:
    """Whether the time of day is still to come."""
    return event.precision != Precision.EXACT and not lasts_days(event)


def about_time(event: Event) -> str:
    """What stands in the way of relying on the time; empty where nothing does."""
    told = {
        EventStatus.CANCELLED: _("Cancelled."),
        EventStatus.POSTPONED: _("Postponed."),
        EventStatus.SUSPENDED: _("Suspended."),
    }.get(EventStatus(event.status), "")
    return told or (_("Time to be confirmed.") if is_vague(event) else "")


def who_shows(answer: Answer) -> Iterator[str]:
    """A line for each way to see the event live, free ones first; where there is none, what is known instead."""
    if answer.state == State.BLOCKED and answer.block:
        yield _blocked(answer, answer.block)
        if way := next_way(answer):
            yield formats.plain(way)
        return
    options = sentences.live(answer)
    held = {option.broadcaster.slug for option in options}
    lines = [option_line(option) for option in options]
    lines += [_listed(airing) for airing in live_airings(answer) if airing.broadcaster.slug not in held]
    if lines:
        yield from dict.fromkeys(lines)
    else:
        yield formats.plain(sentences.sentence(_of_its_day(answer)))


def live_airings(answer: Answer) -> list[Airing]:
    return [airing for airing in answer.airings if airing.kind == RightKind.LIVE]


def option_line(option: Option) -> str:
    """Where, for what, and when somebody looked: “Ligue 1+: Subscription. Checked 20 November 2026.”"""
    shown_on = [airing.service for airing in option.airings] or option.services
    names = list(dict.fromkeys(service.name for service in shown_on)) or [option.broadcaster.name]
    template = (
        _("{names}: may show it. {access}. {checked}.")
        if option.showing == Showing.POSSIBLE
        else _("{names}: {access}. {checked}.")
    )
    return template.format(
        names=formats.listed(names),
        access=words.access_badge(option.access).text,
        checked=facts.checked([option.verified_on]).text,
    )


def _listed(airing: Airing) -> str:
    return _("{name}: listed by {publisher}, seen {day}.").format(
        name=airing.service.name, publisher=airing.publisher, day=formats.long_day(airing.seen_on)
    )


def _blocked(answer: Answer, block: Block) -> str:
    until = block.until.astimezone(answer.question.country.zone)
    return _("Nobody may show it live here at that time: the block lifts on {day} at {time}, local time.").format(
        day=formats.long_day(until.date()), time=formats.time_of_day(until)
    )


def _of_its_day(answer: Answer) -> Answer:
    """The answer as one about the day, so that no sentence says “now”."""
    return replace(answer, question=replace(answer.question, on=answer.day))


def spans(event: Event) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of what is no matter of hours: of days, or of a time that is still to come."""
    if event.day is None or not (lasts_days(event) or is_vague(event)):
        return None
    return event.day, event.until or event.day
