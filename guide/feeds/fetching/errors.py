"""Why a document could not be fetched."""

import datetime as dt
from enum import StrEnum


class Reason(StrEnum):
    """What went wrong. The codes are kept with a feed's runs: editors and alerts filter by them."""

    REFUSED_ADDRESS = "refused_address"
    """The guard lets nobody go there: not https, no public host, an address in disguise."""
    UNRESOLVABLE = "unresolvable"
    CONNECT = "connect"
    """No connection, or none that is secure."""
    TIMEOUT = "timeout"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    TOO_DENSE = "too_dense"
    """It unpacks to so many times its size that it is a bomb and no document."""
    TOO_MANY_REDIRECTS = "too_many_redirects"
    BAD_REDIRECT = "bad_redirect"
    HTTP_STATUS = "http_status"
    THROTTLED = "throttled"
    """The server asks to be left alone for a while."""
    NOT_FOUND = "not_found"
    GONE = "gone"
    BROKEN = "broken"
    """The connection ended before the document did, or what came was no HTTP."""
    BAD_ENCODING = "bad_encoding"
    """The compression is damaged, cut short, or of a kind that nobody asked for."""
    BUSY = "busy"
    """Another process of ours is still talking to the host."""


HEALING = frozenset(
    {
        Reason.UNRESOLVABLE,
        Reason.CONNECT,
        Reason.TIMEOUT,
        Reason.TOO_SLOW,
        Reason.THROTTLED,
        Reason.BROKEN,
        Reason.BUSY,
    }
)
"""What can pass by itself. The others come back until somebody, here or there, changes something."""


class FetchError(Exception):
    """No document. ``message`` is a sentence for an editor; ``retry_after`` is what the server asked for.

    ``may_heal`` says whether the same request, sent later, has a chance.
    """

    def __init__(
        self,
        reason: Reason,
        message: str,
        *,
        retry_after: dt.timedelta | None = None,
        may_heal: bool | None = None,
    ) -> None:
        self.reason, self.message, self.retry_after = reason, message, retry_after
        self.may_heal = reason in HEALING if may_heal is None else may_heal
        super().__init__(f"{reason}: {message}")
