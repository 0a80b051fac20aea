"""What a search found: links to the answers, grouped by what they are about, or an honest word that there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadcasters.models import Country
from competitions.models import Competition
from guide.search import hits
from guide.search.hits import Found, Hit
from guide.search.spellings import Kind
from guide.web import formats, words
from guide.web.addresses import (
    broadcaster_url,
    closure_url,
    competition_url,
    countries_url,
    country_url,
    home_url,
)
from guide.web.frame import Place, place_of
from guide.web.options import Link
from guide.web.search import Search, search

HITS_AT_MOST = 30
COUNTRIES_AT_MOST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A country in which a hit has a page."""

    code: str
    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One hit. It has an address of its own, or one in each of the countries ``where``; ``more`` says how many others.

    ``country`` is the one to which the address leads; ``spelling`` says what matched, where that is not the name.
    """

    name: str
    detail: str
    spelling: str
    url: str
    country: Where | None
    where: tuple[Where, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    template: ClassVar[str] = "web/search.html"
    status: ClassVar[int] = 200
    is_indexed: ClassVar[bool] = False
    changes_at: ClassVar[None] = None
    place: Place | None
    title: str
    description: str
    sentence: str
    help: str
    links: tuple[Link, ...]
    groups: tuple[Group, ...]
    search: Search


def find(text: str, country: Country | None) -> Found:
    return hits.search(text, language=formats.language(), country=country.code if country else None, limit=HITS_AT_MOST)


def answer_url(found: Found) -> str | None:
    """The page that the search means without any doubt: one exact hit, and its country known.

    A closure is no answer: its name may be that of a sport, as Calcio is.
    """
    exact = [hit for hit in found.hits if hit.is_exact]
    if len(exact) != 1 or exact[0].country is None or exact[0].country != found.country:
        return None
    hit = exact[0]
    if hit.kind == Kind.COMPETITION:
        return competition_url(found.country, hit.key)
    return country_url(found.country) if hit.kind == Kind.COUNTRY else None


def search_page(text: str, found: Found, country: Country | None) -> SearchPage:
    form = search(text=text, country=country.code if country else "")
    place = place_of(found.country) if found.country else None
    if not text:
        title = sentence = _("What are you looking for?")
        help = _("A competition, a broadcaster, a country, or a service that has closed.")
    elif found.hits:
        title = _("Search: {text}").format(text=text)
        count = len(found.hits)
        sentence = ngettext("{count} match for “{text}”.", "{count} matches for “{text}”.", count).format(
            count=count, text=text
        )
        help = ""
    else:
        title = _("Nothing found")
        sentence = _("We found nothing for “{text}”.").format(text=text)
        help = words.covered(Competition.objects.standing().count())
    return SearchPage(
        place=place,
        title=title,
        description=sentence,
        sentence=sentence,
        help=help,
        links=() if found.hits else tuple(_ways_on(place)),
        groups=_groups(found.hits),
        search=form,
    )


def _ways_on(place: Place | None) -> list[Link]:
    everything = Link(text=_("All competitions"), url=f"{home_url()}#competitions")
    if place is None:
        return [everything]
    return [Link(text=_("All competitions, {country}").format(country=place.name), url=place.url), everything]


def _groups(found: Sequence[Hit]) -> tuple[Group, ...]:
    """One for each kind, in the order of their best hits."""
    titles = {
        Kind.COMPETITION: _("Competitions"),
        Kind.COUNTRY: _("Countries"),
        Kind.BROADCASTER: _("Broadcasters"),
        Kind.CLOSURE: _("Closed services"),
    }
    kinds = dict.fromkeys(hit.kind for hit in found)
    return tuple(
        Group(title=titles[kind], rows=tuple(_row(hit) for hit in found if hit.kind == kind)) for kind in kinds
    )


def _row(hit: Hit) -> Row:
    codes = (hit.country,) if hit.country else hit.countries
    places = sorted((_where(hit, code) for code in codes), key=lambda place: formats.sort_key(place.name))
    only = places[0] if len(places) == 1 else None
    more = len(places) - COUNTRIES_AT_MOST
    return Row(
        name=hit.name,
        detail=_detail(hit),
        spelling="" if hit.matched == hit.name else _("Found as “{spelling}”").format(spelling=hit.matched),
        url=only.url if only else "" if places else _url(hit, ""),
        country=only if hit.kind != Kind.COUNTRY else None,
        where=() if only else tuple(places[:COUNTRIES_AT_MOST]),
        more=ngettext("and {count} more country", "and {count} more countries", more).format(count=more)
        if more > 0
        else "",
    )


def _where(hit: Hit, code: str) -> Where:
    return Where(code=code, name=formats.country(code), url=_url(hit, code))


def _url(hit: Hit, code: str) -> str:
    """The hit's page in a country; without one, the page that leads on to all. A broadcaster has none then."""
    if hit.kind == Kind.COMPETITION:
        return competition_url(code, hit.key) if code else countries_url(hit.key)
    if hit.kind == Kind.COUNTRY:
        return country_url(hit.key)
    if hit.kind == Kind.CLOSURE:
        return closure_url(hit.key, code)
    return broadcaster_url(code, hit.key) if code else ""


def _detail(hit: Hit) -> str:
    if hit.kind == Kind.BROADCASTER:
        return words.broadcaster_kind(hit.detail)
    if hit.kind == Kind.CLOSURE:
        return formats.partial_date(hit.detail) if hit.detail else ""
    return hit.detail
