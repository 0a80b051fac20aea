"""Changing rows: every save is published with the editor's name and reason, and nothing that has not changed is."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import IntegrityError
from django.utils import timezone

from broadcasters.models import Broadcaster, Country
from competitions.models import Competition
from guide import bundled
from guide.publication.admin import published
from guide.publication.admin.forms import ReasonForm
from guide.publication.checking import problems_of_rows
from guide.publication.locking import field_labels
from guide.publication.models import Change, PublicModel
from guide.publication.reconcile import Outcome
from guide.rights.models import Evidence, Right
from tests.admin.editing import PAGE, PUBLIC_ADMINS, Editor, form_data, inline, last_change, record_of, revision, told

DAZN = "serie-a--dazn-it--2024"
EMPTY = {"Finding", "Blackout"}
FILLED = [model for model in PUBLIC_ADMINS if model.__name__ not in EMPTY]
TEXTS = ("note", "name", "includes", "label", "publisher")


def test_every_public_model_is_in_the_admin_and_publishes() -> None:
    assert {model for model in apps.get_models() if issubclass(model, PublicModel)} == set(PUBLIC_ADMINS)


@pytest.mark.usefixtures("match")
@pytest.mark.parametrize("model", FILLED, ids=lambda model: model.__name__)
def test_a_change_is_published_with_name_and_reason_and_locks_its_field(editor: Editor, model: Any) -> None:
    row = model.objects.order_by("pk").first()
    field = next(name for name in TEXTS if name in {field.name for field in model._meta.get_fields()})
    before, known = revision(), Change.objects.count()
    response = editor.change(row, **{field: "Seen", "change_reason": "The source was read again."})
    assert response.status_code == 302, told(response)
    assert revision() == before + 1
    assert Change.objects.count() == known + 1
    change = last_change()
    assert (change.actor, change.reason, change.action) == ("mona", "The source was read again.", "changed")
    assert record_of(change.before)[field] != "Seen"
    assert record_of(change.after)[field] == "Seen"
    row.refresh_from_db()
    assert (row.is_locked, row.locked_fields) == (False, (field,))


@pytest.mark.usefixtures("match")
@pytest.mark.parametrize("model", FILLED, ids=lambda model: model.__name__)
def test_saving_without_a_change_leaves_everything_as_it_was(editor: Editor, model: Any) -> None:
    row = model.objects.order_by("pk").first()
    before = revision()
    assert editor.change(row, change_reason="For nothing").status_code == 302
    assert revision() == before
    assert model.objects.get(pk=row.pk).updated_at == row.updated_at
    assert locks(model.objects.get(pk=row.pk)) == (False, ())


def locks(row: PublicModel) -> tuple[bool, tuple[str, ...]]:
    return row.is_locked, row.locked_fields


@pytest.mark.once
def test_all_bundled_rows_may_be_saved_as_they_are(bundled_data: None) -> None:
    for table, _name in bundled.FILES:
        records = [row.record for row in table.stored().values()]
        assert problems_of_rows(table, records[:60]) == []


def test_a_change_beside_the_row_is_a_change_of_the_row(editor: Editor) -> None:
    right = Right.objects.get(key=DAZN)
    kept = right.evidence.count()
    response = editor.change(right, **new_page(right))
    assert response.status_code == 302, told(response)
    change = last_change()
    assert (change.action, change.key) == ("changed", DAZN)
    assert len(record_of(change.after)["evidence"]) == kept + 1
    assert locks(Right.objects.get(key=DAZN)) == (False, ("evidence",))
    assert Right.objects.get(key=DAZN).updated_at > right.updated_at


def new_page(right: Right) -> dict[str, Any]:
    return inline("evidence", PAGE, kept=right.evidence.count())


def test_pages_of_one_position_are_numbered(editor: Editor) -> None:
    right = Right.objects.get(key=DAZN)
    editor.change(right, **new_page(right))
    positions = Evidence.objects.filter(right=right).order_by("position").values_list("position", flat=True)
    assert list(positions) == list(range(len(positions)))


def test_a_second_page_of_another_host_makes_a_claim_confirmed(editor: Editor) -> None:
    right = Right.objects.over_claimed().order_by("key").first()
    assert right is not None
    editor.change(right, **new_page(right))
    right.refresh_from_db()
    assert right.confidence == "confirmed"


def test_without_its_last_page_a_right_is_no_longer_published(editor: Editor) -> None:
    right = Right.objects.get(key=DAZN)
    gone = {f"evidence-{number}-DELETE": "on" for number in range(right.evidence.count())}
    assert editor.change(right, **gone).status_code == 302
    right.refresh_from_db()
    assert not right.is_published
    assert not right.right_countries.filter(is_published=True).exists()


def test_countries_come_and_go(editor: Editor) -> None:
    right = Right.objects.get(key=DAZN)
    assert editor.change(right, in_countries=["SM", "VA"]).status_code == 302
    assert sorted(right.right_countries.values_list("country", flat=True)) == ["SM", "VA"]
    assert record_of(last_change().after)["countries"] == ["SM", "VA"]
    assert locks(Right.objects.get(key=DAZN)) == (False, ("countries",))


def test_a_right_that_moves_takes_its_countries_along(editor: Editor) -> None:
    right = Right.objects.get(key=DAZN)
    assert editor.change(right, first_day="2024-08-01").status_code == 302
    assert {str(place.from_day) for place in right.right_countries.all()} == {"2024-08-01"}


def test_a_lock_alone_is_no_public_change(editor: Editor) -> None:
    right = Right.objects.get(key=DAZN)
    before = revision()
    assert editor.change(right, is_locked="on").status_code == 302
    assert revision() == before
    assert Right.objects.get(key=DAZN).is_locked


def test_an_editor_may_change_a_row_and_leave_it_to_the_refresh(editor: Editor) -> None:
    Right.objects.filter(key=DAZN).update(is_locked=True)
    data = form_data(editor.open(right := Right.objects.get(key=DAZN)))
    del data["is_locked"]
    editor.client.post(f"/admin/rights/right/{right.pk}/change/", data | {"note": "Of an editor."})
    assert locks(Right.objects.get(key=DAZN)) == (False, ("note",))
    editor.change(right, note="For the refresh.", locked_fields=[])
    assert Right.objects.get(key=DAZN).note == "For the refresh."
    assert locks(Right.objects.get(key=DAZN)) == (False, ())


def test_fields_are_locked_one_after_the_other_and_unlocked_alone(editor: Editor) -> None:
    right = Right.objects.get(key=DAZN)
    editor.change(right, note="Of an editor.")
    editor.change(right, first_day="2024-08-01")
    assert locks(Right.objects.get(key=DAZN)) == (False, ("first_day", "note"))
    page = editor.open(right).content.decode()
    assert page.count('name="locked_fields"') == page.count(
        'name="locked_fields"', page.index("Where the row comes from")
    )
    assert "2 fields locked" in editor.list(Right, f"?q={DAZN}&locked=fields").content.decode()
    before = revision()
    editor.change(right, locked_fields=["first_day"])
    assert (revision(), locks(Right.objects.get(key=DAZN))) == (before, (False, ("first_day",)))
    editor.change(right, locked_fields=["first_day", "access"])
    assert locks(Right.objects.get(key=DAZN)) == (False, ("first_day", "access"))


def test_a_field_that_there_is_not_is_not_locked(editor: Editor) -> None:
    assert "locked_fields" in told(editor.change(Right.objects.get(key=DAZN), locked_fields=["key"]))


def test_what_an_editor_adds_needs_no_lock(editor: Editor) -> None:
    assert editor.add(Country, code="ZZ", name="Nowhere", time_zone="Europe/Rome").status_code == 302
    country = Country.objects.get(code="ZZ")
    assert (country.origin, *locks(country)) == ("editor", False, ())


def test_a_refresh_changes_what_is_not_locked_and_the_rest_once_it_is_unlocked(editor: Editor) -> None:
    right = Right.objects.get(key=DAZN)
    note = right.note
    editor.change(right, note="Of an editor.")
    Right.objects.filter(key=DAZN).update(coverage_note="Out of date.")
    assert outcome_of_rights().changed == (DAZN,)
    right.refresh_from_db()
    assert (right.note, right.coverage_note != "Out of date.") == ("Of an editor.", True)
    assert outcome_of_rights().kept == (DAZN,)
    editor.act("unlock", right)
    assert outcome_of_rights().changed == (DAZN,)
    right.refresh_from_db()
    assert right.note == note


def outcome_of_rights() -> Outcome:
    (outcome,) = [outcome for outcome in bundled.load() if outcome.table == "rights"]
    return outcome


@pytest.mark.parametrize("model", PUBLIC_ADMINS, ids=lambda model: model.__name__)
def test_all_fields_of_a_row_may_be_locked(model: Any) -> None:
    (table,) = [table for table, _name in bundled.FILES if table.model is model]
    field = model._meta.get_field("locked_fields")
    assert len(field.get_prep_value(list(field_labels(table)))) <= field.max_length


def test_line_breaks_of_browsers_are_line_breaks_of_documents(editor: Editor) -> None:
    editor.change(Right.objects.get(key=DAZN), note="One\r\nTwo")
    assert Right.objects.get(key=DAZN).note == "One\nTwo"


def test_a_key_never_changes(editor: Editor) -> None:
    competition = Competition.objects.get(slug="serie-a")
    assert editor.change(competition, slug="serie-b").status_code == 302
    italy = Country.objects.get(code="IT")
    assert editor.change(italy, code="XX").status_code == 302
    assert Competition.objects.filter(slug="serie-a").exists()
    assert not Country.objects.filter(code="XX").exists()


def test_a_broadcaster_is_not_its_own_ancestor(editor: Editor) -> None:
    dazn = Broadcaster.objects.get(slug="dazn")
    response = editor.change(dazn, parent=Broadcaster.objects.get(slug="dazn-it").pk)
    assert "leads back to this one" in told(response)
    assert Broadcaster.objects.get(slug="dazn").parent is None


def test_two_editors_do_not_overwrite_each_other(editor: Editor, superuser: Editor) -> None:
    right = Right.objects.get(key=DAZN)
    opened = form_data(editor.open(right))
    superuser.change(right, note="The first")
    response = editor.client.post(f"/admin/rights/right/{right.pk}/change/", opened | {"note": "The second"})
    assert "has been changed since you opened it" in told(response)
    assert Right.objects.get(key=DAZN).note == "The first"


def test_who_saves_between_the_check_and_the_writing_is_not_overwritten(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = Right.objects.get(key=DAZN)
    check = ReasonForm._check_version

    def checked_too_early(form: Any, version: str | None) -> None:
        check(form, version)
        Right.objects.filter(pk=right.pk).update(note="The first", updated_at=timezone.now())

    monkeypatch.setattr(ReasonForm, "_check_version", checked_too_early)
    response = editor.change(right, note="The second")
    assert "Somebody else has just saved this row" in told(response)
    right.refresh_from_db()
    assert right.note == "The first"


def test_who_loses_a_race_is_told(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    # The database's own word: it comes when another process has written in between.
    def too_late(*_arguments: Any) -> None:
        raise IntegrityError("duplicate key")

    monkeypatch.setattr(published, "problems_of_rows", too_late)
    before = revision()
    response = editor.change(Right.objects.get(key=DAZN), note="Late")
    assert "Somebody else has just saved something" in told(response)
    assert "was changed successfully" not in told(response)
    assert (revision(), Right.objects.get(key=DAZN).is_locked) == (before, False)


def test_who_may_only_look_sees_the_row_and_saves_nothing(editor: Editor) -> None:
    right = Right.objects.get(key=DAZN)
    mona = editor.open(right).context["user"]
    mona.groups.clear()
    mona.user_permissions.add(Permission.objects.get(codename="view_right"))
    page = editor.client.get(f"/admin/rights/right/{right.pk}/change/")
    assert page.status_code == 200
    assert "IT" in page.content.decode()
    assert editor.client.post(f"/admin/rights/right/{right.pk}/change/", {"note": "x"}).status_code == 403
