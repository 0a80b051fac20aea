"""What lists may be narrowed by. Every parameter is exact, and a word that nothing answers to is an error."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from drf_spectacular.drainage import set_override

from broadcasters.models import (
    Broadcaster,
    BroadcasterKind,
    BroadcasterStatus,
    Country,
    CountryGroup,
    Period,
    Service,
    ServiceKind,
)
from competitions.models import Calendar, Competition, EventStatus, Sport, Team, TeamKind
from competitions.querysets import EventQuerySet, SeasonQuerySet
from guide.api.fields import LONGEST_WORD, as_day, as_day_or_instant, as_truth, unknown_word
from guide.api.queries import TOLD_AT_MOST
from guide.closures.models import Closure
from guide.publication.models import PublicModel
from guide.publication.records import READ_AS
from guide.rights.models import Access, Confidence, RightCountry, RightKind
from guide.rights.querysets import RightQuerySet

WORDS_AT_MOST = 50
"""Words that one parameter takes."""

Known = Callable[[Iterable[str]], Iterable[str]]
"""Of some words those that are known; of no words, all of them, to look for one that is spelt alike."""


class ChosenWords(forms.SelectMultiple):
    """All values that a parameter is given; the choices are the field's business."""


class WordsField(forms.Field):
    """Words of which each must be known."""

    widget = ChosenWords

    def __init__(self, *, known: Known, read: Callable[[str], str] = str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = known
        self.read = read

    def clean(self, value: Any) -> list[str]:
        words = list(dict.fromkeys(self.read(word) for word in super().clean(value) or ()))
        if len(words) > WORDS_AT_MOST:
            raise ValidationError(f"Give it at most {WORDS_AT_MOST} times.")
        usable = [word for word in words if len(word) <= LONGEST_WORD and word.isprintable()]
        found = set(self.known(usable)) if usable else set()
        if unknown := [word for word in words if word not in found]:
            known = list(self.known(()))
            raise ValidationError([unknown_word(word, known) for word in unknown[:TOLD_AT_MOST]])
        return words


class Documented(django_filters.Filter):
    """A filter that the API's document describes as ``shape``, with ``says`` for its description."""

    shape: dict[str, Any]

    def __init__(self, field_name: str | None = None, *, says: str, **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs)
        set_override(self, "field", {**self.shape, "description": says})


class WordsFilter(Documented):
    """Rows that have one of the words; the parameter may repeat.

    ``is_many``: the words stand in a list of the row. Then a row is looked up and not joined, so that it stands in the
    answer once.
    """

    field_class = WordsField
    shape = {"type": "array", "items": {"type": "string"}}

    def __init__(self, field_name: str, *, is_many: bool = False, **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs)
        self.is_many = is_many

    def filter(self, queryset: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
        if not words:
            return queryset
        condition = {f"{self.field_name}__in": words}
        if not self.is_many:
            return queryset.filter(**condition)
        having = queryset.model._default_manager.filter(**condition).order_by()
        return queryset.filter(pk__in=having.values("pk"))


class ChoicesFilter(WordsFilter):
    """Rows with one of a fixed set of words."""

    def __init__(self, field_name: str, choices: type[models.TextChoices]) -> None:
        self.shape = {"type": "array", "items": {"type": "string", "enum": choices.values}}
        super().__init__(field_name, known=lambda words: choices.values, says="May repeat.")


class RowsFilter(WordsFilter):
    """Rows that point to others, by the public identifier of those."""

    def __init__(self, field_name: str, model: type[PublicModel], *, key: str = "slug", is_many: bool = False) -> None:
        def known(words: Iterable[str]) -> Iterable[str]:
            standing = model._default_manager.filter(withdrawn_at__isnull=True)
            return (standing.filter(**{f"{key}__in": words}) if words else standing).values_list(key, flat=True)

        says = f"Of these {model._meta.verbose_name_plural}, by {key}. May repeat."
        super().__init__(field_name, is_many=is_many, known=known, says=says)


class CountriesFilter(RowsFilter):
    """Rows of one of the countries. UK is read as GB, EL as GR."""

    def __init__(self, field_name: str, *, is_many: bool = False) -> None:
        super().__init__(field_name, Country, key="code", is_many=is_many)
        self.extra["read"] = lambda code: READ_AS.get(code.upper(), code.upper())


class ReadField(forms.CharField):
    """Text that is read by a function which raises ValueError, in words for people, for what it cannot read."""

    def __init__(self, *, read: Callable[[str], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read = read

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return self.read(text) if text else None
        except ValueError as error:
            raise ValidationError(str(error)) from None


class DayFilter(Documented):
    field_class = ReadField
    shape = {"type": "string", "format": "date"}

    def __init__(self, field_name: str | None = None, **kwargs: Any) -> None:
        super().__init__(field_name, read=as_day, **kwargs)


class DayOrInstantFilter(Documented):
    """A day, or an instant with its offset."""

    field_class = ReadField
    shape = {"oneOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name, read=as_day_or_instant, **kwargs)


class MomentFilter(Documented):
    """A day, which means its first instant in UTC, or an instant."""

    field_class = ReadField
    shape = DayOrInstantFilter.shape

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name, read=_instant, **kwargs)


class TruthFilter(Documented):
    field_class = ReadField
    shape = {"type": "boolean"}

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name, read=as_truth, **kwargs)


def _instant(text: str) -> dt.datetime:
    moment = as_day_or_instant(text)
    return moment if isinstance(moment, dt.datetime) else dt.datetime.combine(moment, dt.time.min, tzinfo=dt.UTC)


class ListFilters(django_filters.FilterSet):
    """The filters of a list; ``updated_since`` is one of every list."""

    updated_since = MomentFilter(
        "updated_at",
        lookup_expr="gte",
        says="Rows that have changed since: a day or an instant. What was withdrawn meanwhile is not among them.",
    )

    @classmethod
    def repeating(cls) -> Mapping[str, bool]:
        """For each parameter, whether it may be given more than once."""
        return {name: isinstance(found, WordsFilter) for name, found in cls.base_filters.items()}


class SportFilters(ListFilters):
    """Nothing of its own."""


class CompetitionFilters(ListFilters):
    sport = RowsFilter("sport__slug", Sport)
    calendar = ChoicesFilter("calendar", Calendar)


class SeasonFilters(ListFilters):
    competition = RowsFilter("competition__slug", Competition)
    on = DayFilter(method="running", says="Seasons whose span holds this day.")

    def running(self, queryset: SeasonQuerySet, name: str, day: dt.date) -> SeasonQuerySet:
        return queryset.on(day)


class TeamFilters(ListFilters):
    sport = RowsFilter("sport__slug", Sport)
    kind = ChoicesFilter("kind", TeamKind)
    competition = RowsFilter("home_events__season__competition__slug", Competition, is_many=True)


class EventFilters(ListFilters):
    competition = RowsFilter("season__competition__slug", Competition)
    sport = RowsFilter("season__competition__sport__slug", Sport)
    team = RowsFilter("home__slug", Team)
    status = ChoicesFilter("status", EventStatus)
    country = CountriesFilter("country")
    access = ChoicesFilter("access", Access)
    # The names of the parameters are words of the language.
    locals()["from"] = DayOrInstantFilter(
        "day",
        method="begins",
        says="Events on this day (at the venue) or later, or those that begin at this instant or later; what lasts "
        "until then as well. What has no time yet counts by its day.",
    )
    to = DayOrInstantFilter("day", method="ends", says="Events that begin by the end of this day, or by this instant.")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """``team`` means either side; ``country`` and ``access`` mean one right that is to be had there."""
        asked = dict(self.form.cleaned_data)
        teams, countries, access = (asked.pop(name) or () for name in ("team", "country", "access"))
        for name, value in asked.items():
            queryset = self.filters[name].filter(queryset, value)
        if teams:
            queryset = queryset.filter(Q(home__slug__in=teams) | Q(away__slug__in=teams))
        if countries or access:
            queryset = queryset.filter(Exists(shown_live(countries, access)))
        return queryset

    def begins(self, rows: EventQuerySet, name: str, moment: dt.date | dt.datetime) -> EventQuerySet:
        return rows.not_before(moment)

    def ends(self, rows: EventQuerySet, name: str, moment: dt.date | dt.datetime) -> EventQuerySet:
        return rows.not_after(moment)


def shown_live(countries: Iterable[str], access: Iterable[str]) -> QuerySet[Any]:
    """Live rights in force on the day of the event of the outer query, to its competition or a part that it is in."""
    rights = RightCountry.objects.published().filter(
        Q(part="") | Q(part=OuterRef("season__key")) | Q(part=OuterRef("stage__key")) | Q(part=OuterRef("key")),
        competition=OuterRef("season__competition"),
        kind=RightKind.LIVE,
        from_day__lte=OuterRef("day"),
        to_day__gte=OuterRef("day"),
    )
    if countries:
        rights = rights.filter(country__in=list(countries))
    return rights.filter(right__access__in=list(access)) if access else rights


class CountryFilters(ListFilters):
    group = RowsFilter("groups__slug", CountryGroup, is_many=True)
    in_eu = TruthFilter("in_eu", says="In the European Union.")


class CountryGroupFilters(ListFilters):
    country = CountriesFilter("countries", is_many=True)


class BroadcasterFilters(ListFilters):
    country = CountriesFilter("countries", is_many=True)
    kind = ChoicesFilter("kind", BroadcasterKind)
    status = ChoicesFilter("status", BroadcasterStatus)
    parent = RowsFilter("parent__slug", Broadcaster)


class ServiceFilters(ListFilters):
    country = CountriesFilter("countries", is_many=True)
    broadcaster = RowsFilter("broadcaster__slug", Broadcaster)
    kind = ChoicesFilter("kind", ServiceKind)


class OfferFilters(ListFilters):
    country = CountriesFilter("country")
    broadcaster = RowsFilter("broadcaster__slug", Broadcaster)
    competition = RowsFilter("competitions__competition", Competition, is_many=True)
    service = RowsFilter("services__slug", Service, is_many=True)
    period = ChoicesFilter("period", Period)


class RightFilters(ListFilters):
    competition = RowsFilter("competition__slug", Competition)
    country = CountriesFilter("right_countries__country", is_many=True)
    broadcaster = RowsFilter("broadcaster__slug", Broadcaster)
    service = RowsFilter("services__slug", Service, is_many=True)
    kind = ChoicesFilter("kind", RightKind)
    access = ChoicesFilter("access", Access)
    confidence = ChoicesFilter("confidence", Confidence)
    valid_on = DayFilter(method="valid", says="Rights in force on this day, as far as their evidence reaches.")

    def valid(self, queryset: RightQuerySet, name: str, day: dt.date) -> RightQuerySet:
        return queryset.valid_on(day)


class ClosureFilters(ListFilters):
    country = CountriesFilter("countries", is_many=True)
    competition = RowsFilter("competitions__slug", Competition, is_many=True)
    kind = RowsFilter("kind", Closure, key="kind")
