"""What all shapes of the API have in common. They format what they are given and ask the database nothing."""

from typing import Any

from rest_framework import serializers

from broadcasters.names import country_name
from guide.publication.models import EvidenceKind


class Shape(serializers.Serializer[Any]):
    """A read-only shape. ``context["language"]`` is the language of names."""


class TextField(serializers.CharField):
    """Text, or null where a column is empty: nothing is known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"allow_null": True, **kwargs})

    def to_representation(self, value: Any) -> Any:
        return super().to_representation(value) if value != "" else None


class ListOf(serializers.ListField):
    """One property of related rows that have been read already: ``countries = ListOf("code")``."""

    def __init__(self, attribute: str, **kwargs: Any) -> None:
        super().__init__(child=serializers.CharField(), **kwargs)
        self.attribute = attribute

    def to_representation(self, data: Any) -> list[str]:
        return sorted(str(getattr(row, self.attribute)) for row in data.all())


class OrderedTexts(serializers.ListField):
    """The texts of related rows that have been read already, in their own order."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=serializers.CharField(), **kwargs)

    def to_representation(self, data: Any) -> list[str]:
        return [row.text for row in data.all()]


class NamedSerializer(Shape):
    """A row that is only pointed to."""

    slug = serializers.CharField()
    name = serializers.CharField()


class LocalNamedSerializer(NamedSerializer):
    """A competition that is only pointed to, by its name in the language."""

    name = serializers.CharField(source="local_name")


class CountryNameField(serializers.CharField):
    """A country's name in the language, by CLDR, from its code."""

    def to_representation(self, value: str) -> str:
        return country_name(value, self.context["language"])


class SourceSerializer(Shape):
    publisher = serializers.CharField(allow_blank=True)
    title = serializers.CharField(allow_blank=True)
    url = serializers.CharField()
    published_on = TextField(help_text="A day, a month or a year, as known.")
    seen_on = serializers.DateField(allow_null=True)
    kind = serializers.ChoiceField(choices=EvidenceKind.values)


class AddressField(serializers.URLField):
    """A whole address made from a row, and from the language: ``AddressField("/{lang}/{row.slug}/")``."""

    def __init__(self, template: str, *, in_lower_case: bool = False, **kwargs: Any) -> None:
        super().__init__(source="*", **kwargs)
        self.template = template
        self.in_lower_case = in_lower_case

    def to_representation(self, value: Any) -> str:
        path = self.template.format(row=value, lang=self.context["language"])
        return str(self.context["request"].build_absolute_uri(path.lower() if self.in_lower_case else path))
