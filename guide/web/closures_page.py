"""All closures, and the choice of a country for one of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadcasters.models import Country
from guide.closures.kinds import TAKEN_DOWN
from guide.closures.models import Closure
from guide.web import formats, words
from guide.web.addresses import closure_url, closures_url
from guide.web.closure_page import Chip, chips, heading
from guide.web.frame import Place, place_of
from guide.web.search import Choice, countries
from guide.web.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One closure. ``url`` leads to its page in the country at hand or, without one, to the choice of a country."""

    name: str
    kind: str
    url: str
    date: str
    authority: str
    chips: tuple[Chip, ...]
    offered: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosuresPage:
    template: ClassVar[str] = "web/closures.html"
    status: ClassVar[int] = 200
    is_indexed: ClassVar[bool] = True
    changes_at: ClassVar[None] = None
    place: Place | None
    title: str
    description: str
    heading: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureChoicePage:
    """One closure, and every country in which one may ask what is licensed instead."""

    template: ClassVar[str] = "web/closure_choice.html"
    status: ClassVar[int] = 200
    is_indexed: ClassVar[bool] = True
    place: ClassVar[None] = None
    changes_at: ClassVar[None] = None
    title: str
    description: str
    name: str
    heading: Sentence
    list_url: str
    chips: tuple[Chip, ...]
    countries: tuple[Choice, ...]


def closures_page(closures: Iterable[Closure], country: Country | None) -> ClosuresPage:
    """The page of closures that were read for a list, in their order."""
    code = country.code if country else ""
    place = place_of(code, elsewhere=closures_url()) if code else None
    return ClosuresPage(
        place=place,
        title=_("{country}: closed services, and who is licensed").format(country=place.name)
        if place
        else _("Closed services, and who is licensed"),
        description=_("Services that have closed, and who is licensed to show what they offered, country by country."),
        heading=_("Closed services"),
        groups=tuple(_groups(list(closures), code)),
    )


def closure_choice_page(closure: Closure) -> ClosureChoicePage:
    says = heading(closure)
    return ClosureChoicePage(
        title=formats.plain(says),
        description=_("{name}: who is licensed to show what was offered, country by country.").format(
            name=closure.name
        ),
        name=closure.name,
        heading=says,
        list_url=closures_url(),
        chips=chips(closure),
        countries=countries(),
    )


def _groups(closures: Sequence[Closure], code: str) -> Iterator[Group]:
    """Where something has gone and a way out is looked for, before all that was done besides."""
    for name, is_gone in ((_("Closed or taken down"), True), (_("Other actions"), False)):
        if rows := tuple(_row(closure, code) for closure in closures if (closure.kind in TAKEN_DOWN) == is_gone):
            yield Group(name=name, rows=rows)


def _row(closure: Closure, code: str) -> Row:
    count = len(closure.competitions.all())
    return Row(
        name=closure.name,
        kind=words.closure_kind(closure.kind),
        url=closure_url(closure.slug, code),
        date=formats.partial_date(closure.announced_on) if closure.announced_on else _("day not recorded"),
        authority=closure.authority,
        chips=chips(closure, current=code),
        offered=ngettext("{count} competition", "{count} competitions", count).format(count=count) if count else "",
    )
