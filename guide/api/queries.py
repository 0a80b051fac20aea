"""What may be asked, and how text becomes rows: strict, with a suggestion for what is misspelt."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import QueryDict
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from broadcasters.models import Country
from competitions.models import Competition
from guide.api.errors import UnknownCompetitionError
from guide.publication.records import COUNTRY_CODE, READ_AS
from guide.publication.tables import near
from guide.rights.answer import EARLIEST, LATEST, Question
from guide.rights.models import Access, RightKind

ANSWERS_AT_MOST = 50


@extend_schema_field({"oneOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]})
class DayOrInstantField(serializers.Field):  # type: ignore[type-arg]  # generic for the type checker only
    """``2026-11-29``, or an instant with its offset: ``2026-11-29T14:30:00Z``."""

    default_error_messages = {
        "invalid": "“{value}” is neither a day (2026-11-29) nor an instant with its offset (2026-11-29T14:30:00Z).",
        "range": "“{value}” lies outside of what the guide can speak about: {first} to {last}.",
    }

    def to_internal_value(self, data: Any) -> dt.date | dt.datetime:
        text = str(data)
        value: dt.date | dt.datetime
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
                value = day = dt.date.fromisoformat(text)
            else:
                value = dt.datetime.fromisoformat(text)
                day = value.date()
        except ValueError:
            self.fail("invalid", value=text[:40])
        if isinstance(value, dt.datetime) and value.tzinfo is None:
            self.fail("invalid", value=text[:40])
        if not EARLIEST <= day <= LATEST:
            self.fail("range", value=text[:40], first=EARLIEST, last=LATEST)
        return value

    def to_representation(self, value: dt.date | dt.datetime) -> str:
        return value.isoformat()


class CountryField(serializers.CharField):
    """ISO 3166-1 alpha-2, in either case; UK is read as GB and EL as GR."""

    default_error_messages = {"not_a_code": "“{value}” is not a country code: write ISO 3166-1 alpha-2, such as IT."}

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        if not COUNTRY_CODE.fullmatch(text.upper()):
            self.fail("not_a_code", value=text[:40])
        return text.upper()


class StrictQuery(serializers.Serializer[dict[str, Any]]):
    """Query parameters. One that is unknown, or given twice where one is meant, is an error and not ignored."""

    def to_internal_value(self, data: QueryDict) -> Any:
        problems: dict[str, list[str]] = {}
        for name in data:
            field = self.fields.get(name)
            if field is None:
                problems[name] = [f"Unknown parameter.{near(name, self.fields)}"]
            elif "" in data.getlist(name):
                problems[name] = ["Given without a value: give one or leave the parameter out."]
            elif not isinstance(field, serializers.ListField) and len(data.getlist(name)) > 1:
                problems[name] = ["Given more than once; give it once."]
        try:
            values = super().to_internal_value(data)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({**error.detail, **problems}) from None  # type: ignore[dict-item]  # a dict here
        if problems:
            raise serializers.ValidationError(problems)
        return values


class NoQuery(StrictQuery):
    """For addresses that take no parameters."""


class LookupQuery(StrictQuery):
    """The parameters of a lookup. ``competition`` and ``country`` repeat; each pair is one answer."""

    competition = serializers.ListField(
        child=serializers.CharField(max_length=60), help_text="Slug of a competition. May repeat."
    )
    country = serializers.ListField(
        child=CountryField(), help_text="ISO 3166-1 alpha-2; UK is read as GB, EL as GR. May repeat."
    )
    on = DayOrInstantField(required=False, help_text="A day, or an instant with its offset. Default: now.")
    lang = serializers.ChoiceField(
        choices=[code for code, _ in settings.LANGUAGES], default="en", help_text="Language of names."
    )
    access = serializers.ListField(
        child=serializers.ChoiceField(choices=Access.values),
        required=False,
        help_text="Only options with this access. May repeat.",
    )
    kind = serializers.ListField(
        child=serializers.ChoiceField(choices=RightKind.values),
        required=False,
        help_text="Only options of this kind. May repeat.",
    )
    services = serializers.ListField(
        child=serializers.CharField(max_length=60),
        required=False,
        help_text="Only options on these services (slugs). May repeat.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(set(attrs["competition"])) * len(set(attrs["country"])) > ANSWERS_AT_MOST:
            message = f"Ask for at most {ANSWERS_AT_MOST} answers in one call: competitions times countries."
            raise serializers.ValidationError({"competition": [message]})
        return attrs

    def questions(self) -> list[Question]:
        """The questions, in two queries.

        Raises a 400 for a code that is no country, a 404 for an unknown competition.
        """
        asked = self.validated_data
        countries = _countries(asked["country"])
        competitions = _competitions(asked["competition"], asked["lang"])
        return [
            Question(competition=competition, country=country, on=asked.get("on"))
            for competition in competitions
            for country in countries
        ]

    def countries_as_given(self) -> dict[str, str]:
        """By ISO code, what the caller wrote where that was another code."""
        return {READ_AS[code]: code for code in self.validated_data["country"] if code in READ_AS}

    def filters(self) -> Mapping[str, Sequence[str]]:
        return {name: self.validated_data.get(name, ()) for name in ("access", "kind", "services")}


def _countries(codes: Sequence[str]) -> list[Country]:
    read = list(dict.fromkeys(READ_AS.get(code, code) for code in codes))
    found = Country.objects.standing().in_bulk(read)
    if unknown := [code for code in read if code not in found]:
        raise serializers.ValidationError(
            {"country": [f"“{code}” is not an ISO 3166-1 alpha-2 country code." for code in unknown]}
        )
    return [found[code] for code in read]


def _competitions(slugs: Sequence[str], language: str) -> list[Competition]:
    wanted = list(dict.fromkeys(slug.lower() for slug in slugs))
    found = {
        competition.slug: competition
        for competition in Competition.objects.standing().named(language).filter(slug__in=wanted)
    }
    for slug in wanted:
        if slug not in found:
            known = Competition.objects.standing().values_list("slug", flat=True)
            raise UnknownCompetitionError(f"“{slug}” is not a competition that the guide knows.{near(slug, known)}")
    return [found[slug] for slug in wanted]
