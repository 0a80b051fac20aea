"""The columns of our own making, and what every public row has."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from broadcasters.models import Broadcaster
from guide.publication.models import PartialDateField, TagListField, validate_slug
from guide.rights.models import Right
from tests.factories import a_broadcaster, a_league, a_right, write


class TestTagList:
    @pytest.mark.parametrize(
        ("given", "tags"),
        [
            ("", ()),
            (None, ()),
            (";it;en;", ("it", "en")),
            ("it; en", ("it", "en")),
            ("it, en", ("it", "en")),
            (["it", "en"], ("it", "en")),
            (("it",), ("it",)),
            (" ; ;", ()),
        ],
    )
    def test_it_is_read_from_what_is_stored_and_from_what_is_typed(self, given: object, tags: tuple[str, ...]) -> None:
        assert TagListField().to_python(given) == tags

    def test_it_is_stored_so_that_whole_tags_can_be_found(self) -> None:
        field = TagListField()
        assert field.get_prep_value(("it", "en")) == ";it;en;"
        assert field.get_prep_value(()) == ""

    @pytest.mark.django_db
    def test_a_tag_is_found_whole(self, empty_guide: None) -> None:
        write(*a_league(), a_right(key="one", languages="it; en"), a_right(key="two", package="p", languages="zh-Hant"))

        def found(tag: str) -> list[str]:
            return sorted(Right.objects.filter(languages__contains=f";{tag};").values_list("key", flat=True))

        assert found("it") == ["one"]
        assert found("en") == ["one"]
        assert found("zh-Hant") == ["two"]
        assert found("zh") == []
        assert Right.objects.get(key="one").languages == ("it", "en")

    @pytest.mark.django_db
    def test_a_form_shows_it_as_a_person_types_it(self, empty_guide: None) -> None:
        write(*a_league(), a_right(languages="it; en"))
        right = Right.objects.get()
        form = forms.modelform_factory(Right, fields=["languages"])(instance=right)
        assert form.initial["languages"] == "it; en"
        field = Right._meta.get_field("languages")
        assert isinstance(field, models.Field)
        assert field.value_to_string(right) == "it; en"
        changed = forms.modelform_factory(Right, fields=["languages"])({"languages": "fr ;de"}, instance=right)
        assert changed.is_valid(), changed.errors
        assert changed.instance.languages == ("fr", "de")


class TestPartialDate:
    @pytest.mark.parametrize("value", ["", "2026", "2026-07", "2026-07-03"])
    def test_it_is_as_exact_as_the_source(self, value: str) -> None:
        assert PartialDateField().clean(value, None) == value

    @pytest.mark.parametrize("value", ["26", "2026-7", "July 2026", "2026-07-03T10:00", "2026-07-"])
    def test_a_form_refuses_what_is_no_date(self, value: str) -> None:
        with pytest.raises(ValidationError, match=r"Write YYYY-MM-DD|at most 10 characters"):
            PartialDateField().clean(value, None)


@pytest.mark.parametrize("slug", ["serie-a", "serie-a--dazn-it--2024", "3cat"])
def test_a_slug_is_of_small_letters_digits_and_hyphens(slug: str) -> None:
    validate_slug(slug)


@pytest.mark.parametrize("slug", ["", "Serie-A", "serie a", "-serie", "serie-", "serie---a", "serie\n", "série"])
def test_a_form_refuses_what_is_no_slug(slug: str) -> None:
    with pytest.raises(ValidationError):
        validate_slug(slug)


@pytest.mark.django_db
def test_standing_are_rows_that_were_not_withdrawn(empty_guide: None) -> None:
    write(a_broadcaster("a"), a_broadcaster("b"))
    write(a_broadcaster("b"))
    assert [row.slug for row in Broadcaster.objects.standing()] == ["b"]
    assert Broadcaster.objects.count() == 2
