"""What an editor does in the admin: open a form, type, save, look at lists."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.forms import MultiWidget
from django.test import Client
from django.urls import reverse

from guide.publication.admin import PublishedAdmin
from guide.publication.models import Change, Revision

PUBLIC_ADMINS = [model for model, options in admin.site._registry.items() if isinstance(options, PublishedAdmin)]


def address(model: type[Any], page: str, *arguments: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=arguments)


def revision() -> int:
    row = Revision.objects.first()
    return row.number if row else 0


def last_change() -> Change:
    return Change.objects.latest("id")


def record_of(value: dict[str, Any] | None) -> dict[str, Any]:
    assert value is not None
    return value


@dataclass(frozen=True, slots=True)
class Editor:
    client: Client

    @classmethod
    def logged_in(cls, user: User) -> "Editor":
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return cls(client)

    def list(self, model: type[Any], query: str = "") -> Any:
        return self.client.get(address(model, "changelist") + query)

    def open(self, row: Any) -> Any:
        return self.client.get(address(type(row), "change", row.pk))

    def change(self, row: Any, **typed: Any) -> Any:
        """Open a row, type, save."""
        data = form_data(self.open(row)) | typed
        return self.client.post(address(type(row), "change", row.pk), data)

    def add(self, model: type[Any], **typed: Any) -> Any:
        """Open the empty form, type, save."""
        data = form_data(self.client.get(address(model, "add"))) | typed
        return self.client.post(address(model, "add"), data)

    def act(self, action: str, *rows: Any, reason: str = "") -> Any:
        """Tick rows of a list, choose an action, go."""
        data = {"action": action, "reason": reason, "index": 0, "_selected_action": [row.pk for row in rows]}
        return self.client.post(address(type(rows[0]), "changelist"), data, follow=True)

    def delete(self, row: Any, *, reason: str = "") -> Any:
        return self.client.post(address(type(row), "delete", row.pk), {"post": "yes", "reason": reason}, follow=True)


def form_data(response: Any) -> dict[str, Any]:
    """What a browser would send back if the editor pressed save."""
    assert response.status_code == 200
    data: dict[str, Any] = {}
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if isinstance(widget := bound.field.widget, MultiWidget):
                parts = enumerate(widget.decompress(value) or ())
                data |= {f"{bound.html_name}_{number}": part for number, part in parts if part is not None}
            elif value is not None and value is not False:
                data[bound.html_name] = value
    return data


def inline(prefix: str, *items: dict[str, Any], kept: int = 0) -> dict[str, Any]:
    """New rows of an inline, after those that stand there."""
    data: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": kept + len(items), f"{prefix}-INITIAL_FORMS": kept}
    for number, item in enumerate(items, start=kept):
        data |= {f"{prefix}-{number}-{name}": value for name, value in item.items()}
    return data


PAGE = {"kind": "press", "publisher": "News", "title": "A deal", "url": "https://news.example/deal", "position": 0}


def told(response: Any) -> str:
    """What the page says: messages and errors."""
    said = [str(message) for message in response.context["messages"]] if response.context else []
    if response.context and "adminform" in response.context:
        said += [str(error) for error in response.context["errors"]]
        said += [str(response.context["adminform"].form.errors)]
    return " ".join(said)


def pk(model: type[Any], **lookup: Any) -> Any:
    return model._default_manager.values_list("pk", flat=True).get(**lookup)
