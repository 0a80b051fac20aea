"""Fixture lists applied: an event stays the same event, whatever the lists make of its day, round, names and keys."""

import datetime as dt
import itertools
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from competitions.models import Event, EventSource
from competitions.records import EventRecord
from guide.bundled import ORIGIN as BUNDLED
from guide.feeds.models import Feed, Run, Trigger
from guide.feeds.refresh import HEALABLE
from guide.publication.locking import note_unlocked
from guide.publication.models import Change
from tests.factories import LEAGUE, NOW, SEASON, a_stage, a_team, an_event, write
from tests.feeds import feeding
from tests.feeds.feeding import codes, counted, filed, said
from tests.thorough import examples

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clubs")]

CLUBS = {"otter": "Otter", "pike": "Pike", "carp": "Carp", "roach": "Roach"}
DAY = dt.timedelta(days=1)
Match = dict[str, Any]


@pytest.fixture
def clubs(league: None) -> None:
    """Four clubs; sources also call Otter “FC Otter 1900”."""
    write(*teams())


def teams(**aliases: str) -> list[Any]:
    given = {"otter": "FC Otter 1900"} | aliases
    return [a_team(slug, name=name, aliases=given.get(slug, "")) for slug, name in CLUBS.items()]


def a_feed(slug: str = "list", **fields: Any) -> Feed:
    given: dict[str, Any] = {
        "slug": slug,
        "kind": "fixtures",
        "adapter": "openfootball-json",
        "zone": "Europe/Rome",
        "options": {"competition": LEAGUE, "season": "2026-27"},
        "gone_least": 5,
    }
    return feeding.a_feed(**given | fields)


def a_match(
    home: str = "Otter", away: str = "Pike", date: str = "2026-12-05", time: str = "18:00", **more: Any
) -> Match:
    cells = {"round": "Matchday 1", "date": date, "time": time, "team1": home, "team2": away} | more
    return {name: value for name, value in cells.items() if value != ""}


def all_matches(names: Iterable[str] = tuple(CLUBS.values())) -> list[Match]:
    pairs = itertools.permutations(names, 2)
    first = dt.date(2026, 12, 5)
    return [a_match(home, away, str(first + number * DAY)) for number, (home, away) in enumerate(pairs)]


class Lists:
    """Refreshes feeds with lists that a test writes."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "list.json"

    def __call__(self, feed: Feed, *matches: Match, on: dt.datetime = NOW, **options: Any) -> Run:
        return self.give(feed, {"name": "Test League", "matches": matches}, on=on, **options)

    def races(self, feed: Feed, *races: Match, on: dt.datetime = NOW) -> Run:
        return self.give(feed, {"races": races}, on=on)

    def give(self, feed: Feed, document: Any, *, on: dt.datetime, **options: Any) -> Run:
        self._path.write_text(json.dumps(document), encoding="utf-8")
        with time_machine.travel(on, tick=False):
            return filed(feed, self._path, **options)


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    return Lists(tmp_path)


def the_event(**lookup: Any) -> Event:
    return Event.objects.get(**lookup)


def identities() -> dict[str, str]:
    return dict(Event.objects.values_list("public_id", "key"))


# Counting


def test_a_list_makes_events_and_the_second_time_nothing_is_new(lists: Lists) -> None:
    feed = a_feed()
    run = lists(feed, *all_matches())
    assert (said(run), counted(run)) == (("applied", ""), {"created": 12})
    event = the_event(key=f"{SEASON}--otter--pike")
    assert (event.origin, event.round, event.scheduled_by) == (feed.origin, "Matchday 1", "")
    assert (event.starts_at, event.precision) == (dt.datetime(2026, 12, 5, 17, tzinfo=dt.UTC), "exact")
    assert (str(event.day), event.public_id[:4]) == ("2026-12-05", "evt_")
    before = Change.objects.count()
    assert said(lists(feed, *all_matches())) == ("unchanged", "same_document")
    Run.objects.update(adapter_version=0)
    again = lists(feed, *all_matches())
    assert (said(again), counted(again)) == (("unchanged", ""), {"unchanged": 12})
    assert Change.objects.count() == before


def test_every_record_is_counted_once(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, a_match(), a_match("Pike", "Carp"), a_match("Carp", "Roach"))
    Event.objects.filter(home__slug="carp").update(is_locked=True)
    run = lists(
        feed,
        a_match(date="2026-12-06"),
        a_match("Pike", "Carp"),
        a_match("Carp", "Roach", date="2026-12-07"),
        a_match("Roach", "Pike"),
        a_match("Roach", "Trout"),
        a_match("Roach", "Otter", date="soon"),
    )
    assert counted(run) == {"created": 1, "changed": 1, "unchanged": 1, "kept": 1, "rejected": 2}
    assert codes(run) == ["bad_date", "unknown_team"]


def test_a_match_that_two_names_of_one_club_give_twice_is_one(lists: Lists) -> None:
    run = lists(a_feed(), a_match(), a_match("FC Otter 1900"))
    assert counted(run) == {"created": 1, "rejected": 1}
    assert codes(run) == ["duplicate"]


def test_a_club_does_not_play_itself_under_another_name(lists: Lists) -> None:
    run = lists(a_feed(), a_match("Otter", "FC Otter 1900"), a_match())
    assert counted(run) == {"created": 1, "rejected": 1}
    assert codes(run) == ["bad_value"]


# Names


def test_a_renamed_club_keeps_its_events(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, *all_matches())
    before = identities()
    run = lists(feed, *all_matches(["FC Otter 1900", "Pike", "Carp", "Roach"]))
    assert (said(run), counted(run)) == (("unchanged", ""), {"unchanged": 12})
    assert identities() == before


@pytest.mark.parametrize(
    ("match", "options", "code", "says"),
    [
        (a_match("Oter"), {}, "unknown_team", "“Oter” is no team of ours. Did you mean “otter”?"),
        (a_match(), {"competition": "test-legue"}, "unknown_competition", "Did you mean"),
        (a_match(), {"season": "2029-30"}, "unknown_season", "There are: 2025-26, 2026-27, 2027-28."),
    ],
)
def test_what_is_not_known_is_rejected_with_a_suggestion(
    lists: Lists, match: Match, options: dict[str, str], code: str, says: str
) -> None:
    assert code in HEALABLE
    feed = a_feed(options={"competition": LEAGUE, "season": "2026-27"} | options)
    run = lists(feed, match)
    assert counted(run) == {"rejected": 1}
    (rejection,) = run.rejections.all()
    assert rejection.code == code
    assert says in rejection.message
    assert not Event.objects.exists()


def test_once_the_alias_is_on_record_the_same_list_is_read_again(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, a_match("Sporting Pike"), a_match())
    write(*teams(pike="Sporting Pike"))
    run = lists(feed, a_match("Sporting Pike", "Otter"), a_match())
    assert (said(run), counted(run)) == (("applied", ""), {"created": 1, "unchanged": 1})


def test_the_same_document_heals(lists: Lists) -> None:
    feed = a_feed()
    document = [a_match("Sporting Pike", "Otter"), a_match()]
    assert counted(lists(feed, *document)) == {"created": 1, "rejected": 1}
    assert said(lists(feed, *document)) == ("unchanged", "same_document")
    write(*teams(pike="Sporting Pike"), now=NOW + DAY / 2)
    run = lists(feed, *document, on=NOW + DAY)
    assert (said(run), counted(run)) == (("applied", ""), {"created": 1, "unchanged": 1})
    assert said(lists(feed, *document, on=NOW + 2 * DAY)) == ("unchanged", "same_document")


def test_a_name_that_two_clubs_have_means_neither(lists: Lists) -> None:
    write(*teams(pike="Sporting", carp="Sporting"))
    run = lists(a_feed(), a_match("Sporting", "Otter"))
    assert codes(run) == ["unknown_team"]
    assert "“Sporting” may be carp, pike." in run.rejections.get().message


def test_a_feed_may_have_names_of_its_own_for_clubs(lists: Lists) -> None:
    feed = a_feed(options={"competition": LEAGUE, "season": "2026-27", "aliases": {"The Fish": "pike"}})
    assert counted(lists(feed, a_match("Otter", "The Fish"))) == {"created": 1}
    assert the_event().away == Event.objects.get().away


def test_many_new_names_are_held_with_what_they_seem_to_stand_for(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, *all_matches())
    run = lists(feed, *all_matches(["Otter", "Pike", "Carp SC", "Roach United"]))
    assert said(run) == ("held", "mass_rename")
    assert run.message == "It seems that names have changed: Carp → Carp SC; Roach → Roach United."
    write(*teams(carp="Carp SC", roach="Roach United"), now=NOW + DAY / 2)
    again = lists(feed, *all_matches(["Otter", "Pike", "Carp SC", "Roach United"]), on=NOW + DAY)
    assert (said(again), counted(again)) == (("unchanged", ""), {"unchanged": 12})


# Days


def test_a_postponed_match_gets_a_new_day(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, a_match())
    before = the_event()
    assert counted(lists(feed, a_match(status="postponed"))) == {"changed": 1}
    assert the_event().status == "postponed"
    assert counted(lists(feed, a_match(date="2027-02-03", time="20:30"))) == {"changed": 1}
    event = the_event()
    assert (event.pk, event.public_id) == (before.pk, before.public_id)
    assert (event.status, str(event.day), event.precision) == ("scheduled", "2027-02-03", "exact")
    changes = Change.objects.filter(table="events", key=event.key).order_by("id")
    assert [change.action for change in changes] == ["created", "changed", "changed"]


def test_a_cancelled_match_that_is_left_out_stays_cancelled(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, a_match(status="cancelled"), a_match("Pike", "Carp"))
    run = lists(feed, a_match("Pike", "Carp"), a_match("Carp", "Pike"))
    assert counted(run) == {"created": 1, "unchanged": 1}
    event = the_event(home__slug="otter")
    assert (event.status, event.withdrawn_at) == ("cancelled", None)
    assert event.sources.get().missing_since is None


def test_a_match_that_is_left_out_is_missed_then_withdrawn_and_comes_back_as_itself(lists: Lists) -> None:
    feed = a_feed()
    first, left = a_match("Pike", "Carp"), a_match(date="2027-03-01")
    lists(feed, first, left)
    before = the_event(home__slug="otter")
    run = lists(feed, first)
    assert (said(run), counted(run)) == (("applied", ""), {"unchanged": 1, "gone": 1})
    assert before.sources.get().missing_since == NOW
    # Missing once is missing: it is not told again.
    Run.objects.update(adapter_version=0)
    assert counted(lists(feed, first, on=NOW + 6 * DAY)) == {"unchanged": 1}
    assert the_event(home__slug="otter").withdrawn_at is None
    # The same document: time alone has passed.
    run = lists(feed, first, on=NOW + 8 * DAY)
    assert (said(run), counted(run)) == (("applied", ""), {"unchanged": 1})
    assert the_event(home__slug="otter").withdrawn_at == NOW + 8 * DAY
    assert Change.objects.latest("id").action == "withdrawn"
    assert said(lists(feed, first, on=NOW + 9 * DAY)) == ("unchanged", "same_document")
    run = lists(feed, first, left, on=NOW + 10 * DAY)
    assert counted(run) == {"unchanged": 1, "changed": 1}
    event = the_event(home__slug="otter")
    assert (event.pk, event.public_id, event.withdrawn_at) == (before.pk, before.public_id, None)
    assert event.sources.get().missing_since is None
    assert Change.objects.latest("id").action == "restored"


def test_what_a_club_of_another_name_may_be_is_not_withdrawn(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, a_match("Pike", "Carp"), a_match(date="2027-03-01"))
    document = [a_match("Pike", "Carp"), a_match("Otter 1900", date="2027-03-01")]
    assert counted(lists(feed, *document)) == {"unchanged": 1, "rejected": 1, "gone": 1}
    lists(feed, *document, on=NOW + 8 * DAY)
    assert the_event(home__slug="otter").withdrawn_at is None
    write(*teams(otter="Otter 1900"))
    assert counted(lists(feed, *document, on=NOW + 9 * DAY)) == {"unchanged": 2}
    assert not EventSource.objects.filter(missing_since__isnull=False).exists()


def test_what_another_list_still_names_is_not_withdrawn(lists: Lists) -> None:
    one, other = a_feed(), a_feed("other")
    both = [a_match("Pike", "Carp"), a_match(date="2027-03-01")]
    lists(one, *both)
    assert counted(lists(other, *both)) == {"unchanged": 2}
    lists(one, both[0])
    lists(one, both[0], on=NOW + 8 * DAY)
    assert the_event(home__slug="otter").withdrawn_at is None
    lists(other, both[0], on=NOW + 9 * DAY)
    lists(one, both[0], on=NOW + 17 * DAY)
    assert the_event(home__slug="otter").withdrawn_at == NOW + 17 * DAY
    # Who names it again keeps it.
    assert counted(lists(other, *both, on=NOW + 18 * DAY)) == {"unchanged": 1, "changed": 1}
    assert (the_event(home__slug="otter").origin, the_event(home__slug="otter").withdrawn_at) == (other.origin, None)


def test_a_list_does_not_speak_of_days_before_its_first(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, *all_matches())
    run = lists(feed, *all_matches()[8:])
    assert counted(run) == {"unchanged": 4}
    assert not EventSource.objects.filter(missing_since__isnull=False).exists()


def test_many_that_are_left_out_are_held(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, *all_matches())
    run = lists(feed, *all_matches()[:6])
    assert said(run) == ("held", "mass_deletion")
    assert "6 of 12 would go" in run.message
    assert not EventSource.objects.filter(missing_since__isnull=False).exists()


def test_a_list_without_matches_is_held(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, a_match())
    assert said(lists(feed)) == ("held", "empty_document")


def test_a_list_of_another_season_says_nothing_of_this_one(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, *all_matches())
    feed.options = feed.options | {"season": "2027-28"}
    feed.save()
    later = [match | {"date": match["date"].replace("2026", "2027")} for match in all_matches()[:2]]
    assert counted(lists(feed, *later)) == {"created": 2}
    assert not EventSource.objects.filter(missing_since__isnull=False).exists()
    assert Event.objects.filter(season__label="2026-27").count() == 12


# The same event


def test_a_place_that_a_team_takes_is_the_same_match(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, a_match("W1", "W2", round="Final", num=3), a_match())
    event = the_event(number=3)
    assert (event.key, event.home, event.home_slot, event.away_slot) == (f"{SEASON}--match-3", None, "W1", "W2")
    assert counted(lists(feed, a_match("Carp", "W2", round="Final", num=3), a_match())) == {
        "changed": 1,
        "unchanged": 1,
    }
    run = lists(feed, a_match("Carp", "Otter", "2026-12-07", round="Final", num=3), a_match())
    assert counted(run) == {"changed": 1, "unchanged": 1}
    now = the_event(number=3)
    assert (now.pk, now.key, now.public_id) == (event.pk, event.key, event.public_id)
    assert now.home
    assert now.away
    assert (now.home.slug, now.away.slug, now.home_slot, now.away_slot) == ("carp", "otter", "", "")
    assert Event.objects.count() == 2


def test_two_legs_are_two_matches(lists: Lists) -> None:
    feed = a_feed()
    legs = [a_match(round="Semi-finals, Leg 1"), a_match("Pike", "Otter", "2026-12-12", round="Semi-finals, Leg 2")]
    lists(feed, *legs)
    assert counted(lists(feed, legs[1], legs[0] | {"date": "2026-12-06"})) == {"changed": 1, "unchanged": 1}
    assert set(Event.objects.values_list("key", flat=True)) == {f"{SEASON}--otter--pike", f"{SEASON}--pike--otter"}


def test_two_games_of_a_season_are_told_apart(lists: Lists) -> None:
    feed = a_feed()
    autumn, spring = a_match(round="Matchday 3"), a_match(date="2027-04-10", round="Matchday 30")
    lists(feed, autumn, spring)
    first, second = Event.objects.order_by("day")
    assert [first.key, second.key] == [f"{SEASON}--otter--pike", f"{SEASON}--otter--pike--2"]
    run = lists(feed, spring | {"date": "2027-04-14"}, autumn | {"date": "2026-12-08"})
    assert counted(run) == {"changed": 2}
    assert [str(event.day) for event in Event.objects.order_by("pk")] == ["2026-12-08", "2027-04-14"]
    assert list(Event.objects.order_by("day")) == [first, second]


def test_a_round_of_another_number_is_no_new_match(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, a_match(round="Matchday 1"))
    before = identities()
    assert counted(lists(feed, a_match(round="Matchday 20"))) == {"changed": 1}
    assert (identities(), the_event().round) == (before, "Matchday 20")


def test_a_match_belongs_to_the_stage_that_its_round_names(lists: Lists) -> None:
    write(a_stage("Play-off", aliases="Semi-finals, Leg 1"))
    lists(a_feed(), a_match(round="Semi-finals, leg 1"), a_match("Carp", "Roach"))
    stages = Event.objects.order_by("pk").values_list("stage__key", flat=True)
    assert list(stages) == [f"{SEASON}--play-off", None]


# Races

SESSIONS = {"fp1": "2027-05-07T11:30:00Z", "qualifying": "2027-05-08T14:00:00Z", "gp": "2027-05-09T13:00:00Z"}


def a_race(name: str = "Dutch", *, number: int = 1, sessions: dict[str, str] = SESSIONS, **more: Any) -> Match:
    return {"name": name, "location": "Dunes", "round": number, "slug": name.lower(), "sessions": sessions} | more


def a_weekend(**cells: Any) -> EventRecord:
    when = {"day": "2027-05-07", "last_day": "2027-05-09", "precision": "day"}
    return an_event(name="Dutch Grand Prix", key="weekend", **when | cells)


def of_races(slug: str = "races", **fields: Any) -> Feed:
    return a_feed(slug, adapter="sportstimes", **fields)


def test_sessions_of_a_list_belong_to_one_weekend(lists: Lists) -> None:
    run = lists.races(of_races(), a_race())
    assert counted(run) == {"created": 3}
    weekend = the_event(parent=None)
    assert (weekend.name, str(weekend.day), str(weekend.last_day)) == ("Dutch", "2027-05-07", "2027-05-09")
    children = {event.session: event for event in Event.objects.filter(parent=weekend)}
    assert children.keys() == {"fp1", "qualifying", "race"}
    assert children["race"].starts_at == dt.datetime(2027, 5, 9, 13, tzinfo=dt.UTC)
    assert children["race"].key == f"{weekend.key}--race"


def test_sessions_find_the_weekend_that_came_with_the_guide(lists: Lists) -> None:
    write(
        a_weekend(),
        an_event(name="Race", key="weekend--race", parent="weekend", session="race", **A_DAY),
        origin=BUNDLED,
    )
    feed = of_races()
    assert counted(lists.races(feed, a_race())) == {"created": 2, "changed": 1}
    weekend = the_event(parent=None)
    assert (weekend.key, weekend.origin, str(weekend.last_day), weekend.starts_at) == (
        "weekend",
        BUNDLED,
        "2027-05-09",
        None,
    )
    assert Event.objects.filter(parent=weekend).count() == 3
    race = the_event(session="race")
    assert (race.key, race.origin, race.scheduled_by) == ("weekend--race", BUNDLED, feed.origin)
    assert (race.starts_at, race.precision) == (dt.datetime(2027, 5, 9, 13, tzinfo=dt.UTC), "exact")
    # The race moves, and the bundled data are loaded once more.
    later = SESSIONS | {"gp": "2027-05-09T15:00:00Z"}
    assert counted(lists.races(feed, a_race(sessions=later))) == {"changed": 1, "unchanged": 2}
    (outcome,) = [
        one
        for name, one in write(
            a_weekend(),
            an_event(name="The race", key="weekend--race", parent="weekend", session="race", **A_DAY),
            origin=BUNDLED,
        ).items()
        if name == "events"
    ]
    race.refresh_from_db()
    assert outcome.changed == ("weekend--race",)
    assert (race.name, race.starts_at, race.precision) == (
        "The race",
        dt.datetime(2027, 5, 9, 15, tzinfo=dt.UTC),
        "exact",
    )
    assert counted(lists.races(feed, a_race(number=2, sessions=later))) == {"unchanged": 3}


A_DAY = {"day": "2027-05-09", "precision": "day"}


def test_a_race_that_is_called_off_and_leaves_the_list_stays_called_off(lists: Lists) -> None:
    feed = of_races(gone_percent=100)
    races = [a_race("Bahrain", number=1), a_race("Dutch", number=2)]
    lists.races(feed, *races)
    before = identities()
    assert counted(lists.races(feed, races[0] | {"canceled": True}, races[1])) == {"changed": 3, "unchanged": 3}
    assert counted(lists.races(feed, races[1] | {"round": 1})) == {"unchanged": 3}
    assert identities() == before
    assert set(Event.objects.filter(key__contains="bahrain").values_list("status", flat=True)) == {"cancelled"}


def test_a_weekend_that_leaves_the_list_is_withdrawn_with_its_sessions(lists: Lists) -> None:
    feed = of_races()
    lists.races(feed, a_race("Bahrain"), a_race("Dutch", number=2))
    assert counted(lists.races(feed, a_race("Dutch")))["gone"] == 4
    lists.races(feed, a_race("Dutch"), on=NOW + 8 * DAY)
    assert not Event.objects.standing().filter(key__contains="bahrain").exists()
    assert counted(lists.races(feed, a_race("Bahrain"), a_race("Dutch"), on=NOW + 9 * DAY)) == {
        "changed": 3,
        "unchanged": 3,
    }
    assert Event.objects.standing().count() == 8


def test_events_of_one_name_are_told_apart_by_their_days(lists: Lists) -> None:
    feed = of_races()
    spring, autumn = ({"gp": f"2027-{month}-09T13:00:00Z"} for month in ("05", "09"))
    races = [a_race("Spain", sessions={"gp": spring["gp"]}), a_race("Spain", number=2, sessions=autumn)]
    write(
        an_event(name="Spain", key="spring", day="2027-05-09", precision="day"),
        an_event(name="Spain", key="autumn", day="2027-09-09", precision="day"),
        origin=BUNDLED,
    )
    assert counted(lists.races(feed, *races)) == {"created": 2}
    assert sorted(Event.objects.values_list("parent__key", "day__month").exclude(parent=None)) == [
        ("autumn", 9),
        ("spring", 5),
    ]
    before = identities()
    Run.objects.update(adapter_version=0)
    assert counted(lists.races(feed, *reversed(races))) == {"unchanged": 2}
    assert identities() == before


@pytest.mark.parametrize("name", ["Ж" * 200, "東京", "x" * 161])
def test_a_race_of_an_odd_name_is_made_or_rejected(lists: Lists, name: str) -> None:
    counts = counted(lists.races(of_races(), a_race(name)))
    assert counts == ({"rejected": 3} if len(name) > 160 else {"created": 3})
    assert Event.objects.count() == (0 if len(name) > 160 else 4)


# Who has the say


def test_a_list_that_knows_less_changes_nothing(lists: Lists) -> None:
    lists(a_feed(), a_match())
    before = the_event()
    run = lists(a_feed("other"), a_match(date="2026-12-06", time=""))
    assert (said(run), counted(run)) == (("unchanged", ""), {"kept": 1})
    event = the_event()
    assert (event.starts_at, event.origin, event.updated_at) == (before.starts_at, before.origin, before.updated_at)
    assert event.sources.count() == 2


def test_who_knows_more_has_the_say_until_the_keeper_knows_as_much(lists: Lists) -> None:
    keeper, other = a_feed(), a_feed("other")
    lists(keeper, a_match(time=""))
    assert counted(lists(other, a_match(time="20:45"))) == {"changed": 1}
    event = the_event()
    assert (event.origin, event.scheduled_by, event.precision) == (keeper.origin, other.origin, "exact")
    # Whoever knows only the day has nothing to add, and who has the say may change it.
    assert counted(lists(keeper, a_match(date="2026-12-06", time=""))) == {"kept": 1}
    assert counted(lists(other, a_match(date="2026-12-07", time="20:45"))) == {"changed": 1}
    assert str(the_event().day) == "2026-12-07"
    assert counted(lists(other, a_match(date="2026-12-07", time=""))) == {"changed": 1}
    assert counted(lists(keeper, a_match(date="2026-12-08", time="18:00"))) == {"changed": 1}
    assert the_event().scheduled_by == ""
    assert counted(lists(other, a_match(date="2026-12-09", time=""))) == {"kept": 1}
    assert str(the_event().day) == "2026-12-08"


def test_what_an_editor_has_locked_stays_and_comes_when_it_is_unlocked(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, a_match())
    locked = ("day", "starts_at")
    Event.objects.update(locked_fields=locked, day="2026-12-24", starts_at="2026-12-24T17:00:00Z")
    document = a_match(date="2026-12-10", round="Matchday 9")
    assert counted(lists(feed, document)) == {"changed": 1}
    event = the_event()
    assert (str(event.day), event.round, event.locked_fields) == ("2026-12-24", "Matchday 9", locked)
    Run.objects.update(adapter_version=0)
    assert counted(lists(feed, document)) == {"kept": 1}
    Event.objects.update(locked_fields=())
    note_unlocked(NOW + DAY)
    assert counted(lists(feed, document, on=NOW + DAY)) == {"changed": 1}
    assert str(the_event().day) == "2026-12-10"


@pytest.mark.parametrize("cells", [{"is_locked": True}, {"is_locked": True, "withdrawn_at": NOW}])
def test_a_row_that_is_locked_stays(lists: Lists, cells: dict[str, Any]) -> None:
    feed = a_feed()
    lists(feed, a_match())
    Event.objects.update(**cells)
    before = Event.objects.values().get()
    assert counted(lists(feed, a_match(date="2026-12-10"))) == {"kept": 1}
    assert Event.objects.values().get() == before


def test_what_the_bundled_data_no_longer_have_is_of_the_list_that_names_it(lists: Lists) -> None:
    match = an_event("otter", "pike", **A_DAY)
    other = an_event("carp", "roach", **A_DAY)
    write(match, other, origin=BUNDLED)
    write(other, origin=BUNDLED)
    feed = a_feed()
    assert counted(lists(feed, a_match())) == {"changed": 1}
    event = the_event(key=match.key)
    assert (event.origin, event.withdrawn_at, event.scheduled_by) == (feed.origin, None, "")
    write(other, origin=BUNDLED)
    assert the_event(key=match.key).withdrawn_at is None


def test_a_race_on_one_of_its_days_leaves_a_weekend_its_days(lists: Lists) -> None:
    write(a_weekend(), origin=BUNDLED)
    feed = of_races()
    # A race without sessions stands for itself.
    lists.races(feed, a_race(sessions={}))
    weekend = the_event()
    assert (str(weekend.day), str(weekend.last_day)) == ("2027-05-07", "2027-05-09")


# Whatever comes

NAMES = {"otter": ("Otter", "FC Otter 1900"), "pike": ("Pike", "PIKE"), "carp": ("Carp", "Cárp")}
CALLED = {name: slug for slug, names in NAMES.items() for name in names}
PAIRS = list(itertools.permutations(NAMES, 2))


@st.composite
def documents(draw: st.DrawFn) -> list[Match]:
    """A list of some matches of a small league, by any of the clubs' names, on any day and in any round."""
    listed = draw(st.lists(st.sampled_from(PAIRS), unique=True, max_size=len(PAIRS)))
    return [
        a_match(
            draw(st.sampled_from(NAMES[home])),
            draw(st.sampled_from(NAMES[away])),
            str(dt.date(2026, 12, 1) + draw(st.integers(0, 20)) * DAY),
            draw(st.sampled_from(["", "18:00", "20:45"])),
            round=f"Matchday {draw(st.integers(1, 4))}",
            status=draw(st.sampled_from(["", "", "postponed", "cancelled"])),
        )
        for home, away in listed
    ]


@settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(given_lists=st.lists(st.tuples(documents(), st.integers(0, 9), st.booleans()), min_size=2, max_size=6))
def test_no_course_of_lists_makes_two_events_of_one_match(
    lists: Lists, given_lists: list[tuple[list[Match], int, bool]]
) -> None:
    for model in (EventSource, Event, Run, Feed):
        model.objects.all().delete()
    feeds, on = [a_feed(gone_percent=100), a_feed("other", gone_percent=100)], NOW
    for matches, days, is_of_other in given_lists:
        on += days * DAY
        before = identities()
        run = lists(feeds[is_of_other], *matches, on=on, trigger=Trigger.PERSON)
        if run.verdict != "held" and run.reason != "same_document":
            assert run.read == len(matches)
            counted(run)
            assert not run.rejected
        assert before.items() <= identities().items()
        pairs = list(Event.objects.values_list("season", "home", "away"))
        assert len(pairs) == len(set(pairs))
        if matches and run.verdict != "held":
            named = {(CALLED[match["team1"]], CALLED[match["team2"]]) for match in matches}
            assert named <= set(Event.objects.standing().values_list("home__slug", "away__slug"))
