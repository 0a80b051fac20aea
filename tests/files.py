"""The bundled files, copied so that a test can change them."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Self

from guide.bundled import FILES
from tests.servers import ROOT

NAMES = {table.name: name for table, name in FILES}
Row = dict[str, str]


def rows_of(path: Path) -> list[Row]:
    """The rows of one file, by the csv module alone."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Files:
    """A folder laid out as the project's own, with files that may be changed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in NAMES.values():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)

    def path(self, table: str) -> Path:
        return self.root / NAMES[table]

    def rows(self, table: str) -> list[Row]:
        return rows_of(self.path(table))

    def change(self, table: str, change: Callable[[list[Row]], list[Row]]) -> None:
        """Write a file anew with its rows changed; its columns stay."""
        rows = self.rows(table)
        columns = list(rows[0]) if rows else self.path(table).read_text().splitlines()[0].split(",")
        text = io.StringIO()
        writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(change(rows))
        self.path(table).write_text(text.getvalue(), encoding="utf-8")

    def set(self, table: str, row: int, **cells: str) -> int:
        """Change some cells of a row (0 is the first, -1 the last) and say in which line of the file it stands."""

        def changed(rows: list[Row]) -> list[Row]:
            rows[row] |= cells
            return rows

        self.change(table, changed)
        return self.line(table, row)

    def line(self, table: str, row: int) -> int:
        """The line of the file in which a row begins, whatever line breaks its cells and those before it hold."""
        rows = self.rows(table)
        before = rows[: row % len(rows)]
        return 2 + len(before) + sum(cell.count("\n") for other in before for cell in other.values())

    def add(self, table: str, **cells: str) -> int:
        """Add a row at the end and say in which line it stands."""
        self.change(table, lambda rows: [*rows, cells])
        return self.line(table, -1)

    def remove(self, table: str, row: int) -> Row:
        removed = self.rows(table)[row]
        self.change(table, lambda rows: [other for other in rows if other != removed])
        return removed

    def shrink(self) -> Self:
        """Keep Serie A in Italy and little else: files that are read in no time."""
        rights = ("serie-a--dazn-it--2024", "serie-a--sky-it--2024")
        kept: dict[str, Callable[[Row], bool]] = {
            "countries": lambda row: row["code"] in ("IT", "FR"),
            "country_groups": lambda row: row["slug"] == "it-only",
            "sports": lambda row: row["slug"] == "football",
            "competitions": lambda row: row["slug"] == "serie-a",
            "seasons": lambda row: row["competition"] == "serie-a",
            "teams": lambda row: False,
            "stages": lambda row: False,
            "events": lambda row: False,
            "broadcasters": lambda row: row["slug"] in ("dazn-it", "sky-it"),
            "services": lambda row: row["broadcaster"] in ("dazn-it", "sky-it"),
            "offers": lambda row: row["broadcaster"] in ("dazn-it", "sky-it"),
            "carriage": lambda row: False,
            "rights": lambda row: row["key"] in rights,
            "findings": lambda row: False,
            "blackouts": lambda row: False,
            "closures": lambda row: row["slug"] == "calcio-2025",
        }
        for table in NAMES:
            self.change(table, lambda rows, table=table: [row for row in rows if kept[table](row)])  # type: ignore[misc]
        known = {
            "countries": {"IT", "FR"},
            "services": {row["slug"] for row in self.rows("services")},
            "competitions": {"serie-a"},
            "parent": {"dazn-it", "sky-it"},
            "successor": {"dazn-it", "sky-it"},
            "operator_country": {"IT", "FR"},
            "requires": {row["key"] for row in self.rows("offers")},
        }

        def cut(rows: list[Row]) -> list[Row]:
            """What a cell names and was not kept is not named any more."""
            return [
                row
                | {
                    name: "; ".join(word for word in row[name].split("; ") if word in words)
                    for name, words in known.items()
                    if name in row
                }
                for row in rows
            ]

        for table in NAMES:
            self.change(table, cut)
        return self
