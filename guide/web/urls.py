"""Addresses of the pages. All end with a slash, those of files do not; language, country, competition in the path."""

from django.urls import path, re_path, register_converter

from guide.web import views, xmltv
from guide.web.addresses import (
    LONGEST_CLOSURE_SLUG,
    ClosureConverter,
    CompetitionConverter,
    CountryConverter,
    EventConverter,
    LanguageConverter,
    SlugConverter,
)
from guide.web.ical import views as ical

register_converter(LanguageConverter, "language")
register_converter(CountryConverter, "country")
register_converter(CompetitionConverter, "competition")
register_converter(SlugConverter, "broadcaster")
register_converter(ClosureConverter, "closure")
register_converter(EventConverter, "event")
register_converter(SlugConverter, "team")

LANGUAGE = f"(?P<language>{LanguageConverter.regex})"
PART = f"(?:[A-Za-z0-9_-]{{1,{LONGEST_CLOSURE_SLUG}}}/)"
"""Of an address below a language or a country, however it is spelt."""

SLUG = r"(?P<slug>[A-Za-z0-9-]{1,60})"
IN_COUNTRY = r"(?P<country>[A-Za-z]{2})"
"""Of a file for programs, which find their way in any spelling."""

app_name = "web"
urlpatterns = [
    path("", views.languages, name="languages"),
    path("developers/", views.developers, name="developers"),
    path("developers/reference/", views.reference, name="reference"),
    path("developers/rights.schema.json", views.rights_schema, name="rights-schema"),
    path("favicon.ico", views.icon, name="icon"),
    re_path(rf"^ical/competition/{SLUG}/{IN_COUNTRY}\.ics$", ical.competition, name="ical-competition"),
    re_path(rf"^ical/competition/{SLUG}/{IN_COUNTRY}/rights\.ics$", ical.rights, name="ical-rights"),
    re_path(rf"^ical/team/{SLUG}/{IN_COUNTRY}\.ics$", ical.team, name="ical-team"),
    re_path(rf"^ical/country/{IN_COUNTRY}\.ics$", ical.country, name="ical-country"),
    re_path(rf"^exports/xmltv/{IN_COUNTRY}\.xml$", xmltv.guide, name="xmltv"),
    path("<language:language>/", views.home, name="home"),
    path("<language:language>/search/", views.search, name="search"),
    path("<language:language>/<country:country>/", views.country, name="country"),
    path("<language:language>/<country:country>/<competition:competition>/", views.competition, name="competition"),
    path("<language:language>/<competition:competition>/", views.countries, name="countries"),
    path(
        "<language:language>/<country:country>/broadcaster/<broadcaster:broadcaster>/",
        views.broadcaster,
        name="broadcaster",
    ),
    path("<language:language>/today/", views.today_anywhere, name="today"),
    path("<language:language>/free/", views.free_anywhere, name="free"),
    path("<language:language>/<country:country>/today/", views.today, name="today"),
    path("<language:language>/<country:country>/week/", views.week, name="week"),
    path("<language:language>/<country:country>/free/", views.free, name="free"),
    path("<language:language>/<country:country>/event/<event:event>/", views.event, name="event"),
    path("<language:language>/<country:country>/team/<team:team>/", views.team, name="team"),
    path("<language:language>/closures/", views.closures, name="closures"),
    path("<language:language>/closures/<closure:closure>/", views.closure_anywhere, name="closure"),
    path("<language:language>/<country:country>/closures/", views.closures, name="closures"),
    path("<language:language>/<country:country>/closures/<closure:closure>/", views.closure, name="closure"),
    re_path(rf"^{LANGUAGE}/(?P<country>[A-Za-z]{{2}})/(?P<rest>{PART}{{0,2}})$", views.moved),
    re_path(rf"^{LANGUAGE}/(?P<rest>{PART}{{1,2}})$", views.moved),
    re_path(rf"^{LANGUAGE}/.+/$", views.unknown),
]
