"""Programs of ours that tests start as processes of their own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from django.db import connection

from guide.run import WORKER
from tests.servers import ROOT


def wait_for(condition: Callable[[], bool], *, seconds: float, said: Callable[[], str]) -> None:
    """Wait until it is so, or fail with what the process in question has said."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not so after {seconds:.0f} seconds:\n{said()}")
        time.sleep(0.05)


def members(group: int) -> list[str]:
    """The command lines of the processes in a session or process group.

    Those that are dead and not yet collected do not count.
    """
    found = []
    for line in subprocess.run(
        ["ps", "-eo", "pgid=,sess=,stat=,args="], check=True, capture_output=True, text=True
    ).stdout.splitlines():
        pgid, session, state, arguments = line.split(maxsplit=3)
        if group in (int(pgid), int(session)) and not state.startswith("Z"):
            found.append(arguments)
    return found


class CeleryWorker:
    """The worker of ``make run``, command line and all, on the database of the test that asks for it."""

    def __init__(self, *, log: Path) -> None:
        self.log = log

    def __enter__(self) -> Self:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *WORKER],
                cwd=ROOT,
                env=os.environ | {"DATABASE_URL": address_of_the_test_database()},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            wait_for(lambda: " ready." in self.said() or self.process.poll() is not None, seconds=30, said=self.said)
            assert self.process.poll() is None, self.said()
        except BaseException:
            self.__exit__()
            raise
        return self

    def said(self) -> str:
        return self.log.read_text()

    def __exit__(self, *_: object) -> None:
        # Not the warm shutdown: a test that has seen what it wanted leaves nothing to be finished.
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def address_of_the_test_database() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
