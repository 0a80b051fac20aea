"""The core record, and enforcement actions."""

from django.db.models import Prefetch, QuerySet

from broadcasters.models import Service
from competitions.models import Competition
from guide.api import filters
from guide.api.resources import Resource, ResourceWithHistory
from guide.api.serializers import record as shapes
from guide.closures.catalogue import CLOSURES
from guide.closures.models import Closure
from guide.rights.models import Right
from guide.rights.reconcile import RIGHTS


class RightResource(ResourceWithHistory[Right]):
    """Who may show what, where, from when to when, and how we know it. What follows for a day, ``lookup`` says."""

    table = RIGHTS
    serializer_class = shapes.RightSerializer
    detail_serializer_class = shapes.RightDetailSerializer
    filterset_class = filters.RightFilters

    def get_queryset(self) -> QuerySet[Right]:
        rows = Right.objects.published().select_related("broadcaster")
        return rows.prefetch_related(
            Prefetch("competition", Competition.objects.named(self.language)),
            Prefetch("services", Service.objects.standing()),
            "right_countries",
            "evidence",
        )


class ClosureResource(Resource[Closure]):
    """Enforcement actions against illegal services, and what those offered. Never their addresses."""

    table = CLOSURES
    serializer_class = shapes.ClosureSerializer
    filterset_class = filters.ClosureFilters

    def get_queryset(self) -> QuerySet[Closure]:
        return Closure.objects.standing().in_full(self.language)
