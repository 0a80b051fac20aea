"""What single values may look like in a request, and how text becomes a value."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from guide.publication.records import COUNTRY_CODE
from guide.publication.tables import near
from guide.rights.answer import EARLIEST, LATEST

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
LONGEST_WORD = 60
"""Characters of the longest slug that may be asked about. What is longer is told apart no further."""

NOT_A_DAY = "“{value}” is not a day: write 2026-11-29."
NOT_AN_INSTANT = "“{value}” is neither a day (2026-11-29) nor an instant with its offset (2026-11-29T14:30:00Z)."
OUT_OF_RANGE = f"“{{value}}” lies outside of what the guide can speak about: {EARLIEST} to {LATEST}."


def shortened(value: object) -> str:
    """What somebody sent, short enough to be repeated to them, and of letters that can be sent back."""
    return str(value)[:40].encode("utf-8", "replace").decode()


def as_day(text: str) -> dt.date:
    """Raises ValueError, in words for people, for anything but a day that the guide can speak about."""
    value = as_day_or_instant(text, otherwise=NOT_A_DAY)
    if isinstance(value, dt.datetime):
        raise ValueError(NOT_A_DAY.format(value=shortened(text)))
    return value


def as_day_or_instant(text: str, *, otherwise: str = NOT_AN_INSTANT) -> dt.date | dt.datetime:
    """A day, or an aware instant. Raises ValueError, in words for people, for what is neither."""
    value: dt.date | dt.datetime
    try:
        if DAY.fullmatch(text):
            value = day = dt.date.fromisoformat(text)
        else:
            value = dt.datetime.fromisoformat(text)
            day = value.date()
    except ValueError:
        raise ValueError(otherwise.format(value=shortened(text))) from None
    if isinstance(value, dt.datetime) and value.tzinfo is None:
        raise ValueError(otherwise.format(value=shortened(text)))
    if not EARLIEST <= day <= LATEST:
        raise ValueError(OUT_OF_RANGE.format(value=shortened(text)))
    return value


def as_truth(text: str) -> bool:
    """Raises ValueError, in words for people, for anything but “true” and “false”."""
    words = {"true": True, "false": False}
    if text not in words:
        raise ValueError(unknown_word(text, words))
    return words[text]


def unknown_word(word: str, known: Iterable[str]) -> str:
    """What to say of a word that is none of the known ones."""
    return f"“{shortened(word)}” is not known here.{near(word[:LONGEST_WORD], known)}"


class LimitField(serializers.IntegerField):
    """A whole number, written in one way only: each way would be another address to caches."""

    def to_internal_value(self, data: Any) -> int:
        if not re.fullmatch(r"[1-9][0-9]{0,9}", str(data)):
            raise serializers.ValidationError(f"“{shortened(data)}” is not a number from 1 to {self.max_value}.")
        return int(super().to_internal_value(data))


@extend_schema_field({"oneOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]})
class DayOrInstantField(serializers.Field):  # type: ignore[type-arg]  # generic for the type checker only
    """``2026-11-29``, or an instant with its offset: ``2026-11-29T14:30:00Z``."""

    def to_internal_value(self, data: Any) -> dt.date | dt.datetime:
        try:
            return as_day_or_instant(str(data))
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from None

    def to_representation(self, value: dt.date | dt.datetime) -> str:
        return value.isoformat()


@extend_schema_field({"type": "string", "format": "date"})
class DayField(DayOrInstantField):
    """``2026-11-29``."""

    def to_internal_value(self, data: Any) -> dt.date:
        try:
            return as_day(str(data))
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from None


@extend_schema_field({"type": "boolean"})
class TruthField(serializers.Field):  # type: ignore[type-arg]  # generic for the type checker only
    """``true`` or ``false``, written in one way only: each way would be another address to caches."""

    def to_internal_value(self, data: Any) -> bool:
        try:
            return as_truth(str(data))
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from None

    def to_representation(self, value: bool) -> bool:
        return value


class CountryField(serializers.CharField):
    """ISO 3166-1 alpha-2, in either case; UK is read as GB and EL as GR."""

    default_error_messages = {"not_a_code": "“{value}” is not a country code: write ISO 3166-1 alpha-2, such as IT."}

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        if not COUNTRY_CODE.fullmatch(text.upper()):
            self.fail("not_a_code", value=shortened(text))
        return text.upper()


class WordField(serializers.ChoiceField):
    """One of a fixed set of words, with a suggestion where it is misspelt."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str) or data not in self.choices:
            raise serializers.ValidationError(unknown_word(str(data), [str(choice) for choice in self.choices]))
        return data
