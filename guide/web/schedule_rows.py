"""Events as lines of a list: when, what, and who shows it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from competitions.models import Event, EventStatus
from guide.rights.answer import Answer, Option, Showing, State
from guide.rights.models import Access
from guide.web import event_words, formats, words
from guide.web.addresses import event_url
from guide.web.event_sentence import certain, possible, unlicensed
from guide.web.options import Link
from guide.web.when import When, when
from guide.web.words import Badge, competition_name

ACCESS_ORDER = (
    *(Access.FREE, Access.REGISTRATION, Access.MIXED),
    *(Access.SUBSCRIPTION, Access.PAY_PER_VIEW, Access.UNKNOWN),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Broadcasters of one kind of access. ``is_quiet``: the badge is an icon, its word is only read out."""

    badge: Badge
    names: str
    is_certain: bool
    is_quiet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One event. ``state`` is set where nobody is on record as showing it, ``listed`` names who lists it without a
    right on record.
    """

    when: When
    name: str
    url: str
    about: str
    status: Badge | None
    state: Badge | None
    shown: tuple[Shown, ...]
    listed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The events of a day, those without a time last. ``more`` leads to those for which there is no room."""

    heading: str
    rows: tuple[Row, ...]
    more: Link | None = None


def row(answer: Answer, *, only_free: bool = False) -> Row:
    """The line of an answer about an event; with ``only_free``, of its broadcasters only those that are free."""
    event = event_of(answer)
    is_off = event.status == EventStatus.CANCELLED
    shown = () if is_off or answer.state == State.BLOCKED else tuple(_shown(answer, only_free))
    return Row(
        when=when(event, answer.question.country),
        name=event_words.event_name(event),
        url=event_url(answer.question.country.code, event),
        about=", ".join(part for part in (competition_name(answer.question.competition), _part(event)) if part),
        status=event_words.status_badge(event),
        state=None if shown or is_off else event_words.state_badge(answer),
        shown=shown,
        listed="" if is_off or only_free else _listed(answer),
    )


def event_of(answer: Answer) -> Event:
    """The event of a question about one."""
    if answer.question.event is None:
        raise ValueError("The question is about a competition.")
    return answer.question.event


def by_day(answers: Iterable[Answer], *, first_day: dt.date) -> dict[dt.date, list[Answer]]:
    """By the country's own day, in order of time, what has none last. What began before the first day stands on it."""
    days: dict[dt.date, list[Answer]] = {}
    for answer in answers:
        days.setdefault(max(answer.day, first_day), []).append(answer)
    return {day: in_order(days[day]) for day in sorted(days)}


def in_order(answers: Iterable[Answer]) -> list[Answer]:
    def place(answer: Answer) -> tuple[bool, dt.datetime, str, str]:
        event = event_of(answer)
        is_settled = when(event, answer.question.country).is_settled
        start = event.starts_at if is_settled and event.starts_at else dt.datetime.max.replace(tzinfo=dt.UTC)
        return not is_settled, start, competition_name(answer.question.competition), event.title

    return sorted(answers, key=place)


def _part(event: Event) -> str:
    """The matchday, where it has words in the page's language."""
    return event_words.round_name(event) if event.is_match else ""


def _shown(answer: Answer, only_free: bool) -> Iterator[Shown]:
    sure = certain(answer)
    for options in (sure, possible(answer)):
        best: dict[str, Option] = {}
        for option in options:
            best.setdefault(option.broadcaster.slug, option)
        is_certain = options is sure
        for access in ACCESS_ORDER:
            names = [option.broadcaster.name for option in best.values() if option.access == access]
            if names and (access in words.FREE or not only_free):
                badge = words.access_badge(access)
                yield Shown(
                    badge=badge if is_certain else words.perhaps(badge),
                    names=formats.listed(names),
                    is_certain=is_certain,
                    is_quiet=access not in words.FREE,
                )


def _listed(answer: Answer) -> str:
    names = [run.text for run in unlicensed(answer)]
    return _("Listed, without a right to it on record: {names}.").format(names=formats.listed(names)) if names else ""


def is_free(answer: Answer, showing: Showing) -> bool:
    """Whether a broadcaster that is free shows it for certain, or may."""
    event = event_of(answer)
    if answer.state != State.LICENSED or event.status == EventStatus.CANCELLED:
        return False
    options: Sequence[Option] = certain(answer) if showing == Showing.CERTAIN else possible(answer)
    return any(option.access in words.FREE for option in options)
