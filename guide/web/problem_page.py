"""Pages that say honestly why there is no answer, and help on."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from broadcasters.models import Broadcaster
from competitions.models import Competition
from guide.search import hits
from guide.search.hits import Hit
from guide.search.spellings import Kind
from guide.web import formats, words
from guide.web.addresses import (
    UnknownBroadcasterError,
    UnknownClosureError,
    UnknownCompetitionError,
    UnknownCountryError,
    UnknownEventError,
    UnknownTeamError,
    UnusableChoiceError,
    UnusableDayError,
    broadcaster_url,
    closure_url,
    closures_url,
    competition_url,
    countries_url,
    today_url,
)
from guide.web.frame import Place, place_of
from guide.web.options import Link
from guide.web.search import Search, search


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemPage:
    template: ClassVar[str] = "web/problem.html"
    is_indexed: ClassVar[bool] = False
    changes_at: ClassVar[None] = None
    status: int
    place: Place | None
    title: str
    description: str
    sentence: str
    help: str
    links: tuple[Link, ...]
    search: Search


def unknown_country(error: UnknownCountryError) -> ProblemPage:
    return _problem(
        404,
        title=_("No such country"),
        sentence=_("No country has the code “{code}”.").format(code=error.code.lower()),
        help=_("Addresses here name countries by two letters of ISO 3166-1: it for Italy, gb for the United Kingdom."),
    )


def unknown_competition(error: UnknownCompetitionError) -> ProblemPage:
    place = place_of(error.country.code) if error.country else None
    links = [
        Link(text=hit.name, url=competition_url(place.code, hit.key) if place else countries_url(hit.key))
        for hit in _near(error.slug, Kind.COMPETITION)
    ]
    if place:
        links.append(Link(text=_("All competitions, {country}").format(country=place.name), url=place.url))
    return _problem(
        404,
        title=_("Not in this guide"),
        sentence=_("We know no competition by the address “{slug}”.").format(slug=error.slug),
        help=words.covered(Competition.objects.standing().count()),
        place=place,
        links=tuple(links),
    )


def unknown_broadcaster(error: UnknownBroadcasterError) -> ProblemPage:
    place = place_of(error.country.code)
    return _problem(
        404,
        title=_("Not in this guide"),
        sentence=_("We know no broadcaster by the address “{slug}”.").format(slug=error.slug),
        help=_("That does not mean that it holds no rights: the guide covers {count} broadcasters so far.").format(
            count=Broadcaster.objects.standing().count()
        ),
        place=place,
        links=(
            *(
                Link(text=hit.name, url=broadcaster_url(place.code, hit.key))
                for hit in _near(error.slug, Kind.BROADCASTER)
            ),
            Link(text=_("All competitions, {country}").format(country=place.name), url=place.url),
        ),
    )


def unknown_closure(error: UnknownClosureError) -> ProblemPage:
    code = error.country.code if error.country else ""
    return _problem(
        404,
        title=_("Not in this guide"),
        sentence=_("We know no closed service by the address “{slug}”.").format(slug=error.slug),
        help=_("It may have closed without our noticing, or under another name."),
        place=place_of(code, elsewhere=closures_url()) if code else None,
        links=(
            *(Link(text=hit.name, url=closure_url(hit.key, code)) for hit in _near(error.slug, Kind.CLOSURE)),
            Link(text=_("All closed services"), url=closures_url(code)),
        ),
    )


def unknown_event(error: UnknownEventError) -> ProblemPage:
    return _gone_or_unknown(
        error.country.code,
        error.is_gone,
        gone=_("The event at this address has been withdrawn."),
        unknown=_("We know no event by the address “{slug}”.").format(slug=error.public_id),
    )


def unknown_team(error: UnknownTeamError) -> ProblemPage:
    return _gone_or_unknown(
        error.country.code,
        error.is_gone,
        gone=_("The team at this address has been withdrawn."),
        unknown=_("We know no team by the address “{slug}”.").format(slug=error.slug),
    )


def _gone_or_unknown(code: str, is_gone: bool, *, gone: str, unknown: str) -> ProblemPage:
    place = place_of(code)
    return _problem(
        410 if is_gone else 404,
        title=_("No longer in this guide") if is_gone else _("Not in this guide"),
        sentence=gone if is_gone else unknown,
        help=_("It may stand in the programme of its day."),
        place=place,
        links=(
            Link(text=_("Today, {country}").format(country=place.name), url=today_url(code)),
            Link(text=_("All competitions, {country}").format(country=place.name), url=place.url),
        ),
    )


def unusable_day(error: UnusableDayError, path: str) -> ProblemPage:
    return _problem(
        400,
        title=_("Not a day"),
        sentence=_("“{text}” is not a day that we can answer for.").format(text=error.text),
        help=_("Write year, month and day, from 1990 to 2099: {example}.").format(
            example=f"?{error.parameter}=2026-11-29"
        ),
        links=(Link(text=_("The answer of today"), url=path),),
    )


def unusable_choice(error: UnusableChoiceError, path: str) -> ProblemPage:
    return _problem(
        400,
        title=_("Not a choice"),
        sentence=_("“{text}” is not a choice for “{parameter}”.").format(text=error.text, parameter=error.parameter),
        help=_("What there is to choose: {choices}.").format(choices=formats.listed(error.allowed)),
        links=(Link(text=_("The page without a choice"), url=path),),
    )


def nothing_here() -> ProblemPage:
    return _problem(
        404,
        title=_("Nothing here"),
        sentence=_("There is no page at this address."),
        help=_("It may never have existed, or it is still to be written."),
    )


def _near(slug: str, kind: Kind) -> tuple[Hit, ...]:
    """What may have been meant by an address."""
    return hits.search(slug, language=formats.language(), limit=3, kinds=[kind]).hits


def _problem(
    status: int,
    *,
    title: str,
    sentence: str,
    help: str,
    place: Place | None = None,
    links: tuple[Link, ...] = (),
) -> ProblemPage:
    return ProblemPage(
        status=status,
        place=place,
        title=title,
        description=sentence,
        sentence=sentence,
        help=help,
        links=links,
        search=search(country=place.code if place else ""),
    )
