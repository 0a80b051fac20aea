"""``manage.py load_data``: make the database say what the bundled files say."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guide import bundled
from guide.publication.tables import TableError
from guide.rights.models import Right
from guide.rights.overlap import OverlapError


class Command(BaseCommand):
    help = "Load the bundled data. Run it as often as you like: what is loaded already stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--root", type=Path, help="read the files below this folder instead of the project's own")
        parser.add_argument(
            "--review", action="store_true", help="list the rights whose sources claim more than is on record"
        )

    def handle(self, *args: Any, root: Path | None, review: bool, **options: Any) -> None:
        try:
            outcomes = bundled.load(root)
        except TableError as error:
            count = len(error.problems)
            raise CommandError(f"{error}\n{count} problem{'s' if count > 1 else ''}; nothing was loaded.") from None
        except OverlapError as error:
            raise CommandError(f"{error}\nNothing was loaded.") from None
        self.stdout.write(f"{'':<16}{'created':>9}{'changed':>9}{'withdrawn':>11}{'unchanged':>11}{'kept':>6}")
        for outcome in outcomes:
            self.stdout.write(
                f"{outcome.table:<16}{len(outcome.created):>9}{len(outcome.changed):>9}{len(outcome.withdrawn):>11}"
                f"{outcome.unchanged:>11}{len(outcome.kept):>6}"
            )
        self._tell_over_claimed(review)

    def _tell_over_claimed(self, review: bool) -> None:
        rights = Right.objects.over_claimed()
        if review:
            for right in rights.order_by("key"):
                self.stdout.write(f"{right.key}: claimed {right.claimed_confidence}, supported {right.confidence}")
        elif count := rights.count():
            self.stdout.write(
                f"{count} rights claim “confirmed” on one unofficial page and count as “reported”; --review lists them."
            )
