"""Which events of two readings of a fixture list are one."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.feeds.pairing import MOST_BY_NEAREST, same_events
from guide.feeds.records import FixtureRecord
from tests.feeds.reading import NOON, match, race
from tests.thorough import examples

HOUR = dt.timedelta(hours=1)
SLOTS: dict[str, Any] = {"home_is_slot": True, "away_is_slot": True}


def paired(before: Sequence[FixtureRecord], after: Sequence[FixtureRecord]) -> dict[int, int]:
    """Places in ``before``, each with the place in ``after`` where the same event stands."""
    first, second = ({id(record): place for place, record in enumerate(records)} for records in (before, after))
    return {first[id(was)]: second[id(now)] for was, now in same_events(before, after)}


# By name


@pytest.mark.parametrize(
    "moved",
    [
        {"days": 10},
        {"stage": "Matchday 2"},
        {"number": 7},
        {"source_key": "b-2"},
        {"zone": "UTC+2"},
        {"venue": "North Shore"},
        {"status": "finished"},
        {"days": 9, "stage": "Matchday 3", "number": 3, "source_key": "x"},
    ],
)
def test_a_match_is_the_same_whatever_moves_but_its_sides(moved: dict[str, Any]) -> None:
    assert paired([match(stage="Matchday 1", number=1, source_key="a-1")], [match(**moved)]) == {0: 0}


@pytest.mark.parametrize("home", ["OTTER", "Ötter", "Ot\N{COMBINING ACUTE ACCENT}ter", " Otter."])
def test_case_accents_and_punctuation_make_no_other_name(home: str) -> None:
    assert paired([match("Otter")], [match(home)]) == {0: 0}


def test_entries_with_new_keys_in_every_run_are_the_same_events() -> None:
    before = [match(home, source_key=f"uid-{home}") for home in ("Otter", "Carp", "Roach")]
    after = [match(home, source_key=f"fresh-{home}") for home in ("Roach", "Otter", "Carp")]
    assert paired(before, after) == {0: 1, 1: 2, 2: 0}


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (("Otter", "Pike"), ("Pike", "Otter")),
        (("Otter", "Pike"), ("SC Otter 1904", "Pike")),
        (("Manchester United", "Paris FC"), ("Manchester City", "Paris SG FC")),
        (("Roach", "Pike"), ("Otter", "Carp")),
    ],
)
def test_home_and_away_are_two_matches_and_likeness_counts_for_nothing(
    was: tuple[str, str], now: tuple[str, str]
) -> None:
    assert paired([match(*was, number=5)], [match(*now, number=5)]) == {}


@pytest.mark.parametrize("other", [{"season": "2027-28"}, {"competition": "river"}])
@pytest.mark.parametrize(
    "event", [match(), match(number=5, **SLOTS), match(venue="North Shore", **SLOTS), race("Lakeside")]
)
def test_each_season_of_each_competition_has_events_of_its_own(event: FixtureRecord, other: dict[str, Any]) -> None:
    assert paired([event], [event.model_copy(update=other)]) == {}


def test_what_has_no_sides_is_known_by_name_and_session() -> None:
    before = [race("Lakeside"), race("Lakeside", session="fp1"), race("Delta"), race("Shore")]
    after = [race("LAKESIDE", 7, stage="Round 9"), race("Delta", session="fp1"), race("Shore", status="cancelled")]
    assert paired(before, after) == {0: 0, 3: 2}


def test_a_renumbered_round_is_the_same_race_and_so_is_one_that_returns() -> None:
    before = [race("Delta", status="cancelled", stage="Round 4"), race("Lakeside", 7, stage="Round 5", number=5)]
    after = [race("Lakeside", 7, stage="Round 4", number=4), race("Delta", 90, stage="Round 20")]
    assert paired(before, after) == {0: 1, 1: 0}


# Slots


def test_a_slot_that_gets_a_team_is_found_by_its_number() -> None:
    slot = match("W1", "W2", number=5, **SLOTS)
    filled = match("Otter", "Pike", days=1, number=5)
    assert paired([slot], [filled]) == paired([filled], [slot]) == {0: 0}


def test_a_slot_that_is_called_otherwise_is_found_by_its_number() -> None:
    slot = match("W1", "W2", number=5, **SLOTS)
    assert paired([slot], [slot.model_copy(update={"home": "W3", "day": None})]) == {0: 0}


def test_without_a_number_it_is_found_by_stage_day_and_venue() -> None:
    place: dict[str, Any] = {"stage": "Group A", "venue": "North Shore"}
    before = [
        match("Path A winner", "Pike", home_is_slot=True, **place),
        match("Path A winner", "Carp", days=3, home_is_slot=True, **place),
    ]
    after = [match("Otter", "Carp", days=3, **place), match("Otter", "Pike", **place)]
    assert paired(before, after) == {0: 1, 1: 0}


@pytest.mark.parametrize("other", [{"venue": "South Shore"}, {"stage": "Group B"}, {"days": 1}])
def test_without_a_number_another_place_is_another_match(other: dict[str, Any]) -> None:
    place: dict[str, Any] = {"stage": "Group A", "venue": "North Shore"}
    assert paired([match("W1", "W2", **SLOTS, **place)], [match(**place | other)]) == {}


def test_of_two_slots_in_one_place_the_known_team_tells_which() -> None:
    before = [match("W1", away, home_is_slot=True, venue="North Shore") for away in ("Pike", "Carp")]
    after = [match("Otter", away, venue="North Shore") for away in ("Carp", "Pike")]
    assert paired(before, after) == {0: 1, 1: 0}


def test_a_team_that_is_known_is_never_taken_for_another() -> None:
    assert paired([match("W1", "Pike", home_is_slot=True, number=5)], [match("Otter", "Carp", number=5)]) == {}
    assert paired([match("Otter", "W2", away_is_slot=True, number=5)], [match("Roach", "Carp", number=5)]) == {}


def test_a_number_leads_to_no_race() -> None:
    assert paired([race("Lakeside", number=5)], [match(number=5, **SLOTS)]) == {}
    assert paired([race("Lakeside", number=5)], [race("Delta", number=5)]) == {}


# Several of the same names


def test_the_same_pair_in_two_stages_is_told_apart_by_stage() -> None:
    before = [match(stage="League"), match(days=100, stage="Final")]
    after = [match(days=101, stage="Final"), match(stage="League", days=60), match(days=200, stage="Super Cup")]
    assert paired(before, after) == {0: 1, 1: 0}


def test_two_legs_that_change_their_days_are_told_apart_by_stage() -> None:
    before = [match(stage="Leg 1"), match(days=7, stage="Leg 2")]
    after = [match(days=7, stage="LEG 1"), match(stage="LEG 2")]
    assert paired(before, after) == {0: 0, 1: 1}


def test_games_of_the_same_pair_are_told_apart_by_the_nearest_date() -> None:
    before = [match(days=0), match(days=30), match(days=60)]
    assert paired(before, [match(days=31), match(days=60)]) == {1: 0, 2: 1}


def test_games_whose_stage_has_another_name_are_told_apart_by_the_nearest_date() -> None:
    before = [match(days=0, stage="Matchday 1"), match(days=30, stage="Matchday 2")]
    after = [match(days=29, stage="Round 2"), match(days=1, stage="Round 1")]
    assert paired(before, after) == {0: 1, 1: 0}


def test_two_games_of_one_day_are_told_apart_by_the_moment() -> None:
    before = [match(), match(starts_at=NOON + 6 * HOUR)]
    after = [match(starts_at=NOON - 3 * HOUR), match(starts_at=NOON + 6 * HOUR), match()]
    assert paired(before, after) == {0: 2, 1: 1}


def test_of_races_of_one_name_the_round_tells_nothing() -> None:
    before = [race("Spain", stage="Round 7"), race("Spain", 90, stage="Round 14")]
    after = [race("Spain", 1, stage="Round 14"), race("Spain", 91, stage="Round 13")]
    assert paired(before, after) == {0: 0, 1: 1}


def test_very_many_of_the_same_names_are_paired_in_the_order_of_their_days() -> None:
    days = range(MOST_BY_NEAREST + 1)
    before = [match(days=day) for day in days]
    # A day and an hour later: by the nearest date each would be what was the next one.
    after = [match(days=day + 1, starts_at=NOON + (day + 1) * 24 * HOUR + HOUR) for day in days]
    assert paired(before, after) == {place: place for place in days}


# Whatever comes

events = st.builds(
    match,
    st.sampled_from(["Otter", "Pike", "TBD", "W1"]),
    st.sampled_from(["Carp", "Tench", "TBD"]),
    st.integers(0, 3),
    stage=st.sampled_from(["", "Final"]),
    number=st.sampled_from([None, 1, 2]),
    status=st.sampled_from(["scheduled", "cancelled"]),
    home_is_slot=st.booleans(),
) | st.builds(race, st.sampled_from(["Lakeside", "Delta"]), st.integers(0, 3))


@settings(max_examples=examples(100), deadline=None)  # The machine of the tests may be busy.
@given(st.data(), st.lists(events, max_size=12))
def test_every_event_of_a_list_is_its_like_in_another_order_of_it(data: st.DataObject, listed: list[Any]) -> None:
    pairs = same_events(listed, data.draw(st.permutations(listed)))
    assert len(pairs) == len(listed)
    assert all(was == now for was, now in pairs)


@settings(max_examples=examples(100), deadline=None)  # The machine of the tests may be busy.
@given(st.lists(events, max_size=12), st.lists(events, max_size=12))
def test_no_event_is_two_others_and_the_order_of_the_lists_matters_to_none(before: list[Any], after: list[Any]) -> None:
    pairs = same_events(before, after)
    for side, records in zip(zip(*pairs, strict=True), (before, after), strict=False):
        assert not Counter(map(id, side)) - Counter(map(id, records))
    assert Counter(pairs) == Counter(same_events(before[::-1], after[::-1]))
