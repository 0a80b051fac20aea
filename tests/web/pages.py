"""Every kind of page, in the states that look different: what the validator and the browser look at.

A new page, or a new state of one, is one line in :data:`PAGES`; what no bundled row shows is made up in
:func:`made_up`.
"""

from typing import NamedTuple

from django.conf import settings

from competitions.event_table import event_id
from guide.publication.records import Record
from tests.factories import (
    a_blackout,
    a_broadcaster,
    a_carriage,
    a_competition,
    a_finding,
    a_listing,
    a_page,
    a_right,
    a_season,
    a_service,
    a_sport,
    a_stage,
    a_team,
    an_event,
    an_offer,
)


class Sample(NamedTuple):
    """One page to look at. Its name is that of the file or picture in which it is kept."""

    name: str
    address: str
    status: int = 200


LEAGUE, SEASON = "every-form", "every-form--2026-27"
EVENT = event_id(f"{SEASON}--home-club--away-club")

PAGES = (
    Sample("languages", "/"),
    Sample("home", "/en/"),
    Sample("home-half-asked", "/en/?competition=serie-a"),
    Sample("country", "/en/it/"),
    Sample("country-on-another-day", "/fr/fr/?on=2026-03-01"),
    Sample("licensed", "/en/it/serie-a/"),
    *(Sample(f"every-form-{code}", f"/{code}/it/every-form/") for code, _ in settings.LANGUAGES),
    Sample("licensed-free", "/en/ie/uefa-champions-league/"),
    Sample("licensed-on-another-day", "/en/fr/serie-a/?on=2026-03-01"),
    Sample("lapsed", "/en/it/bundesliga/"),
    Sample("between-editions", "/en/gb/fifa-world-cup/"),
    Sample("not-researched", "/de/aq/uefa-euro/"),
    Sample("blocked", "/en/it/blocked-league/"),
    Sample("unannounced", "/en/it/unannounced-league/"),
    Sample("nobody", "/en/it/nobodys-league/"),
    Sample("search", "/en/search/?q=f1+itali"),
    Sample("search-many", "/fr/search/?q=sky"),
    Sample("search-nothing", "/en/search/?q=qwrtzpsdfg"),
    Sample("search-empty", "/en/search/"),
    Sample("all-countries", "/en/formula-1/"),
    *(Sample(f"all-countries-{code}", f"/{code}/uefa-champions-league/") for code, _ in settings.LANGUAGES),
    Sample("all-countries-sorted", "/en/formula-1/?access=part&sort=until"),
    Sample("broadcaster", "/en/it/broadcaster/sky-it/"),
    Sample("broadcaster-free", "/de/de/broadcaster/zdf/"),
    Sample("broadcaster-elsewhere", "/en/aq/broadcaster/sky-it/"),
    Sample("closures", "/en/closures/"),
    Sample("closures-in-a-country", "/fr/it/closures/"),
    Sample("closure-anywhere", "/en/closures/calcio-2025/"),
    Sample("closure", "/en/it/closures/calcio-2025/"),
    *(Sample(f"closure-{code}", f"/{code}/us/closures/streameast-2025/") for code, _ in settings.LANGUAGES),
    *(Sample(f"event-{code}", f"/{code}/it/event/home-club-away-club-{EVENT}/") for code, _ in settings.LANGUAGES),
    Sample("event-blocked", f"/en/it/event/home-club-blocked-club-{event_id('blocked-event')}/"),
    Sample("event-weekend", f"/en/it/event/test-grand-prix-{event_id('weekend')}/"),
    Sample("event-session", f"/de/jp/event/test-grand-prix-race-{event_id('race')}/"),
    *(Sample(f"day-{code}", f"/{code}/it/today/?day=2026-11-28") for code, _ in settings.LANGUAGES),
    Sample("day-of-nothing", "/en/it/today/?day=1999-01-01"),
    Sample("week", "/fr/it/week/"),
    Sample("free", "/en/it/free/"),
    Sample("free-nothing", "/de/aq/free/"),
    Sample("today-anywhere", "/en/today/"),
    Sample("team", "/en/it/team/home-club/"),
    Sample("unknown-event", "/en/it/event/words-evt_aaaaaaaaaa/", 404),
    Sample("unknown-team", "/en/it/team/nobodys-club/", 404),
    Sample("developers", "/developers/"),
    Sample("unknown-broadcaster", "/en/it/broadcaster/skyy/", 404),
    Sample("unknown-closure", "/en/it/closures/calcoi/", 404),
    Sample("unknown-filter", "/en/formula-1/?access=gratis", 400),
    Sample("unknown-country", "/en/xx/", 404),
    Sample("unknown-competition", "/en/it/seriea/", 404),
    Sample("not-a-day", "/en/it/serie-a/?on=tomorrow", 400),
    Sample("nothing-here", "/fr/nothing/", 404),
    Sample("outside-of-every-language", "/nothing/", 404),
)


def made_up() -> list[Record]:
    """Rows for the states and the forms of coverage, access and price that the bundled data do not show in Italy."""
    leagues = ("every-form", "blocked-league", "unannounced-league", "nobodys-league")
    return [
        a_sport(),
        *(a_competition(slug) for slug in leagues),
        *(a_season("2026-27", "2026-07-01", "2027-06-30", competition=slug) for slug in leagues),
        *(a_broadcaster(slug) for slug in ("holder", "second", "third", "fourth", "fifth", "operator")),
        a_service("holder-stream", url="https://stream.example/"),
        a_service("holder-channel", kind="tv", url="https://channel.example/"),
        a_carriage(service="holder-channel"),
        *_every_form(),
        *_events(),
        a_right(competition="blocked-league"),
        a_blackout(competition="blocked-league", evidence=[a_page()]),
        a_finding("unannounced", competition="unannounced-league", note="A first sale ended without a deal."),
        a_finding("none", competition="nobodys-league", evidence=[a_page(seen_on="2026-11-03")]),
    ]


def _events() -> list[Record]:
    """A match with much to say, a blocked one, one without a time, a weekend, and one that is called off."""
    match = f"{SEASON}--home-club--away-club"
    common = {"season": SEASON, "name": "Test Grand Prix", "parent": "weekend", "precision": "exact"}
    return [
        *(a_team(slug) for slug in ("home-club", "away-club", "blocked-club", "third-club")),
        a_stage(season=SEASON),
        an_event(
            season=SEASON, round="Matchday 13", venue="Stadio Comunale", zone="America/New_York", status="postponed"
        ),
        an_event("home-club", "third-club", season=SEASON, day="2026-11-28", precision="day"),
        an_event("third-club", "away-club", season=SEASON, status="cancelled"),
        an_event("home-club", "blocked-club", season="blocked-league--2026-27", key="blocked-event"),
        an_event(
            season=SEASON,
            name="Test Grand Prix",
            key="weekend",
            day="2026-11-27",
            last_day="2026-11-29",
            precision="day",
            venue="Track",
        ),
        an_event(**common, key="qualifying", session="qualifying", day="2026-11-28", starts_at="2026-11-28T14:00:00Z"),
        an_event(**common, key="race", session="race", day="2026-11-29", starts_at="2026-11-29T14:00:00Z"),
        a_right("second", competition=LEAGUE, package="final", part=f"{SEASON}--final"),
        a_listing(
            event=match, service="holder-stream", starts_at="2026-11-28T18:30:00Z", source_url="https://guide.example/"
        ),
        a_listing(event=match, service="holder-channel", publisher="Another Guide"),
        # What a guide had on air confirms the right of its holder.
        an_event("away-club", "third-club", season=SEASON, day="2026-11-07", precision="day"),
        a_listing(event=f"{SEASON}--away-club--third-club", service="holder-channel", starts_at="2026-11-07T19:30:00Z"),
    ]


def _every_form() -> list[Record]:
    """Each access, scope, drawing of coverage and age of price once, on one page."""
    league = LEAGUE
    official = a_page("https://league.example/partners", kind="official", title="", publisher="")
    return [
        a_right(
            competition=league,
            package="basic",
            services="holder-stream; holder-channel",
            languages="it; en",
            matches="7",
            matches_of="10",
            matches_unit="round",
            coverage_note="7 exclusively, 3 shared",
            verified_on="2026-11-20",
            evidence=[official, a_page(seen_on="2026-11-20")],
        ),
        a_right(
            competition=league, package="plus", scope="some", matches="103", matches_of="380", matches_unit="season"
        ),
        a_right("second", competition=league, access="free", scope="some", last_day="2026-12-31"),
        a_right("second", competition=league, first_day="2027-01-01", access="registration", last_day="2029-06-30"),
        a_right("third", competition=league, access="mixed", scope="most", evidence_reaches="2027-06-30"),
        a_right("fourth", competition=league, access="pay-per-view", scope="unknown", verified_on="2026-01-05"),
        a_right("fifth", competition=league, access="unknown", kind="highlights"),
        a_right("fifth", competition=league, access="free", kind="delayed"),
        an_offer("12.99", competitions=league, services="holder-stream", seen_on="2026-11-20"),
        an_offer("25", broadcaster="third", competitions=league, seen_on="2024", commitment_months="12"),
        an_offer("9.99", broadcaster="fourth", competitions=league, period="event", seen_on="2026-09-20"),
    ]
