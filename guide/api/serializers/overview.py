"""Shapes of what tells about many things at once: the matrix, and the guide itself."""

from rest_framework import serializers

from guide.api.serializers.answer import PlaceSerializer, SubjectSerializer
from guide.api.serializers.shape import Shape
from guide.rights.answer import Reason, State
from guide.rights.models import Access


class HolderSerializer(Shape):
    slug = serializers.CharField()
    name = serializers.CharField()
    access = serializers.ChoiceField(choices=Access.values)


class CellLinks(Shape):
    lookup = serializers.URLField()


class CellSerializer(Shape):
    """One competition in one country: the state, and who shows it live."""

    competition = serializers.CharField()
    country = serializers.CharField()
    on = serializers.DateField(help_text="The country's own day that is answered for.")
    state = serializers.ChoiceField(choices=[state.value for state in State])
    state_reason = serializers.ChoiceField(choices=[reason.value for reason in Reason], allow_null=True)
    season = serializers.CharField(allow_null=True)
    live = HolderSerializer(many=True, help_text="In the answer's order: free first, then widest coverage, then name.")
    until = serializers.DateField(
        allow_null=True, help_text="The last day for which somebody is on record as showing it live."
    )
    last_known = serializers.ListField(child=serializers.CharField(), help_text="Slugs of earlier holders.")
    links = CellLinks()


class MatrixSerializer(Shape):
    competitions = SubjectSerializer(many=True)
    countries = PlaceSerializer(many=True)
    results = CellSerializer(many=True)


class CoverageCountsSerializer(Shape):
    competitions = serializers.IntegerField()
    countries = serializers.IntegerField()
    broadcasters = serializers.IntegerField()
    rights = serializers.IntegerField()
    rights_published = serializers.IntegerField()
    rights_verified = serializers.IntegerField()


class FreshnessSerializer(Shape):
    oldest_check = serializers.DateField(allow_null=True, help_text="Null: nothing has been checked yet.")
    newest_check = serializers.DateField(allow_null=True)
    checks_overdue = serializers.IntegerField(help_text="Published rights whose next check is due, or never made.")


class MetaSerializer(Shape):
    name = serializers.CharField()
    data_version = serializers.IntegerField()
    changed_at = serializers.DateTimeField(allow_null=True)
    coverage = CoverageCountsSerializer()
    freshness = FreshnessSerializer()
    languages = serializers.ListField(child=serializers.CharField())
    enums = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
