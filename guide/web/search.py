"""The search: a country and a competition, both chosen from lists, so that it works without script."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from broadcasters.models import Country
from competitions.models import Competition
from guide.web import formats
from guide.web.words import competition_name, sport_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sport:
    """The competitions of one sport, in the language's alphabetical order."""

    name: str
    competitions: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    countries: tuple[Choice, ...]
    sports: tuple[Sport, ...]


def search(*, country: str = "", competition: str = "") -> Search:
    """All countries and all competitions; what is chosen already is marked. Two queries."""
    return Search(countries=countries(chosen=country), sports=_by_sport(competition))


def countries(*, chosen: str = "") -> tuple[Choice, ...]:
    """All countries, in the language's alphabetical order. One query."""
    codes = Country.objects.standing().values_list("code", flat=True)
    return _sorted(Choice(value=code.lower(), text=formats.country(code), is_chosen=code == chosen) for code in codes)


def _by_sport(chosen: str) -> tuple[Sport, ...]:
    by_sport: defaultdict[str, list[Choice]] = defaultdict(list)
    for competition in Competition.objects.standing().named(formats.language()):
        by_sport[sport_name(competition)].append(
            Choice(
                value=competition.slug,
                text=competition_name(competition),
                is_chosen=competition.slug == chosen,
            )
        )
    return tuple(
        Sport(name=name, competitions=_sorted(by_sport[name])) for name in sorted(by_sport, key=formats.sort_key)
    )


def _sorted(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda choice: formats.sort_key(choice.text)))
