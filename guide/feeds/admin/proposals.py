"""Proposals in the admin: what a feed would change, side by side with what stands, and the editor's word on it."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guide.feeds.admin.marks import STYLES
from guide.feeds.decisions import approve_proposals
from guide.feeds.models import Decision, Proposal
from guide.feeds.proposals import OutdatedError, refuse
from guide.publication.admin import ReadOnlyAdmin
from guide.publication.admin.published import REFUSED, reasons_of
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
        is_open = isinstance(proposal, Proposal) and proposal.decision == Decision.OPEN
        decidable = {
            "proposal": proposal,
            "may_approve": is_open and self.has_approve_permission(request),
            "may_refuse": is_open and self.has_refuse_permission(request),
        }
        return super().change_view(request, object_id, form_url, {**decidable, **(extra_context or {})})

    # Deciding

    def has_refuse_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("feeds.change_proposal")

    def has_approve_permission(self, request: HttpRequest) -> bool:
        """What is approved is published as a right."""
        return self.has_refuse_permission(request) and request.user.has_perm("rights.change_right")

    @admin.action(description=_("Approve: publish what is proposed, all of it or nothing"), permissions=["approve"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Proposal]) -> None:
        try:
            done = approve_proposals(queryset.order_by("pk"), by=request.user.get_username())
        except OutdatedError as error:
            told = str(error)
        except REFUSED as error:
            told = " ".join(str(problem).removeprefix(": ") for problem in reasons_of(error))
        else:
            text = gettext("Published: {count}.").format(count=len(done))
            self.message_user(request, text, messages.SUCCESS)
            return
        self.message_user(request, gettext("Nothing was published. {reasons}").format(reasons=told), messages.ERROR)

    @admin.action(description=_("Refuse: do not propose this again"), permissions=["refuse"])
    def refuse(self, request: HttpRequest, queryset: QuerySet[Proposal]) -> None:
        done = refuse(queryset, by=request.user.get_username())
        self.message_user(request, gettext("Refused: {count}.").format(count=len(done)), messages.SUCCESS)


def _told(claim: Any) -> str:
    if not isinstance(claim, dict):
        return str(claim)
    said = {name: value for name, value in claim.items() if value not in (None, "", [], "unknown")}
    return "\n".join(f"{name}: {', '.join(map(str, v)) if isinstance(v, list) else v}" for name, v in said.items())
