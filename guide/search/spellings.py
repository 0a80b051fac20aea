"""What can be found, and every way in which it is written: names in all languages, aliases, slugs, codes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from django.conf import settings

from broadcasters.models import Broadcaster, BroadcasterAlias, Country, Service
from broadcasters.names import ALSO_CALLED, country_name
from competitions.models import Competition, Sport
from guide.closures.models import Closure
from guide.publication.records import READ_AS
from guide.search.letters import words_of


class Kind(StrEnum):
    """In the order in which hits of equal worth are given."""

    COMPETITION = "competition"
    COUNTRY = "country"
    BROADCASTER = "broadcaster"
    CLOSURE = "closure"


class Role(IntEnum):
    """What a spelling is to its thing, the nearest first."""

    NAME = 0
    ALIAS = 1
    CODE = 2
    """An ISO code or a slug. It counts as a whole only: “it” is Italy, but “i” is not its beginning."""
    SPORT = 3
    """A competition is found by its sport too, but is not called so."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Thing:
    """One that can be found. ``names`` and ``details`` are by language, with "" for the languages not among them."""

    kind: Kind
    key: str
    names: Mapping[str, str]
    details: Mapping[str, str]
    countries: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names[""]

    def detail(self, language: str) -> str:
        return self.details.get(language) or self.details[""]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spelling:
    """One way to write a thing; ``language`` is empty where it belongs to none."""

    thing: Thing
    text: str
    words: tuple[str, ...]
    role: Role
    language: str


Written = tuple[Thing, str, Role, str]


def spellings() -> Iterator[Spelling]:
    """Every spelling of all that stands, each once for a thing, in twelve queries."""
    seen: set[tuple[Thing, tuple[str, ...]]] = set()
    for source in (_competitions, _countries, _broadcasters, _closures):
        for thing, text, role, language in source():
            words = words_of(text)
            if words and (thing, words) not in seen:
                seen.add((thing, words))
                yield Spelling(thing=thing, text=text, words=words, role=role, language=language)


def _competitions() -> Iterator[Written]:
    rows = Competition.objects.standing().select_related("sport").order_by("slug")
    for row in rows.prefetch_related("names", "aliases", "sport__names"):
        local = {name.language: name.text for name in row.names.all()}
        thing = Thing(kind=Kind.COMPETITION, key=row.slug, names={"": row.name} | local, details=_sport(row.sport))
        yield thing, row.name, Role.NAME, ""
        for language, name in local.items():
            yield thing, name, Role.NAME, language
        yield thing, row.slug, Role.CODE, ""
        for alias in row.aliases.all():
            yield thing, alias.text, Role.ALIAS, alias.language
        for language, sport in thing.details.items():
            yield thing, sport, Role.SPORT, language


def _sport(sport: Sport) -> dict[str, str]:
    return {"": sport.name} | {name.language: name.text for name in sport.names.all()}


def _countries() -> Iterator[Written]:
    written_for = {code: given for given, code in READ_AS.items()}
    for code, name in Country.objects.standing().order_by("code").values_list("code", "name"):
        local = {language: country_name(code, language) for language, _ in settings.LANGUAGES}
        thing = Thing(kind=Kind.COUNTRY, key=code, names={"": name} | local, details={"": ""}, countries=(code,))
        yield thing, name, Role.NAME, ""
        for language, local_name in local.items():
            yield thing, local_name, Role.NAME, language
        for other in ALSO_CALLED.get(code, ()):
            yield thing, other, Role.ALIAS, ""
        yield thing, code, Role.CODE, ""
        if code in written_for:
            yield thing, written_for[code], Role.CODE, ""


def _broadcasters() -> Iterator[Written]:
    # Plain values: a thousand model instances take longer than all the rest.
    aliases = _by_owner(BroadcasterAlias.objects.order_by("text").values_list("broadcaster", "text"))
    services = _by_owner(Service.objects.standing().order_by("slug").values_list("broadcaster", "name"))
    slugs = _by_owner(Service.objects.standing().order_by("slug").values_list("broadcaster", "slug"))
    countries = _by_owner(Country.objects.standing().order_by("code").values_list("broadcasters", "code"))
    rows = Broadcaster.objects.standing().order_by("slug")
    for pk, slug, name, kind in rows.values_list("pk", "slug", "name", "kind"):
        thing = Thing(
            kind=Kind.BROADCASTER, key=slug, names={"": name}, details={"": kind}, countries=tuple(countries[pk])
        )
        yield thing, name, Role.NAME, ""
        yield thing, slug, Role.CODE, ""
        for text in (*aliases[pk], *services[pk]):
            yield thing, text, Role.ALIAS, ""
        for text in slugs[pk]:
            yield thing, text, Role.CODE, ""


def _closures() -> Iterator[Written]:
    countries = _by_owner(Country.objects.standing().order_by("code").values_list("closures", "code"))
    rows = Closure.objects.standing().order_by("slug")
    for pk, slug, name, announced_on in rows.values_list("pk", "slug", "name", "announced_on"):
        thing = Thing(
            kind=Kind.CLOSURE, key=slug, names={"": name}, details={"": announced_on}, countries=tuple(countries[pk])
        )
        yield thing, name, Role.NAME, ""
        yield thing, slug, Role.CODE, ""


def _by_owner(rows: Iterable[tuple[int, str]]) -> defaultdict[int, list[str]]:
    by_owner: defaultdict[int, list[str]] = defaultdict(list)
    for owner, text in rows:
        by_owner[owner].append(text)
    return by_owner
