"""All spellings, held in memory so that they can be found: once a process, and anew after each publication."""

import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from guide.publication import revision
from guide.search.spellings import Kind, Role, Spelling, spellings


class Index:
    """Spellings, found by the whole of them and by their words. Immutable once it is made."""

    def __init__(self, given: Iterable[Spelling]) -> None:
        whole: defaultdict[str, list[Spelling]] = defaultdict(list)
        by_word: defaultdict[str, list[Spelling]] = defaultdict(list)
        for spelling in given:
            whole["".join(spelling.words)].append(spelling)
            if spelling.role != Role.CODE:
                for word in dict.fromkeys(spelling.words):
                    by_word[word].append(spelling)
        self._whole = dict(whole)
        self._by_word = dict(by_word)
        self._in_order = sorted(whole)
        self.vocabulary: Sequence[str] = sorted(by_word)

    def spelt(self, together: str) -> Sequence[Spelling]:
        """Those written so, wherever their spaces are: “la liga” is found as “laliga”."""
        return self._whole.get(together, ())

    def opening(self, together: str) -> Iterator[Spelling]:
        """Those that begin so, wherever their spaces are."""
        for longer in _beginning(self._in_order, together):
            yield from (spelling for spelling in self._whole[longer] if spelling.role != Role.CODE)

    def with_word(self, word: str) -> Sequence[Spelling]:
        return self._by_word.get(word, ())

    def words_opening(self, beginning: str) -> Iterator[str]:
        return _beginning(self.vocabulary, beginning)


def _beginning(in_order: Sequence[str], beginning: str) -> Iterator[str]:
    for at in range(bisect_left(in_order, beginning), len(in_order)):
        if not in_order[at].startswith(beginning):
            return
        yield in_order[at]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is found at a revision. Countries are held once more alone: each part of a search may name one."""

    revision: int
    everything: Index
    countries: Index


class _Shelf:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: Held | None = None

    def held(self) -> Held:
        number = revision.current().number
        held = self._held
        if held is None or held.revision != number:
            with self._lock:
                held = self._held  # another thread may have built it while this one waited
                if held is None or held.revision != number:
                    held = self._held = _build(number)
        return held

    def forget(self) -> None:
        self._held = None


def _build(number: int) -> Held:
    # The rows are read after the number: they may be newer than it says, never older.
    found = list(spellings())
    countries = [spelling for spelling in found if spelling.thing.kind == Kind.COUNTRY]
    return Held(revision=number, everything=Index(found), countries=Index(countries))


_shelf = _Shelf()


def current() -> Held:
    """What is found at the published revision. Whoever asks first after a publication builds it; the others wait."""
    return _shelf.held()


def forget() -> None:
    """Build anew at the next call: for tests, which take back what they publish."""
    _shelf.forget()
