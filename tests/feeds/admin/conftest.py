"""Fixtures of this folder: the editors of the admin, feeds of every kind of use, and a queue that is only a list."""

from pathlib import Path
from typing import Any

import pytest
from django.utils.text import slugify

from guide.feeds import decisions
from guide.feeds.models import Feed, Run, Trigger, Verdict
from guide.feeds.obtaining import FromFile
from guide.feeds.refresh import refresh
from tests.admin.conftest import editor, empty_guide, superuser
from tests.factories import a_team, write

__all__ = ["editor", "empty_guide", "superuser"]

TEAMS = tuple(f"{letter}{letter.lower()}ton" for letter in "ABCDEFGHIJ")


def a_feed(slug: str = "calendar", **fields: Any) -> Feed:
    """A list of matches as CSV."""
    values = {
        "name": slug.capitalize(),
        "kind": "fixtures",
        "adapter": "fixturedownload-csv",
        "address": f"https://feeds.example/{slug}.csv",
        "options": {"competition": "ligue-1", "season": "2026-27"},
        "zone": "UTC",
        "licence": "CC0",
    }
    return Feed.objects.create(slug=slug, **(values | fields))


def matches(count: int, *, first: int = 0) -> str:
    """As many matches, a day each."""
    lines = ["Match Number,Round Number,Date,Location,Home Team,Away Team,Result"]
    for number in range(first, first + count):
        home, away = TEAMS[number % 10], f"Club {number}"
        lines.append(f"{number + 1},1,{number % 28 + 1:02}/09/2026 18:00,Park,{home},{away},")
    return "\n".join(lines) + "\n"


class Feeding:
    """Refreshes feeds with documents that a test writes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, feed: Feed, document: str) -> Run:
        path = self._folder / "document.csv"
        path.write_text(document, encoding="utf-8")
        return refresh(feed, FromFile(path), trigger=Trigger.SCHEDULE)[0]


@pytest.fixture
def feed_with(tmp_path: Path, bundled_data: None) -> Feeding:
    names = [*TEAMS, *(f"Club {number}" for number in range(63))]
    write(*(a_team(slugify(name), name=name, sport="football") for name in names))
    return Feeding(tmp_path)


@pytest.fixture
def held(feed_with: Feeding) -> Run:
    """A run that was held: nearly all matches of its document's forerunner would go."""
    feed = a_feed()
    assert feed_with(feed, matches(20)).verdict == Verdict.APPLIED
    run = feed_with(feed, matches(4))
    assert (run.verdict, run.reason) == (Verdict.HELD, "mass_deletion")
    return run


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int | None]]:
    """What would be sent to a worker: the feed, and the run whose document is approved."""
    sent: list[tuple[str, int | None]] = []

    def enqueue(feed: Feed, *, run: Run | None = None) -> None:
        sent.append((feed.slug, run.pk if run else None))

    monkeypatch.setattr(decisions, "enqueue", enqueue)
    monkeypatch.setattr("guide.feeds.admin.feeds.enqueue", enqueue)
    return sent
