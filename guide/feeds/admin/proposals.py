"""Proposals in the admin: what a feed would change, side by side with what stands, and the editor's word on it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import get_permission_codename
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guide.feeds.admin.marks import STYLES
from guide.feeds.decisions import UnpublishedError, approve_proposals
from guide.feeds.models import Decision, Proposal
from guide.feeds.proposals import TABLES, refuse
from guide.publication.admin import ReadOnlyAdmin
from guide.publication.admin.published import NAMED_AT_MOST, reasons_of
from guide.publication.differences import differences


class DecisionFilter(admin.SimpleListFilter):
    """The list begins with what waits."""

    title = _("decision")
    parameter_name = "decision"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        decided = [choice for choice in Decision.choices if choice[0] != Decision.OPEN]
        return [*decided, ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        waiting, *others = super().choices(changelist)
        yield {**waiting, "display": Decision.OPEN.label}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Proposal]) -> QuerySet[Proposal]:
        value = self.value() or Decision.OPEN
        return queryset if value == "all" else queryset.filter(decision=value)


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    actions = ("approve", "refuse")
    list_display = ("key", "table", "feed", "sort", "note", "decision")
    list_filter = (
        DecisionFilter,
        ("feed", admin.RelatedOnlyFieldListFilter),
        ("table", admin.AllValuesFieldListFilter),
    )
    list_select_related = ("feed",)
    search_fields = ("key", "note", "feed__name")
    search_help_text = _("Key, words of the note, or feed.")
    change_form_template = "feeds/proposal.html"
    fieldsets = (
        (None, {"fields": (("table", "key"), "feed", "sort", "note", "difference")}),
        (_("As given"), {"fields": ("given",)}),
        (_("Decision"), {"fields": ("decision", ("decided_by", "decided_at"), "created_at")}),
    )

    class Media:
        css = STYLES

    @admin.display(description=_("what"))
    def sort(self, proposal: Proposal) -> str:
        if proposal.before is None:
            return gettext("new")
        changed = [difference.column for difference in differences(proposal.before, proposal.after)]
        return gettext("agrees") if changed == ["evidence"] else gettext("changes")

    @admin.display(description=_("difference"))
    def difference(self, proposal: Proposal) -> SafeString:
        found = differences(proposal.before, proposal.after)
        return render_to_string("publication/differences.html", {"differences": found})

    @admin.display(description=_("as given"))
    def given(self, proposal: Proposal) -> SafeString | str:
        """The claims, each with what it says and nothing of what it leaves open."""
        return format_html_join(
            "", '<p class="feeds-given">{}</p>', ((_told(claim),) for claim in proposal.claims)
        ) or gettext("Nothing.")

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        proposal = self.get_object(request, object_id)
        may_refuse = may_approve = False
        if isinstance(proposal, Proposal) and proposal.decision == Decision.OPEN:
            may_refuse = self.has_refuse_permission(request)
            may_approve = may_refuse and proposal.table in _publishable_tables(request)
        decidable = {"proposal": proposal, "may_approve": may_approve, "may_refuse": may_refuse}
        return super().change_view(request, object_id, form_url, {**decidable, **(extra_context or {})})

    # Deciding

    def has_refuse_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("feeds.change_proposal")

    def has_approve_permission(self, request: HttpRequest) -> bool:
        """What is approved is published in a table: whoever may change none has nothing to approve."""
        return self.has_refuse_permission(request) and bool(_publishable_tables(request))

    @admin.action(
        description=_("Approve: publish what is proposed, all of it or nothing; what is outdated leaves the queue"),
        permissions=["approve"],
    )
    def approve(self, request: HttpRequest, queryset: QuerySet[Proposal]) -> None:
        tables = _publishable_tables(request)
        if left := list(queryset.exclude(table__in=tables).order_by("pk")):
            text = gettext("Left as they were, because you may not change these tables: {rows}.")
            self._tell(request, messages.WARNING, text, left)
        chosen = queryset.filter(table__in=tables).order_by("pk")
        try:
            decided = approve_proposals(chosen, by=request.user.get_username())
        except UnpublishedError as error:
            self._tell_outdated(request, error.outdated)
            told = " ".join(str(problem).removeprefix(": ") for problem in reasons_of(error.reason))
            text = gettext("Nothing was published. {reasons}").format(reasons=told)
            self.message_user(request, text, messages.ERROR)
            return
        self._tell_outdated(request, decided.outdated)
        if decided.approved or not (left or decided.outdated):
            text = gettext("Published: {count}.").format(count=len(decided.approved))
            self.message_user(request, text, messages.SUCCESS)

    def _tell_outdated(self, request: HttpRequest, outdated: Sequence[Proposal]) -> None:
        if outdated:
            text = gettext("Outdated, because the rows have changed since this was proposed: {rows}.")
            self._tell(request, messages.WARNING, text, outdated)

    def _tell(self, request: HttpRequest, level: int, text: str, proposals: Sequence[Proposal]) -> None:
        named = ", ".join(str(proposal) for proposal in proposals[:NAMED_AT_MOST])
        more = len(proposals) - NAMED_AT_MOST
        self.message_user(request, text.format(rows=named + (f" (+{more})" if more > 0 else "")), level)

    @admin.action(description=_("Refuse: do not propose this again"), permissions=["refuse"])
    def refuse(self, request: HttpRequest, queryset: QuerySet[Proposal]) -> None:
        done = refuse(queryset, by=request.user.get_username())
        self.message_user(request, gettext("Refused: {count}.").format(count=len(done)), messages.SUCCESS)


def _publishable_tables(request: HttpRequest) -> list[str]:
    """The names of the tables that this person may change."""
    return [name for name, table in TABLES.items() if request.user.has_perm(_permission(table.model._meta))]


def _permission(options: Any) -> str:
    return f"{options.app_label}.{get_permission_codename('change', options)}"


def _told(claim: Any) -> str:
    if not isinstance(claim, dict):
        return str(claim)
    said = {name: value for name, value in claim.items() if value not in (None, "", [], "unknown")}
    return "\n".join(f"{name}: {', '.join(map(str, v)) if isinstance(v, list) else v}" for name, v in said.items())
