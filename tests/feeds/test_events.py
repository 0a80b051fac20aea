"""Comparing two readings of a fixture list."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.feeds.events import EventDifferences, compare, identity
from guide.feeds.records import FixtureRecord

NOON = dt.datetime(2026, 8, 22, 12, tzinfo=dt.UTC)


def match(home: str = "Otter", away: str = "Pike", days: int = 0, **values: Any) -> FixtureRecord:
    starts_at = NOON + dt.timedelta(days=days)
    return FixtureRecord.model_validate(
        {
            "competition": "lake",
            "season": "2026-27",
            "home": home,
            "away": away,
            "starts_at": starts_at,
            "day": starts_at.date(),
            "precision": "exact",
        }
        | values
    )


def race(name: str, days: int = 0, **values: Any) -> FixtureRecord:
    return match("", "", days, name=name, session="race", **values)


def counts(differences: EventDifferences) -> tuple[int, ...]:
    return (
        len(differences.added),
        len(differences.changed),
        len(differences.finished),
        len(differences.gone),
        len(differences.still_cancelled),
        differences.unchanged,
    )


def fields(differences: EventDifferences) -> list[set[str]]:
    return [set(change.fields) for change in differences.changed]


def test_a_match_that_moves_is_changed_field_by_field() -> None:
    (change,) = compare([match()], [match(days=10, stage="Matchday 9")], {}).changed
    assert set(change.fields) == {"starts_at", "day"}
    assert change.fields["day"].before == dt.date(2026, 8, 22)
    assert change.fields["day"].after == dt.date(2026, 9, 1)


@pytest.mark.parametrize(
    "noise",
    [{"stage": "Matchday 2"}, {"number": 7}, {"source_key": "b-2"}, {"zone": "UTC+2"}, {"home": "OTTER"}],
)
def test_what_says_nothing_of_the_event_is_no_change(noise: dict[str, Any]) -> None:
    assert counts(compare([match(source_key="a-1")], [match(**noise)], {})) == (0, 0, 0, 0, 0, 1)


def test_entries_with_new_keys_in_every_run_are_the_same_events() -> None:
    before = [match(home, source_key=f"uid-{home}") for home in ("Otter", "Carp", "Roach")]
    after = [match(home, source_key=f"fresh-{home}") for home in ("Roach", "Otter", "Carp")]
    assert counts(compare(before, after, {})) == (0, 0, 0, 0, 0, 3)


def test_an_alias_makes_two_names_one_club() -> None:
    before, after = [match("Otter")], [match("SC Otter 1904")]
    assert counts(compare(before, after, {})) == (1, 0, 0, 1, 0, 0)
    assert counts(compare(before, after, {"otter": "sc otter 1904"})) == (0, 0, 0, 0, 0, 1)
    assert counts(compare(before, after, {"otter": "otter-id", "sc otter 1904": "otter-id"})) == (0, 0, 0, 0, 0, 1)


def test_home_and_away_are_two_matches() -> None:
    assert counts(compare([match("Otter", "Pike")], [match("Pike", "Otter")], {})) == (1, 0, 0, 1, 0, 0)


def test_likeness_counts_for_nothing() -> None:
    before, after = [match("Manchester United", "Paris FC")], [match("Manchester City", "Paris SG FC")]
    assert counts(compare(before, after, {})) == (1, 0, 0, 1, 0, 0)


def test_having_been_played_is_counted_apart() -> None:
    before = [match("Otter", precision="provisional"), match("Carp")]
    after = [match("Otter", status="finished"), match("Carp", status="finished", days=1)]
    differences = compare(before, after, {})
    assert counts(differences) == (0, 1, 1, 0, 0, 0)
    assert fields(differences) == [{"status", "starts_at", "day"}]


def test_what_is_absent_after_it_was_cancelled_stays_cancelled() -> None:
    before = [race("Delta", status="cancelled"), race("Lakeside", 7)]
    assert counts(compare(before, [], {})) == (0, 0, 0, 1, 1, 0)


def test_a_renumbered_round_is_no_change_and_a_race_that_returns_is_one() -> None:
    before = [race("Delta", status="cancelled", stage="Round 4"), race("Lakeside", 7, stage="Round 5", number=5)]
    after = [race("Delta", 90, stage="Round 20"), race("Lakeside", 7, stage="Round 4", number=4)]
    differences = compare(before, after, {})
    assert counts(differences) == (0, 1, 0, 0, 0, 1)
    assert fields(differences) == [{"starts_at", "day", "status"}]


def test_a_slot_that_gets_a_team_is_found_by_its_number() -> None:
    before = [match("W1", "W2", home_is_slot=True, away_is_slot=True, number=5)]
    differences = compare(before, [match("Otter", "Pike", days=1, number=5)], {})
    assert counts(differences) == (0, 1, 0, 0, 0, 0)
    assert fields(differences) == [{"home", "away", "starts_at", "day"}]


def test_without_a_number_it_is_found_by_stage_day_and_venue() -> None:
    slot: dict[str, Any] = {"home_is_slot": True, "stage": "Group A", "venue": "North Shore"}
    before = [match("Path A winner", "Pike", **slot), match("Path A winner", "Carp", days=3, **slot)]
    after = [
        match("Otter", "Carp", days=3, stage="Group A", venue="North Shore"),
        match("Otter", "Pike", stage="Group A", venue="North Shore"),
    ]
    differences = compare(before, after, {})
    assert fields(differences) == [{"home"}, {"home"}]
    assert all(change.before.away == change.after.away for change in differences.changed)


def test_a_team_that_is_known_is_never_taken_for_another() -> None:
    before = [match("W1", "Pike", home_is_slot=True, number=5)]
    assert counts(compare(before, [match("Otter", "Carp", number=5)], {})) == (1, 0, 0, 1, 0, 0)
    assert counts(compare([match("Roach", "Pike", number=5)], [match("Otter", "Carp", number=5)], {})) == (
        1,
        0,
        0,
        1,
        0,
        0,
    )


def test_the_same_pair_in_two_stages_is_told_apart_by_stage() -> None:
    before = [match(stage="League"), match(days=100, stage="Final")]
    after = [match(days=101, stage="Final"), match(stage="League", days=60), match(days=200, stage="Super Cup")]
    differences = compare(before, after, {})
    assert counts(differences) == (1, 2, 0, 0, 0, 0)
    assert {(change.before.stage, change.after.stage) for change in differences.changed} == {
        ("League", "League"),
        ("Final", "Final"),
    }
    assert differences.added[0].stage == "Super Cup"


def test_games_of_the_same_pair_are_told_apart_by_the_nearest_date() -> None:
    before = [match(days=0), match(days=30), match(days=60)]
    after = [match(days=31), match(days=60)]
    differences = compare(before, after, {})
    assert counts(differences) == (0, 1, 0, 1, 0, 1)
    assert differences.gone[0].day == dt.date(2026, 8, 22)


def test_identity_knows_neither_date_nor_round_nor_key() -> None:
    assert identity(match(), {}) == identity(match(days=9, stage="Matchday 3", number=3, source_key="x"), {})
    assert identity(race("Lakeside"), {}) == identity(race("LAKESIDE", 7, stage="Round 9"), {})
    assert identity(race("Lakeside"), {}) != identity(race("Lakeside").model_copy(update={"session": "fp1"}), {})
    slot = match("W1", "W2", home_is_slot=True, away_is_slot=True, number=5)
    assert identity(slot, {}) == identity(slot.model_copy(update={"home": "W3", "day": None}), {})
    placed = slot.model_copy(update={"number": None, "venue": "North Shore"})
    assert identity(placed, {}) != identity(placed.model_copy(update={"venue": "South Shore"}), {})


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


@settings(deadline=None)  # The machine of the tests may be busy.
@given(st.data(), st.lists(events, max_size=12))
def test_a_list_compared_with_itself_in_another_order_shows_nothing(data: st.DataObject, listed: list[Any]) -> None:
    shuffled = data.draw(st.permutations(listed))
    assert counts(compare(listed, shuffled, {})) == (0, 0, 0, 0, 0, len(listed))


@settings(deadline=None)  # The machine of the tests may be busy.
@given(st.lists(events, max_size=12), st.lists(events, max_size=12))
def test_every_event_of_both_lists_is_accounted_for_once(before: list[Any], after: list[Any]) -> None:
    added, changed, finished, gone, still_cancelled, unchanged = counts(compare(before, after, {}))
    assert changed + finished + unchanged + gone + still_cancelled == len(before)
    assert changed + finished + unchanged + added == len(after)
    assert (added, changed) == counts(compare(before[::-1], after[::-1], {}))[:2]
