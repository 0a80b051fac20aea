"""Proposals in the admin: shown side by side with what stands, approved all together or not at all."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User

from broadcasters.catalogue import SERVICES
from broadcasters.models import Service
from competitions.catalogue import EVENTS
from competitions.models import Event
from guide.feeds.models import Decision, Feed, Proposal, Run, Verdict
from guide.feeds.proposals import Wish, propose
from guide.publication.records import Record
from guide.rights.models import Right
from guide.rights.reconcile import RIGHTS
from guide.rights.records import RightRecord
from tests.admin.editing import Editor, last_change, revision, told
from tests.factories import NOW, a_broadcaster, a_league, a_page, a_right, a_service, a_team, an_event, write
from tests.feeds.admin.conftest import a_feed

CLAIM = {"competition": "Ligue Test", "broadcaster": "Holder", "season": "", "languages": ["it"], "text": "<b>Holder"}


@pytest.fixture
def claims(empty_guide: None) -> Feed:
    write(*a_league(), a_broadcaster(), a_broadcaster("other"), a_service())
    return a_feed("claims", kind="claims", adapter="claims-by-country")


def of(feed: Feed) -> Run:
    return Run.objects.create(feed=feed, started_at=NOW, ended_at=NOW, verdict=Verdict.APPLIED)


def proposed(feed: Feed, after: RightRecord, before: Record | None = None, **wish: Any) -> Proposal:
    values = {"note": "Nothing else is on record there.", "claims": [CLAIM]} | wish
    assert propose(of(feed), Wish(table=RIGHTS, key=after.key, before=before, after=after, **values))
    return Proposal.objects.get(key=after.key)


def stored(key: str) -> RightRecord:
    record: RightRecord = RIGHTS.stored([key])[key].record
    return record


def test_what_is_approved_is_published_in_the_name_of_the_editor(editor: Editor, claims: Feed) -> None:
    right = a_right()
    proposal = proposed(claims, right)
    assert "Published: 1." in told(editor.act("approve", proposal))
    row = Right.objects.get(key=right.key)
    assert (row.is_published, row.origin, row.is_locked) == (True, "feed:claims", False)
    assert (last_change().actor, last_change().key) == ("mona", right.key)
    proposal.refresh_from_db()
    assert (proposal.decision, proposal.decided_by) == (Decision.APPROVED, "mona")


def test_the_page_of_a_proposal_sends_its_decision(editor: Editor, claims: Feed) -> None:
    proposal = proposed(claims, a_right())
    page = editor.open(proposal).content.decode()
    assert 'value="approve"' in page
    assert f'name="_selected_action" value="{proposal.pk}"' in page
    editor.act("refuse", proposal)
    assert 'value="approve"' not in editor.open(proposal).content.decode()


def test_what_is_refused_does_not_come_again(editor: Editor, claims: Feed) -> None:
    proposal = proposed(claims, a_right())
    before = revision()
    assert "Refused: 1." in told(editor.act("refuse", proposal))
    proposal.refresh_from_db()
    assert (proposal.decision, proposal.decided_by, revision()) == (Decision.REFUSED, "mona", before)
    assert not propose(of(claims), Wish(RIGHTS, proposal.key, None, a_right(key=proposal.key), [CLAIM], "Once more."))
    assert not Right.objects.filter(key=proposal.key).exists()


def test_the_list_begins_with_what_waits_and_says_of_what_sort_it_is(editor: Editor, claims: Feed) -> None:
    known = a_right("other")
    write(*a_league(), a_broadcaster(), a_broadcaster("other"), a_service(), known)
    before = stored(known.key)
    new = proposed(claims, a_right())
    page = before.evidence[0].model_copy(update={"url": "https://other.example/page", "publisher": "Other"})
    agreeing = before.model_copy(update={"evidence": (*before.evidence, page)})
    agrees = proposed(claims, agreeing, before)
    options = editor.list(Proposal).context["cl"].model_admin
    assert {options.sort(one) for one in (new, agrees)} == {"new", "agrees"}
    agrees.after = {**agrees.after, "note": "Other days."}
    assert options.sort(agrees) == "changes"

    editor.act("refuse", new)
    assert list(editor.list(Proposal).context["cl"].result_list) == [agrees]
    assert list(editor.list(Proposal, "?decision=refused").context["cl"].result_list) == [new]
    assert len(editor.list(Proposal, "?decision=all").context["cl"].result_list) == 2


def test_a_proposal_shows_the_difference_and_the_claims_word_for_word(editor: Editor, claims: Feed) -> None:
    page = editor.open(proposed(claims, a_right())).content.decode()
    assert "<ins>holder</ins>" in page
    assert "broadcaster: Holder" in page
    assert "text: &lt;b&gt;Holder" in page
    assert "languages: it" in page
    assert "season:" not in page


def test_a_selection_is_approved_whole_or_not_at_all(editor: Editor, claims: Feed) -> None:
    good = proposed(claims, a_right())
    bad = proposed(claims, a_right("nobody"))
    before = revision()
    said = told(editor.act("approve", good, bad))
    assert "Nothing was published." in said
    assert "“nobody” is not in broadcasters." in said
    assert revision() == before
    assert set(Proposal.objects.values_list("decision", flat=True)) == {Decision.OPEN}


def test_two_proposals_that_collide_are_told_apart(editor: Editor, claims: Feed) -> None:
    one = proposed(claims, a_right())
    other = proposed(claims, a_right(key="another-key"))
    said = told(editor.act("approve", one, other))
    assert "Nothing was published." in said
    assert "another-key" in said
    assert not Right.objects.exists()


def test_what_has_changed_since_leaves_the_queue_and_is_named(editor: Editor, claims: Feed) -> None:
    proposal = proposed(claims, a_right())
    faster = a_right(key=proposal.key, note="Somebody was faster.")
    write(*a_league(), a_broadcaster(), a_broadcaster("other"), a_service(), faster)
    said = told(editor.act("approve", proposal))
    assert f"Outdated, because the rows have changed since this was proposed: rights {proposal.key}." in said
    assert "Published" not in said
    proposal.refresh_from_db()
    assert (proposal.decision, proposal.decided_by) == (Decision.OUTDATED, "mona")
    assert stored(proposal.key).note == "Somebody was faster."
    assert list(editor.list(Proposal).context["cl"].result_list) == []
    assert list(editor.list(Proposal, "?decision=outdated").context["cl"].result_list) == [proposal]


def of_service(feed: Feed, slug: str = "holder-stream", **values: str) -> Proposal:
    """That this be changed of a service."""
    before = SERVICES.stored([slug])[slug].record
    assert propose(of(feed), Wish(SERVICES, slug, before, before.model_copy(update=values), [], "A list says so."))
    return Proposal.objects.get(feed=feed, key=slug)


def test_of_a_selection_the_good_are_published_and_the_outdated_marked(editor: Editor, claims: Feed) -> None:
    good = proposed(claims, a_right())
    outdated = of_service(claims, url="https://holder.example/live")
    Service.objects.update(ended_on="2026")
    said = told(editor.act("approve", good, outdated))
    assert "proposed: services holder-stream." in said
    assert "Published: 1." in said
    assert Right.objects.get().key == good.key
    decisions = dict(Proposal.objects.values_list("key", "decision"))
    assert decisions == {good.key: Decision.APPROVED, "holder-stream": Decision.OUTDATED}
    assert SERVICES.stored()["holder-stream"].record.url == ""


def test_of_two_proposals_for_one_row_the_first_is_published(editor: Editor, claims: Feed) -> None:
    first = of_service(claims, url="https://holder.example/first")
    second = of_service(a_feed("second", kind="claims"), url="https://holder.example/second")
    said = told(editor.act("approve", second, first))
    assert "Published: 1." in said
    assert "Outdated" in said
    assert SERVICES.stored()["holder-stream"].record.url == "https://holder.example/first"
    assert [one.decision for one in Proposal.objects.order_by("pk")] == [Decision.APPROVED, Decision.OUTDATED]


def test_the_outdated_are_marked_even_where_nothing_is_published(editor: Editor, claims: Feed) -> None:
    bad = proposed(claims, a_right("nobody"))
    outdated = of_service(claims, url="https://holder.example/live")
    Service.objects.update(ended_on="2026")
    said = told(editor.act("approve", bad, outdated))
    assert "Nothing was published." in said
    assert "proposed: services holder-stream." in said
    assert dict(Proposal.objects.values_list("key", "decision")) == {
        bad.key: Decision.OPEN,
        "holder-stream": Decision.OUTDATED,
    }


def test_services_that_would_follow_each_other_in_a_circle_are_told_so(editor: Editor, claims: Feed) -> None:
    write(*a_league(), a_broadcaster(), a_service(), a_service("one"), a_service("two"))
    proposals = of_service(claims, "one", successor="two"), of_service(claims, "two", successor="one")
    said = told(editor.act("approve", *proposals))
    assert "Nothing was published." in said
    assert "leads back to this one" in said
    assert not Service.objects.filter(successor__isnull=False).exists()
    assert set(Proposal.objects.values_list("decision", flat=True)) == {Decision.OPEN}


def test_what_is_approved_of_a_row_that_another_keeps_is_locked(editor: Editor, claims: Feed) -> None:
    service = a_service()
    editor.act("approve", of_service(claims, url="https://holder.example/live"))
    row = Service.objects.get()
    assert (row.origin, row.locked_fields, row.is_locked) == ("test", ("url",), False)
    assert write(service.model_copy(update={"name": "New"}))["services"].changed == (service.slug,)
    row.refresh_from_db()
    assert (row.name, row.url) == ("New", "https://holder.example/live")


def test_a_time_that_is_approved_is_the_word_of_the_feed_and_no_lock(editor: Editor, claims: Feed) -> None:
    write(*a_league(), a_team(), a_team("away-club"), an_event(day="2026-11-28", precision="day"))
    before = EVENTS.stored()[an_event().key].record
    time = {"starts_at": dt.datetime(2026, 11, 28, 18, 40, tzinfo=dt.UTC), "precision": "provisional"}
    assert propose(of(claims), Wish(EVENTS, before.key, before, before.model_copy(update=time), [], "A guide says so."))
    assert "Published: 1." in told(editor.act("approve", Proposal.objects.get()))
    event = Event.objects.get()
    assert (event.starts_at, event.precision) == tuple(time.values())
    assert (event.origin, event.scheduled_by, event.locked_fields) == ("test", "feed:claims", ())
    # What is no matter of its schedule is locked as in any row.
    before = EVENTS.stored()[before.key].record
    after = before.model_copy(update={"note": "Behind closed doors."})
    assert propose(of(claims), Wish(EVENTS, before.key, before, after, [], "A guide says so."))
    editor.act("approve", Proposal.objects.get())
    assert Event.objects.get().locked_fields == ("note",)


def test_of_its_own_row_a_feed_may_go_on_proposing(editor: Editor, claims: Feed) -> None:
    proposal = proposed(claims, a_right())
    editor.act("approve", proposal)
    before = stored(proposal.key)
    editor.act("approve", proposed(claims, before.model_copy(update={"note": "New."}), before))
    row = Right.objects.get()
    assert (row.note, row.locked_fields) == ("New.", ())


def test_a_proposal_that_is_no_record_any_more_is_told_so(editor: Editor, claims: Feed) -> None:
    proposal = proposed(claims, a_right())
    Proposal.objects.update(after={**proposal.after, "kind": "rumour"})
    said = told(editor.act("approve", proposal))
    assert "Nothing was published." in said
    assert "kind" in said


@pytest.mark.parametrize(
    ("codenames", "offered"),
    [
        (("view_proposal",), set()),
        (("view_proposal", "change_proposal"), {"refuse"}),
        (("view_proposal", "change_proposal", "change_right"), {"approve", "refuse"}),
        (("view_proposal", "change_right"), set()),
    ],
)
def test_who_publishes_may_change_rights(claims: Feed, codenames: tuple[str, ...], offered: set[str]) -> None:
    paul = User.objects.create_user("paul", is_staff=True)
    paul.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    editor = Editor.logged_in(paul)
    proposal = proposed(claims, a_right())
    page = editor.open(proposal).content.decode()
    assert {word for word in ("approve", "refuse") if f'value="{word}"' in page} == offered
    for action in {"approve", "refuse"} - offered:
        editor.act(action, proposal)
    proposal.refresh_from_db()
    assert proposal.decision == Decision.OPEN


@pytest.mark.parametrize(("codename", "approved"), [("change_service", "services"), ("change_right", "rights")])
def test_who_may_change_one_table_publishes_in_that_alone(claims: Feed, codename: str, approved: str) -> None:
    paul = User.objects.create_user("paul", is_staff=True)
    codenames = ("view_proposal", "change_proposal", codename)
    paul.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    editor = Editor.logged_in(paul)
    proposals = [of_service(claims, url="https://holder.example/live"), proposed(claims, a_right())]
    offered = [one.table for one in proposals if 'value="approve"' in editor.open(one).content.decode()]
    assert offered == [approved]
    said = told(editor.act("approve", *proposals))
    left = next(one for one in proposals if one.table != approved)
    assert f"Left as they were, because you may not change these tables: {left}." in said
    assert "Published: 1." in said
    decisions = dict(Proposal.objects.values_list("table", "decision"))
    assert decisions == {approved: Decision.APPROVED, left.table: Decision.OPEN}
    said = told(editor.act("approve", left))
    assert "Left as they were" in said
    assert "Published" not in said


def test_evidence_of_a_proposal_is_escaped(editor: Editor, claims: Feed) -> None:
    hostile = "<script>alert(1)</script>"
    right = a_right(evidence=[a_page() | {"title": hostile}])
    proposal = proposed(claims, right, note=hostile, claims=[{"text": hostile}, hostile])
    for page in (editor.open(proposal), editor.list(Proposal)):
        assert hostile not in page.content.decode()
        assert "&lt;script&gt;" in page.content.decode()
