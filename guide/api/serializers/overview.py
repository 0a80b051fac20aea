"""Shapes of what tells about many things at once: the matrix, the search, and the guide itself."""

from rest_framework import serializers

from guide.api.serializers.answer import PlaceSerializer, SubjectSerializer
from guide.api.serializers.shape import Shape, TextField
from guide.feeds.models import FeedKind, Verdict
from guide.rights.answer import Reason, State
from guide.rights.models import Access
from guide.search.spellings import Kind


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


class FeedFreshnessSerializer(Shape):
    """A feed that is on."""

    slug = serializers.CharField(source="feed.slug")
    name = serializers.CharField(source="feed.name")
    kind = serializers.ChoiceField(source="feed.kind", choices=FeedKind.values)
    last_good_run_at = serializers.DateTimeField(
        source="good_at",
        allow_null=True,
        help_text="Since then the guide has said what the feed says. Null: never yet.",
    )
    last_run_at = serializers.DateTimeField(source="last_at", allow_null=True)
    verdict = serializers.ChoiceField(choices=Verdict.values, allow_null=True)
    reason = TextField(help_text="Why the last run ended as it did, as a code.")
    newest_day = serializers.DateField(allow_null=True, help_text="The day of its newest record.")
    is_overdue = serializers.BooleanField(help_text="No good run for twice its interval and an hour.")
    is_stale = serializers.BooleanField(help_text="Its newest record is older than the feed may be.")


class RightsFreshnessSerializer(Shape):
    """The published rights to a competition."""

    competition = serializers.CharField()
    rights = serializers.IntegerField()
    oldest_check = serializers.DateField(allow_null=True, help_text="Null: none of them has been checked yet.")
    checks_overdue = serializers.IntegerField(help_text="Rights whose next check is due, or never made.")
    refreshed_at = serializers.DateTimeField(
        allow_null=True, help_text="The last good run of the feed that keeps them; of several the one furthest behind."
    )


class CountryFreshnessSerializer(RightsFreshnessSerializer):
    """The published rights to a competition in a country."""

    country = serializers.CharField()


class FreshnessListSerializer(Shape):
    results = CountryFreshnessSerializer(many=True, help_text="Pairs for which rights are published.")


class FreshnessSerializer(Shape):
    oldest_check = serializers.DateField(allow_null=True, help_text="Null: nothing has been checked yet.")
    newest_check = serializers.DateField(allow_null=True)
    checks_overdue = serializers.IntegerField(help_text="Published rights whose next check is due, or never made.")
    feeds = FeedFreshnessSerializer(many=True)
    competitions = RightsFreshnessSerializer(many=True)


class FeedSourceSerializer(Shape):
    """Where data come from, and under which licence."""

    name = serializers.CharField(source="feed.name")
    publisher = TextField(source="feed.publisher")
    licence = TextField(source="feed.licence")
    attribution = TextField(source="feed.attribution")
    url = serializers.URLField(
        source="page", allow_null=True, help_text="Without parameters. Null: it is read in private or comes with us."
    )


class MetaSerializer(Shape):
    name = serializers.CharField()
    data_version = serializers.IntegerField()
    changed_at = serializers.DateTimeField(allow_null=True)
    coverage = CoverageCountsSerializer()
    freshness = FreshnessSerializer()
    sources = FeedSourceSerializer(many=True)
    languages = serializers.ListField(child=serializers.CharField())
    enums = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))


class HitLinks(Shape):
    self = serializers.URLField(help_text="The thing itself in this API.")
    html = serializers.URLField(allow_null=True, help_text="Its page; null for a broadcaster whose country is open.")
    lookup = serializers.URLField(allow_null=True, help_text="The answer, where a competition and a country are meant.")


class HitSerializer(Shape):
    """One thing that the text may mean."""

    kind = serializers.ChoiceField(choices=[kind.value for kind in Kind])
    key = serializers.CharField(help_text="Its slug; of a country the ISO code.")
    name = serializers.CharField()
    detail = serializers.CharField(
        help_text="The sport of a competition, the kind of a broadcaster, the date of a closure.", allow_blank=True
    )
    matched = serializers.CharField(help_text="The spelling that was recognised.")
    country = serializers.CharField(allow_null=True, help_text="The country in which it was asked for.")
    countries = serializers.ListField(
        child=serializers.CharField(), help_text="Where a broadcaster or a closure is on record."
    )
    is_exact = serializers.BooleanField(help_text="The text is one of its names, aliases or codes.")
    links = HitLinks()


class SearchSerializer(Shape):
    country = PlaceSerializer(allow_null=True, help_text="The one country that the text is about.")
    results = HitSerializer(many=True)
