"""The admin's side of publishing: what an editor saves is a published change with the editor's name."""

from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from guide.publication.models import Action, Change, PublicModel, Revision
from guide.publication.publish import publish
from guide.publication.reconcile import Table

M = TypeVar("M", bound=PublicModel)
DEFAULT_REASON = "edited in the admin"


class ReasonForm(forms.ModelForm[Any]):
    """Every change says why, in the public change log."""

    change_reason = forms.CharField(
        label=_("Reason of the change"), max_length=300, required=False, help_text=_("Shown in the public change log.")
    )


class PublishedAdmin(admin.ModelAdmin[M]):
    """Saves and deletes through :func:`~guide.publication.publish.publish`.

    ``table`` says what a row is as a record.
    """

    form = ReasonForm
    table: ClassVar[Table[Any]]
    readonly_fields: ClassVar[Any] = ("origin", "created_at", "updated_at")

    def _record(self, row: PublicModel) -> Any:
        key = self.table.key_of_row(row)
        stored = self.table.stored([key]).get(key)
        return stored.record if stored else None

    def save_model(self, request: HttpRequest, obj: M, form: Any, change: bool) -> None:
        # Read before it is written: the change log shows what stood there.
        form.record_before = self._record(self.model._default_manager.get(pk=obj.pk)) if change else None
        if change and form.changed_data and "is_locked" not in form.changed_data:
            obj.is_locked = True
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self.settle(form.instance)
        action = Action.CHANGED if change else Action.CREATED
        reason = form.cleaned_data.get("change_reason") or DEFAULT_REASON
        with publish(actor=request.user.get_username(), reason=reason) as publication:
            publication.record(
                action,
                self.table.name,
                self.table.key_of_row(form.instance),
                before=form.record_before,
                after=self._record(form.instance),
            )

    def settle(self, row: M) -> None:
        """What follows from the row and its inlines once all are saved. Nothing, as a rule."""

    def delete_model(self, request: HttpRequest, obj: M) -> None:
        self.delete_queryset(request, self.get_queryset(request).filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[M]) -> None:
        with publish(actor=request.user.get_username(), reason="deleted in the admin") as publication:
            for row in queryset:
                publication.record(
                    Action.DELETED, self.table.name, self.table.key_of_row(row), before=self._record(row), after=None
                )
            super().delete_queryset(request, queryset)


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """A log is looked at, not written by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ("revision", "changed_at", "action", "table", "key", "actor", "reason")
    list_filter = ("action", "table", "actor")
    search_fields = ("key", "reason")
    date_hierarchy = "changed_at"


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ("number", "changed_at")
