"""One request at a time to a host, whoever asks and however they die."""

import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from guide.feeds.fetching.errors import FetchError, Reason
from guide.feeds.fetching.limits import FetchLimits
from guide.feeds.fetching.slots import host_slot
from tests.feeds.fetching.conftest import Client
from tests.feeds.server import FeedServer
from tests.servers import ROOT

HOST = "feeds.example.org"

HOLD = """
import sys
import time
from pathlib import Path
from guide.feeds.fetching.slots import host_slot

with host_slot(sys.argv[1], Path(sys.argv[2]), wait=10):
    print("held", flush=True)
    time.sleep(60)
"""

FETCH = """
import sys
from functools import partial
from pathlib import Path
from guide.feeds.fetching.addresses import Allowed
from guide.feeds.fetching.fetch import FetchRequest, fetch
from guide.feeds.fetching.limits import FetchLimits
from guide.feeds.fetching.slots import host_slot

place, folder, spool = sys.argv[1:]
allowed = Allowed(http_hosts=frozenset({"127.0.0.1"}), private_hosts=frozenset({place}))
for _ in range(3):
    fetch(
        FetchRequest(url=f"http://{place}/a.json"), agent="tests", limits=FetchLimits(), allowed=allowed,
        spool=Path(spool), slot=partial(host_slot, folder=Path(folder), wait=10),
    )
"""


def start(program: str, *arguments: str | Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process, in the slot of HOST."""
    with start(HOLD, HOST, tmp_path / "slots") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_slot_is_free_again_after_its_block(tmp_path: Path) -> None:
    for _ in range(2):
        with host_slot(HOST, tmp_path, wait=0):
            pass
    with pytest.raises(KeyError), host_slot(HOST, tmp_path, wait=0):
        raise KeyError
    with host_slot(HOST, tmp_path, wait=0):
        pass


def test_a_slot_is_taken_for_the_same_host_only_in_any_case_of_letters(tmp_path: Path) -> None:
    with host_slot(HOST, tmp_path, wait=0), host_slot("2606:4700::1111", tmp_path, wait=0):
        with pytest.raises(FetchError) as caught, host_slot(HOST.upper(), tmp_path, wait=0.1):
            pass
        assert (caught.value.reason, caught.value.may_heal) == (Reason.BUSY, True)


@pytest.mark.parametrize("host", ["..", "../../etc/passwd", "a/b", "ä" * 250, "a" * 253])
def test_no_host_leads_out_of_the_folder(tmp_path: Path, host: str) -> None:
    with host_slot(host, tmp_path / "slots", wait=0):
        assert [path.parent.name for path in tmp_path.rglob("*.lock")] == ["slots"]


def test_another_process_waits_for_its_time_and_no_longer(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    began = time.monotonic()
    with pytest.raises(FetchError, match=HOST) as caught, host_slot(HOST, tmp_path / "slots", wait=0.3):
        pass
    assert caught.value.reason is Reason.BUSY
    assert 0.3 <= time.monotonic() - began < 3


def test_a_holder_that_is_killed_leaves_its_slot(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    with host_slot(HOST, tmp_path / "slots", wait=5):
        pass


def test_processes_that_fetch_from_one_host_take_turns(server: FeedServer, tmp_path: Path) -> None:
    server.serve("/a.json", b"{}", delay=0.05)
    processes = [start(FETCH, server.place, tmp_path / "slots", tmp_path / f"spool{number}") for number in range(2)]
    for process in processes:
        with process:
            assert process.wait(timeout=20) == 0
    assert len(server.requests) == 6
    assert server.most_at_once() == 1


def test_the_slot_is_held_for_each_hop_and_let_go_between(client: Client, server: FeedServer, tmp_path: Path) -> None:
    server.redirect("/a.json", "/b.json")
    server.serve("/b.json", b"{}")
    client.fetch("/a.json", slot=partial(host_slot, folder=tmp_path / "slots", wait=0))
    assert [path.name for path in (tmp_path / "slots").iterdir()] == ["127.0.0.1.lock"]


def test_waiting_for_a_slot_is_not_the_servers_time(client: Client, server: FeedServer) -> None:
    server.serve("/a.json", b"{}")
    slow = SlowSlot()
    assert client.snapshot("/a.json", slot=slow, limits=FetchLimits(whole=1)).seconds < 1
    assert slow.hosts == ["127.0.0.1"]


def test_nothing_is_asked_of_a_host_whose_slot_is_taken(client: Client, server: FeedServer, tmp_path: Path) -> None:
    with host_slot("127.0.0.1", tmp_path, wait=0), pytest.raises(FetchError) as caught:
        client.fetch("/a.json", slot=partial(host_slot, folder=tmp_path, wait=0))
    assert caught.value.reason is Reason.BUSY
    assert server.requests == []


class SlowSlot:
    """A slot that takes longer to get than the fetch may take."""

    def __init__(self) -> None:
        self.hosts: list[str] = []

    def __call__(self, host: str) -> "SlowSlot":
        self.hosts.append(host)
        return self

    def __enter__(self) -> None:
        time.sleep(1.1)

    def __exit__(self, *_: object) -> None:
        pass
