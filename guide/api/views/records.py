"""The core record, and enforcement actions."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from rest_framework.serializers import BaseSerializer

from broadcasters.models import Service
from competitions.models import Competition
from guide.api import filters
from guide.api.resources import Resource
from guide.api.serializers import record as shapes
from guide.closures.catalogue import CLOSURES
from guide.closures.models import Closure
from guide.publication.history import history_of
from guide.rights.models import Right
from guide.rights.reconcile import RIGHTS


class RightResource(Resource[Right]):
    """Who may show what, where, from when to when, and how we know it. What follows for a day, ``lookup`` says."""

    table = RIGHTS
    key = "public_id"
    filterset_class = filters.RightFilters

    def get_serializer_class(self) -> type[BaseSerializer[Right]]:
        return shapes.RightSerializer if self.action == "list" else shapes.RightDetailSerializer

    def get_queryset(self) -> QuerySet[Right]:
        rows = Right.objects.published().select_related("broadcaster")
        return rows.prefetch_related(
            Prefetch("competition", Competition.objects.named(self.language)),
            Prefetch("services", Service.objects.standing()),
            "right_countries",
            "evidence",
        )

    def near(self, key: str) -> str:
        """None: an opaque id is not misspelt, and no other is meant by it."""
        return ""

    def find(self, key: str) -> Right:
        right = super().find(key)
        # The serializer reads it like a column; only a single right has it.
        shown: Any = right
        shown.history = history_of(self.table.name, right.key)
        return right


class ClosureResource(Resource[Closure]):
    """Enforcement actions against illegal services, and what those offered. Never their addresses."""

    table = CLOSURES
    serializer_class = shapes.ClosureSerializer
    filterset_class = filters.ClosureFilters

    def get_queryset(self) -> QuerySet[Closure]:
        return Closure.objects.standing().in_full(self.language)
