"""Every kind of page, in the states that look different: what the validator and the browser look at.

A new page, or a new state of one, is one line in :data:`PAGES`; what no bundled row shows is made up in
:func:`made_up`.
"""

from typing import NamedTuple

from django.conf import settings

from guide.publication.records import Record
from tests.factories import (
    a_blackout,
    a_broadcaster,
    a_carriage,
    a_competition,
    a_finding,
    a_page,
    a_right,
    a_season,
    a_service,
    a_sport,
    an_offer,
)


class Sample(NamedTuple):
    """One page to look at. Its name is that of the file or picture in which it is kept."""

    name: str
    address: str
    status: int = 200


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
        a_right(competition="blocked-league"),
        a_blackout(competition="blocked-league", evidence=[a_page()]),
        a_finding("unannounced", competition="unannounced-league", note="A first sale ended without a deal."),
        a_finding("none", competition="nobodys-league", evidence=[a_page(seen_on="2026-11-03")]),
    ]


def _every_form() -> list[Record]:
    """Each access, scope, drawing of coverage and age of price once, on one page."""
    league = "every-form"
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
