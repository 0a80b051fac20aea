"""Who shows this event: the more specific row, certain and possible, what is blocked, and each zone's own day."""

import datetime as dt

import pytest

from broadcasters.models import Country
from competitions.models import Event
from guide.rights.answer import Answer, Question, Reason, Rule, Showing, State
from guide.rights.answers import answers
from guide.rights.schedule import day_of, named_competition
from tests.factories import (
    NOW,
    SEASON,
    a_blackout,
    a_league,
    a_listing,
    a_right,
    a_service,
    a_team,
    an_event,
    holders,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("match_day")]
MATCH = f"{SEASON}--home-club--away-club"


def ask_about(key: str = MATCH, country: str = "IT") -> Answer:
    event = Event.objects.named("en").get(key=key)
    question = Question(competition=named_competition(event), country=Country.objects.get(code=country), event=event)
    return answers([question], now=NOW)[0]


def told(answer: Answer) -> list[tuple[str, Rule, Showing | None]]:
    return [(option.broadcaster.slug, option.rule, option.showing) for option in answer.options]


# Certain, possible, not


def test_a_right_to_all_matches_is_certain_and_one_to_some_is_possible() -> None:
    write(a_right(scope="all"), a_right("second", scope="some"))
    answer = ask_about()
    assert (answer.state, answer.season) == (State.LICENSED, "2026-27")
    assert told(answer) == [
        ("holder", Rule.COMPETITION, Showing.CERTAIN),
        ("second", Rule.COMPETITION, Showing.POSSIBLE),
    ]


def test_a_listing_makes_certain_and_hides_nobody() -> None:
    write(a_right(scope="some"), a_right("second", scope="some"), a_listing(service="second-stream"))
    answer = ask_about()
    assert told(answer) == [
        ("second", Rule.LISTING, Showing.CERTAIN),
        ("holder", Rule.COMPETITION, Showing.POSSIBLE),
    ]
    assert answer.options[0].rank_reason == "certain before possible"
    assert [airing.service.slug for airing in answer.airings] == ["second-stream"]
    assert answer.options[0].airings == answer.airings


def test_a_listing_alone_is_told_and_makes_nobody_licensed() -> None:
    write(a_listing())
    answer = ask_about()
    assert (answer.state, answer.reason, answer.options) == (State.UNKNOWN, Reason.NOT_RESEARCHED, ())
    assert [airing.broadcaster.slug for airing in answer.airings] == ["holder"]


def test_a_listing_of_highlights_makes_no_live_option_certain() -> None:
    write(a_right(scope="some"), a_listing(kind="highlights"))
    assert told(ask_about()) == [("holder", Rule.COMPETITION, Showing.POSSIBLE)]


def test_a_listing_elsewhere_says_nothing_here() -> None:
    write(a_right(scope="some", countries="IT; US"), a_service(countries="IT; US"), a_listing(country="US"))
    assert told(ask_about()) == [("holder", Rule.COMPETITION, Showing.POSSIBLE)]
    assert told(ask_about(country="US")) == [("holder", Rule.LISTING, Showing.CERTAIN)]


# The more specific row


def test_a_narrower_right_replaces_the_wider_one_of_the_same_broadcaster_only() -> None:
    write(
        an_event(stage=f"{SEASON}--final"),
        a_right(scope="some"),
        a_right(key="final", part=f"{SEASON}--final", scope="all", access="free"),
        a_right("second", scope="some"),
    )
    answer = ask_about()
    assert told(answer) == [
        ("holder", Rule.STAGE, Showing.CERTAIN),
        ("second", Rule.COMPETITION, Showing.POSSIBLE),
    ]
    assert (answer.options[0].access, answer.options[0].part) == ("free", f"{SEASON}--final")


@pytest.mark.parametrize(
    ("part", "rule"),
    [("", Rule.COMPETITION), (SEASON, Rule.SEASON), (f"{SEASON}--final", Rule.STAGE), (MATCH, Rule.EVENT)],
)
def test_the_rule_that_decided_is_told(part: str, rule: Rule) -> None:
    write(an_event(stage=f"{SEASON}--final"), a_right(part=part, scope="all"))
    assert told(ask_about()) == [("holder", rule, Showing.CERTAIN)]


def test_a_right_to_another_part_is_not_one_to_this_event() -> None:
    write(a_right(part=f"{SEASON}--final", scope="all"), a_right("second", scope="some"))
    answer = ask_about()
    assert holders(answer.options) == ["second"]
    assert [(one.broadcaster.slug, one.rule, one.part) for one in answer.not_showing] == [
        ("holder", Rule.STAGE, f"{SEASON}--final")
    ]


def test_where_only_another_part_is_licensed_nobody_is_known() -> None:
    write(a_right(part=f"{SEASON}--final", scope="all"))
    answer = ask_about()
    assert (answer.state, holders(answer.options)) == (State.UNKNOWN, [])
    assert [one.broadcaster.slug for one in answer.not_showing] == ["holder"]


def test_a_narrower_right_may_exclude_the_wider_ones_of_all() -> None:
    write(
        an_event(stage=f"{SEASON}--final"),
        a_right(part=f"{SEASON}--final", scope="all", excludes_others="yes"),
        a_right("second", scope="all"),
    )
    answer = ask_about()
    assert holders(answer.options) == ["holder"]
    assert [one.broadcaster.slug for one in answer.not_showing] == ["second"]


def test_what_a_weekend_has_its_sessions_have() -> None:
    weekend, race = f"{SEASON}--weekend", f"{SEASON}--weekend--race"
    write(
        an_event(name="Weekend", day="2026-11-27", last_day="2026-11-29", precision="day"),
        an_event(name="Weekend", key=race, parent=weekend, session="race"),
        a_right(part=weekend, scope="some"),
        a_listing(event=weekend),
    )
    answer = ask_about(race)
    assert told(answer) == [("holder", Rule.LISTING, Showing.CERTAIN)]
    assert Event.objects.named("en").get(key=race).title == "Weekend"


# Blackouts


def saturday(time: str) -> None:
    write(
        an_event(starts_at=f"2026-11-28T{time}:00Z", day="2026-11-28", precision="exact"),
        a_right(scope="all"),
        a_blackout(weekday=6, from_time="14:45", to_time="17:15"),
    )


@pytest.mark.parametrize(
    ("time", "is_blocked"),
    [("13:14", False), ("13:15", True), ("13:45", True), ("14:00", True), ("16:14", True), ("16:15", False)],
)
def test_what_would_be_live_in_blocked_hours_is_not_shown(time: str, is_blocked: bool) -> None:
    # In Italy it is an hour later.
    saturday(time)
    answer = ask_about()
    assert (answer.state == State.BLOCKED) is is_blocked
    if is_blocked:
        assert answer.block is not None
        assert answer.block.until == dt.datetime(2026, 11, 28, 16, 15, tzinfo=dt.UTC)
        assert holders(answer.options) == ["holder"]


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [((), None), (("highlights",), "highlights"), (("highlights", "delayed"), "delayed")],
)
def test_a_block_names_who_may_show_it_later_else_who_may_show_highlights(
    kinds: tuple[str, ...], kind: str | None
) -> None:
    write(
        a_right(),
        *(a_right("second", key=f"right-to-{one}", kind=one) for one in kinds),
        a_blackout(weekday="6", from_time="14:45", to_time="21:15"),
    )
    block = ask_about().block
    assert block
    assert (block.next_way and (block.next_way.kind, [one.slug for one in block.next_way.broadcasters])) == (
        (kind, ["second"]) if kind else None
    )


def test_a_blackout_of_another_sport_blocks_nothing() -> None:
    saturday("14:00")
    write(a_league()[0].model_copy(update={"slug": "other-sport"}))
    write(a_blackout(key="of-another", competition="", sport="other-sport", weekday=6), origin="other")
    write(a_blackout(last_day="2026-11-01"))
    assert ask_about().state == State.LICENSED


def test_where_the_hour_is_not_fixed_nothing_is_said_to_be_blocked() -> None:
    saturday("14:00")
    write(an_event(starts_at="2026-11-28T14:00:00Z", day="2026-11-28", precision="provisional"))
    assert ask_about().state == State.LICENSED


# Days and zones


def test_the_day_that_is_answered_for_is_the_countrys_own() -> None:
    # At a quarter to eight in the evening in Italy it is the next morning in New Zealand.
    assert ask_about().day == dt.date(2026, 11, 28)
    assert ask_about(country="US").day == dt.date(2026, 11, 28)
    assert ask_about(country="NZ").day == dt.date(2026, 11, 29)


def test_without_a_time_the_day_is_that_of_the_venue() -> None:
    write(an_event(day="2026-11-28", precision="day"))
    assert ask_about(country="NZ").day == dt.date(2026, 11, 28)


def on_the_day(country: str, day: str) -> list[str]:
    place = Country.objects.get(code=country)
    return [
        answer.question.event.title
        for answer in day_of(place, dt.date.fromisoformat(day), "en", now=NOW)
        if answer.question.event
    ]


def test_an_event_stands_on_one_day_of_each_country() -> None:
    assert on_the_day("IT", "2026-11-28") == ["Home-Club – Away-Club"]
    assert on_the_day("NZ", "2026-11-28") == []
    assert on_the_day("NZ", "2026-11-29") == ["Home-Club – Away-Club"]


@pytest.mark.parametrize(
    ("starts_at", "day"),
    [
        # In Italy the clocks go back at 03:00 on 25 October 2026: the day has 25 hours.
        ("2026-10-24T21:59:00Z", "2026-10-24"),
        ("2026-10-24T22:00:00Z", "2026-10-25"),
        ("2026-10-25T22:59:00Z", "2026-10-25"),
        ("2026-10-25T23:00:00Z", "2026-10-26"),
        # And forward at 02:00 on 28 March 2027: 23 hours.
        ("2027-03-27T22:59:00Z", "2027-03-27"),
        ("2027-03-27T23:00:00Z", "2027-03-28"),
        ("2027-03-28T21:59:00Z", "2027-03-28"),
        ("2027-03-28T22:00:00Z", "2027-03-29"),
    ],
)
def test_a_day_is_as_long_as_the_clocks_make_it(starts_at: str, day: str) -> None:
    write(an_event(starts_at=starts_at, day=starts_at[:10], precision="exact"))
    days = [(dt.date.fromisoformat(day) + dt.timedelta(days=shift)).isoformat() for shift in (-1, 0, 1)]
    assert [bool(on_the_day("IT", one)) for one in days] == [False, True, False]


def test_a_day_is_in_order_of_time_and_what_has_none_stands_last() -> None:
    write(
        *[a_team(slug) for slug in ("third", "fourth", "fifth", "sixth")],
        an_event("third", "fourth", starts_at="2026-11-28T11:00:00Z", day="2026-11-28", precision="exact"),
        an_event("fifth", "sixth", day="2026-11-28", precision="day"),
        an_event(),
    )
    dash = " – "
    assert on_the_day("IT", "2026-11-28") == [
        f"Third{dash}Fourth",
        f"Home-Club{dash}Away-Club",
        f"Fifth{dash}Sixth",
    ]


def test_of_a_weekend_and_a_matchday_those_parts_stand_that_fall_on_the_day() -> None:
    weekend = f"{SEASON}--weekend"
    write(
        an_event(round="Matchday 3"),
        an_event(name="Matchday 3", round="Matchday 3", day="2026-11-27", last_day="2026-11-29", precision="day"),
        an_event(name="Weekend", day="2026-11-27", last_day="2026-11-29", precision="day"),
        an_event(name="Race", key=f"{weekend}--race", parent=weekend, day="2026-11-29", precision="day"),
    )
    assert on_the_day("IT", "2026-11-27") == ["Matchday 3", "Weekend"]
    assert on_the_day("IT", "2026-11-28") == ["Home-Club – Away-Club", "Weekend"]
    assert on_the_day("IT", "2026-11-29") == ["Matchday 3", "Race"]
