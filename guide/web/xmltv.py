"""What licensed services show in the coming days, as a programme guide: XMLTV, for media centres and other guides."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from lxml import etree

from broadcasters.models import Country, ServiceKind
from competitions.models import Event, EventStatus, Precision
from guide.rights.answer import Answer, Option, ServiceLink, Showing, State
from guide.rights.answers import answers
from guide.rights.schedule import questions
from guide.web import sentences
from guide.web.addresses import country_url, event_url
from guide.web.event_words import event_name
from guide.web.files import Address, asked, file, file_response, printable, turn_of
from guide.web.ical.schedule import events_of_days
from guide.web.ical.texts import lasts_days, option_line, subject
from guide.web.lengths import end_of

DAYS = 14
TIME = "%Y%m%d%H%M%S +0000"
CONTENT_TYPE = "application/xml; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """An event on a service that surely shows it, from the start of the programme where a guide lists it."""

    event: Event
    option: Option
    service: ServiceLink
    starts_at: dt.datetime
    ends_at: dt.datetime


@file
def guide(request: HttpRequest, country: Country) -> HttpResponse:
    """The guide of today and the thirteen days after it."""
    asked(request.GET)
    today = country.today(now := timezone.now())
    rows = Event.objects.standing().named(get_language())
    coming = rows.filter(precision=Precision.EXACT, status=EventStatus.SCHEDULED)
    events = events_of_days(coming, country, today, today + dt.timedelta(days=DAYS - 1))
    known = answers(questions(events, country), now=now, is_brief=True)
    programmes = [
        programme
        for event, answer in zip(events, known, strict=True)
        if event.starts_at and not lasts_days(event)
        for programme in _programmes(event, event.starts_at, answer)
    ]
    body = document(programmes, country, address=request.build_absolute_uri)
    return file_response(body, CONTENT_TYPE, name=f"{_site()}-{country.code.lower()}.xml", changes_at=turn_of(country))


def document(programmes: Iterable[Programme], country: Country, *, address: Address) -> bytes:
    """Channels, then programmes, each with its elements in the order of the format."""
    programmes = list(programmes)
    root = etree.Element("tv")
    root.set("source-info-url", address(country_url(country.code)))
    root.set("source-info-name", settings.SITE_NAME)
    services = {programme.service.slug: programme.service for programme in programmes}
    for slug in sorted(services):
        channel = etree.SubElement(root, "channel", {"id": channel_id(slug)})
        _add(channel, "display-name", services[slug].name)
        if url := services[slug].url:
            _add(channel, "url", url)
    for programme in programmes:
        _add_programme(root, programme, address(event_url(country.code, programme.event)))
    written: bytes = etree.tostring(
        root, encoding="UTF-8", xml_declaration=True, pretty_print=True, doctype='<!DOCTYPE tv SYSTEM "xmltv.dtd">'
    )
    return written


def channel_id(service: str) -> str:
    """“dazn-it.shown”: looks like a host, as the format wants it, and is none."""
    return f"{service}.{_site()}"


def _programmes(event: Event, starts_at: dt.datetime, answer: Answer) -> Iterator[Programme]:
    """One for each service that surely shows the event live."""
    if answer.state != State.LICENSED:
        return
    own = starts_at, end_of(event, starts_at)
    seen = set[str]()
    for option in sentences.live(answer):
        for service, times in _surely(option):
            if service.slug not in seen:
                seen.add(service.slug)
                start, end = times or own
                yield Programme(event=event, option=option, service=service, starts_at=start, ends_at=end)


def _surely(option: Option) -> Iterator[tuple[ServiceLink, tuple[dt.datetime, dt.datetime] | None]]:
    """The services on which it is listed, with the times of the programme. Where it is not: all streams of a right to
    all of it, and its TV channel, unless there are several, of which nobody knows the one.
    """
    if option.airings:
        for airing in option.airings:
            times = (airing.starts_at, airing.ends_at) if airing.starts_at and airing.ends_at else None
            yield airing.service, times
    elif option.showing == Showing.CERTAIN:
        channels = [service for service in option.services if service.kind == ServiceKind.TV]
        for service in option.services:
            if service.kind != ServiceKind.TV or len(channels) == 1:
                yield service, None


def _add_programme(root: "etree._Element", programme: Programme, url: str) -> None:
    event = programme.event
    times = {
        "start": programme.starts_at.astimezone(dt.UTC).strftime(TIME),
        "stop": programme.ends_at.astimezone(dt.UTC).strftime(TIME),
    }
    node = etree.SubElement(root, "programme", {**times, "channel": channel_id(programme.service.slug)})
    language = get_language()
    _add(node, "title", event_name(event), lang=language)
    _add(node, "sub-title", subject(event), lang=language)
    _add(node, "desc", option_line(programme.option), lang=language)
    _add(node, "date", programme.starts_at.astimezone(dt.UTC).strftime("%Y%m%d"))
    _add(node, "category", str(getattr(event, "sport_name", "")), lang=language)
    # The word by which media centres know sport, whatever the language.
    _add(node, "category", "Sports", lang="en")
    _add(node, "url", url)


def _add(parent: "etree._Element", name: str, text: str, *, lang: str = "") -> None:
    child = etree.SubElement(parent, name, {"lang": lang} if lang else {})
    child.text = printable(text)


def _site() -> str:
    return slugify(settings.SITE_NAME) or "shown"
