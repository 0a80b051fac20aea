"""How well programmes are matched to events: ``python -m benchmarks.matcher SAMPLES``.

Held against a table labelled by hand (tests/data/feeds/programmes/labels.csv) of programmes in real guides, which stand
in the folder of samples and nowhere else. Prints precision and recall, and what was wrong; works in a database of its
own, which it throws away.
"""

import argparse
import csv
import os
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
LABELS = ROOT / "tests" / "data" / "feeds" / "programmes" / "labels.csv"
FIXTURES = (
    ("premier-league", "2026-27", "fixturedownload-json", "premier-league/fixturedownload_epl_2026_27.json", "UTC"),
    ("ligue-1", "2026-27", "football-txt", "openfootball-txt/2026-27/fr1.txt", "Europe/Paris"),
    ("serie-a", "2026-27", "football-txt", "openfootball-txt/2026-27/it-1-seriea.txt", "Europe/Rome"),
    ("formula-1", "2026", "sportstimes", "series/f1-2026/2026-05-01.2026.json", ""),
    ("motogp", "2026", "sportstimes", "series/motogp-2026/2026-03-16.2026.json", ""),
    ("fifa-world-cup", "2026", "openfootball-json", "series/worldcup-2026/2026-06-26T0101.worldcup.json", ""),
)
ZONES = {"xmltv/other/tv_guide_wo_20260822.xml": "UTC"}


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
    """The bundled data, and the fixtures of the days that the labels speak of."""
    from django.core.management import call_command

    from guide import bundled
    from guide.feeds.models import Feed, Trigger
    from guide.feeds.obtaining import FromFile
    from guide.feeds.refresh import refresh

    call_command("migrate", verbosity=0)
    bundled.load()
    for competition, season, adapter, path, zone in FIXTURES:
        feed = Feed.objects.create(
            slug=competition,
            name=competition,
            kind="fixtures",
            adapter=adapter,
            address="https://feeds.example/",
            options={"competition": competition, "season": season},
            zone=zone,
        )
        run, counts = refresh(feed, FromFile(samples / "fixtures" / path), trigger=Trigger.PERSON)
        sys.stdout.write(f"{competition}: {run.verdict} {run.reason}, {counts.read} read, {counts.rejected} rejected\n")


def judged(samples: Path) -> list[Judged]:
    """Every label that names a programme of the samples, beside the matcher's word. Needs :func:`load`."""
    from guide.feeds.programmes.candidates import matcher_for
    from guide.feeds.programmes.matching import Match, first_of_the_day

    result = []
    rows = list(csv.DictReader(LABELS.open(encoding="utf-8")))
    for path in sorted({row["file"] for row in rows}):
        programmes = _programmes(samples / path)
        matcher = matcher_for(
            min(programme.starts_at for _, programme in programmes),
            max(programme.starts_at for _, programme in programmes),
        )
        found = [
            (programme, match) for _, programme in programmes if isinstance(match := matcher.match(programme), Match)
        ]
        said = {(one.channel, one.starts_at, one.title): match.event for one, match in first_of_the_day(found)}
        given = {(programme.channel, start): programme for start, programme in programmes}
        for row in (row for row in rows if row["file"] == path):
            if programme := given.get((row["channel"], row["start"])):
                result.append(
                    Judged(
                        place=(path, row["channel"], row["start"]),
                        title=f"{programme.title} / {programme.sub_title}",
                        label=row["label"],
                        wanted=_event(row) if row["label"] == "live" else "",
                        said=said.get((programme.channel, programme.starts_at, programme.title), ""),
                    )
                )
    return result


def _programmes(path: Path):  # type: ignore[no-untyped-def]
    """Each with its start as the file writes it."""
    from zoneinfo import ZoneInfo

    from guide.feeds.adapters.base import Document, Found, Limits
    from guide.feeds.adapters.registry import ADAPTERS

    adapter = ADAPTERS["operator-guide" if path.suffix == ".json" else "xmltv"]
    document = Document(name=path.name, zone=ZoneInfo("UTC"), options={}, limits=Limits())
    with path.open("rb") as file:
        records = [item.record for item in adapter.read(file, document) if isinstance(item, Found)]
    written = _starts(path)
    return [
        (written[record.channel, record.starts_at], record)
        for record in records
        if (record.channel, record.starts_at) in written
    ]


def _starts(path: Path):  # type: ignore[no-untyped-def]
    """How the file writes the start of each programme, by channel and instant."""
    import datetime as dt
    import json

    from lxml import etree

    from guide.feeds.adapters.times import instant  # noqa: F401

    if path.suffix == ".json":
        channels = json.loads(path.read_text(encoding="utf-8"))["channels"]
        return {
            (str(channel["id"]), dt.datetime.fromisoformat(row["eventStart"]).astimezone(dt.UTC)): row["eventStart"]
            for channel in channels
            for row in channel["programs"]
        }
    starts = {}
    for element in etree.parse(path).iter("programme"):
        text = element.get("start", "")
        moment = dt.datetime.strptime(text[:14], "%Y%m%d%H%M%S")
        offset = text[15:] or "+0000"
        zone = dt.datetime.strptime(offset, "%z").tzinfo
        starts[element.get("channel"), moment.replace(tzinfo=zone).astimezone(dt.UTC)] = text
    return starts


def _event(row: dict[str, str]) -> str:
    """The key of the event that a label means."""
    from competitions.models import Event, Team
    from guide.feeds.events import normalised

    season = {"formula-1": "2026", "motogp": "2026", "fifa-world-cup": "2026"}.get(row["competition"], "2026-27")
    events = Event.objects.filter(season__competition__slug=row["competition"], season__label=season)
    if row["home"]:
        slugs = []
        for side in ("home", "away"):
            wanted = normalised(row[side])
            names = Team.objects.values_list("slug", "name", "aliases__text")
            slugs.append(next(slug for slug, *texts in names if wanted in {normalised(text or "") for text in texts}))
        return events.get(home__slug__in=slugs, away__slug__in=slugs).key
    return events.get(parent__name=row["event"], session=row["session"]).key


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
        load(samples)
        precision, recall = report(judged(samples))
    return 0 if precision >= 0.98 and recall >= 0.85 else 1


if __name__ == "__main__":
    sys.exit(main())
