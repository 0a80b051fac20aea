"""What keeps a bad document from hurting the guide: reasons to hold it, for a person to look at."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from guide.feeds.adapters.base import Code
from guide.feeds.models import Feed
from guide.feeds.sinks.base import Counts

FORM = frozenset(
    {
        Code.NOT_A_RECORD,
        Code.MISSING_FIELD,
        Code.BAD_VALUE,
        Code.BAD_DATE,
        Code.BAD_TIME,
        Code.UNKNOWN_STATUS,
        Code.UNSAFE_TEXT,
        Code.TOO_LONG,
    }
)
"""Rejections that speak of the document's form. The others speak of single records, however many they are."""
REJECTED_LEAST = 3
"""So few rejections are slips, whatever share of a short document they are."""


class Held(StrEnum):
    EMPTY = "empty_document"
    MASS_DELETION = "mass_deletion"
    MASS_RENAME = "mass_rename"
    SCHEMA_DRIFT = "schema_drift"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Reason:
    code: Held
    message: str


def reason_to_hold(feed: Feed, counts: Counts, *, today: dt.date) -> Reason | None:
    """Why a document should not be applied without a person; None where nothing speaks against it."""
    bad = [rejected for rejected in counts.rejections if rejected.code in FORM]
    if len(bad) > REJECTED_LEAST and len(bad) * 100 > feed.rejected_percent * counts.read:
        said = f"{len(bad)} of {counts.read} records cannot be read: the form of the document has changed."
        return Reason(Held.SCHEMA_DRIFT, f"{said} The first: {bad[0].position}: {bad[0].message}")
    usable = counts.read - counts.rejected
    if counts.stood and not usable:
        return Reason(Held.EMPTY, f"The document holds no usable record; {counts.stood} stand.")
    if counts.gone > max(feed.gone_least, counts.stood * feed.gone_percent / 100):
        if counts.renamed:
            return Reason(Held.MASS_RENAME, f"It seems that names have changed: {'; '.join(counts.renamed)}.")
        share = f"{counts.gone} of {counts.stood} would go"
        return Reason(Held.MASS_DELETION, f"{share}; {feed.gone_percent} % may.")
    if feed.newest_days and counts.newest_day and (today - counts.newest_day).days > feed.newest_days:
        return Reason(Held.STALE, f"The newest record is of {counts.newest_day}: the source no longer works.")
    return None
