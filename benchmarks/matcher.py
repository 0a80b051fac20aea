"""How well programmes are matched to events: ``python -m benchmarks.matcher SAMPLES``.

Held against a table labelled by hand (tests/data/feeds/programmes/labels.csv) of programmes in real guides, which stand
in the folder of samples and nowhere else. Prints precision and recall, and what was wrong; works in a database of its
own, which it throws away.
"""

import argparse
import csv
import datetime as dt
import json
import os
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lxml import etree

if TYPE_CHECKING:
    from guide.feeds.fixture_names import FixtureNames
    from guide.feeds.records import ProgrammeRecord

ROOT = Path(__file__).parent.parent
LABELS = ROOT / "tests" / "data" / "feeds" / "programmes" / "labels.csv"
FIXTURES = (
    ("premier-league", "2026-27", "fixturedownload-json", "premier-league/fixturedownload_epl_2026_27.json", "UTC"),
    ("ligue-1", "2026-27", "football-txt", "openfootball-txt/2026-27/fr1.txt", "Europe/Paris"),
    ("serie-a", "2026-27", "football-txt", "openfootball-txt/2026-27/it-1-seriea.txt", "Europe/Rome"),
    ("formula-1", "2026", "sportstimes", "series/f1-2026/2026-05-01.2026.json", ""),
    ("motogp", "2026", "sportstimes", "series/motogp-2026/2026-03-16.2026.json", ""),
    ("fifa-world-cup", "2026", "football-txt", "openfootball-txt/worldcup-2026/cup.txt", ""),
    ("fifa-world-cup", "2026", "football-txt", "openfootball-txt/worldcup-2026/cup_finals.txt", ""),
)
LEAST_PRECISION, LEAST_RECALL = 0.98, 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A labelled programme and what the matcher said of it, each as the key of an event or nothing."""

    place: tuple[str, str, str]
    title: str
    label: str
    wanted: str
    said: str

    @property
    def is_right(self) -> bool:
        return self.wanted == self.said


def load(samples: Path) -> None:
    """The fixtures of the days that the labels speak of. The bundled data must stand already."""
    from guide.feeds.models import Feed, Trigger
    from guide.feeds.obtaining import FromFile
    from guide.feeds.refresh import refresh

    for number, (competition, season, adapter, path, zone) in enumerate(FIXTURES):
        feed = Feed.objects.create(
            slug=f"{competition}-{number}",
            name=path,
            kind="fixtures",
            adapter=adapter,
            address="https://feeds.example/",
            options={"competition": competition, "season": season},
            zone=zone,
        )
        run, counts = refresh(feed, FromFile(samples / "fixtures" / path), trigger=Trigger.PERSON)
        sys.stdout.write(f"{path}: {run.verdict}, {counts.read} read, {counts.rejected} rejected\n")


def judged(samples: Path) -> list[Judged]:
    """Every label that names a programme of the samples, beside the matcher's word. Needs :func:`load`."""
    from guide.feeds.fixture_names import FixtureNames
    from guide.feeds.programmes.candidates import matcher_for
    from guide.feeds.programmes.matching import Match, first_of_the_day

    names = FixtureNames({})
    result: list[Judged] = []
    with LABELS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for path in sorted({row["file"] for row in rows}):
        programmes = _programmes(samples / path)
        matcher = matcher_for(
            min(programme.starts_at for _, programme in programmes),
            max(programme.starts_at for _, programme in programmes),
            zone=dt.UTC,
        )
        found = [
            (programme, match) for _, programme in programmes if isinstance(match := matcher.match(programme), Match)
        ]
        said = {(one.channel, one.starts_at, one.title): match.event for one, match in first_of_the_day(found)}
        given = {(programme.channel, start): programme for start, programme in programmes}
        result += [
            Judged(
                place=(path, row["channel"], row["start"]),
                title=f"{programme.title} / {programme.sub_title}",
                label=row["label"],
                wanted=_event(row, programme.starts_at, names) if row["label"] == "live" else "",
                said=said.get((programme.channel, programme.starts_at, programme.title), ""),
            )
            for row in rows
            if row["file"] == path and (programme := given.get((row["channel"], row["start"])))
        ]
    return result


def _programmes(path: Path) -> list[tuple[str, "ProgrammeRecord"]]:
    """Each with its start as the file writes it."""
    from guide.feeds.adapters.base import Document, Found, Limits
    from guide.feeds.adapters.registry import ADAPTERS

    adapter = ADAPTERS["operator-guide" if path.suffix == ".json" else "xmltv"]
    document = Document(name=path.name, zone=ZoneInfo("UTC"), options={}, limits=Limits())
    with path.open("rb") as file:
        records = [item.record for item in adapter.read(file, document) if isinstance(item, Found)]
    written = _starts(path)
    return [(start, record) for record in records if (start := written.get((record.channel, record.starts_at)))]


def _starts(path: Path) -> dict[tuple[str, dt.datetime], str]:
    """How the file writes the start of each programme, by channel and instant."""
    if path.suffix == ".json":
        channels = json.loads(path.read_text(encoding="utf-8"))["channels"]
        rows = ((str(channel["id"]), row["eventStart"]) for channel in channels for row in channel["programs"])
        return {(channel, dt.datetime.fromisoformat(start).astimezone(dt.UTC)): start for channel, start in rows}
    found = {}
    for element in etree.parse(path).iter("programme"):
        text = element.get("start", "")
        start = dt.datetime.strptime(f"{text[:14]} {text[15:] or '+0000'}", "%Y%m%d%H%M%S %z")
        found[element.get("channel", ""), start.astimezone(dt.UTC)] = text
    return found


def _event(row: dict[str, str], at: dt.datetime, names: "FixtureNames") -> str:
    """The key of the event that a label means, of the two matches of a season the nearer."""
    from competitions.models import Event

    events = Event.objects.filter(season__competition__slug=row["competition"], starts_at__isnull=False)
    if row["home"]:
        home, away = (names.team(row[side], "football") for side in ("home", "away"))
        events = events.filter(home__slug=home, away__slug=away)
    else:
        events = events.filter(parent__name=row["event"], session=row["session"])
    return min(events, key=lambda event: abs(event.starts_at - at)).key


def report(found: list[Judged]) -> tuple[float, float]:
    """Precision and recall, printed with their counts."""
    right = sum(one.is_right for one in found if one.said)
    said, wanted = sum(bool(one.said) for one in found), sum(bool(one.wanted) for one in found)
    precision, recall = right / max(1, said), right / max(1, wanted)
    for one in found:
        if not one.is_right:
            sys.stdout.write(f"{one.label:10} {' '.join(one.place)[-70:]}: {one.title[:70]}\n")
            sys.stdout.write(f"           wanted {one.wanted or 'nothing'}, said {one.said or 'nothing'}\n")
    labels = ", ".join(f"{count} {label}" for label, count in Counter(one.label for one in found).most_common())
    sys.stdout.write(f"{len(found)} labelled programmes: {labels}\n")
    sys.stdout.write(f"events: {len({one.wanted for one in found if one.wanted})}, matched programmes: {said}\n")
    sys.stdout.write(f"precision {precision:.3f} ({right} of {said}), recall {recall:.3f} ({right} of {wanted})\n")
    return precision, recall


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("samples", type=Path, help="the folder with fixtures, xmltv and rights")
    samples = parser.parse_args().samples
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "guide.settings",
            "GUIDE_ENV_FILE": "",
            "GUIDE_DEBUG": "true",
            "GUIDE_VAR_DIR": folder,
            "GUIDE_LOG_LEVEL": "WARNING",
            "DATABASE_URL": "",
            "REDIS_URL": "",
        }
        import django

        django.setup()
        from django.core.management import call_command

        from guide import bundled

        call_command("migrate", verbosity=0)
        bundled.load()
        load(samples)
        precision, recall = report(judged(samples))
    return 0 if precision >= LEAST_PRECISION and recall >= LEAST_RECALL else 1


if __name__ == "__main__":
    sys.exit(main())
