"""Connections that go where the guard has looked, and that end when their time is up."""

import ssl
import time
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore

from guide.feeds.fetching.addresses import IP
from guide.feeds.fetching.errors import FetchError, Reason


class Deadline:
    """The end of a fetch, on a clock that nobody sets."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def spent(self) -> float:
        """The seconds gone."""
        return self.seconds - (self._end - time.monotonic())

    def left(self) -> float:
        """The seconds left, more than none. Raises :class:`FetchError` at the end."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise FetchError(Reason.TIMEOUT, f"Not done after {self.seconds:g} seconds.")
        return left

    def put_off(self, seconds: float) -> None:
        """Time that was not the server's."""
        self._end += seconds


class TimedStream(httpcore.NetworkStream):
    """A connection on which no operation outlasts the deadline.

    The time-outs of sockets begin anew with each byte that arrives; the deadline does not.
    """

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._within(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._within(timeout))
        return TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def _within(self, timeout: float | None) -> float:
        left = self._deadline.left()
        return left if timeout is None else min(timeout, left)


class PinnedBackend(httpcore.NetworkBackend):
    """Connects to the addresses that were checked, whatever the name means by now. Host and SNI remain the name's."""

    def __init__(self, ips: Sequence[IP], deadline: Deadline) -> None:
        self._ips = ips
        self._deadline = deadline
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for ip in self._ips:
            left = self._deadline.left()
            try:
                stream = self._sockets.connect_tcp(
                    str(ip), port, left if timeout is None else min(timeout, left), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return TimedStream(stream, self._deadline)
        raise failure
