"""Documents of very many rights, made up row by row."""

import csv
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

COLUMNS = (
    *("key", "competition", "broadcaster", "package", "kind", "countries", "first_day", "last_day"),
    *("evidence_reaches", "scope", "exclusivity", "access", "claimed_confidence", "note"),
    *("evidence_1_kind", "evidence_1_publisher", "evidence_1_url"),
)


def rows(competitions: list[str], broadcasters: list[str], *, note: str, changed: int = 0) -> Iterator[list[str]]:
    """Rights that never meet, with packages of their own; the first ``changed`` have ``note``."""
    packages = (f"feed-{number}" for number in range(10_000))
    for number, (package, competition, broadcaster) in enumerate(product(packages, competitions, broadcasters)):
        yield [
            *(f"{competition}--{broadcaster}--{package}", competition, broadcaster, package, "live", "IT"),
            *("2026-07-01", "2029-06-30", "", "some", "shared", "subscription", "reported"),
            note if number < changed else "As announced.",
            *("press", "News", "https://news.example/rights"),
        ]


def write_rights(
    path: Path, count: int, competitions: list[str], broadcasters: list[str], *, note: str = "", changed: int = 0
) -> Path:
    """A CSV document of so many rights, of which the first ``changed`` carry another note."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(islice(rows(competitions, broadcasters, note=note, changed=changed), count))
    return path
