"""``manage.py load_feeds``: the feeds that come with the guide."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guide.feeds import defaults
from guide.publication.tables import TableError


class Command(BaseCommand):
    help = "Create the feeds that come with the guide. Run it as often as you like: what you have changed stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--file", type=Path, default=defaults.FILE, help="read this table instead of the guide's")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            loaded = defaults.load(file)
        except TableError as error:
            raise CommandError(f"{error}\nNothing was loaded.") from None
        for slug in loaded.created:
            self.stdout.write(f"created    {slug}")
        for slug in loaded.described:
            self.stdout.write(f"described  {slug}")
        for slug, columns in loaded.differing.items():
            self.stdout.write(f"kept       {slug}: yours differs from the guide's in {', '.join(columns)}")
        self.stdout.write(
            f"feeds: {len(loaded.created)} created, {len(loaded.described)} described anew, "
            f"{len(loaded.differing)} kept as they are, {loaded.unchanged} unchanged"
        )
