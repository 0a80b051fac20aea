"""Records: what one row of a table says, checked and immutable.

This module and the ``records`` modules of the packages know no database: a record can come from a bundled file, a
feed or an
upload, as CSV cells (all text) or as JSON values, and means the same. The cell syntax is described in ``docs/data.md``.
"""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Annotated, Any, ClassVar, NoReturn, TypeVar
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, field_validator

SLUG = re.compile(r"[a-z0-9]+(?:-{1,2}[a-z0-9]+)*")
COUNTRY_CODE = re.compile(r"[A-Z]{2}")
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
PARTIAL_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
TAGGED = re.compile(rf"(?:({LANGUAGE_TAG.pattern})=)?(.+)")


READ_AS = {"UK": "GB", "EL": "GR"}
"""Codes that people write for a country and that ISO 3166-1 does not; read where people type, written nowhere."""

LARGEST_AMOUNT = Decimal("9999999.99")


class Record(BaseModel):
    """One row. Compares by value, so two readings of the same row are equal."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    nested: ClassVar[Mapping[str, "type[Record]"]] = {}
    """List fields whose items are records of their own; a CSV table spreads them over numbered columns."""

    @field_validator("*", mode="before")
    @classmethod
    def _readable(cls, value: Any) -> Any:
        # Databases and people stumble over it, and no source means it.
        if isinstance(value, str) and "\x00" in value:
            _fail("The cell holds a NUL character.")
        return value


class LocalText(Record):
    """A name in one language; ``language`` is empty where the text belongs to none."""

    language: str = ""
    text: str


def _fail(message: str) -> NoReturn:
    raise ValueError(message)


def _slug(value: Any) -> Any:
    if isinstance(value, str) and value and not SLUG.fullmatch(value):
        _fail(f"“{value}” is not a slug: use lower-case letters, digits and single hyphens.")
    return value


def _country(value: Any) -> Any:
    if isinstance(value, str):
        if value in READ_AS:
            _fail(f"“{value}” is not a country code of ISO 3166-1: write {READ_AS[value]}.")
        if not COUNTRY_CODE.fullmatch(value):
            _fail(f"“{value}” is not a country code: write ISO 3166-1 alpha-2, such as IT.")
    return value


def _country_or_group(value: Any) -> Any:
    if isinstance(value, str) and value.isupper():
        return _country(value)
    if isinstance(value, str) and not SLUG.fullmatch(value):
        _fail(f"“{value}” is neither a country code such as IT nor a country group such as dach.")
    return value


def _language(value: Any) -> Any:
    if isinstance(value, str) and not LANGUAGE_TAG.fullmatch(value):
        _fail(f"“{value}” is not a language tag: write BCP 47, such as it or pt-BR.")
    return value


def _address(value: Any) -> Any:
    if isinstance(value, str) and value and not re.match(r"https?://[^/\s]+\.[^/\s]+", value):
        _fail(f"“{value}” is not an address: it starts with https:// and names a host.")
    return value


def _day(value: Any) -> Any:
    if value in ("", None):
        return None
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    return _day_of(str(value))


@lru_cache(maxsize=4096)  # A document names few days, very often.
def _day_of(text: str) -> dt.date:
    try:
        if DAY.fullmatch(text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    _fail(f"“{text}” is not a day: write YYYY-MM-DD.")


def _partial_date(value: Any) -> Any:
    text = "" if value is None else str(value)
    if text:
        padded = text + "-01-01"[len(text) - 4 :] if PARTIAL_DATE.fullmatch(text) else ""
        try:
            dt.date.fromisoformat(padded)
        except ValueError:
            _fail(f"“{value}” is not a date: write YYYY-MM-DD, YYYY-MM or YYYY.")
    return text


def _instant(value: Any) -> Any:
    if value in ("", None):
        return None
    try:
        instant = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(str(value))
    except ValueError:
        _fail(f"“{value}” is not an instant: write 2026-08-22T18:45:00Z.")
    if instant.tzinfo is None:
        _fail(f"“{value}” has no time zone: write UTC, such as 2026-08-22T18:45:00Z.")
    return instant.astimezone(dt.UTC)


@cache
def time_zones() -> frozenset[str]:
    """The names of the IANA database. The library looks through all its folders each time it is asked."""
    return frozenset(available_timezones())


def _zone(value: Any) -> Any:
    if isinstance(value, str) and value and value not in time_zones():
        _fail(f"“{value}” is not a time zone: write a name of the IANA database, such as Europe/Rome.")
    return value


def _time(value: Any) -> Any:
    if value in ("", None):
        return None
    try:
        return value if isinstance(value, dt.time) else dt.time.fromisoformat(str(value))
    except ValueError:
        _fail(f"“{value}” is not a time of day: write HH:MM.")


def _whole(value: Any) -> Any:
    if value in ("", None):
        return None
    if not re.fullmatch(r"\d{1,15}", str(value)):
        _fail(f"“{value}” is not a whole number.")
    return int(value)


def _amount(value: Any) -> Any:
    if value in ("", None):
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        _fail(f"“{value}” is not an amount: write 34.99.")
    if not amount.is_finite() or amount < 0:
        _fail(f"“{value}” is not an amount: write 34.99.")
    if amount > LARGEST_AMOUNT:
        _fail(f"“{value}” is more than {LARGEST_AMOUNT}, the largest amount here.")
    return amount.quantize(Decimal("0.01"))


def _yes_no(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    try:
        return {"yes": True, "no": False, "": None}[str(value)]
    except KeyError:
        _fail(f"“{value}” is neither yes nor no.")


def _required(value: Any) -> Any:
    if value is None or (isinstance(value, str) and not value.strip()):
        _fail("This cell may not be empty.")
    return value


def _currency(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[A-Z]{3}", value):
        _fail(f"“{value}” is not a currency: write ISO 4217, such as EUR.")
    return value


def _one_a_language(texts: tuple["LocalText", ...]) -> tuple["LocalText", ...]:
    languages = [text.language for text in texts]
    for language in languages:
        if languages.count(language) > 1:
            _fail(f"There are two names for the language “{language}”.")
    return texts


def check_order(first_day: dt.date | None, last_day: dt.date | None) -> None:
    """Raise ValueError for a window that ends before it begins. Both days are included; either may be unknown."""
    if first_day and last_day and last_day < first_day:
        _fail(f"The window ends ({last_day}) before it begins ({first_day}).")


def _listed(value: Any) -> Any:
    """Split a cell; a list from JSON passes. A value that stands twice is a slip of the pen, not a second value."""
    if value is None or value == "":
        return ()
    if not isinstance(value, (str, list, tuple)):
        _fail(f"“{value}” is not a list.")
    items = [part.strip() for part in value.split(";") if part.strip()] if isinstance(value, str) else value
    seen = set[str]()
    for item in items:
        if isinstance(item, str):
            if item in seen:
                _fail(f"“{item}” stands twice.")
            seen.add(item)
    return tuple(items)


def _sorted_list(value: Any) -> Any:
    items = _listed(value)
    # What is no text is refused afterwards, by its place.
    return tuple(sorted(items)) if all(isinstance(item, str) for item in items) else items


def _tagged(value: Any) -> Any:
    """``fr=Ligue des champions; LDC`` as texts with their languages."""
    items = _listed(value)
    texts = [
        {"language": match[1] or "", "text": match[2]}
        if isinstance(item, str) and (match := TAGGED.fullmatch(item))
        else item
        for item in items
    ]
    return tuple(
        sorted(
            (LocalText.model_validate(text) for text in texts),
            key=lambda text: (text.language, text.text),
        )
    )


T = TypeVar("T")
Slug = Annotated[str, BeforeValidator(_slug), BeforeValidator(_required)]
OptionalSlug = Annotated[str, BeforeValidator(_slug)]
CountryCode = Annotated[str, BeforeValidator(_country), BeforeValidator(_required)]
OptionalCountryCode = Annotated[str, BeforeValidator(lambda value: _country(value) if value else "")]
CountryOrGroup = Annotated[str, BeforeValidator(_country_or_group)]
LanguageTag = Annotated[str, BeforeValidator(_language)]
Text = Annotated[str, BeforeValidator(_required)]
Currency = Annotated[str, BeforeValidator(_currency), BeforeValidator(_required)]
Address = Annotated[str, BeforeValidator(_address)]
RequiredAddress = Annotated[str, BeforeValidator(_address), BeforeValidator(_required)]
Day = Annotated[dt.date, BeforeValidator(_required), BeforeValidator(_day)]
OptionalDay = Annotated[dt.date | None, BeforeValidator(_day)]
PartialDate = Annotated[str, BeforeValidator(_partial_date)]
OptionalInstant = Annotated[dt.datetime | None, BeforeValidator(_instant)]
"""An instant, always in UTC."""
Zone = Annotated[str, BeforeValidator(_zone)]
TimeOfDay = Annotated[dt.time | None, BeforeValidator(_time)]
Whole = Annotated[int | None, BeforeValidator(_whole)]
Amount = Annotated[Decimal | None, BeforeValidator(_amount)]
YesNo = Annotated[bool | None, BeforeValidator(_yes_no)]
RequiredYesNo = Annotated[bool, BeforeValidator(_yes_no), BeforeValidator(_required)]
Listed = Annotated[tuple[T, ...], BeforeValidator(_sorted_list)]
"""A list without order: kept sorted, so that the order in which somebody typed it is no difference."""
Ordered = Annotated[tuple[T, ...], BeforeValidator(_listed)]
LocalTexts = Annotated[tuple[LocalText, ...], BeforeValidator(_tagged)]
LocalNames = Annotated[tuple[LocalText, ...], AfterValidator(_one_a_language), BeforeValidator(_tagged)]


def as_json(record: Record) -> Mapping[str, Any]:
    """The record as JSON values, for the change log."""
    return record.model_dump(mode="json")
