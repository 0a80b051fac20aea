"""Names as they compare, however they are written."""

import re
import unicodedata
from functools import lru_cache


# A guide says a few hundred titles some thousand times, and a table of teams stands in memory at every refresh.
@lru_cache(maxsize=20_000)
def normalised(name: str) -> str:
    """The name without case, accents and punctuation: “1. FC Köln” is “1 fc koln”."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", bare))
