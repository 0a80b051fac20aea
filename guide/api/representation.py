"""From an answer to the shape that the API gives out: localised names, links, and the question as it was understood."""

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, fields
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from broadcasters.models import Country
from broadcasters.names import country_name
from competitions.models import Competition, Event
from guide.rights.answer import Answer
from guide.rights.models import RightKind
from guide.rights.portability import taken_along
from guide.search.hits import Hit
from guide.search.spellings import Kind

Address = Callable[[str], str]
"""Makes a path a whole address."""


def represent(
    answer: Answer, *, language: str, address: Address, given: str | None = None, home: Answer | None = None
) -> dict[str, Any]:
    """The answer as :class:`~guide.api.serializers.answer.AnswerSerializer` reads it.

    ``given`` is the code that the caller wrote for the country where it was another; ``home`` is the answer to the same
    question where somebody lives who is only on a visit.
    """
    competition, country, event = answer.question.competition, answer.question.country, answer.question.event
    asked = _written(answer.question.on) or answer.day.isoformat()
    own = {field.name: getattr(answer, field.name) for field in fields(answer)}
    return own | {
        "query": {
            "competition": competition.slug,
            "event": event.public_id if event else None,
            "country": country.code,
            "country_as_given": given,
            "on": asked,
            "lang": language,
        },
        "state_reason": answer.reason,
        "competition": subject(competition),
        "event": _event_in_answer(event) if event else None,
        "country": place(country, language),
        "portability": {
            "eu_2017_1128": answer.is_portable,
            "home_country": home.question.country.code if home else None,
            "taken_along": taken_along(home, country) if home else (),
        },
        "links": {
            "self": _lookup(answer, language, address),
            "html": address(f"/{language}/{country.code.lower()}/{competition.slug}/"),
            "ics": _calendar(competition, country, language, address),
        },
    }


def represent_cell(answer: Answer, *, language: str, address: Address) -> dict[str, Any]:
    """The answer in a line, as :class:`~guide.api.serializers.overview.CellSerializer` reads it."""
    live = [option for option in answer.options if option.kind == RightKind.LIVE]
    ends = [end for option in live if (end := option.last_day or option.evidence_reaches)]
    holders = {
        option.broadcaster.slug: {
            "slug": option.broadcaster.slug,
            "name": option.broadcaster.name,
            "access": option.access,
        }
        for option in reversed(live)
    }
    return {
        "competition": answer.question.competition.slug,
        "country": answer.question.country.code,
        "on": answer.day,
        "state": answer.state,
        "state_reason": answer.reason,
        "season": answer.season,
        "live": list(reversed(holders.values())),
        "until": max(ends, default=None),
        "last_known": list(dict.fromkeys(row.broadcaster.slug for row in answer.last_known)),
        "links": {"lookup": _lookup(answer, language, address)},
    }


def represent_hit(hit: Hit, *, language: str, address: Address) -> dict[str, Any]:
    """A hit of the search, as :class:`~guide.api.serializers.overview.HitSerializer` reads it."""
    place = f"/{language}/{hit.country.lower()}/" if hit.country else None
    at = place or f"/{language}/"
    page, resource = {
        Kind.COMPETITION: (f"{at}{hit.key}/", "competitions"),
        Kind.COUNTRY: (place, "countries"),
        Kind.BROADCASTER: (f"{place}broadcaster/{hit.key}/" if place else None, "broadcasters"),
        Kind.CLOSURE: (f"{at}closures/{hit.key}/", "closures"),
    }[hit.kind]
    asked = {"competition": hit.key, "country": hit.country, "lang": language}
    is_question = hit.kind == Kind.COMPETITION and hit.country is not None
    return {
        **asdict(hit),
        "links": {
            "self": address(reverse(f"api:{resource}-detail", args=[hit.key])),
            "html": address(page) if page else None,
            "lookup": address(f"{reverse('api:lookup')}?{urlencode(asked)}") if is_question else None,
        },
    }


def subject(competition: Competition) -> dict[str, str]:
    return {
        "slug": competition.slug,
        "name": getattr(competition, "local_name", competition.name),
        "sport": competition.sport.slug,
    }


def _event_in_answer(event: Event) -> dict[str, Any]:
    told = {name: getattr(event, name) for name in ("starts_at", "day", "precision", "status")}
    return {"id": event.public_id, "name": event.title, **told}


def represent_scheduled(answer: Answer, *, language: str, address: Address) -> dict[str, Any]:
    """An event's answer in brief, as :class:`~guide.api.serializers.event.ScheduledSerializer` reads it."""
    return {
        "event": answer.question.event,
        "state": answer.state,
        "state_reason": answer.reason,
        "options": answer.options,
        "airings": answer.airings,
        "block": answer.block,
        "links": {"lookup": _lookup(answer, language, address)},
    }


def place(country: Country, language: str) -> dict[str, str]:
    return {"code": country.code, "name": country_name(country.code, language)}


def _lookup(answer: Answer, language: str, address: Address) -> str:
    country, event = answer.question.country.code, answer.question.event
    about = {"event": event.public_id} if event else {"competition": answer.question.competition.slug}
    question = {**about, "country": country}
    if on := _written(answer.question.on):
        question["on"] = on
    return address(f"{reverse('api:lookup')}?{urlencode(question | {'lang': language})}")


def _calendar(competition: Competition, country: Country, language: str, address: Address) -> str:
    path = reverse("web:ical-competition", args=[competition.slug, country.code.lower()])
    return address(f"{path}?{urlencode({'lang': language})}")


def _written(on: dt.date | dt.datetime | None) -> str:
    """A day, or an instant in UTC, which ends in Z; empty for now."""
    if isinstance(on, dt.datetime):
        return on.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    return on.isoformat() if on else ""
