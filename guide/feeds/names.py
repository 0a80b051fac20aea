"""Which competition or broadcaster of ours a source means. By names and aliases, exactly; likeness only suggests."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from broadcasters.models import Broadcaster, Service
from competitions.models import Competition, Season
from guide.feeds.adapters.base import Code
from guide.feeds.spelling import normalised
from guide.publication.tables import near


def channel_name(name: str) -> str:
    """A channel's name to compare by: a plus is a word (Canal+ is not Canal), and “HD” at the end says nothing.

    “4K” and “UHD” do: such a channel is another one, with a beginning and an end of its own.
    """
    words = normalised(name.replace("+", " plus ")).split()
    while len(words) > 1 and words[-1] == "hd":
        words.pop()
    return " ".join(words)


class UnknownNameError(Exception):
    """No row of ours, or more than one, goes by this name. An alias heals it."""

    def __init__(self, code: Code, message: str) -> None:
        self.code = code
        super().__init__(message)


class Names:
    """Every name by which standing competitions and broadcasters go, read once: five queries."""

    def __init__(self) -> None:
        self._competitions: dict[str, str] = {}
        for slug, *names in Competition.objects.standing().values_list("slug", "name", "names__text", "aliases__text"):
            self._competitions |= {normalised(name): slug for name in (slug, *names) if name}
        self._broadcasters: defaultdict[str, set[str]] = defaultdict(set)
        self._countries: defaultdict[str, set[str]] = defaultdict(set)
        self._spelled: set[str] = set()
        standing = Broadcaster.objects.standing()
        for slug, name, alias in standing.values_list("slug", "name", "aliases__text"):
            self._know(slug, (slug, name, alias))
        services = Service.objects.standing().filter(broadcaster__withdrawn_at__isnull=True)
        for slug, name in services.values_list("broadcaster__slug", "name"):
            self._know(slug, (name,))
        for slug, country in standing.values_list("slug", "countries"):
            if country:
                self._countries[slug].add(country)

    def _know(self, slug: str, names: Iterable[str | None]) -> None:
        for name in names:
            if name and normalised(name):
                self._broadcasters[normalised(name)].add(slug)
                self._spelled.add(name)

    @property
    def spelled(self) -> list[str]:
        """Names of broadcasters and of their services as they are written."""
        return sorted(self._spelled)

    def competition(self, name: str) -> str:
        """The slug. Raises :class:`UnknownNameError`."""
        try:
            return self._competitions[normalised(name)]
        except KeyError:
            said = f"“{name}” is no competition of ours.{near(normalised(name), self._competitions)}"
            raise UnknownNameError(Code.UNKNOWN_COMPETITION, said) from None

    def broadcaster(self, name: str, country: str) -> str:
        """The slug of the one broadcaster of that name in the country. Raises :class:`UnknownNameError`."""
        found = self._broadcasters.get(normalised(name), set())
        here = {slug for slug in found if country in self._countries[slug]}
        if len(here) == 1:
            return here.pop()
        if here:
            said = f"“{name}” may be {', '.join(sorted(here))} in {country}."
        elif found:
            said = f"“{name}” is {', '.join(sorted(found))}, which we do not know in {country}."
        else:
            said = f"“{name}” is no broadcaster of ours.{near(normalised(name), self._broadcasters)}"
        raise UnknownNameError(Code.UNKNOWN_BROADCASTER, said)


def season_of(competition: str, name: str, today: dt.date) -> Season | None:
    """The season of that name (“2026”, “2026-27”, “2026/27”); without a name, the one of today or the next one."""
    seasons = Season.objects.standing().filter(competition__slug=competition).order_by("first_day")
    if name:
        wanted = name.replace("/", "-")
        return next((season for season in seasons if season.label in (wanted, wanted[:4])), None)
    return seasons.filter(last_day__gte=today).first()
