"""One request at a time to a host, across all processes of the machine."""

import contextlib
import fcntl
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from guide.feeds.fetching.errors import FetchError, Reason

LONGEST_NAME = 200
BETWEEN_TRIES = 0.05


@contextlib.contextmanager
def host_slot(host: str, folder: Path, *, wait: float) -> Iterator[None]:
    """Hold the only slot of the host for the block, or raise :class:`FetchError` when it is taken for ``wait`` seconds.

    The kernel frees the slot of a process that dies, however it dies. The folder is one for all processes, on a local
    disk. Its files stay: to delete one would give the next two processes a lock each.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # Two long names that share a file share a slot: slower, never wrong.
    path = folder / f"{quote(host.lower(), safe='')[:LONGEST_NAME]}.lock"
    with path.open("ab") as file:
        end = time.monotonic() + wait
        while not _is_locked_by_us(file.fileno()):
            if time.monotonic() >= end:
                raise FetchError(Reason.BUSY, f"Another process has been fetching from “{host}” for {wait:g} seconds.")
            time.sleep(BETWEEN_TRIES)
        # Closing the file frees the slot.
        yield


def _is_locked_by_us(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
