"""Filters that every list of public rows has, and the one that says what there is to do."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

Work = Callable[[Any, dt.date], Any]


class StandingFilter(admin.SimpleListFilter):
    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("in the guide")), ("no", _("withdrawn"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() in ("yes", "no"):
            return queryset.filter(withdrawn_at__isnull=self.value() == "yes")
        return queryset


class WorkFilter(admin.SimpleListFilter):
    """What waits for an editor. ``work`` has by word the label and the rows, as of a day; withdrawn rows need none."""

    title = _("what there is to do")
    parameter_name = "work"
    work: ClassVar[Mapping[str, tuple[Any, Work]]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(word, label) for word, (label, _rows) in self.work.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        word = self.value()
        if word is None or word not in self.work:
            return queryset
        # The rows' countries have days of their own; a list of work may be off by one.
        rows: QuerySet[Any] = self.work[word][1](queryset.filter(withdrawn_at__isnull=True), timezone.localdate())
        return rows
