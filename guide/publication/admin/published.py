"""Editing public rows: what an editor does to them is published, or refused as a document would be."""

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any, ClassVar, TypeVar

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import DatabaseError, IntegrityError, OperationalError, models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from guide.publication.admin.filters import LockFilter, StandingFilter
from guide.publication.admin.forms import (
    LockedFieldsField,
    ReasonForm,
    ReasonOfActionForm,
    ReasonOfDeletionForm,
    refused,
)
from guide.publication.checking import naming, problems_of_rows
from guide.publication.differences import differences
from guide.publication.locking import altered_fields, field_labels, note_unlocked
from guide.publication.models import Action, Change, PublicModel
from guide.publication.publish import Publication, publish
from guide.publication.reconcile import GuardError, Table
from guide.publication.records import Record
from guide.publication.stored import Stored
from guide.publication.tables import Problem, TableError

logger = logging.getLogger(__name__)

M = TypeVar("M", bound=PublicModel)
Write = Callable[[Mapping[str, Stored[Any]], Publication], None]
DEFAULT_REASON = "edited in the admin"
NAMED_AT_MOST = 5
SHOWN_CHANGES = 50

REFUSED = (TableError, GuardError, IntegrityError, OperationalError)
"""Why what an editor wanted was not written: the row is wrong, or somebody else was faster."""


def reasons_of(error: Exception) -> list[Problem]:
    """What an editor is told where nothing was written."""
    if isinstance(error, TableError):
        return list(error.problems)
    if isinstance(error, DatabaseError):
        logger.warning("an edit lost a race", exc_info=error)
        lines = [gettext("Somebody else has just saved something that this collides with. Look again, and try again.")]
    else:
        lines = str(error).splitlines()
    return [Problem(document="", line=0, column="", message=line) for line in lines]


class PublishedAdmin(admin.ModelAdmin[M]):
    """Writes through :func:`~guide.publication.publish.publish` and stores only what a document could have brought.

    ``table`` says what a row is as a record. Rows are withdrawn rather than deleted: the public log speaks of them, and
    a deleted row of a document would come back with it. Only a superuser deletes, for slips.
    """

    table: ClassVar[Table[Any]]

    form = ReasonForm
    action_form = ReasonOfActionForm
    actions = ("withdraw", "restore", "lock", "unlock")
    readonly_fields: ClassVar[Any] = ("origin", "created_at", "updated_at", "withdrawn_at")
    formfield_overrides: ClassVar[Any] = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}
    save_on_top = True
    list_per_page = 50
    delete_confirmation_template = "publication/delete.html"
    object_history_template = "publication/history.html"

    # What there is to see and to do

    def get_list_filter(self, request: HttpRequest) -> Any:
        common = (StandingFilter, LockFilter, ("origin", admin.AllValuesFieldListFilter))
        return (*super().get_list_filter(request), *common)

    def get_fieldsets(self, request: HttpRequest, obj: M | None = None) -> Any:
        """The row's own fieldsets between the reason and where the row comes from."""
        own = super().get_fieldsets(request, obj)
        provenance = {
            "fields": ("is_locked", "locked_fields", "origin", ("created_at", "updated_at", "withdrawn_at"), "version")
        }
        if obj is None:
            return [(None, {"fields": ("change_reason", "version")}), *own]
        if not self.has_change_permission(request, obj):
            return [*own, (_("Where the row comes from"), {"fields": provenance["fields"][:-1]})]
        return [(None, {"fields": ("change_reason",)}), *own, (_("Where the row comes from"), provenance)]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name != "locked_fields":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        labels = field_labels(self.table)
        return LockedFieldsField(
            label=capfirst(db_field.verbose_name),
            required=False,
            choices=[(name, capfirst(label)) for name, label in labels.items()],
            help_text=db_field.help_text,
        )

    def get_readonly_fields(self, request: HttpRequest, obj: M | None = None) -> Any:
        # A key is never reused and never changed: documents, the change log and public addresses name the row by it.
        fields = super().get_readonly_fields(request, obj)
        return fields if obj is None else (self.table.key, *fields)

    def get_prepopulated_fields(self, request: HttpRequest, obj: M | None = None) -> Any:
        return super().get_prepopulated_fields(request, obj) if obj is None else {}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        # It deletes without asking for a reason.
        actions.pop("delete_selected", None)
        return actions

    @admin.display(description=_("standing"), ordering="withdrawn_at")
    def standing(self, row: M) -> str:
        if row.withdrawn_at:
            return gettext("withdrawn")
        if row.is_locked:
            return gettext("locked")
        count = len(row.locked_fields)
        return ngettext("{count} field locked", "{count} fields locked", count).format(count=count) if count else ""

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        try:
            return super().get_changelist_instance(request)
        except (ValueError, OverflowError) as error:
            # A year that no calendar has, in the address. Django then shows the whole list.
            raise IncorrectLookupParameters from error

    # Saving

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except REFUSED as error:
            # All is as it was. Shown once more, the form says why.
            _forget_messages(request)
            with refused(reasons_of(error)):
                return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: M, form: Any, change: bool) -> None:
        """Nothing yet: the row and what hangs on it are one publication, see :meth:`save_related`."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        reason = form.cleaned_data.get("change_reason") or DEFAULT_REASON
        key = self.table.key_of_row(form.instance)
        with self._publish(request, reason) as publication, self.table.guarded() as written:
            if change:
                self._hold(form.instance)
            stored = self._stored([key])[key] if change else None
            before = stored.record if stored else None
            if not change or form.is_row_changed:
                super().save_model(request, form.instance, form, change)
            super().save_related(request, form, formsets, change)
            self.settle(form)
            self._renumber(form.instance)
            after = self._stored([key])[key].record
            written.append(key)
            if problems := problems_of_rows(self.table, [after]):
                raise TableError(problems)
            if stored:
                self._lock_altered(form.instance, stored, after, publication.now)
            action = Action.CHANGED if change else Action.CREATED
            publication.record(action, self.table.name, key, before=before, after=after)

    def _lock_altered(self, row: M, stored: Stored[Any], after: Record, now: dt.datetime) -> None:
        """Lock the fields that an editor has altered, except one that the same editor has just unlocked."""
        chosen, locked = set(row.locked_fields), set(stored.locked_fields)
        altered = altered_fields(stored.record, after)
        wanted = chosen | (set(altered) - (locked - chosen))
        if altered:
            in_order = tuple(name for name in self.table.record.model_fields if name in wanted)
            rows = self.model._default_manager.filter(pk=row.pk)
            rows.update(locked_fields=in_order, updated_at=now)
        if locked - wanted or (stored.is_locked and not row.is_locked):
            note_unlocked(now)

    def _hold(self, row: M) -> None:
        """Lock the row until all is written. The form has compared versions, and somebody may have saved since then."""
        held = self.model._default_manager.select_for_update().filter(pk=row.pk)
        if held.values_list("updated_at", flat=True).first() != row.updated_at:
            raise GuardError(gettext("Somebody else has just saved this row. Look again, and try again."))

    def settle(self, form: Any) -> None:
        """What follows from the row and its inlines once all are saved. Nothing, as a rule."""

    def _renumber(self, row: M) -> None:
        """Give the items of ordered lists the positions 0, 1, 2: two of the same position would have no order."""
        for child in self.table.children.values():
            if child.is_ordered:
                items = child.model._default_manager.filter(**{child.parent: row}).order_by("position", "pk")
                for position, (pk, stored) in enumerate(items.values_list("pk", "position")):
                    if position != stored:
                        child.model._default_manager.filter(pk=pk).update(position=position)

    def _stored(self, keys: Iterable[str]) -> dict[str, Stored[Any]]:
        return self.table.stored(list(keys))

    def _publish(self, request: HttpRequest, reason: str) -> AbstractContextManager[Publication]:
        return publish(actor=request.user.get_username(), reason=reason)

    # Deleting

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        form = ReasonOfDeletionForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and not form.is_valid():
            self.message_user(request, gettext("Say why. Nothing was deleted."), messages.ERROR)
            return redirect(request.get_full_path())
        try:
            return super().delete_view(request, object_id, {"reason_form": form, **(extra_context or {})})
        except REFUSED as error:
            _forget_messages(request)
            self._tell_refused(request, error)
            return redirect(request.get_full_path())

    def delete_model(self, request: HttpRequest, obj: M) -> None:
        key = self.table.key_of_row(obj)
        with self._publish(request, request.POST["reason"].strip()) as publication:
            before = self._stored([key])[key].record
            super().delete_model(request, obj)
            publication.record(Action.DELETED, self.table.name, key, before=before, after=None)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        # Links of many to many would vanish with the row, and the rows at their other ends change unseen.
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, lacking, [*protected, *self.named_by(objs)]

    def named_by(self, rows: Iterable[M]) -> list[str]:
        """The standing rows that name these, table by table, in words."""
        rows = list(rows)
        found = []
        for model, options in self.admin_site._registry.items():
            if isinstance(options, PublishedAdmin) and (keys := options.naming(self.model, rows)):
                shown, more = ", ".join(keys[:NAMED_AT_MOST]), len(keys) - NAMED_AT_MOST
                found.append(f"{model._meta.verbose_name_plural}: {shown}{f' (+{more})' if more > 0 else ''}")
        return found

    def naming(self, model: type[PublicModel], rows: list[Any]) -> list[str]:
        """Keys of the standing rows of this table that name one of these rows of a model."""
        return naming(self.table, model, [row.pk for row in rows])

    # Actions

    @admin.action(description=_("Withdraw: take out of the guide"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: models.QuerySet[M]) -> None:
        standing = list(queryset.filter(withdrawn_at__isnull=True))
        if named := self.named_by(standing):
            text = gettext(
                "Nothing was withdrawn, because others name these rows: {rows}. Change or withdraw those first."
            )
            self.message_user(request, text.format(rows="; ".join(named)), messages.ERROR)
            return
        self._write(request, standing, self.table.withdraw, gettext("Withdrawn: {count}."))

    @admin.action(description=_("Restore: bring back what was withdrawn"), permissions=["change"])
    def restore(self, request: HttpRequest, queryset: models.QuerySet[M]) -> None:
        withdrawn = list(queryset.filter(withdrawn_at__isnull=False))
        self._write(request, withdrawn, self._restore, gettext("Restored: {count}."))

    def _restore(self, stored: Mapping[str, Stored[Any]], publication: Publication) -> None:
        self.table.restore(stored, publication)
        if problems := problems_of_rows(self.table, [row.record for row in stored.values()]):
            raise TableError(problems)

    def _write(self, request: HttpRequest, rows: list[M], write: Write, done: str) -> None:
        reason = request.POST.get("reason", "").strip()
        if not reason:
            text = gettext("Say why: the reason stands in the public change log. Nothing was changed.")
            self.message_user(request, text, messages.ERROR)
            return
        try:
            with self._publish(request, reason) as publication, self.table.guarded() as written:
                held = self.model._default_manager.select_for_update().filter(pk__in=[row.pk for row in rows])
                if set(held.values_list("pk", "updated_at")) != {(row.pk, row.updated_at) for row in rows}:
                    raise GuardError(gettext("Somebody else has just saved one of these rows. Look again."))
                stored = self._stored(self.table.key_of_row(row) for row in rows)
                write(stored, publication)
                written += stored
                # A refresh would undo it.
                self.model._default_manager.filter(pk__in=[row.id for row in stored.values()]).update(is_locked=True)
                self._log(request, rows, reason)
        except REFUSED as error:
            self._tell_refused(request, error)
        else:
            self.message_user(request, done.format(count=len(rows)), messages.SUCCESS)

    def _tell_refused(self, request: HttpRequest, error: Exception) -> None:
        told = " ".join(str(problem).removeprefix(": ") for problem in reasons_of(error))
        self.message_user(request, gettext("Nothing was changed. {reasons}").format(reasons=told), messages.ERROR)

    @admin.action(description=_("Lock: a refresh leaves these rows alone"), permissions=["change"])
    def lock(self, request: HttpRequest, queryset: models.QuerySet[M]) -> None:
        self._set_lock(request, queryset, is_locked=True)
        # Locking is nobody's business but the editors': no entry of the change log.

    @admin.action(description=_("Unlock: a refresh may change these rows again"), permissions=["change"])
    def unlock(self, request: HttpRequest, queryset: models.QuerySet[M]) -> None:
        self._set_lock(request, queryset, is_locked=False)

    def _set_lock(self, request: HttpRequest, queryset: models.QuerySet[M], *, is_locked: bool) -> None:
        with transaction.atomic():
            # Unlocked is a row of which nothing is locked any more.
            done = models.Q(is_locked=True) if is_locked else LockFilter.rows["no"]
            rows = list(queryset.exclude(done))
            held = self.model._default_manager.filter(pk__in=[row.pk for row in rows])
            if is_locked:
                held.update(is_locked=True)
            elif held.update(is_locked=False, locked_fields=()):
                note_unlocked(timezone.now())
            self._log(request, rows, "locked" if is_locked else "unlocked")
        text = gettext("Locked: {count}.") if is_locked else gettext("Unlocked: {count}.")
        self.message_user(request, text.format(count=len(rows)), messages.SUCCESS)

    def _log(self, request: HttpRequest, rows: list[M], message: str) -> None:
        if rows and request.user.pk is not None:
            LogEntry.objects.log_actions(request.user.pk, rows, CHANGE, message)

    # History

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        key = self.table.key_of_row(row) if row else ""
        changes = Change.objects.about(self.table.name, key)
        told = [(change, differences(change.before, change.after)) for change in changes[:SHOWN_CHANGES]]
        return super().history_view(request, object_id, {"changes": told, "key": key, **(extra_context or {})})


def _forget_messages(request: HttpRequest) -> None:
    """What was about to be told of a success is not so."""
    for _message in messages.get_messages(request):
        pass
