"""A real server of documents, good and bad, for tests and for a person who tries feeds by hand.

python -m tests.feeds.server FOLDER [--port 8900] serves a folder, with validators, until it is interrupted.
"""

import argparse
import contextlib
import datetime as dt
import gzip as gzipping
import hashlib
import itertools
import mimetypes
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote, urlsplit

LOOPBACK = "127.0.0.1"
PIECE = 64 * 1024
# For a browser that opens a connection and then asks nothing.
IDLE_SECONDS = 5.0


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the server says to one path."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: Callable[[], Iterable[bytes]] = tuple
    """The body, made anew for each request."""
    length: int | None = None
    """As the header claims; without one the body is sent in chunks."""
    pause: float = 0.0
    """Seconds before each piece."""
    delay: float = 0.0
    """Seconds before the first line."""
    is_cut: bool = False
    """The connection ends where the pieces end, whatever was promised."""


@dataclass(kw_only=True)
class Seen:
    """One request as it came."""

    path: str
    headers: Mapping[str, str]
    began: float
    ended: float = 0.0


class FeedServer:
    """Answers on the loopback, from a thread of its own, for the length of a block."""

    def __init__(self, *, port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, Answer] = {}
        self.folders: dict[str, Path] = {}
        self.requests: list[Seen] = []
        self.closing = threading.Event()
        self.http = _Server((LOOPBACK, port), _Handler)
        self.http.owner = self
        if tls is not None:
            # Hands are shaken in the thread of the request: a client that refuses holds up nobody.
            self.http.socket = tls.wrap_socket(self.http.socket, server_side=True, do_handshake_on_connect=False)
        self.thread = threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()

    @property
    def port(self) -> int:
        return int(self.http.server_address[1])

    @property
    def place(self) -> str:
        """“host:port”."""
        return f"{LOOPBACK}:{self.port}"

    def url(self, path: str, *, host: str = LOOPBACK) -> str:
        return f"http://{host}:{self.port}{path}"

    def headers(self, path: str) -> list[Mapping[str, str]]:
        """The headers of the requests for this path, in order; names in lower case."""
        return [request.headers for request in self.requests if request.path == path]

    def most_at_once(self) -> int:
        """How many requests there were at the same moment, at most."""
        edges = sorted(
            itertools.chain(((seen.began, 1) for seen in self.requests), ((seen.ended, -1) for seen in self.requests))
        )
        return max(itertools.accumulate(step for _, step in edges), default=0)

    # What it says, by path.

    def serve(
        self,
        path: str,
        body: bytes,
        *,
        status: int = 200,
        content_type: str = "application/octet-stream",
        etag: str = "",
        last_modified: str = "",
        gzip: bool = False,
        is_encoding_told: bool = True,
        headers: Mapping[str, str] | None = None,
        delay: float = 0.0,
    ) -> None:
        """A document. ``gzip`` without ``is_encoding_told`` is a .gz file that nobody calls so."""
        sent = gzipping.compress(body, mtime=0) if gzip else body
        said = {
            "Content-Type": content_type,
            "Content-Encoding": "gzip" if gzip and is_encoding_told else "",
            "ETag": etag,
            "Last-Modified": last_modified,
        }
        self.answers[path] = Answer(
            status=status,
            headers={name: value for name, value in said.items() if value} | dict(headers or {}),
            pieces=lambda: (sent[start : start + PIECE] for start in range(0, len(sent), PIECE)),
            length=len(sent),
            delay=delay,
        )

    def fail(self, path: str, status: int, *, retry_after: str = "") -> None:
        """An error of HTTP."""
        headers = {"Retry-After": retry_after} if retry_after else {}
        self.serve(path, b"No.", status=status, content_type="text/plain", headers=headers)

    def redirect(self, path: str, to: str, *, status: int = 302) -> None:
        self.serve(path, b"", status=status, headers={"Location": to})

    def drip(self, path: str, body: bytes, *, seconds: float = 1.0) -> None:
        """The document, a byte at a time."""
        self.answers[path] = Answer(
            pieces=lambda: (body[at : at + 1] for at in range(len(body))), length=len(body), pause=seconds
        )

    def endless(self, path: str, piece: bytes = b"x" * PIECE) -> None:
        """A document without an end."""
        self.answers[path] = Answer(pieces=lambda: itertools.repeat(piece))

    def lie(self, path: str, body: bytes, *, length: int) -> None:
        """A document with a length that is not its own; then the connection ends."""
        self.answers[path] = Answer(pieces=lambda: (body,), length=length, is_cut=True)

    def cut(self, path: str, body: bytes) -> None:
        """A document in chunks of which the last never comes."""
        self.answers[path] = Answer(pieces=lambda: (body,), is_cut=True)

    def bomb(self, path: str, megabytes: int, *, is_encoding_told: bool = True) -> None:
        """Zeros, packed."""
        self.serve(path, bytes(megabytes * 1024 * 1024), gzip=True, is_encoding_told=is_encoding_told)

    def folder(self, prefix: str, path: Path) -> None:
        """All files of a folder, below the prefix, as they are at the time of the request."""
        self.folders[prefix.rstrip("/")] = path.resolve()

    def answer_to(self, path: str) -> Answer:
        """What it says to this path: what was set, a file, or 404."""
        if path in self.answers:
            return self.answers[path]
        for prefix, folder in self.folders.items():
            file = (folder / unquote(path.removeprefix(prefix)).lstrip("/")).resolve()
            if path.startswith(f"{prefix}/") and file.is_relative_to(folder) and file.is_file():
                return _file(file)
        return Answer(status=404, headers={"Content-Type": "text/plain"}, pieces=lambda: (b"No such document.",))


def _file(path: Path) -> Answer:
    changed_at = dt.datetime.fromtimestamp(int(path.stat().st_mtime), dt.UTC)
    content = path.read_bytes()
    headers = {
        "Content-Type": mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        "ETag": f'"{hashlib.sha256(content).hexdigest()[:16]}"',
        "Last-Modified": format_datetime(changed_at, usegmt=True),
    }
    return Answer(headers=headers, pieces=lambda: (content,), length=len(content))


class _Server(ThreadingHTTPServer):
    owner: FeedServer
    # With this, closing waits for the answers that are under way.
    daemon_threads = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A client that has had enough is the subject of half the tests.
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS
    # Head and body go out together, as from a server in earnest.
    wbufsize = PIECE

    def do_GET(self) -> None:
        owner = self.server.owner
        seen = Seen(
            path=self.path,
            headers={name.lower(): value for name, value in self.headers.items()},
            began=time.monotonic(),
        )
        owner.requests.append(seen)
        try:
            self.say(owner.answer_to(urlsplit(self.path).path))
        finally:
            # The end of a short answer still stands in the buffer: nobody can have acted on it and asked again.
            seen.ended = time.monotonic()

    def say(self, answer: Answer) -> None:
        self.close_connection = True
        self.server.owner.closing.wait(answer.delay)
        is_unchanged = answer.status == 200 and self.has_current_copy(answer.headers)
        self.send_response(304 if is_unchanged else answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        if is_unchanged:
            self.end_headers()
            return
        if answer.length is None:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(answer.length))
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            for piece in self.pieces(answer):
                self.wfile.write(piece if answer.length is not None else b"%x\r\n%b\r\n" % (len(piece), piece))
                if answer.pause:
                    self.wfile.flush()
            if answer.length is None and not answer.is_cut:
                self.wfile.write(b"0\r\n\r\n")

    def pieces(self, answer: Answer) -> Iterator[bytes]:
        for piece in answer.pieces():
            if self.server.owner.closing.wait(answer.pause):
                return
            yield piece

    def has_current_copy(self, headers: Mapping[str, str]) -> bool:
        """Whether the validators of the request match those of the document. An ETag outweighs a date."""
        wanted = self.headers.get("If-None-Match")
        if wanted is not None and (etag := headers.get("ETag")):
            tags = [tag.strip().removeprefix("W/") for tag in wanted.split(",")]
            return "*" in tags or etag.removeprefix("W/") in tags
        since = self.headers.get("If-Modified-Since")
        if since and (changed := headers.get("Last-Modified")):
            return parsedate_to_datetime(changed) <= parsedate_to_datetime(since)
        return False

    def log_message(self, format: str, *args: Any) -> None:
        # Tests look at what was seen; a person looks at the client.
        pass


def main() -> None:
    parser = argparse.ArgumentParser(description="Serve a folder of documents on the loopback, with validators.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=8900)
    options = parser.parse_args()
    with FeedServer(port=options.port) as server, contextlib.suppress(KeyboardInterrupt):
        server.folder("", options.folder)
        sys.stdout.write(f"{options.folder} is at {server.url('/')}, until Ctrl-C.\n")
        sys.stdout.flush()
        server.closing.wait()


if __name__ == "__main__":
    main()
