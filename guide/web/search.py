"""The form of the search: a text and, if one likes, a country from a list, so that it works without script."""

from dataclasses import dataclass

from broadcasters.models import Country
from guide.search.letters import LONGEST_TEXT
from guide.web import formats
from guide.web.addresses import search_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    action: str
    text: str
    longest: int
    countries: tuple[Choice, ...]


def search(*, text: str = "", country: str = "") -> Search:
    """The form; what is written or chosen already stands there. One query."""
    return Search(action=search_url(), text=text, longest=LONGEST_TEXT, countries=countries(chosen=country))


def countries(*, chosen: str = "") -> tuple[Choice, ...]:
    """All countries, in the language's alphabetical order. One query."""
    codes = Country.objects.standing().values_list("code", flat=True)
    choices = [Choice(value=code.lower(), text=formats.country(code), is_chosen=code == chosen) for code in codes]
    return tuple(sorted(choices, key=lambda choice: formats.sort_key(choice.text)))
