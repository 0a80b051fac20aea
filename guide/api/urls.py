"""Addresses of the API. None has a slash at the end."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, re_path

from guide.api.resources import Resource
from guide.api.views import catalogue, events, lookup, overview, records

LISTED: dict[str, type[Resource[Any]]] = {
    "sports": catalogue.SportResource,
    "competitions": catalogue.CompetitionResource,
    "seasons": catalogue.SeasonResource,
    "teams": events.TeamResource,
    "events": events.EventResource,
    "countries": catalogue.CountryResource,
    "country-groups": catalogue.CountryGroupResource,
    "broadcasters": catalogue.BroadcasterResource,
    "services": catalogue.ServiceResource,
    "offers": catalogue.OfferResource,
    "rights": records.RightResource,
    "closures": records.ClosureResource,
}
"""By the first part of their address."""


def _resources() -> Iterator[URLPattern]:
    for name, resource in LISTED.items():
        yield path(f"v1/{name}", resource.as_view({"get": "list"}), name=name)
        yield path(f"v1/{name}/<slug:{resource.key}>", resource.as_view({"get": "retrieve"}), name=f"{name}-detail")


app_name = "api"
urlpatterns = [
    path("v1/lookup", lookup.LookupView.as_view(), name="lookup"),
    path("v1/schedule", events.ScheduleView.as_view(), name="schedule"),
    path("v1/matrix", lookup.MatrixView.as_view(), name="matrix"),
    path("v1/search", lookup.SearchView.as_view(), name="search"),
    *_resources(),
    path("v1/freshness", overview.FreshnessView.as_view(), name="freshness"),
    path("v1/meta", overview.MetaView.as_view(), name="meta"),
    path("v1/openapi.json", overview.OpenApiView.as_view(), name="openapi"),
    path("v1/openapi.yaml", overview.OpenApiYamlView.as_view(), name="openapi-yaml"),
    re_path(r"", overview.UnknownAddressView.as_view(), name="unknown"),
]
