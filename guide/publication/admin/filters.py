"""Filters that every list of public rows has, and the one that says what there is to do."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
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


class LockFilter(admin.SimpleListFilter):
    title = _("locked")
    parameter_name = "locked"
    rows: ClassVar[Mapping[str, Q]] = {
        "row": Q(is_locked=True),
        "fields": Q(is_locked=False) & ~Q(locked_fields=()),
        "no": Q(is_locked=False, locked_fields=()),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("row", _("the whole row")), ("fields", _("some fields")), ("no", _("No"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows = self.rows.get(self.value() or "")
        return queryset if rows is None else queryset.filter(rows)


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
