"""The forms behind every change: what an editor changes, and why."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from guide.publication.models import TagListField
from guide.publication.tables import Problem

LONGEST_REASON = 300

_refusals: ContextVar[tuple[Problem, ...]] = ContextVar("refusals", default=())


@contextmanager
def refused(problems: Iterable[Problem]) -> Iterator[None]:
    """Forms that are checked in this block find these problems in what was typed."""
    token = _refusals.set(tuple(problems))
    try:
        yield
    finally:
        _refusals.reset(token)


class LockedFieldsField(forms.MultipleChoiceField):
    """Which fields of a row are locked: a box for each. Reads what :class:`TagListField` gives a form."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        return TagListField().to_python(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class ReasonForm(forms.ModelForm[Any]):
    """A row, and the reason of the change for the public change log.

    A row without a key gets one from :meth:`made_key`, and two editors do not overwrite each other's work.
    """

    change_reason = forms.CharField(
        label=_("Reason of the change"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.TextInput(attrs={"size": 80}),
        help_text=_("In a few words, for readers of the public change log: “The league has announced the renewal.”"),
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    NOT_OF_THE_ROW = frozenset({"change_reason", "version"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial["version"] = self.instance.updated_at.isoformat()
        elif "key" in self.fields and self.can_make_keys():
            self.fields["key"].required = False

    @property
    def is_row_changed(self) -> bool:
        return bool(set(self.changed_data) - self.NOT_OF_THE_ROW)

    def can_make_keys(self) -> bool:
        return type(self).made_key is not ReasonForm.made_key

    def made_key(self, data: dict[str, Any]) -> str:
        """The key of a new row whose editor typed none, from the cleaned data. None is made, as a rule."""
        return ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name, value in data.items():
            if isinstance(value, str):
                # Browsers send a line break as two characters; documents have one.
                data[name] = value.replace("\r\n", "\n")
        if not self.errors and "key" in self.fields and not data.get("key"):
            data["key"] = self.made_key(data)
        self._check_version(data.get("version"))
        for problem in _refusals.get():
            known = problem.column in self.fields
            place = "" if known or not problem.column else f"{problem.column}: "
            self.add_error(problem.column if known else None, f"{place}{problem.message}")
        return data

    def _check_version(self, version: str | None) -> None:
        if version and not self.instance._state.adding and version != self.instance.updated_at.isoformat():
            raise ValidationError(
                _(
                    "This row has been changed since you opened it. Nothing was saved: keep what you typed, look at "
                    "its history, and open it again."
                )
            )


class ReasonOfActionForm(ActionForm):
    reason = forms.CharField(
        label=_("Reason:"), max_length=LONGEST_REASON, required=False, widget=forms.TextInput(attrs={"size": 40})
    )


class ReasonOfDeletionForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason of the deletion"),
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"size": 80}),
        help_text=_("Shown in the public change log."),
    )
