"""Whatever address is asked, nothing shows that has been withdrawn or was never published.

The addresses are found from the URL patterns. One with an argument of which this module does not know what it may be
fails: say it in :func:`everything`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine
from django.apps import apps
from django.test import Client

from broadcasters.models import Broadcaster, Carriage, Country, CountryGroup, Offer, Service
from competitions.event_table import event_id
from competitions.models import Competition, Event, Season, Sport, Stage, Team
from guide.closures.models import Closure
from guide.publication.models import PublicModel, PublicQuerySet
from guide.publication.records import Record
from guide.rights.models import Finding, Right
from guide.rights.querysets import RightCountryQuerySet
from guide.rights.reconcile import public_id
from tests.factories import (
    LEAGUE,
    NOW,
    a_blackout,
    a_broadcaster,
    a_carriage,
    a_closure,
    a_competition,
    a_country,
    a_country_group,
    a_finding,
    a_league,
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
    write,
)
from tests.guide.addresses import CannotFillError, Parameters, Pattern, Values, patterns
from tests.thorough import IS_THOROUGH

pytestmark = [pytest.mark.once, pytest.mark.django_db, pytest.mark.usefixtures("world")]

UNSEEN_RIGHTS = ("unseen-right", "unseen-right-of-another", "unseen-right-to-another", "unseen-for-lack-of-evidence")
UNSEEN_EVENTS = ("unseen-event", "unseen-event-of-a-team", "unseen-weekend")
UNSEEN_COUNTRY = "AQ"
LANGUAGES = ["en", "fr"] if IS_THOROUGH else ["fr"]
"""What must not show has French names of its own."""
UNSEEN = re.compile(
    "|".join(["unseen-", "antarcti", *map(public_id, UNSEEN_RIGHTS), *map(event_id, UNSEEN_EVENTS)]), re.IGNORECASE
)
"""How every text begins of a row that must not show; what pages call the withdrawn country; public ids."""

SPEAKS_OF_WHAT_HAS_GONE = {"changes"}
"""The last word of addresses whose very purpose it is: the change log."""

NEVER_ANSWERS = {"guide.api.views.overview.UnknownAddressView", "guide.web.views.unknown"}


def standing() -> list[Record]:
    """A league shown by two, one of every other thing, and ties to what is going to be withdrawn."""
    return [
        *a_league(),
        a_country_group(countries="IT"),
        a_competition("quiet-league"),
        a_team(),
        a_team("away-club"),
        a_stage("Play-off"),
        an_event(key="standing-event", stage=a_stage("Play-off").key),
        a_season("2026-27", "2026-07-01", "2027-06-30", competition="quiet-league"),
        a_broadcaster("second"),
        a_broadcaster("operator"),
        a_service(),
        a_carriage(),
        an_offer(key="offer", services="holder-stream; unseen-service"),
        a_right(key="standing-right", services="holder-stream; unseen-service"),
        a_listing(event="standing-event"),
        a_finding(competition="quiet-league"),
        a_blackout(last_day="2026-11-01"),
        a_closure(competitions=f"{LEAGUE}; unseen-league", countries="IT"),
    ]


def unseen() -> list[Record]:
    """One of everything, to be withdrawn, each where a careless query would find it."""
    name, page = (
        "Unseen-Name",
        a_page("https://unseen-page.example/", title="Unseen-Page", publisher="Unseen-Publisher"),
    )
    unseen_texts = {"round": name, "venue": name, "note": name, "source_url": "https://unseen-event.example/"}
    return [
        a_country(UNSEEN_COUNTRY, name="Antarctica", time_zone="Antarctica/Troll"),
        a_country_group("unseen-group", name=name, countries="IT"),
        a_sport("unseen-sport", names=f"fr={name}"),
        a_competition("unseen-league", names=f"fr={name}", aliases=name, organiser=name),
        a_season("Unseen-Season", "2026-07-01", "2027-06-30", key="unseen-season"),
        a_team("unseen-team", names=f"fr={name}", aliases=name),
        a_stage("Unseen-Stage", names=f"fr={name}", aliases=name),
        an_event("home-club", "unseen-team", key="unseen-event-of-a-team", **unseen_texts),
        an_event(key="unseen-event", stage=a_stage("Unseen-Stage").key, **unseen_texts),
        an_event(name=name, key="unseen-weekend", names=f"fr={name}", aliases=name),
        a_broadcaster("unseen-broadcaster", countries="IT", aliases=name, website="https://unseen-site.example/"),
        a_broadcaster("unseen-operator", countries="IT", kind="telecom"),
        a_service("unseen-service", url="https://unseen-service.example/"),
        a_carriage(key="unseen-carriage", operator="unseen-operator"),
        an_offer("1", key="unseen-offer", plan=name, includes=name, services="holder-stream", bundles=name),
        a_right("second", key="unseen-right", package="unseen-package", coverage_note=name, evidence=[page]),
        a_right("unseen-broadcaster", key="unseen-right-of-another", services="unseen-service"),
        a_right(key="unseen-right-to-another", competition="unseen-league"),
        a_listing(key="unseen-listing", event="standing-event", publisher=name),
        a_finding("unannounced", key="unseen-finding", competition="quiet-league", note=name, evidence=[page]),
        a_blackout(key="unseen-blackout", basis=name, evidence=[page]),
        a_closure("unseen-closure", competitions=LEAGUE, countries="IT", outcome=name, evidence=[page]),
    ]


def unpublished() -> Record:
    return a_right("second", key="unseen-for-lack-of-evidence", coverage_note="Unseen-Note", evidence=[])


@pytest.fixture
def world(empty_guide: None) -> None:
    write(*standing(), *unseen(), unpublished())
    write(*standing(), unpublished())


def column(model: type[PublicModel], name: str) -> list[str]:
    return list(model._default_manager.order_by(name).values_list(name, flat=True))


def everything() -> Values:
    """By the name of an argument or a parameter, all that it may be: what stands and what does not."""
    slugs = {
        "competition": column(Competition, "slug"),
        "sport": column(Sport, "slug"),
        "broadcaster": column(Broadcaster, "slug"),
        "operator": column(Broadcaster, "slug"),
        "service": column(Service, "slug"),
        "services": column(Service, "slug"),
        "closure": column(Closure, "slug"),
        "country_group": column(CountryGroup, "slug"),
        "group": column(CountryGroup, "slug"),
        "team": column(Team, "slug"),
        "home": column(Team, "slug"),
        "away": column(Team, "slug"),
    }
    keys = {
        "offer": column(Offer, "key"),
        "season": column(Season, "key"),
        "stage": column(Stage, "key"),
        "carriage": column(Carriage, "key"),
        "finding": column(Finding, "key"),
    }
    rights, events = column(Right, "public_id"), column(Event, "public_id")
    return {
        **slugs,
        **keys,
        "right": rights,
        "event": events,
        "event_id": events,
        "parent": column(Event, "key"),
        "public_id": [*rights, *events],
        "id": [*rights, *events],
        "key": sorted({key for known in keys.values() for key in known}),
        "slug": sorted({slug for known in slugs.values() for slug in known}),
        "rest": [f"{slug}/" for slug in slugs["competition"]],
        "language": LANGUAGES,
        "lang": LANGUAGES,
        "country": [code.lower() for code in column(Country, "code")],
        "code": [code.lower() for code in column(Country, "code")],
        "on": ["2026-11-23"],
        "valid_on": ["2026-11-23"],
        "updated_since": ["2020-01-01T00:00:00Z"],
        "since": ["0"],
        "q": ["unse", "test"],
        "search": ["unse", "test"],
    }


def queries_of_pages(values: Values) -> Iterator[str]:
    """Pages have no schema, and take no offence at parameters that they do not know."""
    yield from (f"?{name}={value}" for name in ("on", "q", "competition", "country") for value in values[name])
    yield from (f"?country=it&competition={slug}" for slug in values["competition"])


def is_unseen(text: str) -> bool:
    return bool(UNSEEN.search(text)) or text.upper() == UNSEEN_COUNTRY


def names_unseen(path: str) -> bool:
    return any(is_unseen(segment) for segment in path.split("/"))


class Walk:
    """Asks addresses, each once, with all that follow from them, and keeps what shows that must not."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.asked: dict[str, bool] = {}
        self.shown = ""
        self.faults: list[str] = []

    def ask_all(self, path: str, values: Values, parameters: Parameters) -> bool:
        """Whether anything was answered at a path. Where it was, all is asked that can be asked there; of the API in
        any case, since it may want one of several parameters.
        """
        answers = False
        for query in parameters.plain(path, values):
            is_answered = self.ask(path + query)
            more: Iterable[str] = ()
            if path.startswith("/api/"):
                more = parameters.further(path, values)
            elif is_answered:
                more = queries_of_pages(values)
            told = [self.ask(path + query + further.replace("?", "&" if query else "?")) for further in more]
            answers |= is_answered or any(told)
        return answers

    def ask(self, address: str) -> bool:
        """Whether there was an answer. A list is asked in each of its formats, and to its end."""
        if address not in self.asked:
            self.asked[address] = False
            for accept in ("*/*", "text/csv") if address.startswith("/api/") else ("*/*",):
                response = self.client.get(address, headers={"accept": accept}, follow=True)
                if names_unseen(urlsplit(address).path) and response.status_code not in (404, 406, 410):
                    self.faults.append(f"{address} names what does not stand and answers {response.status_code}.")
                if response.status_code == 200:
                    self.asked[address] = True
                    self._read(address, response.getvalue().decode())
        return self.asked[address]

    def _read(self, address: str, body: str) -> None:
        self.shown += body
        for in_json, in_page in re.findall(r'"next": ?"([^"]+)"|rel="next" href="([^"]+)"', body):
            following = urlsplit(unescape(in_json or in_page))
            self.ask(f"{following.path}?{following.query}")
        # What the caller has written may be written back.
        for _, value in parse_qsl(urlsplit(address).query):
            if is_unseen(value):
                body = re.sub(re.escape(value), "", body, flags=re.IGNORECASE)
        for found in UNSEEN.finditer(body):
            self.faults.append(f"{address} shows “{body[max(0, found.start() - 60) : found.end() + 60]}”.")


def test_there_is_one_of_each_to_be_seen_and_one_not_to_be_seen() -> None:
    for model in apps.get_models():
        if issubclass(model, PublicModel):
            rows = model._default_manager.all()
            assert rows.filter(withdrawn_at__isnull=True).exists(), model
            assert rows.filter(withdrawn_at__isnull=False).exists(), model
    assert Right.objects.filter(is_published=True).exists()
    assert Right.objects.filter(is_published=False, withdrawn_at__isnull=True).exists()


def test_no_address_shows_what_does_not_stand(client: Client) -> None:
    values, parameters, walk = everything(), Parameters(), Walk(client)
    answered: defaultdict[str, bool] = defaultdict(bool)
    with time_machine.travel(NOW, tick=False):
        # Editors see what is withdrawn, and a picture shows nothing.
        for pattern in patterns(but={"admin/", "favicon.ico"}):
            for path in pattern.paths(values):
                if path.rstrip("/").rpartition("/")[2] not in SPEAKS_OF_WHAT_HAS_GONE:
                    answered[pattern.view] |= walk.ask_all(path, values, parameters)
    assert not walk.faults, "\n".join(walk.faults)
    assert {view for view, has in answered.items() if not has} == NEVER_ANSWERS
    for seen in ("Test-League", "Holder", "Operator", "Holder-Stream", public_id("standing-right")):
        assert seen in walk.shown


def test_an_argument_that_nobody_has_explained_is_named() -> None:
    pattern = Pattern(view="guide.web.views.riddle", form="%(language)s/%(riddle)s/", arguments=("language", "riddle"))
    with pytest.raises(CannotFillError, match=r"“riddle” may be in “%\(language\)s/%\(riddle\)s/”"):
        list(pattern.paths(everything()))


def test_a_careless_answer_would_be_noticed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PublicQuerySet, "standing", lambda rows: rows)
    monkeypatch.setattr(RightCountryQuerySet, "published", lambda rows: rows)
    walk = Walk(client)
    with time_machine.travel(NOW, tick=False):
        for address in ("/en/it/test-league/", "/fr/it/quiet-league/", "/en/it/unseen-league/", "/fr/aq/"):
            walk.ask(address)
    shown = "\n".join(walk.faults)
    for fault in ("Unseen-Broadcaster", "Unseen-Service", "Unseen-Name", "Antarctique"):
        assert fault in shown, shown
    assert "/en/it/unseen-league/ names what does not stand and answers 200." in walk.faults
