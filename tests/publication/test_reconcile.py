"""Reconcile: the stored rows say what the records say, by set difference, and every record is accounted for."""

import random
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from broadcasters.catalogue import BROADCASTERS, COUNTRIES, OFFERS
from broadcasters.models import Broadcaster, Country
from broadcasters.records import BroadcasterRecord
from competitions.catalogue import COMPETITIONS
from competitions.models import Season
from guide import bundled
from guide.closures.catalogue import CLOSURES
from guide.publication.locking import merged
from guide.publication.models import Change, PublicModel, Revision
from guide.publication.publish import publish
from guide.publication.reconcile import Outcome, Table
from guide.publication.records import Record
from guide.publication.tables import Entry, Problem
from guide.rights.models import Right
from guide.rights.reconcile import FINDINGS, RIGHTS
from tests.factories import (
    NOW,
    a_broadcaster,
    a_carriage,
    a_closure,
    a_competition,
    a_country,
    a_finding,
    a_league,
    a_page,
    a_right,
    a_season,
    a_service,
    a_sport,
    an_offer,
    write,
)
from tests.stored import dump
from tests.thorough import examples

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_guide")]


def broadcasters(*records: BroadcasterRecord, origin: str = "test") -> Outcome:
    with publish(actor="test", reason="test", now=NOW) as publication:
        return BROADCASTERS.apply(records, publication, origin=origin)


def standing() -> set[str]:
    return set(Broadcaster.objects.standing().values_list("slug", flat=True))


def problems(table: Table[BroadcasterRecord], *records: BroadcasterRecord) -> list[Problem]:
    entries = [Entry(record=record, document="b.csv", line=line) for line, record in enumerate(records, start=2)]
    return table.problems(entries, {table.model: {table.key_of(record) for record in records}})


# What an application does


def test_new_records_are_created() -> None:
    outcome = broadcasters(a_broadcaster("a"), a_broadcaster("b"))
    assert outcome == Outcome(table="broadcasters", created=("a", "b"))
    assert standing() == {"a", "b"}
    assert set(Broadcaster.objects.values_list("origin", flat=True)) == {"test"}


def test_a_second_run_changes_nothing() -> None:
    broadcasters(a_broadcaster("a"), a_broadcaster("b", parent="a", aliases="B; Bee"))
    before = dump()
    assert broadcasters(a_broadcaster("b", parent="a", aliases="Bee; B"), a_broadcaster("a")) == Outcome(
        table="broadcasters", unchanged=2
    )
    assert dump() == before, "not a row, not a time stamp, not the revision"


def test_what_differs_is_changed_and_only_that_is_touched() -> None:
    broadcasters(a_broadcaster("a"), a_broadcaster("b"))
    untouched = Broadcaster.objects.get(slug="b").updated_at
    later = NOW.replace(hour=13)
    with publish(actor="test", reason="test", now=later) as publication:
        outcome = BROADCASTERS.apply(
            [a_broadcaster("a", name="New name"), a_broadcaster("b")], publication, origin="test"
        )
    assert outcome == Outcome(table="broadcasters", changed=("a",), unchanged=1)
    assert Broadcaster.objects.get(slug="a").name == "New name"
    assert Broadcaster.objects.get(slug="a").updated_at == later
    assert Broadcaster.objects.get(slug="b").updated_at == untouched


def test_what_is_gone_is_withdrawn_and_not_deleted() -> None:
    broadcasters(a_broadcaster("a"), a_broadcaster("b"))
    assert broadcasters(a_broadcaster("a")) == Outcome(table="broadcasters", withdrawn=("b",), unchanged=1)
    assert standing() == {"a"}
    assert Broadcaster.objects.get(slug="b").withdrawn_at == NOW
    assert broadcasters(a_broadcaster("a")) == Outcome(table="broadcasters", unchanged=1), "it goes once"


def test_what_comes_back_is_restored_as_the_same_row() -> None:
    broadcasters(a_broadcaster("a"), a_broadcaster("b"))
    before = Broadcaster.objects.get(slug="b").pk
    broadcasters(a_broadcaster("a"))
    assert broadcasters(a_broadcaster("a"), a_broadcaster("b")) == Outcome(
        table="broadcasters", changed=("b",), unchanged=1
    )
    row = Broadcaster.objects.get(slug="b")
    assert (row.pk, row.withdrawn_at) == (before, None)
    assert (
        Change.objects.about("broadcasters", "b").order_by("id").values_list("action", flat=True).last() == "restored"
    )


def test_rows_of_another_origin_are_not_withdrawn() -> None:
    broadcasters(a_broadcaster("mine"), origin="mine")
    broadcasters(a_broadcaster("theirs"), origin="theirs")
    assert broadcasters(origin="theirs").withdrawn == ("theirs",)
    assert standing() == {"mine"}


def test_a_row_of_another_origin_that_a_document_changes_is_taken_over() -> None:
    broadcasters(a_broadcaster("a"), origin="theirs")
    assert broadcasters(a_broadcaster("a", name="Mine"), origin="mine").changed == ("a",)
    assert Broadcaster.objects.get(slug="a").origin == "mine"
    assert broadcasters(origin="theirs").withdrawn == ()
    assert broadcasters(origin="mine").withdrawn == ("a",)


def test_a_locked_row_is_kept_as_the_editor_left_it() -> None:
    broadcasters(a_broadcaster("a"), a_broadcaster("b"), a_broadcaster("c"))
    Broadcaster.objects.filter(slug__in=["a", "b"]).update(is_locked=True, name="The editor’s")
    before = dump()
    outcome = broadcasters(a_broadcaster("a", name="The document’s"), a_broadcaster("c"))
    assert outcome == Outcome(table="broadcasters", unchanged=1, kept=("a",)), "and the locked b is not withdrawn"
    assert dump() == before


def test_a_locked_row_that_says_what_the_document_says_is_unchanged() -> None:
    broadcasters(a_broadcaster("a"))
    Broadcaster.objects.update(is_locked=True)
    assert broadcasters(a_broadcaster("a")) == Outcome(table="broadcasters", unchanged=1)


def test_a_locked_row_that_was_withdrawn_stays_withdrawn() -> None:
    broadcasters(a_broadcaster("a"))
    broadcasters()
    Broadcaster.objects.update(is_locked=True)
    assert broadcasters(a_broadcaster("a")).kept == ("a",)
    assert standing() == set()


# Locked fields


def lock(slug: str, *names: str, **cells: Any) -> None:
    Broadcaster.objects.filter(slug=slug).update(locked_fields=names, **cells)


def test_a_locked_field_stays_and_the_others_change() -> None:
    broadcasters(a_broadcaster("a"))
    lock("a", "name", name="The editor’s")
    document = a_broadcaster("a", name="The document’s", aliases="New")
    assert broadcasters(document) == Outcome(table="broadcasters", changed=("a",))
    assert BROADCASTERS.stored()["a"].record == a_broadcaster("a", name="The editor’s", aliases="New")
    before = dump()
    assert broadcasters(document) == Outcome(table="broadcasters", kept=("a",)), "only the locked field differs"
    assert dump() == before
    assert broadcasters(a_broadcaster("a", name="The editor’s", aliases="New")).unchanged == 1
    lock("a")
    assert broadcasters(document).changed == ("a",)
    assert BROADCASTERS.stored()["a"].record == document


def test_lists_and_references_may_be_locked() -> None:
    catalogue = [*a_league(), a_country(), a_country("FR")]
    said = {"key": "r", "countries": "IT; FR", "languages": "it", "evidence": [a_page(), a_page("https://b.example/")]}
    write(*catalogue, a_broadcaster("other"), a_right(**said))
    Right.objects.update(locked_fields=("broadcaster", "countries", "languages", "evidence"))
    new = {"countries": "IT", "languages": "fr", "evidence": [a_page("https://c.example/")], "broadcaster": "other"}
    assert write(a_right(**said | new))["rights"].kept == ("r",)
    assert write(a_right(**said | new | {"note": "New."}))["rights"].changed == ("r",)
    assert RIGHTS.stored()["r"].record == a_right(**said, note="New.")


def test_what_breaks_a_rule_beside_a_locked_field_is_kept_whole() -> None:
    days = {"first_day": "2026-07-01", "last_day": "2027-06-30"}
    write(*a_league(), a_country(), a_right(key="r", **days))
    Right.objects.update(locked_fields=("last_day",))
    before = dump()
    later = a_right(key="r", first_day="2028-07-01", last_day="2029-06-30", note="New.")
    assert write(later)["rights"].kept == ("r",)
    assert dump() == before


def test_a_row_with_locked_fields_goes_and_comes_back_with_them() -> None:
    broadcasters(a_broadcaster("a"))
    lock("a", "name", name="The editor’s")
    assert broadcasters().withdrawn == ("a",)
    assert broadcasters(a_broadcaster("a")).changed == ("a",)
    assert standing() == {"a"}
    assert BROADCASTERS.stored()["a"].record.name == "The editor’s"


def test_a_locked_field_that_is_no_field_any_more_locks_nothing() -> None:
    broadcasters(a_broadcaster("a"))
    lock("a", "colour")
    assert broadcasters(a_broadcaster("a", name="New")).changed == ("a",)


def test_a_locked_parent_makes_no_circle() -> None:
    broadcasters(a_broadcaster("a"), a_broadcaster("b", parent="a"), a_broadcaster("c"))
    lock("b", "parent")
    outcome = broadcasters(a_broadcaster("a", parent="b"), a_broadcaster("b"), a_broadcaster("c", name="New"))
    assert (set(outcome.kept), outcome.changed) == ({"a", "b"}, ("c",))
    assert BROADCASTERS.stored()["a"].record.parent == ""


def test_a_locked_label_does_not_meet_another_season() -> None:
    catalogue = [a_sport(), a_competition()]
    one = a_season("one", "2024-08-01", "2025-05-31")
    write(*catalogue, one)
    Season.objects.update(locked_fields=("label",))
    moved = a_season("uno", "2024-08-01", "2025-05-31", key=one.key)
    other = a_season("one", "2025-08-01", "2026-05-31", key="other")
    assert set(write(moved, other)["seasons"].kept) == {one.key, "other"}, "nothing is written, and nothing breaks"


def test_records_are_what_they_were_when_they_are_checked_again() -> None:
    for document in bundled.read(settings.BASE_DIR):
        for entry in document.entries:
            assert merged(entry.record, {}) == entry.record


def test_an_empty_document_withdraws_everything_of_its_origin() -> None:
    broadcasters(a_broadcaster("a"), a_broadcaster("b"))
    assert set(broadcasters().withdrawn) == {"a", "b"}


# Lists


def test_lists_are_stored_and_read_back_as_they_were() -> None:
    catalogue = [a_country("FR"), a_country(), a_service("one"), a_service("two")]
    right = a_right(
        countries="IT; FR",
        services="two; one",
        languages="it; en; fr",
        evidence=[a_page("https://b.example/"), a_page("https://a.example/", seen_on="2026-11-01")],
    )
    offer = an_offer("9.9", services="two", bundles="Netflix; Disney+", has_ads="yes", first_day="2026-01-01")
    closure = a_closure(partners="Zeta; Alpha", offered="live sport; Serie A", evidence=[a_page()], countries="IT")
    competition = a_competition(names="fr=Ligue; it=Lega", aliases="TL; fr=Ligue d’essai")
    write(*a_league(), *catalogue, right, offer, closure, competition)
    written: list[tuple[Table[Any], Record]] = [
        (RIGHTS, right),
        (OFFERS, offer),
        (CLOSURES, closure),
        (COMPETITIONS, competition),
    ]
    for table, record in written:
        (stored,) = table.stored().values()
        assert stored.record == record, table.name
        assert table.stored([table.key_of(record)]) == table.stored()
        assert table.stored(["nothing"]) == {}


def test_a_change_of_a_list_alone_is_a_change() -> None:
    write(*a_league(), a_country(), a_country("FR"), a_right(key="r", countries="IT; FR", evidence=[a_page()]))
    for cells in (
        {"countries": "IT", "evidence": [a_page()]},
        {"countries": "IT", "evidence": [a_page(), a_page("https://b.example/")]},
        {"countries": "IT", "evidence": [a_page("https://b.example/"), a_page()]},
    ):
        record = a_right(key="r", **cells)
        assert write(record)["rights"].changed == ("r",)
        assert RIGHTS.stored()["r"].record == record
        assert write(record)["rights"].unchanged == 1


def test_a_right_without_evidence_is_not_published_until_it_has_some() -> None:
    write(*a_league(), a_right(key="r", evidence=[], claimed_confidence="confirmed"))
    assert (Right.objects.get().is_published, Right.objects.get().confidence) == (False, "reported")
    public_id = Right.objects.get().public_id
    write(a_right(key="r", evidence=[a_page(kind="official")], claimed_confidence="confirmed"))
    right = Right.objects.get()
    assert (right.is_published, right.confidence, right.public_id) == (True, "confirmed", public_id)
    assert public_id.startswith("rgt_")


# Rows that refer to rows


def test_rows_may_refer_to_rows_of_the_same_document_in_any_order() -> None:
    family = [
        a_broadcaster("child", parent="parent"),
        a_broadcaster("grandchild", parent="child", successor="heir"),
        a_broadcaster("heir"),
        a_broadcaster("parent"),
    ]
    for order in (family, family[::-1], family[2:] + family[:2]):
        assert problems(BROADCASTERS, *order) == []
    broadcasters(*family)
    grandchild = Broadcaster.objects.get(slug="grandchild")
    assert grandchild.parent is not None
    assert grandchild.successor is not None
    assert (grandchild.parent.slug, grandchild.successor.slug) == ("child", "heir")
    assert broadcasters(*family[::-1]).unchanged == 4


def test_a_row_may_come_to_refer_to_one_that_the_document_creates() -> None:
    broadcasters(a_broadcaster("a"))
    outcome = broadcasters(a_broadcaster("a", parent="b"), a_broadcaster("b"))
    assert (outcome.created, outcome.changed) == (("b",), ("a",))
    parent = Broadcaster.objects.get(slug="a").parent
    assert parent is not None
    assert parent.slug == "b"


def test_a_created_row_may_refer_to_one_that_stands() -> None:
    broadcasters(a_broadcaster("old"), origin="theirs")
    broadcasters(a_broadcaster("new", parent="old"), origin="mine")
    assert Broadcaster.objects.get(slug="new").parent == Broadcaster.objects.get(slug="old")


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ([a_broadcaster("a", parent="a")], {2: "Stands in a circle with a."}),
        (
            [a_broadcaster("a", parent="b"), a_broadcaster("x"), a_broadcaster("b", parent="a")],
            {2: "Stands in a circle with a, b.", 4: "Stands in a circle with a, b."},
        ),
        (
            [a_broadcaster("a", successor="b"), a_broadcaster("b", parent="a")],
            {2: "Stands in a circle with a, b.", 3: "Stands in a circle with a, b."},
        ),
    ],
)
def test_a_circle_is_told_by_line(records: list[BroadcasterRecord], told: dict[int, str]) -> None:
    found = problems(BROADCASTERS, *records)
    assert {problem.line: problem.message for problem in found} == told
    assert {problem.column for problem in found} == {"parent"}


def test_who_only_leads_into_a_circle_does_not_stand_in_it() -> None:
    found = problems(
        BROADCASTERS, a_broadcaster("a", parent="b"), a_broadcaster("b", parent="a"), a_broadcaster("c", parent="a")
    )
    assert {problem.line for problem in found} == {2, 3}


def test_a_key_that_stands_twice_is_told_with_both_lines() -> None:
    found = problems(BROADCASTERS, a_broadcaster("a"), a_broadcaster("b"), a_broadcaster("a"))
    assert [str(problem) for problem in found] == ["b.csv, line 4, slug: “a” stands already in line 2."]


def test_a_reference_that_leads_nowhere_is_told_with_what_may_be_meant() -> None:
    found = problems(BROADCASTERS, a_broadcaster("sky-uk"), a_broadcaster("now", parent="sky-ku"))
    assert [str(problem) for problem in found] == [
        "b.csv, line 3, parent: “sky-ku” is not in broadcasters. Did you mean “sky-uk”?"
    ]


def test_each_word_of_a_list_is_looked_up() -> None:
    write(a_country("IT"), a_country("FR"))
    found = problems(BROADCASTERS, a_broadcaster("a", countries="IT; XX; FR; YY"))
    assert [(problem.column, problem.message.split()[0]) for problem in found] == [
        ("countries", "“XX”"),
        ("countries", "“YY”"),
    ]


def test_a_reference_to_a_row_that_is_withdrawn_leads_nowhere() -> None:
    """Else the same files would load into a guide that has seen better days, and not into a new one."""
    broadcasters(a_broadcaster("gone"), a_broadcaster("stays"))
    broadcasters(a_broadcaster("stays"))
    found = problems(BROADCASTERS, a_broadcaster("stays"), a_broadcaster("child", parent="gone"))
    assert [(problem.line, problem.column) for problem in found] == [(3, "parent")]


def test_a_season_or_carriage_may_move_to_another_key() -> None:
    write(*a_league(), a_broadcaster(), a_broadcaster("operator"), a_service(), a_carriage(key="old"))
    assert write(a_carriage(key="new"))["carriage"].created == ("new",)
    season = a_season("2026-27", "2026-07-01", "2027-06-30", key="renamed")
    assert write(season)["seasons"].created == ("renamed",)


# The log


def test_changes_carry_the_record_before_and_after() -> None:
    broadcasters(a_broadcaster("a", aliases="One"), a_broadcaster("b"))
    broadcasters(a_broadcaster("a", aliases="One; Two"))
    changes = {change.key: change for change in Change.objects.filter(revision=2)}
    assert changes["a"].action == "changed"
    assert changes["a"].before is not None
    assert changes["a"].after is not None
    assert (changes["a"].before["aliases"], changes["a"].after["aliases"]) == (["One"], ["One", "Two"])
    assert BroadcasterRecord.model_validate(changes["a"].after) == a_broadcaster("a", aliases="One; Two")
    assert (changes["b"].action, changes["b"].after) == ("withdrawn", None)
    assert changes["b"].before is not None
    created = Change.objects.about("broadcasters", "a").get(revision=1)
    assert (created.action, created.before, created.changed_at, created.actor) == ("created", None, NOW, "test")


def test_every_change_of_an_outcome_is_logged_once() -> None:
    write(*a_league(), a_right(key="one"), a_right(key="two", package="p"))
    outcomes = write(a_right(key="one", note="New"), a_right(key="three", package="q"))
    logged = {
        (change.table, change.key, change.action)
        for change in Change.objects.filter(revision=Revision.objects.get().number)
    }
    assert logged == {("rights", "one", "changed"), ("rights", "two", "withdrawn"), ("rights", "three", "created")}
    assert outcomes["rights"].changed == ("one",)


# Any sequence of documents

slugs = st.sampled_from(["a", "b", "c", "d", "e"])
documents = st.dictionaries(
    slugs,
    st.tuples(st.sampled_from(["", "One", "Two"]), st.sampled_from(["IT", "FR", "FR; IT", ""]), slugs | st.just("")),
    max_size=5,
)


def as_records(document: dict[str, tuple[str, str, str]]) -> list[BroadcasterRecord]:
    # A parent is one that stands in the same document and comes before its child in the alphabet: no circles.
    return [
        a_broadcaster(
            slug, aliases=alias, countries=countries, parent=parent if parent in document and parent < slug else ""
        )
        for slug, (alias, countries, parent) in document.items()
    ]


@hypothesis_settings(
    max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.tuples(st.sampled_from(["one", "two"]), documents, st.sets(slugs)), max_size=5))
def test_whatever_the_documents_every_record_is_accounted_for(
    steps: list[tuple[str, dict[str, tuple[str, str, str]], set[str]]],
) -> None:
    write(a_country("IT"), a_country("FR"))
    for origin, document, locked in steps:
        Broadcaster.objects.update(is_locked=False)
        Broadcaster.objects.filter(slug__in=locked).update(is_locked=True)
        before = BROADCASTERS.stored()
        number = Revision.objects.get().number
        records = as_records(document)
        outcome = broadcasters(*random.Random(0).sample(records, len(records)), origin=origin)  # noqa: S311
        stored = BROADCASTERS.stored()
        did = len(outcome.created) + len(outcome.changed)
        assert len(records) == did + outcome.unchanged + len(outcome.kept)
        assert Revision.objects.get().number == number + bool(did + len(outcome.withdrawn))
        for record in records:
            row = stored[record.slug]
            if record.slug in outcome.kept:
                assert row == before[record.slug]
            else:
                assert row.record == record
                assert not row.is_withdrawn
        for slug in before.keys() - document.keys():
            went = before[slug].origin == origin and not before[slug].is_locked
            assert stored[slug].is_withdrawn == (before[slug].is_withdrawn or went)
            assert stored[slug].record == before[slug].record
        assert broadcasters(*records, origin=origin).created == ()
        assert BROADCASTERS.stored() == stored


# Every table of the bundled data


def test_every_bundled_table_reads_back_what_was_written() -> None:
    documents = bundled.read(settings.BASE_DIR)
    bundled.load()
    for document in documents:
        stored = document.table.stored()
        assert {key: row.record for key, row in stored.items()} == {
            document.table.key_of(entry.record): entry.record for entry in document.entries
        }, document.table.name


def test_every_public_model_has_a_table() -> None:
    public = {model for model in apps.get_models() if issubclass(model, PublicModel)}
    assert public == {table.model for table, _ in bundled.FILES}


def test_countries_are_keyed_by_their_code() -> None:
    write(a_country("IT"))
    assert COUNTRIES.stored()["IT"].id == Country.objects.get().pk == "IT"


def test_a_finding_and_its_pages_go_and_come_together() -> None:
    finding: Record = a_finding(key="f", evidence=[a_page("https://a.example/"), a_page("https://b.example/")])
    write(*a_league(), finding)
    other = a_finding("unannounced", key="g")
    write(other)
    assert FINDINGS.stored()["f"].is_withdrawn
    write(finding, other)
    assert FINDINGS.stored()["f"].record == finding
