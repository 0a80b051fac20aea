"""All spellings, held in memory so that they can be found: one index a process, rebuilt after a publication."""

import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from guide.publication import revision
from guide.search.spellings import Role, Spelling, spellings


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


class _Shelf:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: tuple[int, Index] | None = None

    def index(self) -> Index:
        number = revision.current().number
        held = self._held
        if held is None or held[0] != number:
            with self._lock:
                held = self._held  # another thread may have built it while this one waited
                if held is None or held[0] != number:
                    # The rows are read after the number: they may be newer than it says, never older.
                    held = self._held = (number, Index(spellings()))
        return held[1]

    def forget(self) -> None:
        self._held = None


_shelf = _Shelf()


def current() -> Index:
    """The index of the published revision. Whoever asks first after a publication builds it; the others wait."""
    return _shelf.index()


def forget() -> None:
    """Build anew at the next call: for tests, which take back what they publish."""
    _shelf.forget()
