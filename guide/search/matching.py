"""How well words fit a spelling."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from guide.search.index import Index
from guide.search.spellings import Role, Spelling

FORGIVEN_FROM = 4
"""Letters from which on a word may be misspelt by one; in shorter ones that makes another word."""

FORGIVEN_TWICE_FROM = 8
"""Letters from which on it may be misspelt by two."""

UNFINISHED_FROM = 2
"""Letters from which on the last word may be the beginning of any word of a spelling: “league ch”."""

CUT_SHORT_FROM = 3
"""Letters from which on, leniently, each word may be the beginning of a longer one: “champ league”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Every word was found in the spelling. ``share`` is how much of the spelling they are, letter by letter."""

    spelling: Spelling
    is_exact: bool
    typos: int
    share: float

    @property
    def is_complete(self) -> bool:
        """No word of the spelling was left over, nor a letter but for typos."""
        return self.share == 1


class Matcher:
    """Finds spellings in an index, strictly or leniently, for the words of one search.

    Strictly, each word stands in the spelling as it was typed, and the last may be unfinished (``is_open``). Leniently,
    each may be unfinished or misspelt, if it is long enough. The order of the words does not matter.
    """

    def __init__(self, index: Index, *, is_lenient: bool) -> None:
        self._index = index
        self._is_lenient = is_lenient
        self._misspelt: dict[str, Mapping[str, int]] = {}

    def fits(self, words: Sequence[str], *, is_open: bool) -> Iterator[Fit]:
        """All that fit, a spelling possibly twice."""
        together = "".join(words)
        for spelling in self._index.spelt(together):
            yield Fit(spelling=spelling, is_exact=spelling.role != Role.SPORT, typos=0, share=1)
        if is_open and (not self._is_lenient or len(together) >= CUT_SHORT_FROM):
            for spelling in self._index.opening(together):
                share = len(together) / sum(map(len, spelling.words))
                yield Fit(spelling=spelling, is_exact=False, typos=0, share=share)
        last = len(words) - 1
        meant = [self._meant(word, is_open=is_open and at == last) for at, word in enumerate(words)]
        for spelling in self._holding(meant):
            if fit := _fit(spelling, words, meant):
                yield fit

    def _meant(self, word: str, *, is_open: bool) -> Mapping[str, int]:
        """The words of the index that a word may stand for, with the letters that are wrong in it."""
        meant = {word: 0} if self._index.with_word(word) else {}
        if len(word) >= CUT_SHORT_FROM if self._is_lenient else is_open and len(word) >= UNFINISHED_FROM:
            meant |= dict.fromkeys(self._index.words_opening(word), 0)
        return {**self._near(word), **meant} if self._is_lenient else meant

    def _near(self, word: str) -> Mapping[str, int]:
        if len(word) < FORGIVEN_FROM:
            return {}
        if word not in self._misspelt:
            forgiven = 2 if len(word) >= FORGIVEN_TWICE_FROM else 1
            near = process.extract(
                word, self._index.vocabulary, scorer=OSA.distance, score_cutoff=forgiven, limit=None, processor=None
            )
            # A wrong figure is another thing: there is no Ligue 2 in Ligue 1.
            self._misspelt[word] = {other: int(typos) for other, typos, _ in near if _figures(other) == _figures(word)}
        return self._misspelt[word]

    def _holding(self, meant: Sequence[Mapping[str, int]]) -> Iterator[Spelling]:
        """Spellings in which every word has one that it may stand for, in a fixed order."""
        rarest, *others = sorted(meant, key=lambda words: sum(len(self._index.with_word(word)) for word in words))
        seen = set[Spelling]()
        for word in rarest:
            for spelling in self._index.with_word(word):
                if spelling not in seen and all(any(word in other for word in spelling.words) for other in others):
                    seen.add(spelling)
                    yield spelling


def _fit(spelling: Spelling, words: Sequence[str], meant: Sequence[Mapping[str, int]]) -> Fit | None:
    """Each word takes one word of the spelling, the best that is left; None where one goes without."""
    left = list(spelling.words)
    typos = letters = 0
    for word, others in zip(words, meant, strict=True):
        best = min((other for other in left if other in others), key=lambda o: (others[o], len(o)), default=None)
        if best is None:
            return None
        left.remove(best)
        typos += others[best]
        letters += len(best) if others[best] else min(len(word), len(best))
    return Fit(spelling=spelling, is_exact=False, typos=typos, share=letters / sum(map(len, spelling.words)))


def _figures(word: str) -> str:
    return "".join(char for char in word if char.isdigit())
