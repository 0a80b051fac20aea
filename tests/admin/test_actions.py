"""What is done to rows in a list, and deleting."""

from typing import Any

import pytest

from broadcasters.models import Broadcaster, Offer, Service
from competitions.models import Competition, Season
from guide import bundled
from guide.publication.models import Change
from guide.rights.models import Right
from tests.admin.editing import (
    PAGE,
    PUBLIC_ADMINS,
    Editor,
    address,
    inline,
    last_change,
    record_of,
    revision,
    told,
)

DAZN = "serie-a--dazn-it--2024"


@pytest.fixture
def right(bundled_data: None) -> Right:
    return Right.objects.get(key=DAZN)


def test_what_is_withdrawn_is_out_of_the_answers_and_comes_back(editor: Editor, right: Right) -> None:
    before = revision()
    page = editor.act("withdraw", right, reason="The contract was ended.")
    assert "Withdrawn: 1." in told(page)
    change = last_change()
    assert (change.action, change.key, change.actor) == ("withdrawn", DAZN, "mona")
    assert (change.reason, change.after) == ("The contract was ended.", None)
    right.refresh_from_db()
    assert (right.is_published, right.is_locked, revision()) == (False, True, before + 1)
    assert not right.right_countries.filter(is_published=True).exists()

    page = editor.act("restore", right, reason="It was not.")
    assert "Restored: 1." in told(page)
    assert (last_change().action, record_of(last_change().after)["key"]) == ("restored", DAZN)
    right.refresh_from_db()
    assert (right.is_published, right.withdrawn_at, revision()) == (True, None, before + 2)


def test_a_refresh_leaves_what_an_editor_withdrew(editor: Editor, right: Right) -> None:
    editor.act("withdraw", right, reason="The contract was ended.")
    bundled.load()
    right.refresh_from_db()
    assert right.withdrawn_at is not None


@pytest.mark.parametrize("action", ["withdraw", "restore"])
def test_without_a_reason_nothing_happens(editor: Editor, right: Right, action: str) -> None:
    before = revision()
    assert "Say why" in told(editor.act(action, right))
    assert revision() == before


def test_a_reason_that_the_log_cannot_hold_is_no_reason(editor: Editor, right: Right) -> None:
    before = revision()
    assert editor.act("withdraw", right, reason="x" * 301).status_code == 200
    assert revision() == before


def test_two_rights_that_would_overlap_are_not_both_restored(editor: Editor, right: Right) -> None:
    editor.act("withdraw", right, reason="Replaced.")
    twin = Right.objects.get(pk=right.pk)
    twin.pk, twin.key, twin.public_id = None, f"{DAZN}-twin", "rgt_twin"
    twin.withdrawn_at, twin._state.adding = None, True
    twin.save()
    editor.change(twin, in_countries=["IT"], **inline("evidence", PAGE))
    assert Right.objects.get(pk=twin.pk).is_published
    page = editor.act("restore", right, reason="Back.")
    assert f"{DAZN}-twin" in told(page)
    right.refresh_from_db()
    assert right.withdrawn_at is not None


def test_a_row_that_others_name_is_not_withdrawn(editor: Editor) -> None:
    page = editor.act("withdraw", Competition.objects.get(slug="serie-a"), reason="Gone.")
    assert "others name these rows" in told(page)
    assert "rights: serie-a--" in told(page)
    assert "offers: " in told(page)
    page = editor.act("withdraw", Service.objects.filter(rights__isnull=False)[0], reason="Gone.")
    assert "rights: " in told(page)
    assert Competition.objects.standing().filter(slug="serie-a").exists()


def test_a_row_does_not_come_back_before_what_it_names(editor: Editor) -> None:
    season = Season.objects.get(key="serie-a--2024-25")
    editor.act("withdraw", season, reason="Wrong.")
    Competition.objects.filter(slug="serie-a").update(withdrawn_at=season.created_at)
    page = editor.act("restore", season, reason="Right.")
    assert "serie-a--2024-25, competition: “serie-a” is not in competitions." in told(page)
    season.refresh_from_db()
    assert season.withdrawn_at is not None


def test_locking_is_nobodys_business_but_the_editors(editor: Editor, right: Right) -> None:
    other = Right.objects.exclude(pk=right.pk)[0]
    before, known = revision(), Change.objects.count()
    assert "Locked: 2." in told(editor.act("lock", right, other))
    assert Right.objects.filter(is_locked=True).count() == 2
    Right.objects.filter(pk=right.pk).update(locked_fields=("note",))
    assert "Unlocked: 1." in told(editor.act("unlock", right))
    right.refresh_from_db()
    assert (right.is_locked, right.locked_fields) == (False, ())
    Right.objects.filter(pk=right.pk).update(locked_fields=("note",))
    assert "Unlocked: 1." in told(editor.act("unlock", right))
    assert "Unlocked: 0." in told(editor.act("unlock", right))
    assert (revision(), Change.objects.count()) == (before, known)


@pytest.mark.parametrize("model", PUBLIC_ADMINS, ids=lambda model: model.__name__)
def test_editors_withdraw_and_do_not_delete(editor: Editor, model: Any) -> None:
    page = editor.list(model)
    offered = {name for name, _label in page.context["cl"].model_admin.get_action_choices(page.wsgi_request)}
    assert offered == {"", "withdraw", "restore", "lock", "unlock"}
    if row := model.objects.first():
        assert editor.client.post(address(model, "delete", row.pk), {"post": "yes", "reason": "x"}).status_code == 403


def test_a_superuser_deletes_a_slip_and_says_why(superuser: Editor, right: Right) -> None:
    before = revision()
    assert "Say why" in told(superuser.delete(right))
    assert revision() == before
    assert "was deleted successfully" in told(superuser.delete(right, reason="Typed twice."))
    assert revision() == before + 1
    change = last_change()
    assert (change.action, change.key, change.reason, change.after) == ("deleted", DAZN, "Typed twice.", None)
    assert record_of(change.before)["broadcaster"] == "dazn-it"


def test_a_row_that_others_name_is_not_deleted(superuser: Editor) -> None:
    service = Service.objects.filter(rights__isnull=False)[0]
    page = superuser.client.get(address(Service, "delete", service.pk)).content.decode()
    assert "rights: " in page
    superuser.delete(service, reason="Gone.")
    assert Service.objects.filter(pk=service.pk).exists()


def test_the_reason_of_a_deletion_is_asked_for(superuser: Editor, right: Right) -> None:
    page = superuser.client.get(address(Right, "delete", right.pk)).content.decode()
    assert 'name="reason"' in page
    assert "withdrawn instead" in page


def test_editors_have_no_users_and_no_sessions(editor: Editor) -> None:
    for path in ("/admin/auth/user/", "/admin/auth/group/", "/admin/axes/accesslog/"):
        assert editor.client.get(path).status_code == 403
    assert editor.list(Broadcaster).status_code == 200
    assert editor.list(Offer).status_code == 200
