"""What the head of an answer means: a document, a redirect, or why there is neither."""

import datetime as dt
from email.utils import parsedate_to_datetime
from urllib.parse import quote_from_bytes

import httpx

from guide.feeds.fetching.errors import FetchError, Reason

REDIRECTS = frozenset({301, 302, 303, 307, 308})
SHORTEST_WAIT = dt.timedelta(minutes=1)
LONGEST_WAIT = dt.timedelta(hours=24)

# The client's fault, by their names, and yet the same request may be welcome later.
MAY_PASS = frozenset({408, 425})


def redirect_target(url: httpx.URL, headers: httpx.Headers) -> str:
    """Where the redirect leads, as text that the guard has still to check. Raises :class:`FetchError` for nowhere."""
    # Some servers write UTF-8 here, which an address carries with per cent signs.
    location = quote_from_bytes(headers.get("location", "").encode("latin-1"), safe=bytes(range(128)))
    if not location.strip():
        raise FetchError(Reason.BAD_REDIRECT, "The server redirects and does not say where to.")
    try:
        return str(url.join(location))
    except (httpx.InvalidURL, ValueError):
        # The guard cannot read it either, and says so.
        return location


def failure(status: int, headers: httpx.Headers, *, now: dt.datetime) -> FetchError:
    """The error that an answer without a document is."""
    retry_after = _retry_after(headers.get("retry-after", ""), now=now)
    if status == 429 or (status == 503 and retry_after is not None):
        return FetchError(Reason.THROTTLED, f"The server asks us to wait (status {status}).", retry_after=retry_after)
    if status == 404:
        return FetchError(Reason.NOT_FOUND, "The server has no such document (status 404).")
    if status == 410:
        return FetchError(Reason.GONE, "The server has removed the document for good (status 410).")
    may_heal = status >= 500 or status in MAY_PASS
    return FetchError(Reason.HTTP_STATUS, f"The server answered with status {status}.", may_heal=may_heal)


def is_gzip(headers: httpx.Headers) -> bool:
    """Whether the body is said to be compressed. Raises :class:`FetchError` for what nobody asked for."""
    codings = [name for part in headers.get("content-encoding", "").split(",") if (name := part.strip().lower())]
    codings = [name for name in codings if name != "identity"]
    if not codings:
        return False
    if codings in (["gzip"], ["x-gzip"]):
        return True
    raise FetchError(Reason.BAD_ENCODING, f"The server compressed with “{', '.join(codings)[:200]}”, not with gzip.")


def _retry_after(text: str, *, now: dt.datetime) -> dt.timedelta | None:
    """The wait asked for, in seconds or as a date, from a minute to a day. None where none is asked for."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        # A number of more digits than a day has is a day; it need not fit anything.
        wait = dt.timedelta(seconds=int(text)) if len(text) < 9 else LONGEST_WAIT
    else:
        try:
            at = parsedate_to_datetime(text)
            # HTTP dates are GMT, even those that do not say so.
            wait = (at if at.tzinfo else at.replace(tzinfo=dt.UTC)) - now
        except (ValueError, OverflowError):
            return None
    return min(max(wait, SHORTEST_WAIT), LONGEST_WAIT)
