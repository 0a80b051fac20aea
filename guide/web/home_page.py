"""The first pages: the choice of a language, and in each language the search and all competitions."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from guide.web.frame import Place
from guide.web.search import Search, search


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


def home_page(*, competition: str = "") -> HomePage:
    found = search(competition=competition)
    return HomePage(
        title=_("Who is licensed to show it, where you are?"),
        description=_("Which licensed broadcasters show a competition in your country, free ones first."),
        search=found,
        is_half_asked=any(choice.is_chosen for sport in found.sports for choice in sport.competitions),
    )
