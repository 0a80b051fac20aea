"""What has become of a record."""

from rest_framework import serializers

from guide.api.serializers.shape import Shape
from guide.publication.models import Action


class AlterationSerializer(Shape):
    """One member of the record, as it was and as it became."""

    field = serializers.CharField()
    before = serializers.JSONField()
    after = serializers.JSONField()


class PastChangeSerializer(Shape):
    revision = serializers.IntegerField(help_text="The data version in which it became public.")
    changed_at = serializers.DateTimeField()
    action = serializers.ChoiceField(choices=Action.values)
    reason = serializers.CharField()
    altered = AlterationSerializer(many=True)


class WithHistory(Shape):
    history = PastChangeSerializer(many=True, help_text="The record's public changes, oldest first.")
