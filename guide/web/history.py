"""Before and after: who held it last, and what changes on which day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from guide.rights.answer import Answer, LapseReason, LastKnown, Option
from guide.web import formats, options
from guide.web.options import Evidence
from guide.web.sentences import Sentence, live
from guide.web.words import Badge


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """A holder of whom nothing newer is on record."""

    name: str
    url: str
    when: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happens on a day."""

    sentence: Sentence
    badge: Badge | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    day: str
    events: tuple[Happening, ...]


def former(row: LastKnown, *, name: str, url: str) -> Former:
    """A row of last holders, named after its broadcaster or its competition."""
    if row.reason == LapseReason.ENDED and row.last_day:
        when = _("until {day}").format(day=formats.long_day(row.last_day))
    elif row.season:
        when = _("in {season}").format(season=formats.season(row.season))
    elif row.evidence_reaches:
        when = _("our sources reach {day}").format(day=formats.long_day(row.evidence_reaches))
    else:
        when = ""
    return Former(name=name, url=url, when=when, evidence=options.sources_only(row.evidence))


def is_open(rows: Sequence[LastKnown]) -> bool:
    """Whether one of them may go on: nobody has stated its end."""
    return any(row.reason == LapseReason.EVIDENCE_ENDED for row in rows)


def ending(answer: Answer) -> list[Option]:
    """Live options with a known end after which the same broadcaster does not go on the next day."""
    renewed = {(row.broadcaster.slug, row.day) for row in answer.upcoming}
    return [
        option
        for option in live(answer)
        if option.last_day and (option.broadcaster.slug, option.last_day + dt.timedelta(days=1)) not in renewed
    ]


def by_day(dated: Sequence[tuple[dt.date, Happening]]) -> tuple[Change, ...]:
    """The events in the order of their days; those of one day as they come."""
    ordered = sorted(dated, key=lambda pair: pair[0])
    return tuple(
        Change(day=formats.short_day(day), events=tuple(event for _day, event in pairs))
        for day, pairs in groupby(ordered, key=lambda pair: pair[0])
    )
