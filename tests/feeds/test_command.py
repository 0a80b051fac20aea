"""“manage.py refresh”: what it prints, and what it refuses."""

import gzip
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from guide.feeds.models import Feed, Run, Trigger
from guide.feeds.runs import begin
from guide.rights.models import Right
from tests.feeds.feeding import PATH, a_feed, csv_of, fetched, rights
from tests.feeds.server import FeedServer
from tests.stored import dump

pytestmark = pytest.mark.usefixtures("league")


@pytest.fixture
def feed(reachable: FeedServer) -> Feed:
    return a_feed(reachable)


def printed(*arguments: str, **options: Any) -> list[str]:
    """The lines, each with single spaces."""
    out = StringIO()
    call_command("refresh", *arguments, stdout=out, **options)
    return [" ".join(line.split()) for line in out.getvalue().splitlines()]


def test_a_refresh_prints_its_counts_and_what_it_could_not_use(feed: Feed, server: FeedServer) -> None:
    server.serve(PATH, csv_of([*rights(1, 2), *rights(3, broadcaster="holdre")]))
    lines = printed("league")
    run = Run.objects.get()
    assert run.trigger == Trigger.PERSON
    assert lines[0] == "feed read created changed unchanged kept proposed rejected gone verdict"
    assert lines[1] == f"league 3 2 0 0 0 0 1 0 applied, run {run.pk}"
    assert lines[2:5] == ["+ right-1", "+ right-2", "rejected, unknown_broadcaster: 1"]
    assert lines[5].startswith("line 4: broadcaster: “holdre”")
    assert len(lines) == 6


def test_a_failure_is_a_line_and_no_crash(feed: Feed, server: FeedServer) -> None:
    server.fail(PATH, 404)
    lines = printed("league")
    assert f"failed (not_found), run {Run.objects.get().pk}" in lines[1]
    assert lines[2].startswith("league: ")


def test_an_unknown_feed_is_told_apart_from_those_that_are(feed: Feed) -> None:
    with pytest.raises(CommandError, match=r"“leauge” is no feed\. Did you mean “league”\? There are: league\."):
        printed("leauge")


def test_a_file_stands_in_for_the_network(feed: Feed, server: FeedServer, tmp_path: Path) -> None:
    file = tmp_path / "rights.csv"
    file.write_bytes(csv_of(rights(1)))
    assert "applied" in printed("league", file=file)[1]
    assert server.requests == []
    assert Run.objects.get().final_address == "rights.csv"
    assert "failed (unreadable)" in printed("league", file=tmp_path / "none.csv")[1]


def test_a_file_that_is_packed_is_unpacked(feed: Feed, server: FeedServer, tmp_path: Path) -> None:
    file = tmp_path / "rights.csv.gz"
    file.write_bytes(gzip.compress(csv_of(rights(1))))
    assert "applied" in printed("league", file=file)[1]
    file.write_bytes(gzip.compress(csv_of(rights(1, 2)))[:-9])
    assert "failed (bad_encoding)" in printed("league", file=file)[1]


def test_a_run_is_done_again_by_its_number(feed: Feed, server: FeedServer) -> None:
    server.serve(PATH, csv_of(rights(1)))
    run = fetched(feed)
    server.serve(PATH, csv_of(rights(2)))
    fetched(feed)
    assert "applied" in printed(replay=run.pk)[1]
    assert set(Right.objects.standing().values_list("key", flat=True)) == {"right-1"}
    with pytest.raises(CommandError, match=f"There is no run {run.pk + 99}"):
        printed(replay=run.pk + 99)


def test_a_dry_run_says_what_would_be(feed: Feed, server: FeedServer) -> None:
    server.serve(PATH, csv_of(rights(1)))
    before = dump()
    assert printed("league", dry_run=True)[1:] == ["league 1 1 0 0 0 0 0 0 nothing written", "+ right-1"]
    assert (dump(), Run.objects.count()) == (before, 0)
    server.serve(PATH, b"no,table\n")
    assert "would fail" in printed("league", dry_run=True)[1]


def test_only_what_is_due_is_refreshed_without_a_name(feed: Feed, server: FeedServer) -> None:
    assert printed() == ["No feed is due."]
    Feed.objects.update(is_on=True)
    server.serve(PATH, csv_of(rights(1)))
    assert "applied" in printed()[1]
    assert printed() == ["No feed is due."]


def test_a_feed_in_other_hands_is_busy(feed: Feed, server: FeedServer) -> None:
    server.serve(PATH, csv_of(rights(1)))
    fetched(feed)
    run = begin(feed, trigger=Trigger.SCHEDULE, now=Run.objects.get().started_at)
    lines = printed("league")
    assert lines[1].endswith("busy")
    assert lines[2] == "“league” is being refreshed already."
    assert Run.objects.latest("id") == run


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"file": Path("x")}, "Name the feed."),
        ({"dry_run": True}, "Name the feed."),
        ({"file": Path("x"), "replay": 1, "feed": "league"}, "Give --file or --replay, not both."),
    ],
)
def test_what_does_not_go_together_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        printed(**options)
