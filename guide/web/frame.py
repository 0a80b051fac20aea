"""What stands round every page: title, languages, the country at hand, the page's own address."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from broadcasters.models import Country
from guide.rights.answer import Answer
from guide.rights.days import midnight
from guide.web import formats
from guide.web.addresses import (
    choose_country_url,
    closures_url,
    country_url,
    developers_url,
    free_url,
    home_url,
    today_url,
)

LONGEST_QUERY = 1000
"""Characters of a query that the links to the other languages repeat; longer ones are nobody's question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The country that a page is about. ``elsewhere`` leads to the same question for another country."""

    code: str
    name: str
    url: str
    elsewhere: str


class Page(Protocol):
    """What a page model says to be rendered: its template, its status, and what the frame needs of it."""

    @property
    def template(self) -> str: ...
    @property
    def status(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def is_indexed(self) -> bool: ...
    @property
    def place(self) -> Place | None: ...
    @property
    def changes_at(self) -> dt.datetime | None:
        """The next moment at which time alone may change the page; None where it never does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The same page in one of the languages. ``link`` keeps what was asked of the page: a search, a day."""

    code: str
    name: str
    url: str
    link: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the site that the masthead leads to. ``current`` is the value of ``aria-current``: ``page`` on its own
    page, ``true`` on the pages below it, else empty.
    """

    text: str
    url: str
    current: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    site_name: str
    language: str
    direction: str
    title: str
    description: str
    is_indexed: bool
    canonical: str
    default: str
    versions: tuple[Version, ...]
    home: str
    developers: str
    sections: tuple[Section, ...]
    place: Place | None

    @property
    def current(self) -> Version:
        return next(version for version in self.versions if version.is_current)


def turn_of_day(country: Country, today: dt.date, answers: Iterable[Answer]) -> dt.datetime:
    """When a page of answers changes by itself: at an edge of one of them, at the latest as the country's day turns,
    since ages are counted from it whatever day was asked about.
    """
    edges = [answer.next_change_at for answer in answers if answer.next_change_at]
    return min([*edges, midnight(today + dt.timedelta(days=1), country.zone)])


def place_of(code: str, *, competition: str = "", elsewhere: str = "") -> Place:
    """The country; the way to others leads to the search, unless the page has one of its own."""
    return Place(
        code=code,
        name=formats.country(code),
        url=country_url(code),
        elsewhere=elsewhere or choose_country_url(competition),
    )


def frame_of(request: HttpRequest, page: Page) -> Frame:
    versions = tuple(_versions(request))
    language = formats.language()
    return Frame(
        site_name=settings.SITE_NAME,
        language=language,
        direction="rtl" if get_language_bidi() else "ltr",
        title=f"{page.title} \N{EN DASH} {settings.SITE_NAME}",
        description=page.description,
        is_indexed=page.is_indexed,
        canonical=request.build_absolute_uri(request.path),
        default=versions[0].url,
        versions=versions,
        home=home_url(),
        developers=developers_url(),
        sections=tuple(_sections(request, page.place)),
        place=page.place,
    )


def _sections(request: HttpRequest, place: Place | None) -> Iterator[Section]:
    """Only what exists. Days and closed services are shown as seen from the country at hand."""
    match, code = request.resolver_match, place.code if place else ""
    is_competition = match is not None and match.url_name in ("countries", "competition")
    yield Section(text=_("Competitions"), url=f"{home_url()}#competitions", current="true" if is_competition else "")
    for text, url in ((_("Today"), today_url(code)), (_("Free this week"), free_url(code))):
        yield Section(text=text, url=url, current="page" if request.path == url else "")
    closures = closures_url(code)
    below = "true" if request.path.startswith(closures) else ""
    yield Section(text=_("Closed services"), url=closures, current="page" if request.path == closures else below)


def _versions(request: HttpRequest) -> Iterator[Version]:
    """Language is the first part of every address of a page, so the other languages differ in that part only."""
    rest = request.path.removeprefix("/").partition("/")[2]
    query = request.GET.urlencode()
    asked = f"?{query}" if 0 < len(query) <= LONGEST_QUERY else ""
    for code, name in settings.LANGUAGES:
        yield Version(
            code=code,
            name=name,
            url=request.build_absolute_uri(f"/{code}/{rest}"),
            link=f"/{code}/{rest}{asked}",
            is_current=code == formats.language(),
        )
