"""Files for other programs (calendars, guides): what their addresses may say, read strictly, and errors in plain words.

They are in English, as those of the API are: a program asks.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Value
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from broadcasters.models import Country, Service
from competitions.models import Competition, Team
from guide.publication.caching import cacheable
from guide.publication.models import PublicModel, PublicQuerySet
from guide.publication.records import SLUG
from guide.publication.tables import near
from guide.rights.days import midnight
from guide.web.addresses import LONGEST_SLUG, read_country

LANGUAGES = [code for code, _ in settings.LANGUAGES]
TOLD_AT_MOST = 5
"""Of words that nothing answers to, those that the error names."""

Address = Callable[[str], str]
"""Makes a path a whole address."""

M = TypeVar("M", bound=PublicModel)


class FileError(Exception):
    """There is no such file. The message says to people why."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)


def file(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view of ``(request, country, ...)`` raise :class:`FileError`, and give it the country that the address
    names. The parameter ``lang`` is the language of the file, and the one in which the view runs.
    """

    @require_safe
    @wraps(view)
    def respond(request: HttpRequest, country: str, **named: Any) -> HttpResponse:
        try:
            with translation.override(_language(request.GET)):
                response = view(request, _country(country), **named)
                response["Content-Language"] = translation.get_language()
                return response
        except FileError as error:
            headers = {"Cache-Control": "no-store"}
            return HttpResponse(
                f"{error}\n", status=error.status, content_type="text/plain; charset=utf-8", headers=headers
            )

    return respond


def turn_of(country: Country) -> dt.datetime:
    """The country's next midnight, at which what a file holds moves on by a day."""
    return midnight(country.today(timezone.now()) + dt.timedelta(days=1), country.zone)


def file_response(body: bytes, content_type: str, *, name: str, changes_at: dt.datetime) -> HttpResponse:
    """A file that pages of any origin may read and caches may keep."""
    headers = {"Access-Control-Allow-Origin": "*", "Content-Disposition": f'inline; filename="{name}"'}
    return cacheable(HttpResponse(body, content_type=content_type, headers=headers), changes=[changes_at])


def asked(query: QueryDict, *repeated: str) -> dict[str, list[str]]:
    """The values of the parameters that may repeat, each once and in small letters.

    Raises a 400 for other parameters than these and ``lang``, for empty ones, and for a language given twice.
    """
    for name in query:
        values = query.getlist(name)
        if name not in ("lang", *repeated):
            raise FileError(400, f"{_shown(name)}: Unknown parameter.{near(name[:LONGEST_SLUG], ['lang', *repeated])}")
        if "" in values:
            raise FileError(400, f"{name}: Given without a value: give one or leave the parameter out.")
        if name == "lang" and len(values) > 1:
            raise FileError(400, f"{name}: Given more than once; give it once.")
    return {name: list(dict.fromkeys(value.lower() for value in query.getlist(name))) for name in repeated}


def find_competition(slug: str) -> Competition:
    """The competition, named in the language of the file; raises a 404 or, where it was withdrawn, a 410."""
    return _find(Competition.objects.named(translation.get_language()), slug, "competition")


def find_team(slug: str) -> Team:
    """The team, likewise."""
    return _find(Team.objects.named(translation.get_language()), slug, "team")


def check_slugs(*, competition: Iterable[str], services: Iterable[str]) -> None:
    """Raise a 400 for what is no competition or no service, whatever it is: in one query, or none."""
    given = {"competition": list(competition), "services": list(services)}
    if not any(given.values()):
        return
    known: dict[str, PublicQuerySet[Any]] = {
        "competition": Competition.objects.standing(),
        "services": Service.objects.standing(),
    }
    first, second = (
        rows.filter(slug__in=filter(SLUG.fullmatch, given[name]))
        .order_by()
        .annotate(parameter=Value(name))
        .values_list("parameter", "slug")
        for name, rows in known.items()
    )
    found = set(first.union(second))
    for name, slugs in given.items():
        if unknown := [slug for slug in slugs if (name, slug) not in found][:TOLD_AT_MOST]:
            words = list(known[name].values_list("slug", flat=True))
            told = " ".join(
                f"“{_shown(slug)}” is not known here.{near(slug[:LONGEST_SLUG], words)}" for slug in unknown
            )
            raise FileError(400, f"{name}: {told}")


def printable(text: str) -> str:
    """On one line and without control characters, which these formats have no way to write."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _find(rows: PublicQuerySet[M], slug: str, what: str) -> M:
    row = rows.filter(slug=slug.lower()).first()
    if row is None:
        known = rows.standing().values_list("slug", flat=True)
        raise FileError(404, f"“{slug}” is not a {what} that the guide knows.{near(slug, known)}")
    if row.withdrawn_at:
        raise FileError(410, f"“{slug}” was withdrawn on {row.withdrawn_at:%Y-%m-%d}.")
    return row


def _country(code: str) -> Country:
    country = Country.objects.standing().filter(code=read_country(code)).first()
    if country is None:
        raise FileError(404, f"“{code}” is not an ISO 3166-1 alpha-2 country code.")
    return country


def _language(query: QueryDict) -> str:
    language = query.get("lang", "en")
    if language not in LANGUAGES:
        raise FileError(400, f"lang: “{_shown(language)}” is not known here: write one of {', '.join(LANGUAGES)}.")
    return language


def _shown(text: str) -> str:
    """What somebody sent, short enough to be repeated to them, and of letters that can be sent back."""
    return text[:40].encode("utf-8", "replace").decode()
