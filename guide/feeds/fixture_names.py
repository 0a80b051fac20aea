"""Which season, team, stage or event of ours a fixture list means. By names and aliases, exactly; likeness suggests."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from competitions.models import Competition, Season, Stage, Team
from guide.feeds.adapters.base import Code
from guide.feeds.names import UnknownNameError
from guide.feeds.spelling import normalised
from guide.publication.tables import near

COUNTRY_SUFFIX = re.compile(r"\s*\([A-Z]{3}\)\Z")
"""“PSV (NED)”, as lists of several countries write it."""
CALLED_ALL_ALIKE = frozenset({"grand", "prix", "gp"})
"""Words that name no race."""


def race_name(name: str) -> str:
    """What the name of a race, or of anything without sides, compares by: “Dutch Grand Prix” is “dutch”."""
    words = normalised(name).split()
    return " ".join(word for word in words if word not in CALLED_ALL_ALIKE) or " ".join(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSeason:
    """A season of ours, and how the parts of it are called."""

    key: str
    competition: str
    sport: str
    stages: Mapping[str, str] = field(default_factory=dict)
    """Keys by normalised names."""

    def stage(self, name: str) -> str:
        """The key of the stage to which a round of that name belongs; empty where it belongs to none on record."""
        return self.stages.get(normalised(name), "")


class FixtureNames:
    """Every name by which standing competitions and teams go, read once: four queries."""

    def __init__(self, aliases: Mapping[str, str]) -> None:
        """``aliases``: what the feed calls teams, with the names that they have here."""
        self._aliases = {normalised(name): to for name, to in aliases.items()}
        self._competitions: dict[str, str] = {}
        for slug, *names in Competition.objects.standing().values_list("slug", "name", "names__text", "aliases__text"):
            self._competitions |= {normalised(name): slug for name in (slug, *names) if name}
        self._teams: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._called: dict[str, str] = {}
        rows = Team.objects.standing().values_list("sport__slug", "slug", "name", "names__text", "aliases__text")
        for sport, slug, *spelled in rows:
            self._called[slug] = spelled[0]
            for name in (slug, *spelled):
                if name and (bare := normalised(name)):
                    self._teams[sport][bare].add(slug)
        self._seasons = self._read_seasons()

    def _read_seasons(self) -> dict[tuple[str, str], KnownSeason]:
        stages: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for season, key, *names in Stage.objects.standing().values_list(
            "season__key", "key", "name", "names__text", "aliases__text"
        ):
            stages[season] |= {normalised(name): key for name in names if name}
        rows = Season.objects.standing().values_list("key", "label", "competition__slug", "competition__sport__slug")
        return {
            (competition, label): KnownSeason(key=key, competition=competition, sport=sport, stages=stages[key])
            for key, label, competition, sport in rows
        }

    def season(self, competition: str, label: str) -> KnownSeason:
        """Raises :class:`UnknownNameError`."""
        try:
            slug = self._competitions[normalised(competition)]
        except KeyError:
            said = f"“{competition}” is no competition of ours.{near(normalised(competition), self._competitions)}"
            raise UnknownNameError(Code.UNKNOWN_COMPETITION, said) from None
        wanted = label.replace("/", "-")
        if found := self._seasons.get((slug, wanted)):
            return found
        known = ", ".join(sorted(name for known, name in self._seasons if known == slug))
        said = f"“{label}” is no season of {slug} on record. There are: {known or 'none'}."
        raise UnknownNameError(Code.UNKNOWN_SEASON, said)

    def called(self, slug: str) -> str:
        """The usual name of a team."""
        return self._called.get(slug, slug)

    def team(self, name: str, sport: str) -> str:
        """The slug of the one team of that name in the sport. Raises :class:`UnknownNameError`."""
        teams = self._teams[sport]
        name = self._aliases.get(normalised(name), name)
        found = teams.get(normalised(name)) or teams.get(normalised(COUNTRY_SUFFIX.sub("", name))) or set()
        if len(found) == 1:
            return next(iter(found))
        if found:
            said = f"“{name}” may be {', '.join(sorted(found))}."
        else:
            said = f"“{name}” is no team of ours.{near(normalised(name), teams)}"
        raise UnknownNameError(Code.UNKNOWN_TEAM, said)


def labels_of_races(events: Mapping[str, Sequence[str]]) -> tuple[dict[str, str], dict[str, str]]:
    """Labels by which races are compared: of events by their keys, and of the names that they go by.

    ``events``: by their keys all names of each, the usual one first. An event whose usual name is its own is labelled
    with its key; several of one name with that name, and only the day tells them apart.
    """
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for key, names in events.items():
        for name in names:
            bearers[race_name(name)].add(key)
    usual = {key: race_name(names[0]) for key, names in events.items()}
    by_key = {key: key if len(bearers[name]) == 1 else name for key, name in usual.items()}
    by_name = {name: by_key[next(iter(keys))] for name, keys in bearers.items() if len(keys) == 1}
    return by_key, by_name
