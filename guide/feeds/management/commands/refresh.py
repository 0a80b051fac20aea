"""``manage.py refresh``: refresh feeds without a worker, or see what a document would do."""

from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from guide.feeds.adapters.base import FeedError
from guide.feeds.models import Feed, Run, Trigger, Verdict
from guide.feeds.obtaining import FromFile, FromSnapshot, NotObtainedError, Source
from guide.feeds.refresh import dry_run, refresh
from guide.feeds.runs import BusyError
from guide.feeds.sinks.base import Counts
from guide.feeds.sources import source_of
from guide.publication.tables import TableError, near

COLUMNS = ("read", "created", "changed", "unchanged", "kept", "proposed", "rejected", "gone")


class Command(BaseCommand):
    help = "Refresh the feeds that are due, or the one that is named. Run it as often as you like."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("feed", nargs="?", help="slug of a feed, due or not, on or off")
        parser.add_argument("--file", type=Path, help="read this file as the document of the feed")
        parser.add_argument("--replay", type=int, metavar="RUN", help="read the document of an earlier run again")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(
        self, *args: Any, feed: str | None, file: Path | None, replay: int | None, dry_run: bool, **options: Any
    ) -> None:
        if (file or dry_run) and not (feed or replay):
            raise CommandError("Name the feed.")
        if file and replay:
            raise CommandError("Give --file or --replay, not both.")
        run = self._run(replay) if replay else None
        feeds = [run.feed] if run else [self._feed(feed)] if feed else list(Feed.objects.due(timezone.now()))
        if not feeds:
            self.stdout.write("No feed is due.")
        # Rich finds out by itself whether a person sits there: a pipe gets plain lines and no bar.
        console = Console(
            file=cast("IO[str]", self.stdout), highlight=False, width=None if self.stdout.isatty() else 140
        )
        table = Table(box=None, pad_edge=False)
        table.add_column("feed")
        for name in COLUMNS:
            table.add_column(name, justify="right")
        table.add_column("verdict")
        lines: list[str] = []
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        with Progress(*columns, console=console, transient=True, disable=not self.stdout.isatty()) as progress:
            for one in feeds:
                task = progress.add_task(one.name, total=None)
                source: Source = FromSnapshot(run) if run else FromFile(file) if file else source_of(one)
                counts, verdict, said = self._one(one, source, dry_run)
                table.add_row(one.slug, *(str(getattr(counts, name)) for name in COLUMNS), verdict)
                lines += [*said, *_told(counts)]
                progress.remove_task(task)
        if feeds:
            console.print(table)
        for line in lines:
            console.print(line, markup=False)

    def _one(self, feed: Feed, source: Source, is_dry: bool) -> tuple[Counts, str, list[str]]:
        if is_dry:
            try:
                return dry_run(feed, source), "nothing written", []
            except (FeedError, NotObtainedError, TableError) as error:
                return Counts(), "would fail", [str(error)]
        try:
            run, counts = refresh(feed, source, trigger=Trigger.PERSON)
        except BusyError as error:
            return Counts(), "busy", [str(error)]
        said = [f"{feed.slug}: {run.message}"] if run.message else []
        return counts, f"{Verdict(run.verdict).label}{f' ({run.reason})' if run.reason else ''}, run {run.pk}", said

    def _feed(self, slug: str) -> Feed:
        try:
            return Feed.objects.get(slug=slug)
        except Feed.DoesNotExist:
            known = Feed.objects.values_list("slug", flat=True)
            raise CommandError(f"“{slug}” is no feed.{near(slug, known)} There are: {', '.join(known)}.") from None

    def _run(self, number: int) -> Run:
        try:
            return Run.objects.select_related("feed", "snapshot").get(pk=number)
        except Run.DoesNotExist:
            raise CommandError(f"There is no run {number}.") from None


def _told(counts: Counts) -> list[str]:
    rejections: dict[str, int] = {}
    for one in counts.rejections:
        rejections[one.code] = rejections.get(one.code, 0) + 1
    lines = [f"rejected, {code}: {number}" for code, number in sorted(rejections.items())]
    lines += [f"  {one.position}: {one.message}" for one in counts.rejections[:10]]
    return [*counts.table, *lines]
