"""The search itself: what a text may mean, and what is found for it, in a fixed order."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from guide.search import index
from guide.search.index import Held
from guide.search.letters import searched_words
from guide.search.matching import Fit, Matcher
from guide.search.spellings import Kind, Role, Thing

COUNTRY_FROM = 3
"""Letters from which on the last word may be the beginning of a country: “f1 ita”. Two are a code or nothing."""

COUNTRY_TO = 5
"""Words of a search that are taken for one country at most."""

HALF = 0.5
"""Of a spelling. A letter more or less does not outweigh the kind of a thing, but this does."""

SAID_BESIDE = frozenset(
    {"al", "and", "au", "auf", "aus", "aux", "das", "de", "del", "della", "der", "des", "di", "die", "du", "el", "en"}
    | {"et", "for", "il", "im", "in", "la", "le", "les", "of", "on", "the", "und"}
    | {
        "can",
        "free",
        "how",
        "i",
        "live",
        "online",
        "see",
        "shows",
        "stream",
        "streaming",
        "to",
        "tv",
        "watch",
        "where",
        "who",
    }
    | {"chaine", "comment", "diffuse", "direct", "gratuit", "gratuitement", "ou", "qui", "regarder", "voir"}
    | {"canale", "chi", "come", "diretta", "dove", "gratis", "guardare", "trasmette", "vedere"}
    | {"canal", "como", "directo", "donde", "emite", "quien", "ver", "vivo"}
    | {"kostenlos", "schauen", "sehen", "sender", "ubertragung", "wer", "wie", "wo", "zeigt"}
    | {str(year) for year in range(2020, 2040)}
)
"""What people say around the thing that they look for, bare: trimmed off where nothing is found with it.

Some are codes of countries too (de, in, tv): they may be meant so, but nobody is sent to a country for one of them.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing found.

    ``key`` is a slug, or a country's ISO code; ``matched`` is the spelling that was recognised. ``detail`` is the sport
    of a competition, the kind of a broadcaster, the (partial) date of a closure. ``country`` is the country in which it
    was asked for, where the thing is to be found there; of a country it is the country itself. ``countries`` are all in
    which a broadcaster or closure is on record. ``is_exact``: the text is one of its names, aliases or codes, apart
    from the country and from words that mean nothing.
    """

    kind: Kind
    key: str
    name: str
    detail: str
    matched: str
    country: str | None
    countries: tuple[str, ...]
    is_exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The hits, the best first, and the one country that the search is about; None where it names none or several."""

    hits: tuple[Hit, ...]
    country: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One way to understand the words: the thing, and the country in which it is asked for."""

    words: tuple[str, ...]
    is_open: bool
    country: str | None = None
    is_exact: bool = True
    typos: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    reading: _Reading
    fit: Fit
    asked: str | None
    """The country in which it is looked for."""

    @property
    def country(self) -> str | None:
        if self.thing.kind == Kind.COUNTRY:
            return self.thing.key
        return None if self.thing.kind == Kind.BROADCASTER and self.is_elsewhere else self.asked

    @property
    def is_elsewhere(self) -> bool:
        """It is on record in countries, and not in the one in which it is looked for."""
        is_local = self.thing.kind in (Kind.BROADCASTER, Kind.CLOSURE)
        return is_local and self.asked is not None and self.asked not in self.thing.countries

    @property
    def typos(self) -> int:
        return self.fit.typos + self.reading.typos

    @property
    def thing(self) -> Thing:
        return self.fit.spelling.thing

    @property
    def is_exact(self) -> bool:
        return self.fit.is_exact and self.reading.is_exact

    def rank(self, language: str) -> tuple[Any, ...]:
        fit, spelling = self.fit, self.fit.spelling
        return (
            not self.is_exact,
            self.typos,
            spelling.role == Role.SPORT,
            self.is_elsewhere,
            fit.share < HALF,
            list(Kind).index(self.thing.kind),
            -fit.share,
            self.reading.country is not None,
            spelling.role,
            spelling.language not in ("", language),
            self.thing.name(language),
            self.thing.key,
            self.country or "",
        )


def search(
    text: str, *, language: str, country: str | None = None, limit: int = 10, kinds: Collection[Kind] = ()
) -> Found:
    """What a text may mean, in any language of the site; names are given in ``language``. Never raises for a text.

    Accents, case, punctuation and the order of words do not matter, and the last word may be unfinished. The text may
    name a country beside the thing; ``country`` (an ISO code) outranks that. Of the text, the first
    ``letters.LONGEST_TEXT`` characters and ``letters.MOST_WORDS`` words count. ``kinds`` narrows the hits.

    First the words are taken as they are typed. Only if nothing fits, what is said around a thing is trimmed off; then
    misspelt and shortened words are forgiven. Every word that is left has to fit. A text that is a name as a whole is
    not taken apart (“us open” is no open in the US), and parts that fit exactly silence others.

    Hits come in this order: exact ones; fewest letters wrong; called so rather than found by the sport; on record in
    the country asked for; at least half of the spelling typed; competition, country, broadcaster, closure; the share of
    the spelling that was typed; without a country in the text before with one; a name before an alias; ``language``
    before others; name; slug. Broadcasters and closures that are on record elsewhere only are left out,
    unless they are all that is found or exactly what was typed.
    """
    words = searched_words(text)
    if not words:
        return Found(hits=(), country=country)
    held = index.current()
    strict, lenient = _Reader(held, is_lenient=False), _Reader(held, is_lenient=True)
    candidates: list[_Candidate] = []
    for reader, trims in ((strict, False), (strict, True), (lenient, False), (lenient, True)):
        candidates = _told(_candidates(reader.readings(words, trims=trims), reader.things, country, kinds))
        if candidates:
            break
    best = _best(candidates, language)
    hits = tuple(_hit(candidate, language) for candidate in best)
    return Found(hits=hits[:limit], country=country or _agreed(hits) or strict.named(words))


# What the words may mean


class _Reader:
    """Understands words, strictly or leniently."""

    def __init__(self, held: Held, *, is_lenient: bool) -> None:
        self.things = Matcher(held.everything, is_lenient=is_lenient)
        self._countries = Matcher(held.countries, is_lenient=is_lenient)

    def readings(self, words: tuple[str, ...], *, trims: bool) -> Iterator[_Reading]:
        """All of the words as a thing, and each part of them as a country with the rest as the thing; with ``trims``,
        without what is said around a thing.
        """
        trimmed = _trimmed if trims else tuple[str, ...]
        is_open = not trims or words[-1] not in SAID_BESIDE
        if whole := trimmed(words):
            yield _Reading(words=whole, is_open=is_open)
        for start in range(len(words)):
            for end in range(start + 1, min(start + COUNTRY_TO, len(words)) + 1):
                part, rest = words[start:end], trimmed(words[:start]) + trimmed(words[end:])
                if rest:
                    is_last = end == len(words)
                    is_small = SAID_BESIDE.issuperset(part)
                    for code, fit in self._places(part, is_last=is_last).items():
                        yield _Reading(
                            words=rest,
                            is_open=is_open and not is_last,
                            country=code,
                            is_exact=fit.is_exact and not is_small,
                            typos=fit.typos,
                        )

    def named(self, words: tuple[str, ...]) -> str | None:
        """The one country that the words name exactly beside other things."""
        readings = self.readings(words, trims=False)
        codes = {reading.country for reading in readings if reading.country and reading.is_exact}
        return codes.pop() if len(codes) == 1 else None

    def _places(self, words: tuple[str, ...], *, is_last: bool) -> dict[str, Fit]:
        """The countries that these words alone may be, each as it fits best; if one is exact, no other counts."""
        together = "".join(words)
        is_open = is_last and len(together) >= COUNTRY_FROM
        found: dict[str, Fit] = {}
        for fit in self._countries.fits(words, is_open=is_open):
            spelt = fit.spelling.words
            if len(words) == len(spelt) or (is_open and "".join(spelt).startswith(together)):
                code = fit.spelling.thing.key
                found[code] = min(found.get(code, fit), fit, key=lambda one: (not one.is_exact, one.typos))
        return {code: fit for code, fit in found.items() if fit.is_exact} or found


def _trimmed(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words from the first to the last that say something."""
    telling = [at for at, word in enumerate(words) if word not in SAID_BESIDE]
    return words[telling[0] : telling[-1] + 1] if telling else ()


# What is found for it


def _agreed(hits: Sequence[Hit]) -> str | None:
    """The country on which the hits agree; one that is itself a hit has a say only as the best."""
    codes = {hit.country for hit in hits if hit.country and (hit.kind != Kind.COUNTRY or hit == hits[0])}
    return codes.pop() if len(codes) == 1 else None


def _candidates(
    readings: Iterable[_Reading], matcher: Matcher, country: str | None, kinds: Collection[Kind]
) -> Iterator[_Candidate]:
    for reading in readings:
        for fit in matcher.fits(reading.words, is_open=reading.is_open):
            thing = fit.spelling.thing
            if (not kinds or thing.kind in kinds) and not (reading.country and thing.kind == Kind.COUNTRY):
                yield _Candidate(reading=reading, fit=fit, asked=country or reading.country)


def _told(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """Those of the whole text if it is a name, else those of exact readings, else all."""
    given = list(candidates)
    exact = {candidate.reading for candidate in given if candidate.is_exact}
    whole = {reading for reading in exact if reading.country is None}
    return [candidate for candidate in given if candidate.reading in (whole or exact)] if exact else given


def _best(candidates: Sequence[_Candidate], language: str) -> list[_Candidate]:
    """One for each thing and country, in order. A thing that is better found without a country is found so only, and
    the other way round.
    """
    if not all(candidate.is_elsewhere for candidate in candidates):
        candidates = [candidate for candidate in candidates if candidate.is_exact or not candidate.is_elsewhere]
    places: defaultdict[Thing, set[str | None]] = defaultdict(set)
    best: list[_Candidate] = []
    for candidate in sorted(candidates, key=lambda candidate: candidate.rank(language)):
        taken = places[candidate.thing]
        if not taken or (None not in taken and candidate.country not in (None, *taken)):
            taken.add(candidate.country)
            best.append(candidate)
    return best


def _hit(candidate: _Candidate, language: str) -> Hit:
    thing = candidate.thing
    return Hit(
        kind=thing.kind,
        key=thing.key,
        name=thing.name(language),
        detail=thing.detail(language),
        matched=candidate.fit.spelling.text,
        country=candidate.country,
        countries=thing.countries,
        is_exact=candidate.is_exact,
    )
