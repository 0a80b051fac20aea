"""Calendars: take the request apart, call, answer."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Event as Entry

from broadcasters.models import Country
from competitions.models import Event
from competitions.querysets import EventQuerySet
from guide.web import formats, words
from guide.web.addresses import competition_url
from guide.web.files import asked, check_slugs, file, file_response, find_competition, find_team, turn_of
from guide.web.ical.calendar import CONTENT_TYPE, calendar
from guide.web.ical.rights import entries_of_rights
from guide.web.ical.schedule import entries_of


@file
def competition(request: HttpRequest, country: Country, slug: str) -> HttpResponse:
    """All events of a competition."""
    asked(request.GET)
    found = find_competition(slug)
    rows = _events().filter(season__competition=found)
    entries = entries_of(rows, country, now=timezone.now(), address=request.build_absolute_uri)
    return _response(request, country, entries, words.competition_name(found), file_name=found.slug)


@file
def team(request: HttpRequest, country: Country, slug: str) -> HttpResponse:
    """All events of a team, whatever it plays."""
    asked(request.GET)
    found = find_team(slug)
    rows = _events().of_team(found.slug)
    entries = entries_of(rows, country, now=timezone.now(), address=request.build_absolute_uri)
    return _response(request, country, entries, getattr(found, "local_name", found.name), file_name=found.slug)


@file
def country(request: HttpRequest, country: Country) -> HttpResponse:
    """All events, or those of some competitions, or on some services."""
    given = asked(request.GET, "competition", "services")
    check_slugs(**given)
    rows = _events()
    if given["competition"]:
        rows = rows.filter(season__competition__slug__in=given["competition"])
    entries = entries_of(
        rows, country, now=timezone.now(), services=given["services"], address=request.build_absolute_uri
    )
    return _response(request, country, entries, _("Sport"), file_name="sport")


@file
def rights(request: HttpRequest, country: Country, slug: str) -> HttpResponse:
    """First and last days of the rights to a competition."""
    asked(request.GET)
    found = find_competition(slug)
    url = request.build_absolute_uri(competition_url(country.code, found.slug))
    name = _("{competition}: rights").format(competition=words.competition_name(found))
    entries = entries_of_rights(found, country, url=url)
    return _response(request, country, entries, name, file_name=f"{found.slug}-rights")


def _events() -> EventQuerySet:
    return Event.objects.standing().named(get_language())


def _response(
    request: HttpRequest, country: Country, entries: Iterable[Entry], name: str, *, file_name: str
) -> HttpResponse:
    heading = _("{competition}, {country}").format(competition=name, country=formats.country(country.code))
    body = calendar(entries, name=heading, source=request.build_absolute_uri())
    named = f"{file_name}-{country.code.lower()}.ics"
    return file_response(body, CONTENT_TYPE, name=named, changes_at=turn_of(country))
