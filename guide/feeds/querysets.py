"""The vocabulary in which feeds and runs are asked. No method reads the clock."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import BooleanField, DateTimeField, ExpressionWrapper, F, Max, OuterRef, Q, Subquery, Value

if TYPE_CHECKING:
    from guide.feeds.models import Feed, Run  # noqa: F401 (the models import this module)


class FeedQuerySet(models.QuerySet["Feed"]):
    def due(self, now: dt.datetime) -> Self:
        """Feeds that are on, have no open run, and whose last run says that it is time, or that never ran."""
        from guide.feeds.models import Run, Verdict

        last = Run.objects.filter(feed=OuterRef("pk")).order_by("-id")
        return (
            self.filter(is_on=True)
            .annotate(last_verdict=Subquery(last.values("verdict")[:1]))
            .annotate(last_next_at=Subquery(last.values("next_at")[:1]))
            # A feed that never ran has no verdict, and what is compared with nothing is neither equal nor unequal.
            .filter(
                Q(last_verdict__isnull=True)
                | (~Q(last_verdict=Verdict.OPEN) & (Q(last_next_at__isnull=True) | Q(last_next_at__lte=now)))
            )
        )

    def with_last_runs(self, now: dt.datetime) -> Self:
        """With ``last_verdict``, ``last_reason`` and ``last_next_at`` of the last run, ``last_good_at`` of the last
        good one, and ``is_overdue``: on, and two intervals without a good run.
        """
        from guide.feeds.models import Run

        last = Run.objects.filter(feed=OuterRef("pk")).order_by("-id")
        instant = DateTimeField()
        long_ago = ExpressionWrapper(Value(now, instant) - F("interval") - F("interval"), output_field=instant)
        overdue = Q(is_on=True) & (Q(last_good_at__isnull=True) | Q(last_good_at__lt=long_ago))
        return (
            self.annotate(last_verdict=Subquery(last.values("verdict")[:1]))
            .annotate(last_reason=Subquery(last.values("reason")[:1]))
            .annotate(last_next_at=Subquery(last.values("next_at")[:1]))
            .annotate(last_good_at=Subquery(last.good().values("ended_at")[:1]))
            .annotate(is_overdue=ExpressionWrapper(overdue, output_field=BooleanField()))
        )


class RunQuerySet(models.QuerySet["Run"]):
    def good(self) -> Self:
        """Runs after which the guide says what the feed says."""
        return self.filter(verdict__in=("applied", "unchanged"))

    def open_since(self, moment: dt.datetime) -> Self:
        """Open runs that began before a moment: nothing may run that long, so whoever ran them is dead."""
        return self.filter(verdict="open", started_at__lt=moment)

    def latest_read(self) -> "models.QuerySet[Run, int]":
        """The id of each feed's latest run that has read its document. What is unchanged is not read again."""
        return (
            self.filter(read__gt=0)
            .order_by()
            .values("feed")
            .annotate(latest=Max("pk"))
            .values_list("latest", flat=True)
        )
