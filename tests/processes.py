"""Programs of ours that tests start as processes of their own."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import psutil
from django.db import connection

from guide.run import HOST, WORKER, answers, web_server
from tests.servers import ROOT, free_port


def wait_for(condition: Callable[[], bool], *, seconds: float, said: Callable[[], str]) -> None:
    """Wait until it is so, or fail with what the process in question has said."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not so after {seconds:.0f} seconds:\n{said()}")
        time.sleep(0.05)


def members(session: int) -> list[list[str]]:
    """The command lines in a session. Processes that are dead and not yet collected do not count."""
    found = []
    for process in psutil.process_iter(["status", "cmdline"]):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.getsid(process.pid) == session and process.info["status"] != psutil.STATUS_ZOMBIE:
                found.append(process.info["cmdline"])
    return found


class Program:
    """A program of ``make run``, command line and all, on the database of the tests, for the length of a block.

    ``settings`` are environment variables that only the program gets.
    """

    def __init__(self, *arguments: str, log: Path, settings: Mapping[str, str] | None = None) -> None:
        self.arguments = arguments
        self.log = log
        self.settings = settings or {}

    def is_ready(self) -> bool:
        raise NotImplementedError

    def __enter__(self) -> Self:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *self.arguments],
                cwd=ROOT,
                env={**os.environ, "DATABASE_URL": address_of_the_test_database(), **self.settings},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            wait_for(lambda: self.is_ready() or self.process.poll() is not None, seconds=30, said=self.said)
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


class CeleryWorker(Program):
    def __init__(self, *, log: Path, settings: Mapping[str, str] | None = None) -> None:
        super().__init__(*WORKER, log=log, settings=settings)

    def is_ready(self) -> bool:
        return " ready." in self.said()


class WebServer(Program):
    def __init__(self, application: str, *, log: Path) -> None:
        port = free_port()
        self.address = f"http://{HOST}:{port}"
        super().__init__(*web_server(port, application), log=log)

    def is_ready(self) -> bool:
        return answers(f"{self.address}/healthz")


def address_of_the_test_database() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
