"""Runs in the admin: what each refresh did, the document that it read, and the decision about one that was held."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Field, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from guide.feeds.adapters.base import FeedError
from guide.feeds.admin.marks import STYLES, moment, queue_told, verdict_mark
from guide.feeds.decisions import UndecidableError, applied_by, approve_run, drop_run
from guide.feeds.models import Run, Snapshot, Verdict
from guide.feeds.obtaining import CHUNK, FromSnapshot, NotObtainedError, opened
from guide.feeds.refresh import dry_run
from guide.feeds.sinks.base import Counts
from guide.publication.admin import ReadOnlyAdmin
from guide.publication.reconcile import GuardError
from guide.publication.tables import TableError

LOOKED_AT_MOST = 5_000_000
"""Bytes of a document that is tried while an editor waits for the page. For larger ones there is the command."""
SHOWN_REJECTIONS = 10
COUNTS = ("read", "created", "changed", "unchanged", "kept", "proposed", "rejected", "gone")


class DecisionForm(forms.Form):
    reason = forms.CharField(label=_("Reason of the decision"), max_length=300, widget=forms.TextInput({"size": 60}))
    decision = forms.ChoiceField(choices=[("approve", ""), ("drop", "")])
    seen = forms.CharField()


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    list_display = ("started", "feed", "outcome", "numbers", "took", "sent")
    list_filter = ("verdict", ("feed", admin.RelatedOnlyFieldListFilter), ("reason", admin.AllValuesFieldListFilter))
    list_select_related = ("feed",)
    search_fields = ("feed__name", "feed__slug", "message")
    search_help_text = _("Feed, or words of the message.")
    date_hierarchy = "started_at"
    change_form_template = "feeds/run.html"
    fieldsets = (
        (_("What came of it"), {"fields": ("feed", "outcome", "message", "numbers", "newest_day")}),
        (_("When"), {"fields": (("started_at", "ended_at", "next_at"), "trigger")}),
        (
            _("The document"),
            {
                "fields": (
                    "document",
                    ("bytes_wire", "bytes_decoded"),
                    "final_address",
                    ("etag", "last_modified"),
                    "adapter_version",
                )
            },
        ),
    )

    class Media:
        css = STYLES

    def get_urls(self) -> list[URLPattern]:
        def admin_view(view: Any) -> Any:
            return self.admin_site.admin_view(view)

        return [
            path("<int:pk>/document/", admin_view(self.document_view), name="feeds_run_document"),
            path("<int:pk>/decision/", admin_view(require_POST(self.decision_view)), name="feeds_run_decision"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Run]:
        return super().get_queryset(request).defer("snapshot__body")

    # The list

    @admin.display(description=_("started at"), ordering="started_at")
    def started(self, run: Run) -> str:
        return moment(run.started_at)

    @admin.display(description=_("verdict"), ordering="verdict")
    def outcome(self, run: Run) -> str | SafeString:
        return verdict_mark(run.verdict, run.reason)

    @admin.display(description=_("seconds"))
    def took(self, run: Run) -> str:
        return "" if run.seconds is None else f"{run.seconds:.1f}"

    @admin.display(description=_("size"), ordering="bytes_decoded")
    def sent(self, run: Run) -> str:
        return filesizeformat(run.bytes_decoded) if run.bytes_decoded else ""

    # One run

    @admin.display(description=_("counts"))
    def numbers(self, run: Run) -> str:
        return _numbers(run)

    @admin.display(description=_("document"))
    def document(self, run: Run) -> str | SafeString:
        if run.snapshot_id is None:
            return gettext("Not kept.")
        return format_html('<a href="{}">{}</a>', reverse("admin:feeds_run_document", args=[run.pk]), _("Download"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        run = self.get_object(request, object_id)
        about = self._about(request, run) if isinstance(run, Run) else {}
        return super().change_view(request, object_id, form_url, {**about, **(extra_context or {})})

    def _about(self, request: HttpRequest, run: Run) -> dict[str, Any]:
        codes = run.rejections.order_by().values("code").annotate(number=Count("pk")).order_by("-number", "code")
        applied = applied_by(run) if run.verdict in (Verdict.HELD, Verdict.DROPPED) else None
        is_open = run.verdict in (Verdict.HELD, Verdict.DROPPED) and run.snapshot_id is not None and applied is None
        about: dict[str, Any] = {"run": run, "codes": codes, "applied": applied}
        if not is_open or not may_decide(request):
            return about
        about |= {"form": DecisionForm(), "may_drop": run.verdict == Verdict.HELD}
        return {**about, **_look(run)} if "look" in request.GET else about

    def document_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The document as it came. As plain text to be saved: whatever it is, no browser may take it for a page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = self.get_queryset(request).select_related("feed", "snapshot").filter(pk=pk).first()
        if run is None or run.snapshot is None:
            raise Http404(gettext("No document of this run is kept."))
        response = StreamingHttpResponse(_chunks(run.snapshot), content_type="text/plain")
        response["Content-Disposition"] = f'attachment; filename="{run.feed.slug}-run-{run.pk}.txt"'
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def decision_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_decide(request):
            raise PermissionDenied
        run = self.get_object(request, str(pk))
        if run is None:
            raise Http404(gettext("There is no such run."))
        form = DecisionForm(request.POST)
        if not form.is_valid():
            said = gettext("Say why, in at most 300 characters. Nothing was decided.")
            self.message_user(request, said, messages.ERROR)
        else:
            self._decide(request, run, **form.cleaned_data)
        return redirect("admin:feeds_run_change", pk)

    def _decide(self, request: HttpRequest, run: Run, *, reason: str, decision: str, seen: str) -> None:
        by = request.user.get_username()
        try:
            if run.verdict != seen:
                raise UndecidableError(gettext("Somebody else has just decided about this run."))
            if decision == "drop":
                drop_run(run, by=by, reason=reason)
                done = gettext("Dropped. The same document is not looked at again.")
            else:
                done = gettext("The approval is noted, and no worker knows of it: approve the run again.")
                with queue_told(request):
                    approve_run(run, by=by, reason=reason)
                    done = gettext("Approved. A worker will apply the document.")
        except UndecidableError as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            self.log_change(request, run, f"{decision}: {reason}")
            self.message_user(request, done, messages.SUCCESS)


def may_decide(request: HttpRequest) -> bool:
    """Runs are changed by deciding about them, and in no other way."""
    return request.user.has_perm("feeds.change_run")


def _look(run: Run) -> dict[str, Any]:
    """What the document of a held run would do just now; ``fault`` where it cannot be tried."""
    if run.snapshot and run.snapshot.size > LOOKED_AT_MOST:
        command = f"manage.py refresh --replay {run.pk} --dry-run"
        return {"fault": gettext("The document is too large to be tried here: {command}").format(command=command)}
    try:
        counts = dry_run(run.feed, FromSnapshot(run))
    except (FeedError, NotObtainedError, TableError, GuardError) as error:
        return {"fault": str(error)}
    return {"looked": _numbers(counts), "lines": counts.table, "rejections": counts.rejections[:SHOWN_REJECTIONS]}


def _numbers(counts: Counts | Run) -> str:
    told = ((getattr(counts, name), cast("Field[Any, Any]", Run._meta.get_field(name))) for name in COUNTS)
    return ", ".join(f"{number} {field.verbose_name}" for number, field in told if number) or gettext("nothing read")


def _chunks(snapshot: Snapshot) -> Iterator[bytes]:
    with opened(snapshot) as file:
        while chunk := file.read(CHUNK):
            yield chunk
