"""Adding a row of every public table through its form, as an editor who only knows the form."""

from collections.abc import Callable
from typing import Any

import pytest

from broadcasters.models import Broadcaster, Carriage, Country, CountryGroup, Offer, Service
from competitions.event_table import event_id
from competitions.models import Competition, Event, Season, Sport, Stage, Team
from guide.closures.models import Closure
from guide.rights.blackouts import Blackout
from guide.rights.models import Evidence, Finding, Listing, Right, RightCountry
from tests.admin.editing import PAGE, PUBLIC_ADMINS, Editor, inline, last_change, pk, record_of, revision, told

Typed = Callable[[], dict[str, Any]]

FORMS: dict[type[Any], tuple[str, Typed]] = {
    Sport: ("rugby", lambda: {"name": "Rugby", "slug": "rugby"} | inline("names", {"language": "fr", "text": "Rugby"})),
    Competition: (
        "ipl",
        lambda: {"name": "IPL", "slug": "ipl", "calendar": "tournament", "region": "IN"}
        | {"sport": pk(Sport, slug="football")}
        | inline("names", {"language": "it", "text": "La IPL"})
        | inline("aliases", {"language": "", "text": "Indian Premier League"}),
    ),
    Season: (
        "serie-a--2040-41",
        lambda: {"competition": pk(Competition, slug="serie-a"), "label": "2040-41", "first_day": "2040-07-01"}
        | {"last_day": "2041-06-30", "dates": "nominal"},
    ),
    Team: (
        "gamma-club",
        lambda: {"name": "Gamma Club", "slug": "gamma-club", "sport": pk(Sport, slug="football"), "kind": "club"}
        | inline("aliases", {"text": "Gamma"})
        | inline("names", {"language": "fr", "text": "Le Gamma"}),
    ),
    Stage: (
        "serie-a--2026-27--play-off",
        lambda: {"season": pk(Season, key="serie-a--2026-27"), "name": "Play-off", "position": "2"}
        | inline("aliases", {"text": "Spareggio"}),
    ),
    Event: (
        "serie-a--2026-27--beta-club--alpha-club",
        lambda: {"season": pk(Season, key="serie-a--2026-27"), "home": pk(Team, slug="beta-club")}
        | {"away": pk(Team, slug="alpha-club"), "day": "2027-01-10", "precision": "day", "status": "scheduled"},
    ),
    Country: ("QQ", lambda: {"code": "QQ", "name": "Nowhere", "time_zone": "Europe/Rome"}),
    CountryGroup: ("two", lambda: {"name": "Two", "slug": "two", "countries": ["IT", "FR"]}),
    Broadcaster: (
        "new-tv",
        lambda: {"name": "New TV", "slug": "new-tv", "kind": "broadcaster", "status": "active", "countries": ["IT"]}
        | inline("aliases", {"text": "NTV"}),
    ),
    Service: (
        "new-stream",
        lambda: {"name": "New", "slug": "new-stream", "kind": "stream", "broadcaster": pk(Broadcaster, slug="dazn-it")}
        | {"group": pk(CountryGroup, slug="dach")},
    ),
    Offer: (
        "dazn-it--it--all-of-it",
        lambda: {"broadcaster": pk(Broadcaster, slug="dazn-it"), "country": "IT", "plan": "All of it", "price": "9.99"}
        | {"currency": "EUR", "period": "month", "has_ads": "unknown"}
        | inline("competitions", {"competition": "serie-a"})
        | inline("bundles", {"text": "A hat"}),
    ),
    Carriage: (
        "sky-it--dazn-1-es--it",
        lambda: {"operator": pk(Broadcaster, slug="sky-it"), "country": "IT"}
        | {"service": pk(Service, slug="dazn-1-es")},
    ),
    Right: (
        "serie-a--dazn-it--2035",
        lambda: {"competition": pk(Competition, slug="serie-a"), "broadcaster": pk(Broadcaster, slug="dazn-it")}
        | {"in_countries": ["IT"], "first_day": "2035-07-01", "last_day": "2036-06-30", "languages": "it; en"}
        | inline("evidence", PAGE),
    ),
    Finding: (
        "serie-a--none--2035",
        lambda: {"competition": pk(Competition, slug="serie-a"), "kind": "none", "in_countries": ["AQ"]}
        | {"first_day": "2035-07-01", "evidence_reaches": "2036-06-30"}
        | inline("evidence", PAGE),
    ),
    Blackout: (
        "saturday-afternoon",
        lambda: {"key": "saturday-afternoon", "basis": "Article 48", "countries": ["GB"], "weekday": "6"}
        | {"from_time": "14:45", "to_time": "17:15"},
    ),
    Listing: (
        "serie-a--2026-27--alpha-club--beta-club--dazn-it--it",
        lambda: {
            "event": pk(Event, key="serie-a--2026-27--alpha-club--beta-club"),
            "service": pk(Service, slug="dazn-it"),
            "country": "IT",
            "kind": "live",
            "publisher": "A guide",
            "seen_on": "2026-11-23",
        },
    ),
    Closure: (
        "gone",
        lambda: {"name": "Gone", "slug": "gone", "kind": "site-shutdown", "announced_on": "2026-11"}
        | {"countries": ["IT"], "competitions": [pk(Competition, slug="serie-a")]}
        | inline("offered", {"text": "Football", "position": 0}, {"text": "Tennis", "position": 0})
        | inline("partners", {"text": "AGCOM", "position": 0})
        | inline("evidence", PAGE),
    ),
}  # fmt: skip


pytestmark = pytest.mark.usefixtures("match")


def test_every_public_model_has_its_form_here() -> None:
    assert set(FORMS) == set(PUBLIC_ADMINS)


@pytest.mark.parametrize("model", FORMS, ids=lambda model: model.__name__)
def test_what_an_editor_adds_is_published_with_name_and_reason(editor: Editor, model: Any) -> None:
    key, typed = FORMS[model]
    before = revision()
    response = editor.add(model, **typed(), change_reason="Found it.")
    assert response.status_code == 302, told(response)
    assert revision() == before + 1
    change = last_change()
    assert (change.action, change.key, change.actor, change.reason) == ("created", key, "mona", "Found it.")
    assert change.before is None
    assert model.objects.latest("created_at").origin == "editor"


def test_a_right_is_published_with_its_countries_and_evidence(editor: Editor) -> None:
    typed = FORMS[Right][1]() | {"claimed_confidence": "confirmed"}
    assert editor.add(Right, **typed).status_code == 302
    right = Right.objects.get(key="serie-a--dazn-it--2035")
    assert right.is_published
    assert right.public_id.startswith("rgt_")
    assert right.confidence == "reported"  # claimed as confirmed, on one unofficial page
    assert right.languages == ("it", "en")
    place = RightCountry.objects.get(right=right)
    assert (place.country_id, place.is_published, str(place.from_day)) == ("IT", True, "2035-07-01")
    assert Evidence.objects.filter(right=right).count() == 1
    assert record_of(last_change().after)["countries"] == ["IT"]
    assert last_change().reason == "edited in the admin"


def test_a_new_right_that_no_source_gives_languages_has_none(editor: Editor) -> None:
    typed = {name: value for name, value in FORMS[Right][1]().items() if name != "languages"}
    assert editor.add(Right, **typed).status_code == 302
    assert Right.objects.get(key="serie-a--dazn-it--2035").languages == ()


def test_a_right_without_evidence_is_kept_and_not_published(editor: Editor) -> None:
    response = editor.add(Right, **FORMS[Right][1]() | inline("evidence"))
    assert response.status_code == 302
    assert not Right.objects.get(key="serie-a--dazn-it--2035").is_published
    page = editor.list(Right)
    assert "no page of evidence" in told(page)


def test_the_countries_of_a_group_are_written_out(editor: Editor) -> None:
    typed = FORMS[Right][1]() | {"group": pk(CountryGroup, slug="dach")}
    assert editor.add(Right, **typed).status_code == 302
    assert record_of(last_change().after)["countries"] == ["AT", "CH", "DE", "IT"]


def test_a_group_without_any_other_country_will_do(editor: Editor) -> None:
    assert editor.add(Service, **FORMS[Service][1]()).status_code == 302
    assert record_of(last_change().after)["countries"] == ["AT", "CH", "DE"]


def test_items_of_an_ordered_list_keep_the_order_in_which_they_were_typed(editor: Editor) -> None:
    assert editor.add(Closure, **FORMS[Closure][1]()).status_code == 302
    assert record_of(last_change().after)["offered"] == ["Football", "Tennis"]
    offered = Closure.objects.get(slug="gone").offered
    assert list(offered.values_list("position", flat=True)) == [0, 1]


REFUSED: dict[str, tuple[type[Any], dict[str, Any] | Typed, str]] = {
    "a free offer with a price": (Offer, {"period": "free", "price": "5"}, "A free offer has the price 0."),
    "a word of the site": (Competition, {"slug": "search"}, "is a word of the site"),
    "no such region": (Competition, {"region": "Italy"}, "is no region"),
    "no such time zone": (Country, {"time_zone": "Europe/Nowhere"}, "is not a time zone"),
    "a code that ISO does not know": (Country, {"code": "UK"}, "GB, never UK"),
    "no country": (Right, {"in_countries": []}, "A right names at least one country."),
    "no host in an address": (Right, {"evidence-0-url": "http://localhost/deal"}, "is not an address"),
    "a month that does not exist": (Right, {"evidence-0-published_on": "2026-13"}, "is not a date"),
    "no language tag": (Right, {"languages": "italian!"}, "is not a language tag"),
    "more matches than there are": (Right, {"matches": "5", "matches_of": "3"}, "ore matches than there are"),
    "neither end nor reach": (Right, {"last_day": ""}, "Give either the last day"),
    "a window backwards": (Right, {"first_day": "2037-01-01"}, "The last day lies before the first day."),
    "no evidence": (Finding, inline("evidence"), "A finding needs evidence"),
    "one time only": (Blackout, {"to_time": ""}, "Give both times"),
    "a season over another": (Season, {"first_day": "2025-09-01", "last_day": "2025-10-01"}, "is over"),
    "a competition that is not in the guide": (Offer, {"competitions-0-competition": "curling"}, "valid choice"),
    "two names in one language": (
        Sport,
        inline("names", {"language": "fr", "text": "A"}, {"language": "fr", "text": "B"}),
        "duplicate",
    ),
    "a match of one side": (Event, {"away": ""}, "A match has two sides."),
    "neither sides nor a name": (Event, {"home": "", "away": ""}, "An event has two sides or a name."),
    "a team against itself": (Event, lambda: {"away": pk(Team, slug="beta-club")}, "A team does not play itself."),
    "a team and its place": (Event, {"home_slot": "Winner of 74"}, "not both"),
    "an exact time without a time": (Event, {"precision": "exact"}, "An instant is exact or provisional"),
    "a time of no precision": (
        Event,
        {"starts_at_0": "2027-01-10", "starts_at_1": "18:00"},
        "An instant is exact or provisional",
    ),
    "a day that is not known": (Event, {"precision": "unknown"}, "Only an event of unknown time has no day."),
    "no day": (Event, {"day": ""}, "Only an event of unknown time has no day."),
    "an end without a beginning": (
        Event,
        {"ends_at_0": "2027-01-10", "ends_at_1": "18:00"},
        "It ends before it begins.",
    ),
    "days backwards": (Event, {"last_day": "2027-01-09"}, "The last day lies before the first day."),
    "no time zone of a venue": (Event, {"zone": "Europe/Nowhere"}, "is not a time zone"),
    "no country of a team": (Team, {"country": "UK"}, "write GB"),
    "a key that is taken": (Right, {"key": "serie-a--dazn-it--2024"}, "already exists"),
    "an overlap": (Right, {"first_day": "2028-07-01", "last_day": "2035-06-30"}, "serie-a--dazn-it--2024"),
    "a NUL character": (Sport, {"name": "A\x00B"}, "Null characters are not allowed."),
}


@pytest.mark.parametrize(("model", "typed", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_a_document_could_not_bring_is_refused_at_the_form(
    editor: Editor, model: Any, typed: dict[str, Any] | Typed, said: str
) -> None:
    known, before = model.objects.count(), revision()
    response = editor.add(model, **FORMS[model][1]() | (typed() if callable(typed) else typed))
    assert response.status_code == 200
    assert said in told(response).replace("&quot;", '"').replace("&#x27;", "'")
    assert (model.objects.count(), revision()) == (known, before)


def added(editor: Editor, **typed: Any) -> Event:
    """An event added by hand, in the season and with the day of the form above."""
    plain = FORMS[Event][1]() | {"home": "", "away": ""}
    response = editor.add(Event, **plain | typed)
    assert response.status_code == 302, told(response)
    return Event.objects.latest("created_at")


def test_the_key_of_an_event_says_what_does_not_move(editor: Editor) -> None:
    match = added(editor, home=pk(Team, slug="alpha-club"), away=pk(Team, slug="beta-club"))
    # The bundled season has a match of these two, at home of the same.
    assert match.key == "serie-a--2026-27--alpha-club--beta-club--2"
    assert match.public_id == event_id(match.key)
    slots = {"home_slot": "Winner of 1", "away_slot": "Winner of 2"}
    assert added(editor, **slots).key == "serie-a--2026-27--winner-of-1--winner-of-2"
    assert added(editor, number="74", **slots).key == "serie-a--2026-27--match-74"
    gala = added(editor, name="Gala of Serie A")
    assert gala.key == "serie-a--2026-27--gala-of-serie-a"
    assert added(editor, name="Gala", parent=gala.pk, session="warm-up").key == f"{gala.key}--warm-up"
    assert added(editor, name="東京").key == "serie-a--2026-27--event"


def test_what_was_typed_is_still_there_after_a_refusal(editor: Editor) -> None:
    response = editor.add(Offer, **FORMS[Offer][1]() | {"period": "free", "plan": "A plan of my own"})
    assert "A plan of my own" in response.content.decode()


def test_rows_that_were_withdrawn_cannot_be_named(editor: Editor) -> None:
    service = Service.objects.create(
        slug="old-stream", name="Old", broadcaster_id=pk(Broadcaster, slug="dazn-it"), kind="tv"
    )
    editor.act("withdraw", service, reason="It closed.")
    response = editor.add(Right, **FORMS[Right][1]() | {"services": [service.pk]})
    assert "“old-stream” is not in services." in told(response)
