"""Everything of a local installation in one foreground group: python -m guide.run, which is what "make run" calls.

Web server, worker and beat start together and stop together: on Ctrl-C, on SIGTERM, or when one of them dies.
"""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from guide.env import BASE_DIR, LOCAL_SECRET_KEY, env

HOST = "127.0.0.1"
# How long a process may take to end by itself. Tasks can be run twice, so nothing is lost with one that is cut short.
PATIENCE = 8.0
TICK = 0.1


class CannotRunError(Exception):
    """Why there is nothing to run, in words for the person who typed the command."""


class Group:
    """Processes that live and die together."""

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.is_asked_to_stop = False
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, self.ask_to_stop)

    def ask_to_stop(self, signum: int, frame: FrameType | None) -> None:
        # Only a mark: an exception raised here could come between the start of a process and our knowing of it.
        self.is_asked_to_stop = True

    def start(self, name: str, *arguments: str) -> None:
        # In a session of its own, a process gets no Ctrl-C from the terminal: whatever signal came, this group stops
        # all of them in order, together with the children that they leave behind.
        command = [sys.executable, "-m", *arguments]
        self.running[name] = subprocess.Popen(command, cwd=BASE_DIR, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603

    def finish(self, name: str, *arguments: str) -> None:
        """Run one step to its end."""
        self.start(name, *arguments)
        process = self.running[name]
        while process.poll() is None and not self.is_asked_to_stop:
            time.sleep(TICK)
        if process.returncode:
            raise CannotRunError(f'The step "{name}" failed ({ending(process)}). The reason stands above.')
        if process.returncode == 0:
            del self.running[name]

    def watch(self, until: Callable[[], bool]) -> None:
        """Return when that is so or when someone asks to stop; raise when a process ends by itself."""
        while not self.is_asked_to_stop and not until():
            for name, process in self.running.items():
                if process.poll() is not None:
                    raise CannotRunError(f"The {name} has ended by itself ({ending(process)}), so everything stops.")
            time.sleep(TICK)

    def stop(self) -> None:
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and any(process.poll() is None for process in self.running.values()):
            time.sleep(TICK)
        for process in self.running.values():
            # A process may be gone and its children not.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def ending(process: subprocess.Popen[bytes]) -> str:
    code = process.returncode
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def chosen_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotRunError(f"PORT must be a number from 1 to 65535, not {text}.")
    port = int(text)
    with socket.socket() as probe:
        # As the server does it: a port that was in use a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise CannotRunError(
                f"Port {port} may not be used by this user. Choose another: make run PORT=8001"
            ) from None
        except OSError:
            raise CannotRunError(f"Port {port} is in use. Choose another: make run PORT={port + 1}") from None
    return port


def make_secret_key() -> None:
    """A key for this installation, unless the environment has one."""
    if LOCAL_SECRET_KEY.is_file() or os.environ.get("GUIDE_SECRET_KEY") or os.environ.get("GUIDE_SECRET_KEY_FILE"):
        return
    LOCAL_SECRET_KEY.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and moved: a start that is cut short leaves no half a key.
    draft = LOCAL_SECRET_KEY.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(64) + "\n")
    draft.rename(LOCAL_SECRET_KEY)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1) as response:  # noqa: S310 (our own address)
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def where_to_look(port: int) -> str:
    site = f"http://{HOST}:{port}"
    python = Path(sys.executable)
    with contextlib.suppress(ValueError):
        python = python.relative_to(BASE_DIR)
    return f"""
{env.str("GUIDE_SITE_NAME", default="Shown")} is running.

  site    {site}/
  API     {site}/api/v1/lookup?competition=serie-a&country=IT
  docs    {site}/developers/
  admin   {site}/admin/    (make a user: {python} manage.py createsuperuser)
  health  {site}/readyz

Ctrl-C stops everything.
"""


STEPS = {
    "migrate the database": ["migrate", "--no-input", "--verbosity=0"],
    "load the bundled data": ["load_data"],
    "set up the feeds": ["load_feeds"],
    "collect the static files": ["collectstatic", "--no-input", "--verbosity=0"],
}
WORKER = ["celery", "--quiet", "--app=guide", "worker", "--without-gossip", "--without-mingle", "--without-heartbeat"]
BEAT = ["celery", "--quiet", "--app=guide", "beat", "--pidfile="]


def web_server(port: int, application: str = "guide.wsgi:application") -> list[str]:
    return [
        "granian",
        "--interface=wsgi",
        f"--host={HOST}",
        f"--port={port}",
        "--blocking-threads=4",
        "--no-ws",
        "--log-level=warning",
        application,
    ]


def run(group: Group) -> None:
    port = chosen_port()
    make_secret_key()
    # This machine talks to itself by plain http.
    os.environ.setdefault("GUIDE_HTTPS", "false")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guide.settings")

    for name, step in STEPS.items():
        if group.is_asked_to_stop:
            return
        say(f"{name.capitalize()} ...")
        group.finish(name, "django", *step)

    group.start("web server", *web_server(port))
    group.start("worker", *WORKER)
    group.start("beat", *BEAT)
    group.watch(until=lambda: answers(f"http://{HOST}:{port}/healthz"))
    if not group.is_asked_to_stop:
        say(where_to_look(port))
    group.watch(until=lambda: False)


def main() -> int:
    group = Group()
    try:
        run(group)
    except CannotRunError as error:
        sys.stderr.write(f"\n{error}\n")
        return 1
    finally:
        group.stop()
    say("\nEverything has stopped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
