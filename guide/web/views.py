"""The pages: take the request apart, call, answer."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guide.closures.models import Closure
from guide.feeds.rights_schema import schema_text
from guide.publication.caching import cacheable
from guide.rights.answer import Question
from guide.rights.answers import answers
from guide.rights.schedule import day_of, days_of
from guide.rights.schedule import questions as questions_about
from guide.web import countries_page, formats
from guide.web.addresses import (
    asked_day,
    asked_text,
    chosen_country,
    closure_url,
    competition_url,
    country_url,
    event_url,
    find_broadcaster,
    find_closure,
    find_competition,
    find_country,
    find_event,
    find_team,
    free_url,
    home_url,
    read_country,
    today_url,
)
from guide.web.broadcaster_page import BroadcasterPage, broadcaster_page
from guide.web.closure_page import ClosurePage, closure_page
from guide.web.closures_page import ClosureChoicePage, ClosuresPage, closure_choice_page, closures_page
from guide.web.countries_page import CountriesPage
from guide.web.country_page import CountryPage, country_page, questions
from guide.web.event_page import EventPage, event_page, parts_of
from guide.web.frame import LONGEST_QUERY
from guide.web.home_page import HomePage, home_page
from guide.web.key_page import KeyPage, key_page, next_events
from guide.web.problem_page import ProblemPage, nothing_here
from guide.web.rendering import page
from guide.web.schedule_page import (
    WEEK,
    ScheduleChoicePage,
    SchedulePage,
    free_page,
    schedule_choice_page,
    today_page,
    week_page,
)
from guide.web.search_page import SearchPage, answer_url, find, search_page
from guide.web.team_page import TeamPage, team_page
from guide.web.team_page import next_events as next_events_of


@require_safe
def languages(request: HttpRequest) -> HttpResponse:
    """The choice of a language. Nobody is sent to one by browser or address."""
    choices = [(code, name, request.build_absolute_uri(home_url(code))) for code, name in settings.LANGUAGES]
    return render(request, "web/languages.html", {"site_name": settings.SITE_NAME, "choices": choices})


@require_safe
def developers(request: HttpRequest) -> HttpResponse:
    """How to use the API, in English."""
    root = request.build_absolute_uri(reverse("api:lookup")).removesuffix("/lookup")
    return cacheable(render(request, "web/developers.html", {"site_name": settings.SITE_NAME, "root": root}))


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Every operation of the API, to be tried out: Swagger UI, served from here."""
    return cacheable(render(request, "web/reference.html", {"site_name": settings.SITE_NAME}))


@require_safe
def rights_schema(request: HttpRequest) -> HttpResponse:
    """The form in which rights are published for the guide to read, as JSON Schema. Pages of any origin may read it."""
    headers = {"Access-Control-Allow-Origin": "*"}
    return cacheable(HttpResponse(schema_text(), content_type="application/schema+json", headers=headers))


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it of every host, whatever they have been shown."""
    return redirect(static("web/icon.svg"))


@page
def home(request: HttpRequest) -> HomePage | HttpResponse:
    """The home page; where an address names a country, as those of older searches do, the way to the answer."""
    country, competition = chosen_country(request.GET), request.GET.get("competition", "")
    if country and competition:
        find_competition(competition, place := find_country(country))
        return redirect(competition_url(place.code, competition))
    if country:
        return redirect(country_url(find_country(country).code))
    return home_page(competition=competition)


@page
def search(request: HttpRequest) -> SearchPage | HttpResponse:
    """What a text may mean; straight to the answer where there is no doubt about it."""
    text, code = asked_text(request.GET), chosen_country(request.GET)
    place = find_country(code) if code else None
    if place and not text:
        return redirect(country_url(place.code))
    found = find(text, place)
    address = answer_url(found)
    return redirect(address) if address else search_page(text, found, place)


@page
def country(request: HttpRequest, country: str) -> CountryPage:
    place, on = find_country(country), asked_day(request.GET)
    return country_page(place, answers(questions(place, on=on)), on=on, today=place.today(timezone.now()))


@page
def competition(request: HttpRequest, country: str, competition: str) -> KeyPage:
    place, on = find_country(country), asked_day(request.GET)
    subject, now = find_competition(competition, place), timezone.now()
    # What comes next is asked in the same breath, of the present only.
    coming = [] if on else next_events(subject, place, now)
    answer, *others = answers([Question(competition=subject, country=place, on=on), *coming], now=now)
    return key_page(answer, others, today=place.today(now))


@page
def countries(request: HttpRequest, competition: str) -> CountriesPage:
    subject, on = find_competition(competition, None), asked_day(request.GET)
    asked = countries_page.questions(subject, on=on)
    return countries_page.countries_page(subject, answers(asked), request.GET, on=on, now=timezone.now())


@page
def broadcaster(request: HttpRequest, country: str, broadcaster: str) -> BroadcasterPage:
    place, on = find_country(country), asked_day(request.GET)
    holder = find_broadcaster(broadcaster, place)
    today = place.today(timezone.now())
    return broadcaster_page(holder, place, answers(questions(place, on=on)), on=on, today=today)


@page
def event(request: HttpRequest, country: str, event: str) -> EventPage | HttpResponse:
    """The page of an event; from any other words before its id, the way to the right ones."""
    place, now = find_country(country), timezone.now()
    found = find_event(event.rpartition("-")[2], place)
    if (address := event_url(place.code, found)) != request.path:
        return redirect(address, permanent=True)
    (answer,) = answers(questions_about([found], place), now=now)
    return event_page(answer, parts_of(found), today=place.today(now), address=request.build_absolute_uri)


@page
def team(request: HttpRequest, country: str, team: str) -> TeamPage:
    place, now = find_country(country), timezone.now()
    found = find_team(team, place)
    known = answers(next_events_of(found, place, now), now=now, is_brief=True)
    return team_page(found, place, known, today=place.today(now))


@page
def today(request: HttpRequest, country: str) -> SchedulePage:
    place, now = find_country(country), timezone.now()
    present = place.today(now)
    day = asked_day(request.GET, "day") or present
    return today_page(place, day_of(place, day, formats.language(), now=now), request.GET, day=day, today=present)


@page
def week(request: HttpRequest, country: str) -> SchedulePage:
    place, now = find_country(country), timezone.now()
    first = place.today(now)
    return week_page(place, days_of(place, first, first + WEEK, formats.language(), now=now), today=first)


@page
def free(request: HttpRequest, country: str) -> SchedulePage:
    place, now = find_country(country), timezone.now()
    first = place.today(now)
    return free_page(place, days_of(place, first, first + WEEK, formats.language(), now=now), today=first)


@page
def today_anywhere(request: HttpRequest) -> ScheduleChoicePage | HttpResponse:
    """The choice of a country; once it is made, the way to the page."""
    if code := chosen_country(request.GET):
        return redirect(today_url(find_country(code).code))
    return schedule_choice_page(only_free=False)


@page
def free_anywhere(request: HttpRequest) -> ScheduleChoicePage | HttpResponse:
    if code := chosen_country(request.GET):
        return redirect(free_url(find_country(code).code))
    return schedule_choice_page(only_free=True)


@page
def closures(request: HttpRequest, country: str = "") -> ClosuresPage:
    place = find_country(country) if country else None
    return closures_page(Closure.objects.standing().for_list(), place)


@page
def closure_anywhere(request: HttpRequest, closure: str) -> ClosureChoicePage | HttpResponse:
    """The choice of a country; once it is made, the way to the page."""
    found = find_closure(closure)
    if code := chosen_country(request.GET):
        return redirect(closure_url(found.slug, find_country(code).code))
    return closure_choice_page(found)


@page
def closure(request: HttpRequest, country: str, closure: str) -> ClosurePage:
    place = find_country(country)
    found = find_closure(closure, place)
    known = answers(Question(competition=one, country=place) for one in found.competitions.all())
    return closure_page(found, place, known, today=place.today(timezone.now()))


@page
def moved(request: HttpRequest, country: str = "", rest: str = "") -> ProblemPage | HttpResponse:
    """Other spellings of an address: upper case, uk for gb, el for gr."""
    address = (country_url(read_country(country)) if country else home_url()) + rest.lower()
    if address == request.path:
        return nothing_here()
    query = request.GET.urlencode()
    return redirect(f"{address}?{query}" if 0 < len(query) <= LONGEST_QUERY else address, permanent=True)


@page
def unknown(request: HttpRequest) -> ProblemPage:
    """Every address below a language that is none of ours."""
    return nothing_here()
