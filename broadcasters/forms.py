"""Choosing countries in the admin: one by one, or a whole group at once."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from broadcasters.models import Country, CountryGroup
from guide.publication.admin import ReasonForm


class CountriesForm(ReasonForm):
    """A row with ``countries``. A group is written out when the row is saved, as in a document."""

    countries_field: ClassVar[str] = "countries"

    group = forms.ModelChoiceField(
        CountryGroup.objects.standing(),
        required=False,
        label=_("Add the countries of a group"),
        help_text=_("They are added when you save. The row keeps the countries, not the group."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.countries_field in self.fields:
            # A group alone will do, and whether there must be one is said by the record.
            self.fields[self.countries_field].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if group := data.get("group"):
            chosen = data.get(self.countries_field) or Country.objects.none()
            both = Q(pk__in=chosen.values("pk")) | Q(groups=group, withdrawn_at__isnull=True)
            data[self.countries_field] = Country.objects.filter(both).distinct()
        return data


class CountryRowsForm(CountriesForm):
    """The same where each country of the row is a row of a model of its own, which Django's forms leave alone.

    Whoever saves the form sets the countries to ``cleaned_data["in_countries"]``.
    """

    countries_field = "in_countries"

    in_countries = forms.ModelMultipleChoiceField(Country.objects.all(), label=_("Countries"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "in_countries" in self.fields:
            field = self.fields["in_countries"]
            field.widget = AutocompleteSelectMultiple(
                self._meta.model._meta.get_field("countries"), admin.site, choices=field.widget.choices
            )
            if not self.instance._state.adding:
                self.initial["in_countries"] = [country.pk for country in self.instance.countries.all()]
