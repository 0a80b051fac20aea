"""Fixture lists applied: an event stays the same event, whatever the lists make of its day, round, names and keys."""

import datetime as dt
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from competitions.models import Event, EventSource
from guide.bundled import ORIGIN as BUNDLED
from guide.feeds.models import Feed, Run, Trigger
from guide.feeds.refresh import HEALABLE
from guide.publication.models import Change
from tests.factories import LEAGUE, NOW, SEASON, a_stage, an_event, write
from tests.feeds.feeding import codes, counted, said
from tests.feeds.fixture_lists import (
    A_DAY,
    DAY,
    SESSIONS,
    Lists,
    Match,
    a_feed,
    a_match,
    a_race,
    a_weekend,
    all_matches,
    identities,
    of_races,
    teams,
    the_event,
)
from tests.thorough import examples

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clubs")]


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
