"""The order of options, which is part of the answer: live before highlights, free first, widest coverage, name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcasters.models import Broadcaster
from guide.rights.models import Access, Right, RightKind, Scope
from guide.rights.ranking import ranked

REASONS = {"live before highlights", "free first", "widest coverage", "name"}


def right(name: str = "Holder", **cells: object) -> Right:
    """A right in memory: ranking asks no database."""
    fields = {"kind": "live", "access": "subscription", "scope": "all", "key": name.lower()} | cells
    return Right(broadcaster=Broadcaster(name=name, slug=name.lower()), **fields)


def order(*rights: Right) -> list[tuple[str, str]]:
    return [(row.broadcaster.name, reason) for row, reason in ranked(list(rights))]


def test_nothing_has_no_order() -> None:
    assert ranked([]) == []


def test_one_option_is_the_only_one() -> None:
    assert order(right()) == [("Holder", "only option")]


def test_live_stands_before_delayed_and_delayed_before_highlights() -> None:
    assert order(
        right("A", kind="highlights", access="free"), right("B", kind="delayed", access="free"), right("C")
    ) == [
        ("C", "live before highlights"),
        ("B", "live before highlights"),
        ("A", "live before highlights"),
    ]


def test_free_stands_first_then_free_with_sign_up_then_part_free() -> None:
    rights = [right(access, access=access, scope="some") for access in ("mixed", "registration", "free")]
    assert order(right("Pay", scope="all"), *rights) == [
        ("free", "free first"),
        ("registration", "free first"),
        ("mixed", "free first"),
        ("Pay", "free first"),
    ]


def test_what_costs_money_and_what_is_not_stated_are_not_told_apart() -> None:
    rights = [right("C", access="subscription"), right("A", access="unknown"), right("B", access="pay-per-view")]
    assert order(*rights) == [("A", "name"), ("B", "name"), ("C", "name")]


def test_wider_coverage_stands_before_narrower() -> None:
    rights = [right(scope.upper(), scope=scope) for scope in ("unknown", "some", "most", "all")]
    assert [name for name, _ in order(*rights)] == ["ALL", "MOST", "SOME", "UNKNOWN"]


def test_within_one_scope_the_larger_share_stands_first() -> None:
    few, many = right("A", scope="some", matches=1, matches_of=10), right("Z", scope="some", matches=4, matches_of=9)
    uncounted = right("B", scope="some")
    assert order(few, uncounted, many) == [("Z", "widest coverage"), ("A", "widest coverage"), ("B", "widest coverage")]


def test_names_decide_last_whatever_their_case() -> None:
    assert order(right("beta"), right("Alpha"), right("Gamma")) == [
        ("Alpha", "name"),
        ("beta", "name"),
        ("Gamma", "name"),
    ]


def test_the_reason_is_what_sets_an_option_apart_from_the_next() -> None:
    assert order(right("Free", access="free"), right("Wide"), right("Narrow", scope="some")) == [
        ("Free", "free first"),
        ("Wide", "widest coverage"),
        ("Narrow", "widest coverage"),
    ]


any_right = st.builds(
    right,
    st.sampled_from("ABCD"),
    kind=st.sampled_from(RightKind.values),
    access=st.sampled_from(Access.values),
    scope=st.sampled_from(Scope.values),
    matches=st.none() | st.integers(0, 10),
    matches_of=st.none() | st.just(10),
    key=st.uuids().map(str),
)


@settings(max_examples=80, deadline=None)
@given(rights=st.lists(any_right, min_size=2, max_size=8), seed=st.randoms())
def test_the_order_is_total_and_does_not_depend_on_where_it_began(rights: list[Right], seed: object) -> None:
    first = ranked(list(rights))
    shuffled = list(rights)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    assert [row.key for row, _ in ranked(shuffled)] == [row.key for row, _ in first]
    assert {reason for _, reason in first} <= REASONS
    kinds = [row.kind for row, _ in first]
    assert kinds == sorted(kinds, key=["live", "delayed", "highlights"].index)
    for kind in set(kinds):
        is_free = [row.access == "free" for row, _ in first if row.kind == kind]
        assert is_free == sorted(is_free, reverse=True)


@pytest.mark.parametrize("choices", [Access, Scope, RightKind])
def test_every_value_that_the_database_takes_has_a_place_in_the_order(choices: type[Access]) -> None:
    name = {Access: "access", Scope: "scope", RightKind: "kind"}[choices]
    assert len(ranked([right(value, **{name: value}) for value in choices.values])) == len(choices.values)
