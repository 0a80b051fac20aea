"""Names as they compare, however they are written."""

import re
import unicodedata


def normalised(name: str) -> str:
    """The name without case, accents and punctuation: “1. FC Köln” is “1 fc koln”."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", bare))
