"""The home page: the search, the services that have closed, and all competitions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from competitions.models import Competition
from guide.closures.models import Closure
from guide.web import formats
from guide.web.addresses import closure_url, closures_url, countries_url, free_url, today_url
from guide.web.frame import Place
from guide.web.options import Link
from guide.web.search import Search, search
from guide.web.words import competition_name, sport_name

CLOSED_AT_MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sport:
    """The competitions of one sport, in the language's alphabetical order."""

    name: str
    competitions: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedService:
    """``month`` is as exact as it is known, or less: a day says no more here than its month."""

    name: str
    url: str
    month: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    template: ClassVar[str] = "web/home.html"
    status: ClassVar[int] = 200
    is_indexed: ClassVar[bool] = True
    place: ClassVar[Place | None] = None
    changes_at: ClassVar[None] = None
    title: str
    description: str
    search: Search
    is_half_asked: bool
    """A competition is chosen and the country is not yet."""
    closed: tuple[ClosedService, ...]
    all_closed: str
    days: tuple[Link, ...]
    sports: tuple[Sport, ...]


def home_page(*, competition: str = "") -> HomePage:
    """The page, in three queries; ``competition`` is the slug of one that stands in the search already."""
    competitions = list(Competition.objects.standing().named(formats.language()))
    chosen = next((competition_name(one) for one in competitions if one.slug == competition), "")
    return HomePage(
        title=_("Who is licensed to show it, where you are?"),
        description=_("Which licensed broadcasters show a competition in your country, free ones first."),
        search=search(text=chosen),
        is_half_asked=bool(chosen),
        closed=tuple(_closed(closure) for closure in Closure.objects.most_visited()[:CLOSED_AT_MOST]),
        all_closed=closures_url(),
        days=(Link(text=_("Today"), url=today_url()), Link(text=_("Free this week"), url=free_url())),
        sports=_by_sport(competitions),
    )


def _closed(closure: Closure) -> ClosedService:
    month = closure.announced_on[: len("2025-09")]
    return ClosedService(
        name=closure.name,
        url=closure_url(closure.slug),
        month=formats.partial_date(month) if month else "",
    )


def _by_sport(competitions: Iterable[Competition]) -> tuple[Sport, ...]:
    by_sport: defaultdict[str, list[Link]] = defaultdict(list)
    for competition in competitions:
        link = Link(text=competition_name(competition), url=countries_url(competition.slug))
        by_sport[sport_name(competition)].append(link)
    return tuple(
        Sport(name=name, competitions=tuple(sorted(links, key=lambda link: formats.sort_key(link.text))))
        for name, links in sorted(by_sport.items(), key=lambda item: formats.sort_key(item[0]))
    )
