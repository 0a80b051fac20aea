"""Places in a draw that a team will take later: “1A”, “3A/B/C/D/F”, “W74”, “Runner-up Group C”, “Path A winner”."""

import re
from typing import Any

_PLACE = r"(?:[1-4](?:st|nd|rd|th)?|first|second|third|winners?|runners?-?up|losers?)"
_LETTERS = r"[A-L](?:/[A-L])*"
SLOT = re.compile(
    rf"""
    [1-4]{_LETTERS} | [A-L][1-6]                                   # 1A, 3A/B/C/D/F, A1
    | [WL]\d{{1,3}}                                                # W74, L101
    | {_PLACE}\s+(?:of\s+|place\s+)?(?:group|league)\s+{_LETTERS}  # Runner-up Group C
    | group\s+{_LETTERS}\s+{_PLACE}(?:\s+place)?                   # Group A winner
    | (?:winner|loser)\s+(?:of\s+)?(?:match|game|semi-?final|quarter-?final|path|pathway|play-?off|tie|sf|qf)\b.*
    | (?:winner|loser)\s+(?:SF|QF)?\s*\d{{1,3}}
    | .*\b(?:path|pathway|match|semi-?final|quarter-?final|play-?off)\s+[A-Z0-9]{{1,3}}\s+(?:winner|loser)
    | tb[acd] | to\s+be\s+(?:announced|confirmed|determined|decided)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_slot(name: str) -> bool:
    """Whether this stands for a team that is not known yet, rather than for a team."""
    return SLOT.fullmatch(name.strip()) is not None


def sides(home: str, away: str) -> dict[str, Any]:
    """The two sides of a match as values of a record, each with whether it is a slot."""
    return {"home": home, "away": away, "home_is_slot": is_slot(home), "away_is_slot": is_slot(away)}
