"""Addresses of pages: how they are written, what they name, and what may be asked of them."""

import datetime as dt
import re
from collections.abc import Collection, Iterable
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

from broadcasters.models import Broadcaster, Country
from competitions.models import Competition, Event, Team
from competitions.records import MINIMUM_SLUG_LENGTH, RESERVED_SLUGS
from guide.closures.models import Closure
from guide.publication.records import READ_AS, SLUG
from guide.rights.answer import EARLIEST, LATEST
from guide.search.letters import LONGEST_TEXT, words_of
from guide.web import formats

LONGEST_SLUG = 60
LONGEST_CLOSURE_SLUG = 80


class LanguageConverter:
    """One of the site's languages."""

    regex = "|".join(code for code, _ in settings.LANGUAGES)

    def to_python(self, text: str) -> str:
        return text

    def to_url(self, code: str) -> str:
        return code


class CountryConverter:
    """An ISO code in lower case. What people write instead of one (uk, el) is left to ``views.moved``."""

    regex = f"(?!{'|'.join(code.lower() for code in READ_AS)})[a-z]{{2}}"

    def to_python(self, text: str) -> str:
        return text.upper()

    def to_url(self, code: str) -> str:
        return code.lower()


class SlugConverter:
    """The slug of a broadcaster."""

    regex = f"[a-z0-9-]{{1,{LONGEST_SLUG}}}"

    def to_python(self, text: str) -> str:
        return text

    def to_url(self, slug: str) -> str:
        return slug


class CompetitionConverter(SlugConverter):
    """A slug that is none of the site's own words."""

    regex = f"(?!(?:{'|'.join(sorted(RESERVED_SLUGS))})/)[a-z0-9-]{{{MINIMUM_SLUG_LENGTH},{LONGEST_SLUG}}}"


class ClosureConverter(SlugConverter):
    """A slug of a closure."""

    regex = f"[a-z0-9-]{{1,{LONGEST_CLOSURE_SLUG}}}"


class EventConverter(SlugConverter):
    """Words for people, and the public id that finds the event whatever the words say."""

    regex = f"(?:[A-Za-z0-9-]{{0,{LONGEST_SLUG}}}-)?evt_[a-z0-9]{{1,12}}"


class UnknownCountryError(Exception):
    """Nothing is a country under this code."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class UnknownCompetitionError(Exception):
    """The guide knows no competition by this slug. ``country`` is None where the address names none."""

    def __init__(self, slug: str, country: Country | None) -> None:
        self.slug = slug
        self.country = country
        super().__init__(slug)


class UnknownBroadcasterError(Exception):
    """The guide knows no broadcaster by this slug."""

    def __init__(self, slug: str, country: Country) -> None:
        self.slug = slug
        self.country = country
        super().__init__(slug)


class UnknownClosureError(Exception):
    """The guide knows no closure by this slug."""

    def __init__(self, slug: str, country: Country | None) -> None:
        self.slug = slug
        self.country = country
        super().__init__(slug)


class UnknownEventError(Exception):
    """The guide knows no event by this id; ``is_gone``: it knew one, which has been withdrawn."""

    def __init__(self, public_id: str, country: Country, *, is_gone: bool = False) -> None:
        self.public_id = public_id
        self.country = country
        self.is_gone = is_gone
        super().__init__(public_id)


class UnknownTeamError(Exception):
    """The guide knows no team by this slug; ``is_gone``: it knew one, which has been withdrawn."""

    def __init__(self, slug: str, country: Country, *, is_gone: bool = False) -> None:
        self.slug = slug
        self.country = country
        self.is_gone = is_gone
        super().__init__(slug)


class UnusableDayError(Exception):
    """What stands after a parameter is not a day about which the guide can speak."""

    def __init__(self, parameter: str, text: str) -> None:
        self.parameter = parameter
        self.text = text
        super().__init__(text)


class UnusableChoiceError(Exception):
    """What stands after a parameter is none of the values that the page offers."""

    def __init__(self, parameter: str, text: str, allowed: Iterable[str]) -> None:
        self.parameter = parameter
        self.text = text
        self.allowed = tuple(allowed)
        super().__init__(parameter)


# What an address names


def find_country(code: str) -> Country:
    try:
        return Country.objects.standing().get(code=code)
    except Country.DoesNotExist:
        raise UnknownCountryError(code) from None


def find_competition(slug: str, country: Country | None) -> Competition:
    """The competition, with its name and its sport in the page's language."""
    if not SLUG.fullmatch(slug):
        raise UnknownCompetitionError(slug[:LONGEST_SLUG], country)
    try:
        return Competition.objects.standing().named(formats.language()).get(slug=slug)
    except Competition.DoesNotExist:
        raise UnknownCompetitionError(slug, country) from None


def find_broadcaster(slug: str, country: Country) -> Broadcaster:
    """The broadcaster, with its parent brand and its countries."""
    try:
        return Broadcaster.objects.standing().select_related("parent").with_countries().get(slug=slug)
    except Broadcaster.DoesNotExist:
        raise UnknownBroadcasterError(slug, country) from None


def find_closure(slug: str, country: Country | None = None) -> Closure:
    """The closure with all that is on record about it, its competitions named in the page's language."""
    try:
        return Closure.objects.standing().in_full(formats.language()).get(slug=slug)
    except Closure.DoesNotExist:
        raise UnknownClosureError(slug, country) from None


def find_event(public_id: str, country: Country) -> Event:
    """The event with all that is said of it, named in the page's language."""
    event = Event.objects.named(formats.language()).filter(public_id=public_id).first()
    if event is None or event.withdrawn_at or event.season.competition.withdrawn_at:
        raise UnknownEventError(public_id, country, is_gone=event is not None)
    return event


def find_team(slug: str, country: Country) -> Team:
    """The team, named in the page's language."""
    team = Team.objects.named(formats.language()).filter(slug=slug).first()
    if team is None or team.withdrawn_at:
        raise UnknownTeamError(slug, country, is_gone=team is not None)
    return team


def asked_day(query: QueryDict, parameter: str = "on") -> dt.date | None:
    """The day after a parameter; None where the question is about now."""
    text = query.get(parameter)
    if text is None:
        return None
    try:
        day = dt.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= LATEST:
        raise UnusableDayError(parameter, text[:40])
    return day


def chosen(query: QueryDict, parameter: str, allowed: Collection[str], *, default: str) -> str:
    """The value of a parameter that takes one of a few; the default where the address does not name one."""
    text = query.get(parameter)
    if text is None:
        return default
    if text not in allowed:
        raise UnusableChoiceError(parameter, text[:40], allowed)
    return text


def chosen_country(query: QueryDict) -> str:
    """The code that a search names; empty where it names none."""
    text = query.get("country", "").strip()
    if text and not re.fullmatch(r"[A-Za-z]{2}", text):
        raise UnknownCountryError(text[:40])
    return read_country(text)


def asked_text(query: QueryDict) -> str:
    """What is searched for: one line, without control characters, as long as a search looks at."""
    printable = "".join(char if char.isprintable() else " " for char in query.get("q", "")[:LONGEST_TEXT])
    return " ".join(printable.split())


def read_country(text: str) -> str:
    """An ISO code from what people write for one: lower case, uk, el."""
    return READ_AS.get(text.upper(), text.upper())


# Where a page is


def home_url(language: str | None = None) -> str:
    return reverse("web:home", kwargs={"language": language or formats.language()})


def country_url(code: str) -> str:
    return reverse("web:country", kwargs={"language": formats.language(), "country": code})


def competition_url(code: str, slug: str) -> str:
    return reverse("web:competition", kwargs={"language": formats.language(), "country": code, "competition": slug})


def countries_url(slug: str, **parameters: str) -> str:
    """All countries of one competition; parameters without a value are left out."""
    address = reverse("web:countries", kwargs={"language": formats.language(), "competition": slug})
    return with_query(address, **parameters)


def broadcaster_url(code: str, slug: str) -> str:
    return reverse("web:broadcaster", kwargs={"language": formats.language(), "country": code, "broadcaster": slug})


def event_url(code: str, event: Event) -> str:
    """With the same words in every language, so that the versions of a page differ in that part alone."""
    words = "-".join(words_of(_english_title(event)))[:LONGEST_SLUG].strip("-")
    address = f"{words}-{event.public_id}" if words else event.public_id
    return reverse("web:event", kwargs={"language": formats.language(), "country": code, "event": address})


def _english_title(event: Event) -> str:
    holder = event.parent if event.session else None
    if event.is_match:
        sides = ((event.home, event.home_slot), (event.away, event.away_slot))
        return " ".join(team.name if team else place for team, place in sides)
    return f"{holder.name} {event.session}" if holder else event.name


def team_url(code: str, slug: str) -> str:
    return reverse("web:team", kwargs={"language": formats.language(), "country": code, "team": slug})


def today_url(code: str = "", *, day: str = "", page: str = "") -> str:
    """A day of a country, by default the present one; without a country, the choice of it."""
    return with_query(reverse("web:today", kwargs=_in_country(code)), day=day, page=page)


def week_url(code: str) -> str:
    return reverse("web:week", kwargs=_in_country(code))


def free_url(code: str = "") -> str:
    """What is free this week in a country; without one, the choice of it."""
    return reverse("web:free", kwargs=_in_country(code))


def calendar_url(kind: str, slug: str, code: str) -> str:
    """The calendar of a competition or a team, for the programs that keep calendars."""
    return f"/ical/{kind}/{slug}/{code.lower()}.ics?lang={formats.language()}"


def developers_url() -> str:
    return reverse("web:developers")


def matrix_csv_url(slug: str, *, on: str) -> str:
    """The answers for one competition in all countries, as a table to download."""
    return with_query(reverse("api:matrix"), competition=slug, on=on, format="csv")


def with_query(address: str, **parameters: str) -> str:
    given = {name: text for name, text in parameters.items() if text}
    return f"{address}?{urlencode(given)}" if given else address


def closures_url(country: str = "") -> str:
    """All closures, with the ways out of them in one country or in any."""
    return reverse("web:closures", kwargs=_in_country(country))


def closure_url(slug: str, country: str = "") -> str:
    """The way out of one closure in a country; without one, the choice of it."""
    return reverse("web:closure", kwargs={"closure": slug} | _in_country(country))


def _in_country(code: str) -> dict[str, str]:
    return {"language": formats.language()} | ({"country": code} if code else {})


def choose_country_url(slug: str = "") -> str:
    """The search, with the competition chosen and the country still to choose."""
    return f"{home_url()}?competition={slug}#search" if slug else f"{home_url()}#search"


def search_url() -> str:
    return reverse("web:search", kwargs={"language": formats.language()})
