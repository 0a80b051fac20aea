"""Every public model in the admin: what an editor saves is published with the editor's name and reason."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from guide.publication.admin import PublishedAdmin
from guide.publication.models import Change, PublicModel, Revision
from guide.rights.models import Evidence, Right, RightCountry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]

PUBLIC_ADMINS = [model for model, options in admin.site._registry.items() if isinstance(options, PublishedAdmin)]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("mona", "mona@guide.example", "not a secret 1"))
    return client


def revision() -> int:
    return Revision.objects.get().number


def record_of(value: dict[str, Any] | None) -> dict[str, Any]:
    assert value is not None
    return value


def address(model: type[Any], page: str, *arguments: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=arguments)


def form_data(response: Any) -> dict[str, Any]:
    """What a browser would send back if the editor pressed save."""
    data: dict[str, Any] = {}
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                data[bound.html_name] = value
    return data


def test_every_public_model_is_in_the_admin_and_publishes() -> None:
    public = {model for model in apps.get_models() if issubclass(model, PublicModel)}
    assert public == set(PUBLIC_ADMINS)


@pytest.mark.parametrize("model", PUBLIC_ADMINS, ids=lambda model: model.__name__)
def test_the_list_costs_the_same_however_long_it_is(
    editor: Client, model: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(8):  # session, user, two counts, the rows, filters
        assert editor.get(address(model, "changelist")).status_code == 200


@pytest.mark.parametrize(
    "model",
    [model for model in PUBLIC_ADMINS if model.__name__ not in {"Finding", "Blackout"}],
    ids=lambda model: model.__name__,
)
def test_changing_a_row_publishes_it(editor: Client, model: Any) -> None:
    row = model.objects.order_by("pk").first()
    page = editor.get(address(model, "change", row.pk))
    data = form_data(page)
    field = next(
        name
        for name in ("note", "name", "includes", "label")
        if name in data or name in page.context["adminform"].form.fields
    )
    before, known = revision(), Change.objects.count()
    response = editor.post(
        address(model, "change", row.pk), {**data, field: "Seen", "change_reason": "The source was read again."}
    )
    assert response.status_code == 302, response.context["errors"]
    assert revision() == before + 1
    change = Change.objects.latest("id")
    assert Change.objects.count() == known + 1
    assert (change.actor, change.reason, change.action) == ("mona", "The source was read again.", "changed")
    assert change.before != change.after
    assert record_of(change.after)[field] == "Seen"
    row.refresh_from_db()
    assert row.is_locked


@pytest.mark.parametrize("model", PUBLIC_ADMINS, ids=lambda model: model.__name__)
def test_saving_without_a_change_publishes_nothing(editor: Client, model: Any) -> None:
    row = model.objects.order_by("pk").first()
    if row is None:
        return
    before = revision()
    data = form_data(editor.get(address(model, "change", row.pk)))
    assert editor.post(address(model, "change", row.pk), data).status_code == 302
    assert revision() == before
    row.refresh_from_db()
    assert not row.is_locked


def test_deleting_a_right_publishes_it(editor: Client) -> None:
    right = Right.objects.get(key="serie-a--dazn-it--2024")
    before = revision()
    assert editor.post(address(Right, "delete", right.pk), {"post": "yes"}).status_code == 302
    assert revision() == before + 1
    change = Change.objects.latest("id")
    assert (change.action, change.key, change.after) == ("deleted", "serie-a--dazn-it--2024", None)
    assert record_of(change.before)["broadcaster"] == "dazn-it"


def new_right(**changes: Any) -> dict[str, Any]:
    formsets = {"right_countries": 1, "evidence": 1}
    management = {
        f"{prefix}-{name}": value
        for prefix, total in formsets.items()
        for name, value in {"TOTAL_FORMS": total, "INITIAL_FORMS": 0}.items()
    }
    competition = Right.objects.get(key="serie-a--dazn-it--2024").competition_id
    broadcaster = Right.objects.get(key="serie-a--dazn-it--2024").broadcaster_id
    return {
        "key": "serie-a--dazn-it--2029",
        "competition": competition,
        "broadcaster": broadcaster,
        "kind": "live",
        "first_day": "2029-07-01",
        "last_day": "2031-06-30",
        "scope": "unknown",
        "exclusivity": "unknown",
        "access": "subscription",
        "claimed_confidence": "confirmed",
        "right_countries-0-country": "IT",
        "evidence-0-position": "0",
        "evidence-0-kind": "press",
        "evidence-0-url": "https://news.example/deal",
        "change_reason": "Renewed.",
        **management,
        **changes,
    }


def test_a_right_made_by_an_editor_is_published_with_its_countries_and_evidence(editor: Client) -> None:
    response = editor.post(address(Right, "add"), new_right())
    assert response.status_code == 302, response.context["errors"]
    right = Right.objects.get(key="serie-a--dazn-it--2029")
    assert right.is_published
    assert right.origin == "editor"
    assert right.public_id.startswith("rgt_")
    assert right.confidence == "reported"  # claimed as confirmed, on one unofficial page
    place = RightCountry.objects.get(right=right)
    assert (place.country_id, place.is_published, str(place.from_day)) == ("IT", True, "2029-07-01")
    assert Evidence.objects.filter(right=right).count() == 1
    assert record_of(Change.objects.latest("id").after)["countries"] == ["IT"]


def test_a_right_without_evidence_is_kept_and_not_published(editor: Client) -> None:
    data = {name: value for name, value in new_right().items() if not name.startswith("evidence-0")} | {
        "evidence-TOTAL_FORMS": 0
    }
    assert editor.post(address(Right, "add"), data).status_code == 302
    assert not Right.objects.get(key="serie-a--dazn-it--2029").is_published


def test_an_overlap_is_refused_with_the_name_of_the_other_right(editor: Client) -> None:
    response = editor.post(address(Right, "add"), new_right(first_day="2029-06-30"))
    assert response.status_code == 200
    assert "serie-a--dazn-it--2024" in response.content.decode()
    assert not Right.objects.filter(key="serie-a--dazn-it--2029").exists()
