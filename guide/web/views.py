"""The pages: take the request apart, call, answer."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from guide.rights.answers import answers, who_shows
from guide.web.addresses import (
    asked_day,
    chosen_country,
    competition_url,
    country_url,
    find_competition,
    find_country,
    home_url,
    read_country,
)
from guide.web.country_page import CountryPage, country_page, questions
from guide.web.home_page import HomePage, home_page
from guide.web.key_page import KeyPage, key_page
from guide.web.problem_page import ProblemPage, nothing_here
from guide.web.rendering import page


@require_safe
def languages(request: HttpRequest) -> HttpResponse:
    """The choice of a language. Nobody is sent to one by browser or address."""
    choices = [(code, name, request.build_absolute_uri(home_url(code))) for code, name in settings.LANGUAGES]
    return render(request, "web/languages.html", {"site_name": settings.SITE_NAME, "choices": choices})


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it of every host, whatever they have been shown."""
    return redirect(static("web/icon.svg"))


@page
def home(request: HttpRequest) -> HomePage | HttpResponse:
    """The search; once it names a country, the way to the answer."""
    country, competition = chosen_country(request.GET), request.GET.get("competition", "")
    if country and competition:
        find_competition(competition, place := find_country(country))
        return redirect(competition_url(place.code, competition))
    if country:
        return redirect(country_url(find_country(country).code))
    return home_page(competition=competition)


@page
def country(request: HttpRequest, country: str) -> CountryPage:
    place, on = find_country(country), asked_day(request.GET)
    return country_page(place, answers(questions(place, on=on)), on=on, today=place.today(timezone.now()))


@page
def competition(request: HttpRequest, country: str, competition: str) -> KeyPage:
    place, on = find_country(country), asked_day(request.GET)
    answer = who_shows(find_competition(competition, place), place, on=on)
    return key_page(answer, today=place.today(timezone.now()))


@page
def moved(request: HttpRequest, country: str, competition: str | None = None) -> ProblemPage | HttpResponse:
    """Other spellings of an address: upper case, uk for gb, el for gr."""
    code = read_country(country)
    rest = f"{competition.lower()}/" if competition else ""
    address = country_url(code) + rest
    if address == request.path:
        return nothing_here()
    query = f"?{urlencode(request.GET, doseq=True)}" if request.GET else ""
    return redirect(address + query, permanent=True)


@page
def unknown(request: HttpRequest) -> ProblemPage:
    """Every address below a language that is none of ours."""
    return nothing_here()
