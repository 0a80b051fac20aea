"""The order of options: part of the answer, and never for sale."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from guide.rights.models import Access, RightKind, Scope

if TYPE_CHECKING:
    from guide.rights.models import Right

KINDS = [RightKind.LIVE, RightKind.DELAYED, RightKind.HIGHLIGHTS]
ACCESSES = [Access.FREE, Access.REGISTRATION, Access.MIXED]
"""Free first; what is left costs money or is not stated, and is not told apart."""
SCOPES = [Scope.ALL, Scope.MOST, Scope.SOME, Scope.UNKNOWN]


def _share(right: "Right") -> float:
    return -(right.matches or 0) / right.matches_of if right.matches_of else 0.0


CRITERIA: list[tuple[str, Callable[["Right"], Any]]] = [
    ("live before highlights", lambda right: KINDS.index(RightKind(right.kind))),
    ("free first", lambda right: ACCESSES.index(Access(right.access)) if right.access in ACCESSES else len(ACCESSES)),
    ("widest coverage", lambda right: (SCOPES.index(Scope(right.scope)), _share(right))),
    ("name", lambda right: (right.broadcaster.name.casefold(), right.package, right.key)),
]


def ranked(rights: list["Right"], *, certain: Collection[int] = ()) -> list[tuple["Right", str]]:
    """The rights in their order, each with the criterion that sets it apart from its neighbour.

    ``certain``: primary keys of the rights that surely show what is asked about.
    """

    def is_possible(right: "Right") -> bool:
        return bool(certain) and right.pk not in certain

    criteria = [CRITERIA[0], ("certain before possible", is_possible), *CRITERIA[1:]]
    rows = sorted(rights, key=lambda right: [value(right) for _, value in criteria])
    if len(rows) == 1:
        return [(rows[0], "only option")]
    neighbours = [*rows[1:], *rows[-2:-1]]
    return [
        (right, next(name for name, value in criteria if value(right) != value(neighbour)))
        for right, neighbour in zip(rows, neighbours, strict=True)
    ]
