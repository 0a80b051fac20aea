"""What rights and findings share in the admin: countries in a few letters, keys, and what ends soon."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

SHOWN_COUNTRIES = 4
SOON = dt.timedelta(days=90)


def codes(countries: Iterable[str]) -> str:
    """The first few country codes of a row, and how many more there are."""
    ordered = sorted(countries)
    more = len(ordered) - SHOWN_COUNTRIES
    return ", ".join(ordered[:SHOWN_COUNTRIES]) + (f" +{more}" if more > 0 else "")


def first_year(data: Mapping[str, Any]) -> str:
    """The year that a key names, from the cleaned data of a form."""
    day: dt.date | None = data.get("first_day")
    return str(day.year) if day else "na"


def _ends_soon(rows: Any, day: dt.date) -> Any:
    return rows.alias(end=Coalesce("last_day", "evidence_reaches")).filter(end__range=(day, day + SOON))


ends_soon = (_("ends within 90 days"), _ends_soon)
