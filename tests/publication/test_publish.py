"""publish: the one way to write what the public sees."""

import datetime as dt
import logging

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from broadcasters.models import Country
from guide.publication.models import Action, Change, Revision
from guide.publication.publish import Publication, publish
from guide.publication.records import Record
from tests.factories import NOW, a_country, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_guide")]


def number() -> int:
    revision = Revision.objects.first()
    return revision.number if revision else 0


def note(publication: Publication, key: str, *, before: Record | None = None, after: Record | None = None) -> None:
    action = Action.CHANGED if before and after else Action.CREATED if after else Action.WITHDRAWN
    publication.record(action, "countries", key, before=before, after=after)


def test_a_transaction_bumps_the_revision_once_however_much_it_changes() -> None:
    with publish(actor="mona", reason="new season") as publication:
        for code in ("IT", "FR", "DE"):
            note(publication, code, after=a_country(code))
        assert number() == 0, "the bump is the last act"
    assert number() == 1
    assert list(Change.objects.values_list("revision", flat=True)) == [1, 1, 1]


def test_a_transaction_without_a_change_leaves_no_trace() -> None:
    with publish(actor="mona", reason="nothing"):
        pass
    assert (number(), Change.objects.count()) == (0, 0)
    write(a_country())
    with publish(actor="mona", reason="nothing"):
        pass
    assert (number(), Change.objects.count()) == (1, 1)


def test_what_does_not_differ_is_no_change() -> None:
    with publish(actor="mona", reason="nothing") as publication:
        note(publication, "IT", before=a_country(), after=a_country())
    assert (number(), Change.objects.count()) == (0, 0)


def test_a_block_that_raises_leaves_everything_as_it_was() -> None:
    def stumble() -> None:
        with publish(actor="mona", reason="half") as publication:
            note(publication, "IT", after=a_country())
            Country.objects.create(code="IT", name="Italy", time_zone="Europe/Rome", in_eu=True)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stumble()
    assert (number(), Change.objects.count(), Country.objects.count()) == (0, 0, 0)


def test_what_the_database_refuses_leaves_everything_as_it_was() -> None:
    write(a_country())

    def stumble() -> None:
        with publish(actor="mona", reason="twice") as publication:
            note(publication, "FR", after=a_country("FR"))
            Country.objects.create(code="fr", name="Italy", time_zone="Europe/Rome", in_eu=True)

    with pytest.raises(DatabaseError):
        stumble()
    assert (number(), Change.objects.count()) == (1, 1)


def test_changes_say_who_when_why_and_what_was_before_and_after() -> None:
    with publish(actor="mona", reason="renamed", now=NOW) as publication:
        note(publication, "IT", before=a_country(), after=a_country(name="Italia"))
    change = Change.objects.get()
    assert (change.actor, change.reason, change.changed_at, change.action) == ("mona", "renamed", NOW, "changed")
    assert (change.table, change.key, str(change)) == ("countries", "IT", "countries IT: changed")
    assert change.before == {"code": "IT", "name": "Country IT", "time_zone": "Europe/Rome", "in_eu": True}
    assert change.after == {**change.before, "name": "Italia"}
    assert Revision.objects.get().changed_at == NOW


def test_the_present_is_taken_where_none_is_given() -> None:
    started = dt.datetime.now(tz=dt.UTC)
    with publish(actor="mona", reason="new") as publication:
        note(publication, "IT", after=a_country())
    assert started <= Change.objects.get().changed_at <= dt.datetime.now(tz=dt.UTC)
    assert Revision.objects.get().changed_at == publication.now


def test_revisions_count_one_by_one() -> None:
    for code in ("IT", "FR", "DE"):
        write(a_country(code), origin=code)
    assert number() == 3
    assert [change.revision for change in Change.objects.order_by("id")] == [1, 2, 3]


def test_the_log_is_read_in_the_order_in_which_it_became_public() -> None:
    for codes in (["IT", "FR"], ["DE"], ["ES", "AT"]):
        write(*(a_country(code) for code in codes), origin=codes[0])
    assert list(Change.objects.since(1).values_list("revision", "key")) == [(2, "DE"), (3, "ES"), (3, "AT")]
    assert list(Change.objects.since(3)) == []
    assert [change.key for change in Change.objects.all()] == ["AT", "ES", "DE", "FR", "IT"], "newest first"
    assert [change.revision for change in Change.objects.about("countries", "DE")] == [2]


def test_there_is_one_revision_and_no_second() -> None:
    write(a_country())
    with pytest.raises(DatabaseError), transaction.atomic():
        Revision.objects.create(pk=2, changed_at=NOW)


def test_a_thousand_changes_are_written_in_few_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(30):
        italy = a_country()
        with publish(actor="mona", reason="many") as publication:
            for index in range(1000):
                note(publication, f"key-{index}", after=italy)
    assert Change.objects.count() == 1000


def test_a_publication_is_logged_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="guide.publication.publish")
    with publish(actor="mona", reason="new") as publication:
        note(publication, "IT", after=a_country())
    (line,) = caplog.records
    assert line.message == "published"
    assert {name: getattr(line, name) for name in ("revision", "changes", "actor", "reason")} == {
        "revision": 1,
        "changes": 1,
        "actor": "mona",
        "reason": "new",
    }


def test_publications_inside_each_other_are_one_transaction() -> None:
    def stumble() -> None:
        with publish(actor="outer", reason="outer") as outer:
            note(outer, "IT", after=a_country())
            with publish(actor="inner", reason="inner") as inner:
                note(inner, "FR", after=a_country("FR"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stumble()
    assert (number(), Change.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_what_is_published_becomes_visible_all_at_once() -> None:
    """Another connection sees the rows, the changes and the revision together or none of them."""
    other = connection.copy()
    try:

        def seen() -> tuple[int, ...]:
            with other.cursor() as cursor:
                counts = []
                for table in ("broadcasters_country", "publication_change", "publication_revision"):
                    cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 (own names)
                    counts.append(cursor.fetchone()[0])
            return tuple(counts)

        with publish(actor="mona", reason="new") as publication:
            note(publication, "IT", after=a_country())
            Country.objects.create(code="IT", name="Italy", time_zone="Europe/Rome", in_eu=True)
            assert seen() == (0, 0, 0)
        assert seen() == (1, 1, 1)
    finally:
        other.close()
