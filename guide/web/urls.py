"""Addresses of the pages. All end with a slash; language, country and competition stand in the path."""

from django.urls import path, re_path, register_converter

from guide.web import views
from guide.web.addresses import LONGEST_SLUG, CompetitionConverter, CountryConverter, LanguageConverter

register_converter(LanguageConverter, "language")
register_converter(CountryConverter, "country")
register_converter(CompetitionConverter, "competition")

LANGUAGE = f"(?P<language>{LanguageConverter.regex})"

app_name = "web"
urlpatterns = [
    path("", views.languages, name="languages"),
    path("favicon.ico", views.icon, name="icon"),
    path("<language:language>/", views.home, name="home"),
    path("<language:language>/<country:country>/", views.country, name="country"),
    path("<language:language>/<country:country>/<competition:competition>/", views.competition, name="competition"),
    re_path(
        rf"^{LANGUAGE}/(?P<country>[A-Za-z]{{2}})/(?:(?P<competition>[A-Za-z0-9-]{{3,{LONGEST_SLUG}}})/)?$", views.moved
    ),
    re_path(rf"^{LANGUAGE}/.+/$", views.unknown),
]
