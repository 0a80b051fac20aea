"""What a change of the log has changed, column by column, for people to read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One column: what it no longer says and what it says now. Of a list, only the items that went and came."""

    column: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def differences(before: Json | None, after: Json | None) -> list[Difference]:
    """The columns in which two records differ, in the record's order. None is a record that says nothing."""
    return list(_differences(before or {}, after or {}))


def _differences(before: Json, after: Json) -> Iterator[Difference]:
    for column in {**before, **after}:
        old, new = _items(before.get(column)), _items(after.get(column))
        gone = tuple(item for item in old if item not in new)
        come = tuple(item for item in new if item not in old)
        if gone or come:
            yield Difference(column=column, before=gone, after=come)
        elif old != new:
            # The same items in another order.
            yield Difference(column=column, before=old, after=new)


def _items(value: Any) -> tuple[str, ...]:
    match value:
        case None | "":
            return ()
        case list():
            return tuple(_text(item) for item in value)
        case _:
            return (_text(value),)


def _text(value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case dict():
            return " · ".join(str(part) for part in value.values() if part not in (None, ""))
        case _:
            return str(value)
