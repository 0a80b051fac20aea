"""Text from strangers: controls and marks that reorder text go, addresses are looked at before they are kept."""

import re
import unicodedata
from urllib.parse import urlsplit

HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Marks that nobody sees and that reorder or split what is seen. The joiners between letters stay."""
SPACE = re.compile(r"\s+")
STREAM = re.compile(
    r"\.(?:m3u8?|mpd|ts|f4m|ism|acelive|xspf|pls)(?:$|[?#/])|^(?:acestream|sop|rtmp[a-z]*|rtsp|rtp|udp|mms[a-z]*|magnet|srt):"
    r"|/(?:hls|playlist|get\.php|player_api\.php|live/[^/]+/[^/]+/\d+)",
    re.IGNORECASE,
)
"""What an address of a stream looks like, as against one of a page."""


HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z][a-z0-9-]*")


def clean(text: str) -> str:
    """One line without hidden marks and controls, in composed form."""
    visible = HIDDEN.sub("", unicodedata.normalize("NFC", text))
    return SPACE.sub(" ", "".join(letter if letter.isprintable() else " " for letter in visible)).strip()


def is_stream_address(address: str) -> bool:
    """Whether this leads to a stream rather than to a page. Such an address is kept nowhere, not even as rejected."""
    return STREAM.search(address.strip()) is not None


def is_page_address(address: str) -> bool:
    """Whether this is an address of a web page that may be shown: http or https, a named host, no user, no stream."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").encode("idna").decode()
        _ = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and "@" not in parts.netloc
        and HOST.fullmatch(host) is not None
        and not re.search(r"[\s\x00-\x1f<>\"]", address.strip())
        and not is_stream_address(address)
    )
