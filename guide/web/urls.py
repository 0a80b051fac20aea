"""Addresses of the pages. All end with a slash; language, country and competition stand in the path."""

from django.urls import path, re_path, register_converter

from guide.web import views
from guide.web.addresses import (
    LONGEST_SLUG,
    CompetitionConverter,
    CountryConverter,
    LanguageConverter,
    SlugConverter,
)

register_converter(LanguageConverter, "language")
register_converter(CountryConverter, "country")
register_converter(CompetitionConverter, "competition")
register_converter(SlugConverter, "broadcaster")

LANGUAGE = f"(?P<language>{LanguageConverter.regex})"
ANY_SLUG = f"[A-Za-z0-9-]{{1,{LONGEST_SLUG}}}"

app_name = "web"
urlpatterns = [
    path("", views.languages, name="languages"),
    path("<language:language>/", views.home, name="home"),
    path("<language:language>/<country:country>/", views.country, name="country"),
    path("<language:language>/<country:country>/<competition:competition>/", views.competition, name="competition"),
    path("<language:language>/<competition:competition>/", views.countries, name="countries"),
    path(
        "<language:language>/<country:country>/broadcaster/<broadcaster:broadcaster>/",
        views.broadcaster,
        name="broadcaster",
    ),
    re_path(rf"^{LANGUAGE}/(?P<country>[A-Za-z]{{2}})/(?P<rest>(?:(?:broadcaster/)?{ANY_SLUG}/)?)$", views.moved),
    re_path(rf"^{LANGUAGE}/(?P<rest>{ANY_SLUG}/)$", views.moved),
    re_path(rf"^{LANGUAGE}/.+/$", views.unknown),
]
