"""Refreshing a feed of rights over HTTP: what it writes, what it leaves alone, and what it says about both."""

import datetime as dt
import io
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guide.feeds.models import Feed, Proposal, Rejection, Run, Snapshot, Trigger, Verdict
from guide.feeds.obtaining import FromSnapshot, Obtained, obtained_from
from guide.feeds.proposals import mark_outdated
from guide.feeds.reading import Reading
from guide.feeds.refresh import dry_run, refresh
from guide.feeds.runs import ABANDONED_AFTER, BusyError, begin, close_abandoned, end
from guide.feeds.sinks.rights import RightsSink
from guide.feeds.sources import source_of
from guide.publication.locking import note_unlocked
from guide.publication.models import Change, Revision
from guide.publication.publish import publish
from guide.rights.models import Right
from guide.rights.reconcile import RIGHTS
from tests.factories import a_broadcaster, a_competition, a_right, write
from tests.feeds.feeding import PATH, a_feed, cells_of, codes, counted, csv_of, fetched, replayed, rights, said, writing
from tests.feeds.server import FeedServer
from tests.stored import dump
from tests.thorough import examples

pytestmark = pytest.mark.usefixtures("league")
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture
def feed(reachable: FeedServer) -> Feed:
    return a_feed(reachable)


def serve(server: FeedServer, rows: Any, **options: Any) -> None:
    server.serve(PATH, csv_of(rows), **options)


def standing() -> set[str]:
    return set(Right.objects.standing().values_list("key", flat=True))


def cell(key: str, name: str) -> Any:
    return getattr(RIGHTS.stored([key])[key].record, name)


@pytest.fixture
def never_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(self: Reading) -> Any:
        raise AssertionError("The document was read.")

    monkeypatch.setattr(Reading, "__call__", read)


# What changes


def test_a_document_creates_changes_withdraws_and_brings_back(feed: Feed, server: FeedServer) -> None:
    serve(server, rights(1, 2, 3))
    first = fetched(feed)
    assert (said(first), counted(first)) == (("applied", ""), {"created": 3})
    assert set(Right.objects.values_list("origin", flat=True)) == {"feed:league"}
    serve(server, [*rights(1), *rights(2, access="free"), *rights(4)])
    second = fetched(feed)
    assert counted(second) == {"created": 1, "changed": 1, "unchanged": 1, "gone": 1}
    assert standing() == {"right-1", "right-2", "right-4"}
    assert cell("right-2", "access") == "free"
    serve(server, [*rights(1, 3, 4), *rights(2, access="free")])
    third = fetched(feed)
    assert counted(third) == {"changed": 1, "unchanged": 3}
    assert Change.objects.filter(key="right-3").order_by("id").values_list("action", flat=True)[2] == "restored"


def test_the_order_of_the_rows_is_no_change(feed: Feed, server: FeedServer) -> None:
    serve(server, rights(1, 2, 3))
    fetched(feed)
    serve(server, rights(3, 1, 2))
    run = fetched(feed)
    assert (said(run), counted(run)) == (("unchanged", ""), {"unchanged": 3})


def test_country_groups_are_written_out(feed: Feed, server: FeedServer) -> None:
    serve(server, rights(1, countries="test-group"))
    assert counted(fetched(feed)) == {"created": 1}
    assert cell("right-1", "countries") == ("FR", "IT")
    serve(server, rights(1, countries="FR; IT"))
    assert counted(fetched(feed)) == {"unchanged": 1}


def test_one_revision_is_published_together_with_its_changes(feed: Feed, server: FeedServer) -> None:
    before = Revision.objects.get().number
    serve(server, rights(1, 2))
    fetched(feed)
    changes = Change.objects.filter(actor="feed:league")
    assert set(changes.values_list("key", "action", "revision")) == {
        ("right-1", "created", before + 1),
        ("right-2", "created", before + 1),
    }
    assert Revision.objects.get().number == before + 1


# What does not change


def test_an_etag_saves_the_document(feed: Feed, server: FeedServer, request: pytest.FixtureRequest) -> None:
    serve(server, rights(1), etag='W/"1"')
    fetched(feed)
    request.getfixturevalue("never_read")
    for _ in range(2):
        run = fetched(feed)
        assert said(run) == ("unchanged", "not_modified")
        assert run.bytes_wire == 0
    assert [seen.get("if-none-match") for seen in server.headers(PATH)] == [None, 'W/"1"', 'W/"1"']


def test_the_same_bytes_are_not_read_again(feed: Feed, server: FeedServer, request: pytest.FixtureRequest) -> None:
    serve(server, rights(1))
    fetched(feed)
    request.getfixturevalue("never_read")
    run = fetched(feed)
    assert said(run) == ("unchanged", "same_document")
    assert Snapshot.objects.count() == 1


@pytest.mark.parametrize("validators", [{}, {"etag": '"1"'}])
def test_an_unchanged_document_writes_nothing_but_its_run(
    feed: Feed, server: FeedServer, validators: dict[str, str]
) -> None:
    serve(server, rights(1), **validators)
    fetched(feed)
    with writing() as written:
        fetched(feed)
    assert [sql.split()[:3] for sql in written] == [
        ["INSERT", "INTO", '"feeds_run"'],
        ["UPDATE", '"feeds_run"', "SET"],
    ]


def test_a_new_version_of_the_adapter_reads_the_same_document_again(feed: Feed, server: FeedServer) -> None:
    serve(server, rights(1), etag='"1"')
    Run.objects.filter(pk=fetched(feed).pk).update(adapter_version=0)
    run = fetched(feed)
    assert (said(run), counted(run)) == (("unchanged", ""), {"unchanged": 1})


# Rows that are not the feed's to write


def test_a_locked_row_is_kept(feed: Feed, server: FeedServer) -> None:
    serve(server, rights(1, 2))
    fetched(feed)
    Right.objects.filter(key="right-1").update(is_locked=True)
    serve(server, rights(1, 2, access="free"))
    assert counted(fetched(feed)) == {"changed": 1, "kept": 1}
    assert cell("right-1", "access") == "subscription"
    serve(server, rights(2, access="free"))
    assert counted(fetched(feed)) == {"unchanged": 1}
    assert standing() == {"right-1", "right-2"}


def test_a_locked_field_is_kept_and_the_others_change(feed: Feed, server: FeedServer) -> None:
    serve(server, rights(1, 2))
    fetched(feed)
    Right.objects.filter(key="right-1").update(locked_fields=("access", "evidence"))
    serve(server, [*rights(1, access="free", note="New."), *rights(2)])
    assert counted(fetched(feed)) == {"changed": 1, "unchanged": 1}
    assert (cell("right-1", "access"), cell("right-1", "note")) == ("subscription", "New.")
    assert said(fetched(feed)) == ("unchanged", "same_document")
    serve(server, [*rights(2), *rights(1, access="free", note="New.")])
    run = fetched(feed)
    assert (said(run), counted(run)) == (("unchanged", ""), {"unchanged": 1, "kept": 1})
    serve(server, rights(2))
    assert counted(fetched(feed)) == {"unchanged": 1, "gone": 1}


def test_where_a_lock_is_taken_off_the_same_document_is_told_again(feed: Feed, server: FeedServer) -> None:
    serve(server, rights(1, 2), etag='"1"')
    fetched(feed)
    Right.objects.filter(key="right-1").update(locked_fields=("access",))
    serve(server, [*rights(1, access="free", note="New."), *rights(2)], etag='"2"')
    assert counted(fetched(feed)) == {"changed": 1, "unchanged": 1}
    assert said(fetched(feed)) == ("unchanged", "not_modified")
    Right.objects.filter(key="right-1").update(locked_fields=())
    note_unlocked(timezone.now())
    assert counted(fetched(feed)) == {"changed": 1, "unchanged": 1}
    assert cell("right-1", "access") == "free"
    assert said(fetched(feed)) == ("unchanged", "not_modified")


def test_an_edit_saved_while_the_document_was_looked_at_is_not_overwritten(
    feed: Feed, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(server, rights(1, 2))
    fetched(feed)
    edits = iter(("registration",))
    look = RightsSink.look

    def interrupted(self: RightsSink) -> Any:
        counts = look(self)
        for access in edits:
            (edited,) = rights(1, access=access)
            with publish(actor="anna", reason="Corrected.") as publication:
                plan = RIGHTS.plan_of(edited, RIGHTS.stored(["right-1"])["right-1"])
                RIGHTS.carry_out(plan, [edited], publication, origin=feed.origin)
            Right.objects.filter(key="right-1").update(locked_fields=("access",))
        return counts

    monkeypatch.setattr(RightsSink, "look", interrupted)
    serve(server, rights(1, 2, access="free", note="New."))
    run = fetched(feed)
    assert (said(run), counted(run)) == (("applied", ""), {"changed": 2})
    assert (cell("right-1", "access"), cell("right-1", "note")) == ("registration", "New.")
    assert cell("right-2", "access") == "free"


def test_a_guide_that_is_written_to_all_the_time_is_refreshed_another_time(
    feed: Feed, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = RightsSink.look

    def interrupted(self: RightsSink) -> Any:
        counts = look(self)
        write(a_competition(name=f"League {Revision.objects.get().number}"), origin="editor")
        return counts

    monkeypatch.setattr(RightsSink, "look", interrupted)
    serve(server, rights(1))
    run = fetched(feed)
    assert (said(run), counted(run)) == (("failed", "busy"), {})
    assert run.next_at is not None
    assert standing() == set()


def test_what_breaks_a_rule_beside_a_locked_field_is_kept(feed: Feed, server: FeedServer) -> None:
    serve(server, rights(1, 2))
    fetched(feed)
    before = RIGHTS.stored(["right-1"])["right-1"].record
    Right.objects.filter(key="right-1").update(locked_fields=("last_day",))
    serve(server, [*rights(1, first_day="2031-07-01", last_day="2032-06-30"), *rights(2, note="New.")])
    assert counted(fetched(feed)) == {"changed": 1, "kept": 1}
    assert RIGHTS.stored(["right-1"])["right-1"].record == before


def test_a_rejection_tells_what_the_document_says_and_not_what_is_locked(feed: Feed, server: FeedServer) -> None:
    serve(server, rights(1))
    fetched(feed)
    Right.objects.filter(key="right-1").update(locked_fields=("access", "competition"))
    serve(server, rights(1, access="free", broadcaster="nobody"))
    run = fetched(feed)
    assert counted(run) == {"rejected": 1}
    (raw,) = run.rejections.values_list("raw", flat=True)
    assert raw is not None
    assert raw["access"] == "free"
    serve(server, rights(1, competition="no-league", note="New."))
    assert counted(fetched(feed)) == {"changed": 1}


def test_a_feed_that_only_proposes_proposes_nothing_of_a_locked_field(feed: Feed, server: FeedServer) -> None:
    serve(server, rights(1, 2))
    fetched(feed)
    Feed.objects.update(is_trusted=False)
    Right.objects.update(locked_fields=("access",))
    serve(server, [*rights(1, access="free"), *rights(2, access="free", note="New.")])
    assert counted(fetched(feed)) == {"kept": 1, "proposed": 1}
    after = Proposal.objects.get().after
    assert (after["access"], after["note"]) == ("subscription", "New.")


def test_a_row_of_another_origin_is_never_touched(feed: Feed, server: FeedServer) -> None:
    write(*rights(1, 2))
    serve(server, [*rights(1), *rights(2, access="free"), *rights(3)])
    run = fetched(feed)
    assert counted(run) == {"created": 1, "unchanged": 1, "rejected": 1}
    assert codes(run) == ["kept_by_another"]
    assert cell("right-2", "access") == "subscription"
    assert dict(Right.objects.values_list("key", "origin"))["right-1"] == "test"


def test_days_of_another_origin_are_respected_while_the_rest_applies(feed: Feed, server: FeedServer) -> None:
    write(a_right(key="theirs", first_day="2026-07-01", last_day="2027-06-30"))
    serve(server, [a_right(key="ours", first_day="2027-06-30", last_day="2028-06-30"), *rights(1)])
    run = fetched(feed)
    assert (codes(run), counted(run)) == (["overlaps"], {"created": 1, "rejected": 1})
    assert standing() == {"theirs", "right-1"}


def test_many_days_of_another_origin_in_many_countries_are_respected(feed: Feed, server: FeedServer) -> None:
    theirs = [a_right(key=f"theirs-{n}", package=f"package-{n}", countries="IT; FR") for n in range(120)]
    write(*theirs)
    ours = rights(*range(120), countries="IT; FR")
    serve(server, [*ours, *rights(500)])
    run = fetched(feed)
    assert counted(run) == {"created": 1, "rejected": 120}


def test_rights_of_one_document_that_meet_are_rejected_and_what_stood_stays(feed: Feed, server: FeedServer) -> None:
    one = a_right(key="one", first_day="2026-07-01", last_day="2026-12-31")
    two = a_right(key="two", first_day="2027-01-01", last_day="2027-06-30")
    serve(server, [one, two])
    fetched(feed)
    serve(server, [one.model_copy(update={"last_day": two.last_day}), two])
    run = fetched(feed)
    assert (counted(run), codes(run)) == ({"rejected": 2}, ["overlaps", "overlaps"])
    assert standing() == {"one", "two"}
    assert cell("one", "last_day") == dt.date(2026, 12, 31)


def test_a_row_that_became_unreadable_leaves_what_it_said_before(feed: Feed, server: FeedServer) -> None:
    serve(server, rights(1, 2))
    fetched(feed)
    serve(server, [*rights(1), cells_of(rights(2)[0]) | {"first_day": "tomorrow"}])
    run = fetched(feed)
    assert (counted(run), codes(run)) == ({"unchanged": 1, "rejected": 1}, ["bad_value"])
    assert standing() == {"right-1", "right-2"}


# Rejections


def test_a_rejection_says_where_and_what(feed: Feed, server: FeedServer) -> None:
    serve(server, [*rights(1), *rights(2, competition="test-legaue"), *rights(1), *rights(3, countries="XX")])
    run = fetched(feed)
    assert counted(run) == {"created": 1, "rejected": 3}
    assert codes(run) == ["duplicate", "not_a_country", "unknown_competition"]
    rejection = Rejection.objects.get(code="unknown_competition")
    assert rejection.position == "line 3"
    assert "Did you mean “test-league”?" in rejection.message
    assert dict(rejection.raw or {})["key"] == "right-2"


@pytest.mark.parametrize("validators", [{}, {"etag": '"1"'}])
def test_a_name_added_later_heals_a_rejection_of_the_same_document(
    feed: Feed, server: FeedServer, validators: dict[str, str]
) -> None:
    serve(server, [*rights(1), *rights(2, broadcaster="newcomer")], **validators)
    run = fetched(feed)
    assert (counted(run), codes(run)) == ({"created": 1, "rejected": 1}, ["unknown_broadcaster"])
    write(a_broadcaster("newcomer", countries="IT"), origin="editor", now=timezone.now())
    run = fetched(feed)
    assert (said(run), counted(run)) == (("applied", ""), {"created": 1, "unchanged": 1})
    assert said(fetched(feed))[0] == "unchanged"


def test_what_no_database_can_hold_is_rejected_and_written_down(feed: Feed, server: FeedServer) -> None:
    body = b'{"rights": [{"key": "a\\u0000b", "note": "\\ud800"}, {"key": "c", "matches": 1e999}]}'
    server.serve("/rights.json", body)
    feed.adapter, feed.address = "rights-json", server.url("/rights.json")
    feed.save()
    run = fetched(feed)
    assert counted(run) == {"rejected": 2}
    assert run.rejections.count() == 2


# Held, dropped, approved


HELD: list[tuple[str, list[Any]]] = [
    ("mass_deletion", rights(*range(10))),
    ("empty_document", []),
    (
        "schema_drift",
        [*rights(*range(20)), *({"key": f"right-{n}", "kind": "alive"} for n in range(20, 30))],
    ),
]


@pytest.mark.parametrize(("reason", "rows"), HELD)
@pytest.mark.parametrize("validators", [{}, {"etag": '"2"'}])
def test_a_suspicious_document_is_held_and_held_again_unread(
    feed: Feed,
    server: FeedServer,
    request: pytest.FixtureRequest,
    reason: str,
    rows: list[Any],
    validators: dict[str, str],
) -> None:
    serve(server, rights(*range(30)))
    fetched(feed)
    before = dump()
    serve(server, rows, **validators)
    run = fetched(feed)
    assert said(run) == ("held", reason)
    assert run.message
    request.getfixturevalue("never_read")
    again = fetched(feed)
    assert said(again) == ("held", reason)
    assert again.snapshot_id == run.snapshot_id
    assert dump() == before


def test_the_last_good_document_ends_a_hold(feed: Feed, server: FeedServer) -> None:
    serve(server, rights(*range(30)))
    fetched(feed)
    serve(server, [])
    assert said(fetched(feed))[0] == "held"
    serve(server, rights(*range(30)))
    assert said(fetched(feed)) == ("unchanged", "same_document")


def test_a_dropped_document_stays_dropped(feed: Feed, server: FeedServer, request: pytest.FixtureRequest) -> None:
    serve(server, rights(*range(30)))
    fetched(feed)
    serve(server, rights(1))
    run = fetched(feed)
    fetched(feed)
    Run.objects.filter(pk=run.pk).update(verdict=Verdict.DROPPED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reading, "__call__", None)
        assert said(fetched(feed))[0] == "dropped"
        assert said(fetched(feed))[0] == "dropped"
    serve(server, rights(*range(31)))
    assert counted(fetched(feed)) == {"created": 1, "unchanged": 30}


def test_an_approved_document_is_applied(feed: Feed, server: FeedServer) -> None:
    serve(server, rights(*range(30)))
    fetched(feed)
    serve(server, rights(1, 2))
    held = fetched(feed)
    run = replayed(held, is_approved=True, trigger=Trigger.PERSON)
    assert (said(run), counted(run)) == (("applied", ""), {"unchanged": 2, "gone": 28})
    assert run.trigger == "person"
    assert said(fetched(feed)) == ("unchanged", "same_document")


def test_a_hold_for_names_that_we_lack_ends_when_they_come(feed: Feed, server: FeedServer) -> None:
    serve(server, rights(*range(10)))
    fetched(feed)
    serve(server, rights(*range(10, 20), competition="new-league"))
    assert said(fetched(feed)) == ("held", "empty_document")
    write(a_competition("new-league"), origin="editor", now=timezone.now())
    assert said(fetched(feed)) == ("held", "mass_deletion")


def test_a_newer_adapter_looks_at_a_held_document_again(feed: Feed, server: FeedServer) -> None:
    serve(server, rights(*range(30)))
    fetched(feed)
    serve(server, [])
    Run.objects.filter(pk=fetched(feed).pk).update(adapter_version=0, reason="schema_drift")
    assert said(fetched(feed)) == ("held", "empty_document")


# Replays and rehearsals


def test_any_run_can_be_done_again(feed: Feed, server: FeedServer) -> None:
    serve(server, rights(1, 2))
    first = fetched(feed)
    serve(server, [*rights(1, access="free"), *rights(3)])
    second = fetched(feed)
    assert counted(replayed(first)) == {"changed": 2, "gone": 1}
    assert standing() == {"right-1", "right-2"}
    replayed(second)
    assert standing() == {"right-1", "right-3"}
    assert Snapshot.objects.count() == 2


def test_a_replay_without_its_document_fails(feed: Feed, server: FeedServer) -> None:
    serve(server, rights(1))
    run = fetched(feed)
    Snapshot.objects.all().delete()
    assert said(replayed(run)) == ("failed", "no_document")


def test_a_dry_run_writes_nothing(feed: Feed, server: FeedServer) -> None:
    serve(server, rights(1, 2))
    run = fetched(feed)
    serve(server, [*rights(1, access="free"), *rights(3), *rights(4, broadcaster="nobody")])
    before, runs = dump(), list(Run.objects.values())
    counts = dry_run(feed, source_of(feed))
    assert (counts.created, counts.changed, counts.rejected, counts.gone) == (1, 1, 1, 1)
    assert dry_run(feed, FromSnapshot(run)).unchanged == 2
    assert dump() == before
    assert list(Run.objects.values()) == runs
    assert Snapshot.objects.count() == 1


# Turns, crashes and failures


def test_a_feed_is_refreshed_by_one_at_a_time(feed: Feed, server: FeedServer) -> None:
    serve(server, rights(1))
    begin(feed, trigger=Trigger.SCHEDULE, now=NOW)
    with pytest.raises(BusyError, match="“league” is being refreshed already"):
        fetched(feed)
    assert Run.objects.count() == 1


def test_runs_of_the_dead_are_closed_by_age(feed: Feed, server: FeedServer) -> None:
    run = begin(feed, trigger=Trigger.SCHEDULE, now=NOW)
    Feed.objects.update(is_on=True)
    assert close_abandoned(now=NOW + ABANDONED_AFTER) == 0
    assert not Feed.objects.due(NOW).exists()
    later = NOW + ABANDONED_AFTER + dt.timedelta(seconds=1)
    assert close_abandoned(now=later) == 1
    assert said(run) == ("failed", "abandoned")
    assert Feed.objects.due(later).get() == feed
    serve(server, rights(1))
    assert said(fetched(feed))[0] == "applied"


def test_a_feed_that_never_ran_is_due_and_one_that_is_off_never(feed: Feed, server: FeedServer) -> None:
    assert not Feed.objects.due(NOW).exists()
    Feed.objects.update(is_on=True)
    assert Feed.objects.due(NOW).get() == feed
    serve(server, rights(1))
    run = fetched(feed)
    assert run.ended_at is not None
    assert run.next_at == run.ended_at + feed.interval
    assert not Feed.objects.due(run.next_at - dt.timedelta(seconds=1)).exists()
    assert Feed.objects.due(run.next_at).get() == feed


def test_failures_are_waited_for_longer_and_longer(
    feed: Feed, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(random, "random", lambda: 1.0)
    server.fail(PATH, 500)
    waits = []
    for _ in range(5):
        run = fetched(feed)
        assert run.next_at
        assert run.ended_at
        waits.append((run.next_at - run.ended_at).total_seconds() / 60)
    assert waits == [5, 10, 20, 40, pytest.approx(66)]
    serve(server, rights(1))
    run = fetched(feed)
    assert run.next_at
    assert run.ended_at
    assert run.next_at - run.ended_at == feed.interval


def test_a_server_that_asks_for_peace_gets_it(feed: Feed, server: FeedServer) -> None:
    server.fail(PATH, 429, retry_after="7200")
    run = fetched(feed)
    assert said(run) == ("failed", "throttled")
    assert run.next_at
    assert run.ended_at
    assert run.next_at - run.ended_at == dt.timedelta(hours=2)


def test_what_an_untrusted_feed_says_is_proposed_and_not_published(reachable: FeedServer) -> None:
    feed = a_feed(reachable, slug="stranger", is_trusted=False)
    serve(reachable, [*rights(1), *rights(2)])
    run = fetched(feed)
    assert (run.verdict, run.proposed, run.created, run.read) == (Verdict.APPLIED, run.read, 0, run.proposed)
    assert not standing()
    waiting = Proposal.objects.filter(feed=feed, decision="open").count()
    assert waiting == run.proposed > 0
    serve(reachable, [*rights(1), *rights(2), *rights(3)])
    again = fetched(feed)
    assert again.proposed + again.unchanged == again.read
    assert Proposal.objects.filter(feed=feed).count() == waiting + again.proposed
    assert not standing()


def test_what_was_outdated_is_proposed_anew_although_the_document_is_the_same(reachable: FeedServer) -> None:
    feed = a_feed(reachable, is_trusted=False)
    serve(reachable, rights(1))
    fetched(feed)
    write(*rights(1, note="Somebody was faster."), origin=feed.origin, now=timezone.now())
    assert len(mark_outdated(Proposal.objects.all(), by="anna")) == 1
    assert counted(fetched(feed)) == {"proposed": 1}
    assert Proposal.objects.get().decision == "open"


class StoppedAtTheEnd:
    """A document; whoever has refreshed from it is stopped right after."""

    def __init__(self, document: bytes) -> None:
        self.document = document

    @contextmanager
    def obtain(self, last: Run | None) -> Iterator[Obtained]:
        yield obtained_from(io.BytesIO(self.document))
        raise KeyboardInterrupt


def test_who_is_stopped_after_the_commit_has_done_the_work(league: None) -> None:
    feed = a_feed()
    with pytest.raises(KeyboardInterrupt):
        refresh(feed, StoppedAtTheEnd(csv_of(rights(1, 2))))
    assert said(feed.runs.get()) == ("applied", "")
    assert Right.objects.filter(origin=feed.origin).count() == 2


def test_a_crash_between_the_last_row_and_the_end_of_the_run_leaves_everything_as_before(
    feed: Feed, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(server, rights(1))
    fetched(feed)
    before = dump()
    serve(server, [*rights(1, access="free"), *rights(2), *rights(3, broadcaster="nobody")])

    def crash(run: Run, verdict: Verdict, **options: Any) -> Run:
        if verdict == Verdict.APPLIED:
            raise RuntimeError("The lights went out.")
        return end(run, verdict, **options)

    with monkeypatch.context() as patch:
        patch.setattr("guide.feeds.refresh.end", crash)
        with pytest.raises(RuntimeError):
            fetched(feed)
    assert dump() == before
    run = Run.objects.first()
    assert run is not None
    assert said(run) == ("failed", "error")
    assert run.message == "RuntimeError: The lights went out."
    assert counted(run) == {}
    assert run.snapshot_id is None
    assert (Snapshot.objects.count(), Rejection.objects.count()) == (1, 0)
    assert counted(fetched(feed)) == {"created": 1, "changed": 1, "rejected": 1}


# Nothing is lost


MUTATIONS = (
    ("competition", "no-league"),
    ("broadcaster", "nobody"),
    ("countries", "XX"),
    ("countries", ""),
    ("first_day", "2026-02-30"),
    ("access", "open"),
    ("package", "package-1"),
    ("key", "right-1"),
    ("key", "theirs"),
    ("key", "locked"),
    ("note", "=1+1"),
    ("note", "new"),
)
Rows = list[dict[str, str]]


@st.composite
def documents(draw: st.DrawFn) -> Rows:
    rows = [cells_of(right) for right in rights(*draw(st.permutations(range(1, 8)))[: draw(st.integers(1, 7))])]
    rows += [cells_of(right) for right in rights(1, key="locked")] if draw(st.booleans()) else []
    for _ in range(draw(st.integers(0, 5))):
        column, value = draw(st.sampled_from(MUTATIONS))
        rows[draw(st.integers(0, len(rows) - 1))][column] = value
    return rows


@given(st.lists(documents(), min_size=2, max_size=3), st.booleans())
@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_record_is_lost_whatever_the_documents(feed: Feed, server: FeedServer, each: list[Rows], ok: bool) -> None:
    if not Right.objects.filter(key="theirs").exists():
        write(a_right(key="theirs", package="theirs"), *rights(7, key="others"))
        write(*rights(1, key="locked", package="locked"), origin=feed.origin)
        Right.objects.filter(key="locked").update(is_locked=True)
    foreign = RIGHTS.stored(["theirs", "others", "locked"])
    # Each example begins anew.
    feed.runs.all().delete()
    feed.snapshots.all().delete()
    Right.objects.filter(origin=feed.origin).exclude(key="locked").delete()
    for place, rows in enumerate(each):
        serve(server, rows)
        run = fetched(feed, is_approved=ok)
        assert run.verdict in ("applied", "unchanged", "held")
        # What stands already, or is being held already, is not read a second time.
        if rows not in each[:place]:
            assert run.read == len(rows)
        assert run.rejections.count() == run.rejected
        counted(run)
        assert RIGHTS.stored(["theirs", "others", "locked"]) == foreign
    if run.verdict != "held":
        assert said(fetched(feed))[0] == "unchanged"


# Two at once


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_at_once_is_busy(reachable: FeedServer) -> None:
    feed = a_feed(reachable)
    reachable.serve(PATH, csv_of(rights(1)), delay=0.5)

    def go(_: int) -> str:
        try:
            return fetched(feed).verdict
        except BusyError:
            return "busy"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(go, range(2))) == ["applied", "busy"]
