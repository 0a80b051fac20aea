"""``make run`` as a person uses it: it starts, answers, and leaves nothing behind."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.processes import members, wait_for
from tests.servers import ROOT, free_port

pytestmark = pytest.mark.once


class Installation:
    """A local installation in a folder of its own, by ``python -m guide.run``."""

    def __init__(self, folder: Path) -> None:
        self.var = folder / "a folder with spaces"
        self.output = folder / "output"
        self.port = free_port()
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("GUIDE_") and name not in ("DATABASE_URL", "REDIS_URL")
        }
        environment = kept | {
            "GUIDE_ENV_FILE": "",
            "GUIDE_VAR_DIR": str(self.var),
            "PORT": str(self.port),
            "GUIDE_FEEDS_REFRESH": "false",
        }
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "guide.run"],
                cwd=ROOT,
                env=environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.output.read_text()

    def wait_until_it_says(self, text: str) -> None:
        wait_for(lambda: text in self.said() or self.process.poll() is not None, seconds=120, said=self.said)
        assert text in self.said(), self.said()

    def children(self) -> dict[str, int]:
        """The processes that the runner has started, by the program that each runs."""
        programs = ["granian", "worker", "beat"]
        children = psutil.Process(self.process.pid).children()
        return {program: child.pid for child in children for program in programs if program in child.cmdline()}


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    installation = Installation(tmp_path)
    yield installation
    if installation.process.poll() is None:
        installation.process.terminate()
        installation.process.wait(timeout=30)


@pytest.mark.parametrize(
    "signum", [pytest.param(signal.SIGTERM, id="TERM"), pytest.param(signal.SIGINT, id="INT", marks=pytest.mark.long)]
)
def test_it_starts_answers_and_leaves_no_process(installation: Installation, signum: signal.Signals) -> None:
    installation.wait_until_it_says("Ctrl-C stops everything.")
    with urllib.request.urlopen(f"http://127.0.0.1:{installation.port}/readyz", timeout=5) as answer:
        assert answer.status == 200
    children = installation.children()
    assert sorted(children) == ["beat", "granian", "worker"]
    assert stat.S_IMODE((installation.var / "secret_key").stat().st_mode) == 0o600
    assert re.search(rf"http://127\.0\.0\.1:{installation.port}/admin/ .*createsuperuser", installation.said())

    # To the whole group, as a terminal and a supervisor do it.
    os.killpg(installation.process.pid, signum)
    assert installation.process.wait(timeout=20) == 0
    assert "Everything has stopped." in installation.said()
    assert [members(pid) for pid in children.values()] == [[], [], []]
    assert not any((installation.var / "queue").iterdir())


@pytest.mark.long
def test_when_one_dies_all_stop_and_it_says_who(installation: Installation) -> None:
    installation.wait_until_it_says("Ctrl-C stops everything.")
    children = installation.children()
    os.kill(children["beat"], signal.SIGKILL)
    assert installation.process.wait(timeout=20) == 1
    assert "The beat has ended by itself (SIGKILL), so everything stops." in installation.said()
    assert [members(pid) for pid in children.values()] == [[], [], []]


def test_a_port_in_use_is_said_at_once(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        environment = os.environ | {"GUIDE_VAR_DIR": str(tmp_path), "PORT": str(port)}
        process = subprocess.run(
            [sys.executable, "-m", "guide.run"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
    assert process.returncode == 1
    assert process.stderr.strip() == f"Port {port} is in use. Choose another: make run PORT={port + 1}"


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    environment = os.environ | {"GUIDE_VAR_DIR": str(tmp_path), "PORT": port}
    process = subprocess.run(
        [sys.executable, "-m", "guide.run"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert process.returncode == 1
    assert process.stderr.strip() == f"PORT must be a number from 1 to 65535, not {port}."
