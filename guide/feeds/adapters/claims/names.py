"""Names of broadcasters as lists write them: with notes inside, several in one cell, or glued together."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guide.feeds.adapters.base import Code
from guide.feeds.adapters.texts import prose

PLACEHOLDER = re.compile(
    r"tb[acd]|to be (?:confirmed|announced|decided)|local|n/?a|none|unknown|[-–—?.]+", re.IGNORECASE
)
NOTE = re.compile(r"(.+?)\s*\(([^()]*)\)|(.+?)\s+(only|tbc|tbd|tba)", re.IGNORECASE)
DOUBT = re.compile(r"tb[acd]", re.IGNORECASE)
BETWEEN = re.compile(r"\s*[/;|]\s*|\s+\+\s+|,\s+")
"""A plus sign stands between names only with blanks round it: “Disney+” is one name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One broadcaster, and what the text said of it besides."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoName:
    """Why a piece of the text names nobody."""

    code: Code
    message: str


def names_in(text: str, known: frozenset[str]) -> Iterator[Name | NoName]:
    """Every name in the text, or why there is none: at least one answer for any text.

    A note belongs to the name before it; “TBC” casts doubt on all of them. ``known`` are names in small letters that
    stay whole whatever is in them, and by which names without anything between them are recognised: these are not
    split, for only a person can tell “Sky Sport” from “Sky” and “Sport”.
    """
    text = prose(text)
    if not text:
        yield NoName(code=Code.MISSING_FIELD, message="No broadcaster is named.")
        return
    if PLACEHOLDER.fullmatch(text):
        yield NoName(code=Code.PLACEHOLDER, message=f"“{text}” holds the place of a name.")
        return
    pieces = [text] if text.casefold() in known else [piece for piece in _pieces(text) if piece]
    found = [_noted(piece, known) for piece in pieces] or [Name(text=text)]
    doubt = next((name.note for name in found if DOUBT.fullmatch(name.note)), "")
    for name in found:
        if PLACEHOLDER.fullmatch(name.text):
            yield NoName(code=Code.PLACEHOLDER, message=f"“{name.text}” holds the place of a name.")
        elif _is_glued(name.text, known):
            yield NoName(code=Code.GLUED_NAMES, message=f"“{name.text}” is several names with nothing between them.")
        else:
            yield Name(text=name.text, note=name.note or doubt)


def known_names(options: Mapping[str, str]) -> frozenset[str]:
    """The names that the feed is told, from ``known_names``, with a semicolon between two."""
    return frozenset(name.casefold() for part in options.get("known_names", "").split(";") if (name := prose(part)))


def _pieces(text: str) -> list[str]:
    """The text, cut where nothing is in brackets."""
    pieces, start, depth = [], 0, 0
    cuts = {match.start(): match.end() for match in BETWEEN.finditer(text)}
    for place, letter in enumerate(text):
        depth = max(0, depth + (letter == "(") - (letter == ")"))
        if depth == 0 and place in cuts and place >= start:
            pieces.append(text[start:place].strip())
            start = cuts[place]
    return [*pieces, text[start:].strip()]


def _noted(piece: str, known: frozenset[str]) -> Name:
    match = None if piece.casefold() in known else NOTE.fullmatch(piece)
    return Name(text=match[1] or match[3], note=match[2] or match[4] or "") if match else Name(text=piece)


def _is_glued(text: str, known: frozenset[str]) -> bool:
    """Whether the words are those of two or more known names, one behind the other."""
    words = text.casefold().split()
    if text.casefold() in known:
        return False
    reached = {0}
    for end in range(1, len(words) + 1):
        if any(" ".join(words[start:end]) in known for start in tuple(reached)):
            reached.add(end)
    return len(words) > 1 and len(words) in reached
