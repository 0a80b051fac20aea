"""How long a refresh of many rights takes, and how much memory: the command itself, as a process of its own.

python -m benchmarks.refresh --db=postgres
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.environment import prepare
from tests.servers import ROOT

BUDGET_SECONDS, BUDGET_MEGABYTES = 20, 300


@dataclass(frozen=True, slots=True)
class Cost:
    seconds: float
    megabytes: float
    said: str


def command(*arguments: str) -> Cost:
    """Run a management command, and look at its clock and at the most memory that it held."""
    begun = time.monotonic()
    with (
        tempfile.TemporaryFile("w+") as complaints,
        subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
            env=os.environ | {"GUIDE_DEBUG": "false"},
        ) as process,
    ):
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            complaints.seek(0)
            sys.exit(f"manage.py {' '.join(arguments)} ended with {process.returncode}: {complaints.read()}")
    return Cost(time.monotonic() - begun, usage.ru_maxrss / 1024, said)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--rights", type=int, default=100_000)
    options = parser.parse_args()
    servers = prepare(options.db)
    try:
        _measure(options.db, options.rights, servers.folder)
    finally:
        servers.stop()


def _measure(database: str, count: int, folder: Path) -> None:
    import django

    django.setup()
    from broadcasters.models import Broadcaster
    from competitions.models import Competition
    from guide.feeds.models import Feed
    from tests.feeds.documents import write_rights

    if database == "postgres":
        with psycopg.connect(os.environ["DATABASE_URL"], dbname="postgres", autocommit=True) as server:
            server.execute("CREATE DATABASE guide")
    command("migrate", "--verbosity=0")
    command("load_data")
    known = (
        list(Competition.objects.values_list("slug", flat=True)),
        list(Broadcaster.objects.values_list("slug", flat=True)),
    )
    Feed.objects.create(
        slug="crowd",
        name="Crowd",
        kind="rights",
        adapter="rights-csv",
        address="https://feed.example/",
        is_trusted=True,
        most_bytes=1_000_000_000,
    )
    whole = write_rights(folder / "whole.csv", count, *known)
    other = write_rights(folder / "other.csv", count, *known, note="Changed.", changed=count // 100)
    print(f"{count:,} rights on {database}, {whole.stat().st_size / 1e6:.1f} MB of CSV; the command as a process")
    for title, path, has_budget in (
        ("first load", whole, False),
        ("the same document", whole, True),
        ("1 % changed", other, True),
    ):
        cost = command("refresh", "crowd", "--file", str(path))
        verdict = ""
        if has_budget:
            is_kept = cost.seconds < BUDGET_SECONDS and cost.megabytes < BUDGET_MEGABYTES
            verdict = f"  (under {BUDGET_SECONDS} s and {BUDGET_MEGABYTES} MB: {'yes' if is_kept else 'NO'})"
        print(f"  {title:<20}{cost.seconds:8.1f} s {cost.megabytes:8.0f} MB{verdict}")
        print("    " + cost.said.splitlines()[1])


if __name__ == "__main__":
    main()
