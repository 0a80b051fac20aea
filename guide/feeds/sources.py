"""Where a feed's document comes from by itself: over the network, or out of this installation."""

import io
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.conf import settings

from guide import bundled
from guide.env import var_dir
from guide.feeds.fetching.addresses import Allowed
from guide.feeds.fetching.errors import FetchError
from guide.feeds.fetching.fetch import FetchRequest, NotModified, fetch, user_agent
from guide.feeds.fetching.limits import FetchLimits
from guide.feeds.fetching.slots import host_slot
from guide.feeds.models import Feed, FeedKind, Run
from guide.feeds.obtaining import NotObtainedError, Obtained, Source, Unmodified, date_of, obtained_from

WAIT_FOR_HOST_SECONDS = 60.0


def source_of(feed: Feed) -> Source:
    """The network for an address, the bundled files for the feed that stands for them."""
    return FromHere() if feed.kind == FeedKind.BUNDLED else FromNetwork(feed)


def allowed() -> Allowed:
    """The places that this installation may ask although nobody else may."""
    return Allowed(http_hosts=frozenset(settings.FEED_HTTP_HOSTS), private_hosts=frozenset(settings.FEED_PRIVATE_HOSTS))


@dataclass(frozen=True, slots=True)
class FromNetwork:
    feed: Feed

    @contextmanager
    def obtain(self, last: Run | None) -> Iterator[Obtained | Unmodified]:
        with tempfile.TemporaryFile() as spool:
            try:
                fetched = fetch(
                    FetchRequest(
                        url=self.feed.address,
                        etag=last.etag if last else "",
                        last_modified=last.last_modified if last else "",
                    ),
                    agent=user_agent(settings.SITE_NAME, "1", settings.CONTACT_URL),
                    limits=FetchLimits(wire=self.feed.most_bytes, decoded=self.feed.most_bytes),
                    allowed=allowed(),
                    spool=spool,
                    slot=partial(host_slot, folder=var_dir("hosts"), wait=WAIT_FOR_HOST_SECONDS),
                )
            except FetchError as error:
                raise NotObtainedError(error.reason, error.message, retry_after=error.retry_after) from error
            if isinstance(fetched, NotModified):
                yield Unmodified()
                return
            yield Obtained(
                file=spool,
                sha256=fetched.sha256,
                size=fetched.bytes_decoded,
                fetched_at=fetched.fetched_at,
                told={
                    "final_address": fetched.final_url,
                    "etag": fetched.etag,
                    "last_modified": fetched.last_modified,
                    "bytes_wire": fetched.bytes_wire,
                    "bytes_decoded": fetched.bytes_decoded,
                },
                dated=date_of(fetched.last_modified),
            )


@dataclass(frozen=True, slots=True)
class FromHere:
    """The bundled files as one archive, the same bytes for the same files."""

    root: Path | None = None

    @contextmanager
    def obtain(self, last: Run | None) -> Iterator[Obtained]:
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
            for _, name in bundled.FILES:
                member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
                files.writestr(member, ((self.root or settings.BASE_DIR) / name).read_bytes())
        yield obtained_from(archive)
