"""The vocabulary in which the catalogue of competitions is asked."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db.models import FilteredRelation, Q, QuerySet
from django.db.models.functions import Coalesce

from guide.publication.models import PublicQuerySet

if TYPE_CHECKING:
    from competitions.models import (  # noqa: F401 (the models import this module)
        Competition,
        Event,
        EventSource,
        Season,
        Sport,
        Stage,
        Team,
    )


class SportQuerySet(PublicQuerySet["Sport"]):
    def named(self, language: str) -> Self:
        """With ``local_name`` in a language, English where there is none."""
        return self.annotate(
            own=FilteredRelation("names", condition=Q(names__language=language)),
            local_name=Coalesce("own__text", "name"),
        )


class CompetitionQuerySet(PublicQuerySet["Competition"]):
    def named(self, language: str) -> Self:
        """With the sport, and with ``local_name`` and ``local_sport`` in a language (English where there is none), in
        one query.
        """
        return self.select_related("sport").annotate(
            own=FilteredRelation("names", condition=Q(names__language=language)),
            local_name=Coalesce("own__text", "name"),
            sports=FilteredRelation("sport__names", condition=Q(sport__names__language=language)),
            local_sport=Coalesce("sports__text", "sport__name"),
        )


class SeasonQuerySet(PublicQuerySet["Season"]):
    def of(self, competition_ids: Iterable[int]) -> Self:
        return self.filter(competition_id__in=competition_ids)

    def on(self, day: dt.date) -> Self:
        """Seasons whose span holds the day."""
        return self.filter(first_day__lte=day, last_day__gte=day)


class TeamQuerySet(PublicQuerySet["Team"]):
    def named(self, language: str) -> Self:
        """With ``local_name`` in a language, the usual name where there is none."""
        return self.annotate(
            own=FilteredRelation("names", condition=Q(names__language=language)),
            local_name=Coalesce("own__text", "name"),
        )


class StageQuerySet(PublicQuerySet["Stage"]):
    pass


class EventQuerySet(PublicQuerySet["Event"]):
    def named(self, language: str) -> Self:
        """With all that an answer or a page says of an event, names in a language (else English), in one query:
        ``local_name`` of itself, ``home_name``, ``away_name``, ``parent_name``, ``competition_name``,
        ``sport_name``.
        """
        names = {
            "local_name": ("names", "name"),
            "home_name": ("home__names", "home__name"),
            "away_name": ("away__names", "away__name"),
            "parent_name": ("parent__names", "parent__name"),
            "competition_name": ("season__competition__names", "season__competition__name"),
            "sport_name": ("season__competition__sport__names", "season__competition__sport__name"),
        }
        rows = self.select_related("season__competition__sport", "stage", "parent__stage", "home", "away")
        for name, (texts, otherwise) in names.items():
            own = f"{name}_texts"
            rows = rows.annotate(
                **{
                    own: FilteredRelation(texts, condition=Q(**{f"{texts}__language": language})),
                    name: Coalesce(f"{own}__text", otherwise),
                }
            )
        return rows

    def of_team(self, slug: str) -> Self:
        return self.filter(Q(home__slug=slug) | Q(away__slug=slug))

    def not_before(self, moment: dt.date | dt.datetime) -> Self:
        """From a day (at the venue), or from an instant on; of those without a time, from its day on. What lasts for
        several days counts to its last.
        """
        if not isinstance(moment, dt.datetime):
            return self.filter(Q(day__gte=moment) | Q(last_day__gte=moment))
        without_time = Q(starts_at__isnull=True) & (Q(day__gte=moment.date()) | Q(last_day__gte=moment.date()))
        return self.filter(Q(starts_at__gte=moment) | without_time)

    def not_after(self, moment: dt.date | dt.datetime) -> Self:
        """What begins by a day (at the venue), or by an instant; of those without a time, by its day."""
        if not isinstance(moment, dt.datetime):
            return self.filter(day__lte=moment)
        return self.filter(Q(starts_at__lte=moment) | Q(starts_at__isnull=True, day__lte=moment.date()))

    def from_then_on(self, start: dt.datetime) -> Self:
        """What has not begun before the instant, in order of day and time; of those without a time, from its day on."""
        return self.not_before(start).order_by("day", "starts_at", "key")

    def coming(self, start: dt.datetime) -> Self:
        """What takes place from then on: neither called off nor over."""
        return self.from_then_on(start).exclude(status__in=["cancelled", "finished"])

    def between(self, start: dt.datetime, end: dt.datetime, first_day: dt.date, last_day: dt.date) -> Self:
        """Events that begin within ``[start, end)`` and, of those without a time, what falls on one of the days."""
        return self.filter(
            Q(starts_at__gte=start, starts_at__lt=end)
            | (Q(starts_at__isnull=True, day__lte=last_day) & (Q(last_day__gte=first_day) | Q(day__gte=first_day)))
        )


class EventSourceQuerySet(QuerySet["EventSource"]):
    pass
