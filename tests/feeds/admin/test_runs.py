"""Runs in the admin: read, downloaded, and decided about by those who may."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from kombu.exceptions import OperationalError

from guide.feeds import decisions
from guide.feeds.models import Feed, Proposal, Rejection, Run, Trigger, Verdict
from guide.feeds.obtaining import FromSnapshot
from guide.feeds.refresh import refresh
from tests.admin.editing import Editor, told
from tests.feeds.admin.conftest import Feeding, a_feed, matches

Queue = list[tuple[str, int | None]]


def decide(editor: Editor, run: Run, decision: str, reason: str = "The league was halved.", seen: str = "held") -> str:
    address = reverse("admin:feeds_run_decision", args=[run.pk])
    data = {"decision": decision, "reason": reason, "seen": seen}
    page = editor.client.post(address, data, follow=True)
    run.refresh_from_db()
    return told(page)


def staff(*permissions: str) -> Editor:
    user = User.objects.create_user("paul", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions, content_type__app_label="feeds"))
    return Editor.logged_in(user)


def test_the_list_tells_what_each_run_did(editor: Editor, held: Run) -> None:
    page = editor.list(Run).content.decode()
    assert '<span class="verdict verdict-held">held</span> mass_deletion' in page
    assert '<span class="verdict verdict-applied">applied</span>' in page
    assert "Calendar" in page


def test_a_held_run_tells_why_and_what_it_would_change(editor: Editor, held: Run) -> None:
    page = editor.open(held).content.decode()
    assert "16 of 20 would go" in page
    assert "ggton--club-6" not in page
    before = Run.objects.count()
    look = editor.client.get(reverse("admin:feeds_run_change", args=[held.pk]) + "?look=1").content.decode()
    assert look.count("16 gone") == 2
    assert "- ligue-1--2026-27--ggton--club-6" in look
    assert Run.objects.count() == before


def test_a_document_that_can_no_longer_be_tried_says_why(editor: Editor, held: Run) -> None:
    held.feed.adapter = "gone"
    held.feed.save()
    look = editor.client.get(reverse("admin:feeds_run_change", args=[held.pk]) + "?look=1").content.decode()
    assert "“gone” is no adapter." in look


def test_a_large_document_is_tried_at_the_terminal(editor: Editor, held: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guide.feeds.admin.runs.LOOKED_AT_MOST", 10)
    look = editor.client.get(reverse("admin:feeds_run_change", args=[held.pk]) + "?look=1").content.decode()
    assert f"manage.py refresh --replay {held.pk} --dry-run" in look


def test_an_approved_document_is_applied_by_a_new_run(editor: Editor, held: Run, queue: Queue) -> None:
    assert "Approved." in decide(editor, held, "approve")
    assert held.verdict == Verdict.DROPPED
    assert held.message.startswith("Approved by mona: The league was halved.\n16 of 20 would go")
    assert queue == [("calendar", held.pk)]

    run, _ = refresh(held.feed, FromSnapshot(held), trigger=Trigger.PERSON, is_approved=True)
    assert (run.verdict, run.gone) == (Verdict.APPLIED, 16)
    page = editor.open(held).content.decode()
    assert f">run {run.pk}</a>" in page
    assert 'name="decision"' not in page


def test_an_approval_that_came_to_nothing_is_given_once_more(editor: Editor, held: Run, queue: Queue) -> None:
    decide(editor, held, "approve")
    assert 'value="drop"' not in editor.open(held).content.decode()
    assert "Approved." in decide(editor, held, "approve", seen="dropped")
    assert len(queue) == 2


def test_a_dropped_document_is_not_looked_at_again(editor: Editor, held: Run, feed_with: Feeding, queue: Queue) -> None:
    again = feed_with(held.feed, matches(4))
    assert again.verdict == Verdict.HELD
    assert "Dropped." in decide(editor, held, "drop")
    again.refresh_from_db()
    assert held.verdict == again.verdict == Verdict.DROPPED
    assert again.message.startswith("Dropped by mona: The league was halved.\n")
    assert queue == []
    assert feed_with(held.feed, matches(4)).verdict == Verdict.DROPPED


def test_two_editors_do_not_decide_about_one_run(editor: Editor, held: Run, queue: Queue) -> None:
    decide(editor, held, "drop")
    assert "Somebody else has just decided" in decide(editor, held, "approve")
    assert queue == []


def test_who_comes_second_changes_nothing(held: Run) -> None:
    other = Run.objects.get(pk=held.pk)
    decisions.drop_run(other, by="paul", reason="No.")
    with pytest.raises(decisions.UndecidableError, match="Somebody else"):
        decisions.drop_run(held, by="mona", reason="No.")
    held.refresh_from_db()
    assert held.message.count("Dropped by") == 1


def test_an_approval_that_reaches_no_worker_is_told(editor: Editor, held: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def enqueue(feed: Feed, *, run: Run | None = None) -> None:
        raise OperationalError

    monkeypatch.setattr(decisions, "enqueue", enqueue)
    page = decide(editor, held, "approve")
    assert "cannot be reached" in page
    assert "approve the run again" in page
    assert "A worker will apply" not in page


@pytest.mark.parametrize("decision", ["approve", "drop"])
def test_without_a_reason_nothing_is_decided(editor: Editor, held: Run, queue: Queue, decision: str) -> None:
    assert "Say why" in decide(editor, held, decision, reason=" ")
    assert held.verdict == Verdict.HELD


@pytest.mark.parametrize("decide_on", [decisions.approve_run, decisions.drop_run])
def test_what_was_applied_is_not_decided_about(held: Run, decide_on: Callable[..., None]) -> None:
    applied = held.feed.runs.get(verdict=Verdict.APPLIED)
    with pytest.raises(decisions.UndecidableError, match="holds nothing back"):
        decide_on(applied, by="mona", reason="No.")


def test_an_old_document_does_not_come_back(editor: Editor, held: Run, feed_with: Feeding, queue: Queue) -> None:
    newer = feed_with(held.feed, matches(21))
    assert newer.verdict == Verdict.APPLIED
    assert f"Run {newer.pk} has brought a newer document" in decide(editor, held, "approve")
    assert held.verdict == Verdict.HELD
    assert queue == []


def test_a_document_that_is_no_longer_kept_is_not_approved(editor: Editor, held: Run, queue: Queue) -> None:
    Run.objects.filter(pk=held.pk).update(snapshot=None)
    assert "no longer kept" in decide(editor, held, "approve")
    assert "Dropped." in decide(editor, held, "drop")


def test_whoever_may_only_look_decides_nothing(held: Run, queue: Queue) -> None:
    paul = staff("view_run")
    page = paul.client.get(reverse("admin:feeds_run_change", args=[held.pk]) + "?look=1").content.decode()
    assert 'name="decision"' not in page
    assert "- Genk - Club 6" not in page
    address = reverse("admin:feeds_run_decision", args=[held.pk])
    assert paul.client.post(address, {"decision": "drop", "reason": "No.", "seen": "held"}).status_code == 403
    held.refresh_from_db()
    assert held.verdict == Verdict.HELD


def test_a_decision_is_posted(editor: Editor, held: Run) -> None:
    assert editor.client.get(reverse("admin:feeds_run_decision", args=[held.pk])).status_code == 405


def test_the_document_is_handed_out_as_text(editor: Editor, held: Run) -> None:
    response: Any = editor.client.get(reverse("admin:feeds_run_document", args=[held.pk]))
    assert b"".join(response.streaming_content).decode() == matches(4)
    assert response["Content-Type"] == "text/plain"
    assert response["Content-Disposition"] == f'attachment; filename="calendar-run-{held.pk}.txt"'
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_document_that_is_not_kept_is_not_found(editor: Editor, held: Run) -> None:
    Run.objects.filter(pk=held.pk).update(snapshot=None)
    for number in (held.pk, 999_999):
        assert editor.client.get(reverse("admin:feeds_run_document", args=[number])).status_code == 404
    assert "Not kept." in editor.open(held).content.decode()


def test_the_document_is_for_those_who_may_see_the_runs(held: Run) -> None:
    assert staff("view_feed").client.get(reverse("admin:feeds_run_document", args=[held.pk])).status_code == 403


def test_no_run_is_written_by_hand(superuser: Editor, held: Run) -> None:
    for model in (Run, Rejection, Proposal):
        name = f"admin:feeds_{model._meta.model_name}_add"
        assert superuser.client.get(reverse(name)).status_code == 403
    assert superuser.delete(held).status_code == 403
    assert superuser.client.post(reverse("admin:feeds_run_change", args=[held.pk]), {}).status_code == 403


def test_a_run_that_never_was_leads_back(editor: Editor, db: None) -> None:
    response = editor.client.get(reverse("admin:feeds_run_change", args=[999_999]))
    assert response.status_code == 302


def test_a_run_counts_its_rejections_and_leads_to_them(editor: Editor, feed_with: Feeding) -> None:
    document = matches(60) + "61,1,soon,Park,Aaton,Club 61,\n62,1,later,Park,Aaton,Club 62,\n"
    run = feed_with(a_feed(), document)
    assert (run.verdict, run.rejected) == (Verdict.APPLIED, 2)
    page = editor.open(run).content.decode()
    query = f"?of=all&amp;run__id__exact={run.pk}&amp;code=bad_date"
    assert query in page
    rows = editor.list(Rejection, query.replace("&amp;", "&")).context["cl"].result_list
    assert len(rows) == 2
