"""A server that misbehaves on demand, and a client of ours that may go there."""

import contextlib
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from guide.feeds.fetching.addresses import Allowed
from guide.feeds.fetching.fetch import Fetched, FetchRequest, Snapshot, fetch
from guide.feeds.fetching.limits import FetchLimits
from tests.feeds.server import LOOPBACK, FeedServer

HOST = "feeds.example.org"
AGENT = "Shown/0.1 (+https://shown.example/about)"


class Client:
    """Fetches as production does, except that it may go to the servers of the test."""

    def __init__(self, server: FeedServer, spool: Path) -> None:
        self.server, self.spool = server, spool
        self.allowed = Allowed(http_hosts=frozenset({LOOPBACK}), private_hosts=frozenset({server.place}))

    def fetch(self, address: str, *, etag: str = "", last_modified: str = "", **options: Any) -> Fetched:
        """Fetch a path of the server, or a whole URL."""
        url = self.server.url(address) if address.startswith("/") else address
        options.setdefault("limits", FetchLimits())
        options.setdefault("allowed", self.allowed)
        request = FetchRequest(url=url, etag=etag, last_modified=last_modified)
        return fetch(request, agent=AGENT, spool=options.pop("spool", self.spool), **options)

    def allowing(self, *places: str) -> Allowed:
        """As ``allowed``, with more private places."""
        return replace(self.allowed, private_hosts=self.allowed.private_hosts | set(places))

    def snapshot(self, address: str, **options: Any) -> Snapshot:
        fetched = self.fetch(address, **options)
        assert isinstance(fetched, Snapshot)
        return fetched


@pytest.fixture
def client(server: FeedServer, tmp_path: Path) -> Client:
    """One fetching client of our own: no relation of the test client of Django."""
    return Client(server, tmp_path / "spool")


@dataclass(frozen=True, kw_only=True)
class Certified:
    """Both ends of encryption for HOST: the client's trusts nobody but the server's."""

    server: ssl.SSLContext
    client: ssl.SSLContext


@pytest.fixture(scope="session")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    if shutil.which("openssl") is None:
        pytest.skip("needs the command openssl, for a certificate")
    folder = tmp_path_factory.mktemp("certificate")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    name = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    subprocess.run([*command, *name, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    return Certified(server=server, client=ssl.create_default_context(cafile=certificate))


@contextlib.contextmanager
def talking(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """The port of a server of one connection, which says what ``talk`` makes it say; HTTP or not."""
    with socket.create_server((LOOPBACK, 0)) as listener:

        def accept() -> None:
            # A client that leaves early is what most of these talks are about.
            with contextlib.suppress(OSError):
                connection, _ = listener.accept()
                with connection:
                    talk(connection)

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield int(listener.getsockname()[1])
        finally:
            # Wakes a thread that nobody has called.
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join()
