"""The words of events: what they, their parts and their states are called, and why something shows them."""

import re

from django.utils.translation import gettext as _

from competitions.models import Event, EventStatus
from guide.rights.answer import Answer, NotShowing, Option, Rule, Showing, State
from guide.web import formats, words
from guide.web.words import Badge

MATCHDAY = re.compile(r"Matchday (\d+)")


def event_name(event: Event) -> str:
    """Its title in the language in which it was read; of a session also which part of the weekend it is."""
    if not (event.session and event.parent):
        return event.title
    return _("{event}, {session}").format(event=event.title, session=session_name(event.session))


def session_name(session: str) -> str:
    """Sessions are an open list: one without a word here is given as the data have it."""
    return {
        "fp1": _("first practice"),
        "fp2": _("second practice"),
        "fp3": _("third practice"),
        "practice": _("practice"),
        "qualifying": _("qualifying"),
        "qualifying1": _("first qualifying"),
        "qualifying2": _("second qualifying"),
        "sprint-qualifying": _("sprint qualifying"),
        "sprint": _("sprint"),
        "warmup": _("warm-up"),
        "race": _("race"),
    }.get(session, session.replace("-", " "))


def round_name(event: Event) -> str:
    """The round in the page's language; empty where only the source's own words are known."""
    found = MATCHDAY.fullmatch(event.round)
    return _("Matchday {number}").format(number=found[1]) if found else ""


def status_badge(event: Event) -> Badge | None:
    """What has become of it; None where it takes place as planned."""
    if event.status == EventStatus.CANCELLED:
        return Badge(look="none", icon="dash", text=_("Cancelled"))
    if event.status == EventStatus.POSTPONED:
        return Badge(look="soon", icon="clock", text=_("Postponed"))
    if event.status == EventStatus.SUSPENDED:
        return Badge(look="soon", icon="clock", text=_("Suspended"))
    return None


def state_badge(answer: Answer) -> Badge:
    """As for a competition, but that a block is one at the event's own time."""
    if answer.state == State.BLOCKED:
        return Badge(look="blocked", icon="struck-clock", text=_("Blocked"))
    return words.state_badge(answer.state, answer.reason)


def showing_badge(showing: Showing) -> Badge:
    if showing == Showing.CERTAIN:
        return Badge(look="licensed", icon="seal", text=_("Shows it"))
    return Badge(look="unknown", icon="question", text=_("May show it"))


def why(option: Option) -> str:
    """The rule that decided that an option shows the event, or may."""
    if option.airings:
        first = option.airings[0]
        return _("Listed by {publisher}, seen on {day}.").format(
            publisher=first.publisher, day=formats.short_day(first.seen_on)
        )
    if option.showing == Showing.CERTAIN:
        return {
            Rule.EVENT: _("It holds a right to this event."),
            Rule.STAGE: _("It holds a right to all of this part of the season."),
            Rule.SEASON: _("It holds a right to all of this season."),
        }.get(option.rule, _("It holds a right to all of the competition."))
    return {
        Rule.EVENT: _("It holds a right to a part of this event; nobody on record says to which."),
        Rule.STAGE: _("It holds a right to a part of this stage; nobody on record says whether to this event."),
        Rule.SEASON: _("It holds a right to a part of this season; nobody on record says whether to this event."),
    }.get(option.rule, _("It holds a right to a part of the competition; nobody on record says whether to this event."))


def why_not(row: NotShowing, event: Event) -> str:
    """The rule that decided that a holder does not show the event."""
    holder = event.parent
    stages = (event.stage, holder.stage if holder else None)
    own = {event.season.key, event.key, *(stage.key for stage in stages if stage), *([holder.key] if holder else [])}
    if row.part is None or row.part in own:
        return _("Its wider right gives way to one that leaves others out.")
    return _("Its right is one to another part of the competition.")
