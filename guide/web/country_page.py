"""One country: every competition, with its state and who shows it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from broadcasters.models import Country
from competitions.models import Competition
from guide.rights.answer import Answer, Question
from guide.rights.models import Access
from guide.web import formats, words
from guide.web.addresses import broadcaster_url, competition_url, with_query
from guide.web.facts import asked_about
from guide.web.frame import Place, place_of, turn_of_day
from guide.web.schedule_page import Turn, ways
from guide.web.sentences import Sentence, before_or_after, live
from guide.web.words import Badge, competition_name, sport_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    name: str
    url: str
    badge: Badge


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One competition. ``sentence`` says what is known where nobody is on record as showing it."""

    competition: str
    sport: str
    url: str
    badge: Badge
    holders: tuple[Holder, ...]
    sentence: Sentence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryPage:
    template: ClassVar[str] = "web/country.html"
    status: ClassVar[int] = 200
    place: Place
    title: str
    description: str
    is_indexed: bool
    changes_at: dt.datetime
    asked: str
    turns: tuple[Turn, ...]
    rows: tuple[Row, ...]


def questions(country: Country, *, on: dt.date | None) -> list[Question]:
    """What the page asks: every competition in the country, named in the page's language."""
    competitions = Competition.objects.standing().named(formats.language())
    return [Question(competition=competition, country=country, on=on) for competition in competitions]


def country_page(country: Country, answers: Sequence[Answer], *, on: dt.date | None, today: dt.date) -> CountryPage:
    place = place_of(country.code)
    rows = [_row(answer, on) for answer in answers]
    rows.sort(key=lambda row: (formats.sort_key(row.sport), formats.sort_key(row.competition)))
    return CountryPage(
        place=place,
        title=_("{country}: who shows what live").format(country=place.name),
        description=_("{country}: every competition of the guide, and the broadcasters licensed to show it.").format(
            country=place.name
        ),
        is_indexed=on is None,
        changes_at=turn_of_day(country, today, answers),
        asked=asked_about(on),
        turns=tuple(ways(country.code)),
        rows=tuple(rows),
    )


def _row(answer: Answer, on: dt.date | None) -> Row:
    competition = answer.question.competition
    country, day = answer.question.country.code, str(on) if on else ""
    best = {option.broadcaster.slug: option for option in reversed(live(answer))}
    return Row(
        competition=competition_name(competition),
        sport=sport_name(competition),
        url=with_query(competition_url(country, competition.slug), on=day),
        badge=words.state_badge(answer.state, answer.reason),
        holders=tuple(
            Holder(
                name=option.broadcaster.name,
                url=with_query(broadcaster_url(country, option.broadcaster.slug), on=day),
                badge=words.access_badge(Access(option.access)),
            )
            for option in reversed(best.values())
        ),
        sentence=None if best else before_or_after(answer),
    )
