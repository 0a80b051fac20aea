"""The queue in a folder, which serves where there is no Redis: kombu's, with one hole closed."""

import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]  # kombu names it both ways
        # kombu creates the file under its last name and then fills it. A worker that looks in between reads an empty
        # message and dies of it. Here a message appears complete: readers pass over a name that does not end in the
        # queue's.
        place = Path(self.data_folder_out) / f"{time.monotonic_ns() // 1_000_000}_{uuid.uuid4()}.{queue}.msg"
        draft = place.with_suffix(".draft")
        draft.write_text(dumps(payload))
        draft.rename(place)


class Transport(filesystem.Transport):
    Channel = Channel
    # A look into the folder costs next to nothing, and somebody may be waiting for the worker to begin or to stop.
    # It hears that it shall stop only between two waits, which would be two seconds long.
    polling_interval = 0.2

    def drain_events(self, connection: Any, timeout: float | None = None, **kwargs: Any) -> None:
        super().drain_events(connection, timeout=min(timeout or 0.5, 0.5), **kwargs)
