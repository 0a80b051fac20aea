"""Rejections of a run as rows, whatever the document says."""

import math
from collections.abc import Sequence
from typing import Any

from guide.feeds.adapters.base import Rejected
from guide.feeds.models import Rejection, Run

KEPT_AT_MOST = 20_000
"""Of one run, as rows; the run has the number of all."""
LONGEST_POSITION = 100


def write_down(run: Run, rejections: Sequence[Rejected]) -> None:
    """Keep what a run could not use, for an editor to look at."""
    rows = [
        Rejection(
            run=run,
            code=one.code,
            position=_storable(one.position[:LONGEST_POSITION]),
            message=_storable(one.message),
            raw=_storable(one.raw),
        )
        for one in rejections[:KEPT_AT_MOST]
    ]
    Rejection.objects.bulk_create(rows, batch_size=500)


def _storable(value: Any) -> Any:
    """The value with a mark in place of what no database holds: NUL, half characters, numbers that are none."""
    match value:
        case str():
            whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            return whole.replace("\x00", "\N{REPLACEMENT CHARACTER}")
        case float() if not math.isfinite(value):
            return str(value)
        case dict():
            return {_storable(str(name)): _storable(one) for name, one in value.items()}
        case list() | tuple():
            return [_storable(one) for one in value]
        case _:
            return value
