"""What an event page tells machines: JSON-LD in the terms of schema.org, no more than the page says."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString, mark_safe

from competitions.models import Event, EventStatus, Team
from guide.rights.answer import Answer, Option, State
from guide.rights.models import Access
from guide.web import formats
from guide.web.addresses import competition_url, event_url, team_url
from guide.web.event_sentence import certain
from guide.web.event_words import event_name
from guide.web.when import is_settled
from guide.web.words import FREE, competition_name, sport_name

Node = dict[str, Any]
Address = Callable[[str], str]
"""Makes a path a whole address."""

STATUSES = {
    EventStatus.SCHEDULED: "https://schema.org/EventScheduled",
    EventStatus.FINISHED: "https://schema.org/EventScheduled",
    EventStatus.POSTPONED: "https://schema.org/EventPostponed",
    EventStatus.CANCELLED: "https://schema.org/EventCancelled",
}
"""There is no term for what was broken off."""

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
"""So that no text can end the element in which it stands."""


def event_document(answer: Answer, event: Event, children: Sequence[Event], address: Address) -> SafeString:
    """The event, and each service on which it is certain to be live in the country."""
    code = answer.question.country.code
    page = address(event_url(code, event))
    subject = _event(event, code, address) | {"@id": f"{page}#event"}
    subject |= {
        "sport": sport_name(answer.question.competition),
        "superEvent": _holder(answer, event, address),
    }
    if children:
        subject["subEvent"] = [_event(child, code, address) for child in children]
    broadcasts = [] if answer.state == State.BLOCKED else list(_broadcasts(answer, event, subject["@id"]))
    document = {"@context": "https://schema.org", "@graph": [subject, *broadcasts]}
    text = json.dumps(document, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(text)  # noqa: S308 (what could end the element has been escaped)


def _event(event: Event, code: str, address: Address) -> Node:
    """Name, time, place and sides."""
    node: Node = {
        "@type": "SportsEvent",
        "name": event_name(event),
        "url": address(event_url(code, event)),
        **_time(event),
    }
    if status := STATUSES.get(EventStatus(event.status)):
        node["eventStatus"] = status
    if event.venue:
        node["location"] = {"@type": "Place", "name": event.venue}
    sides = (
        ("homeTeam", event.home, getattr(event, "home_name", "")),
        ("awayTeam", event.away, getattr(event, "away_name", "")),
    )
    known = {role: _team(team, name, code, address) for role, team, name in sides if team}
    if known:
        node |= known
        node["competitor"] = list(known.values())
    return node


def _time(event: Event) -> Node:
    """An instant with its offset, by the clocks of the venue where they are known, or a day; never a guess."""
    if is_settled(event) and event.starts_at:
        zone = ZoneInfo(event.zone or "UTC")
        node = {"startDate": event.starts_at.astimezone(zone).isoformat(timespec="seconds")}
        if event.ends_at:
            node["endDate"] = event.ends_at.astimezone(zone).isoformat(timespec="seconds")
        return node
    if event.day is None:
        return {}
    node = {"startDate": event.day.isoformat()}
    return node | {"endDate": event.last_day.isoformat()} if event.last_day else node


def _team(team: Team, name: str, code: str, address: Address) -> Node:
    return {"@type": "SportsTeam", "name": name or team.name, "url": address(team_url(code, team.slug))}


def _holder(answer: Answer, event: Event, address: Address) -> Node:
    """The weekend or tournament of which it is part, else the season of its competition."""
    competition, code = answer.question.competition, answer.question.country.code
    if event.parent:
        name = getattr(event, "parent_name", "") or event.parent.name
        return {
            "@type": "SportsEvent",
            "name": name,
            "url": address(event_url(code, event.parent)),
            **_time(event.parent),
        }
    return {
        "@type": "EventSeries",
        "name": f"{competition_name(competition)} {formats.season(event.season.label)}",
        "url": address(competition_url(code, competition.slug)),
    }


def _broadcasts(answer: Answer, event: Event, subject: str) -> Iterator[Node]:
    if event.status == EventStatus.CANCELLED:
        return
    country = {
        "@type": "Country",
        "name": formats.country(answer.question.country.code),
        "identifier": answer.question.country.code,
    }
    seen: set[tuple[str, str]] = set()
    for option in certain(answer):
        for name, url in _services(option):
            if (name, option.access) in seen:
                continue
            seen.add((name, option.access))
            service: Node = {
                "@type": "BroadcastService",
                "name": name,
                "broadcaster": {"@type": "Organization", "name": option.broadcaster.name},
                "areaServed": country,
            }
            if url:
                service["url"] = url
            node: Node = {
                "@type": "BroadcastEvent",
                "name": event_name(event),
                "isLiveBroadcast": True,
                "broadcastOfEvent": {"@id": subject},
                "publishedOn": service,
                **_time(event),
            }
            if option.languages:
                node["inLanguage"] = list(option.languages)
            if option.access in (*FREE, Access.SUBSCRIPTION, Access.PAY_PER_VIEW):
                node["isAccessibleForFree"] = option.access in FREE
            yield node


def _services(option: Option) -> list[tuple[str, str | None]]:
    """Where it is listed, else all on which the right is shown, else the broadcaster itself."""
    services = [airing.service for airing in option.airings] or list(option.services)
    return [(service.name, service.url) for service in services] or [(option.broadcaster.name, option.broadcaster.url)]
