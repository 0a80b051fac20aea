"""From what people type to words that compare: without accents, case and punctuation."""

import re
import unicodedata

LONGEST_TEXT = 100
"""Characters of a search that are looked at. No name in the guide is longer than that."""

MOST_WORDS = 10
"""Words of a search that are looked at."""

# Letters that Unicode does not take for another with an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "’": "'"}
)

_PLUS = re.compile(r"(?<=\w)\+")


def bare(text: str) -> str:
    """Lower case without accents: ``Série À`` and ``serie a``, ``Fußball`` and ``fussball`` are the same."""
    letters = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    return "".join(char for char in letters if not unicodedata.combining(char))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a name or of a search, bare. Canal+ is “canal plus”, U.S. is “u s”."""
    return tuple(re.findall(r"[^\W_]+", _PLUS.sub(" plus", bare(text))))


def searched_words(text: str) -> tuple[str, ...]:
    """The words of a search: of an overlong text the first ones."""
    return words_of(text[:LONGEST_TEXT])[:MOST_WORDS]
