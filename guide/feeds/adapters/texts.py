"""Text from strangers: controls and marks that reorder text go, addresses are looked at before they are kept."""

import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Marks that nobody sees and that reorder or split what is seen. The joiners between letters stay."""
SPACE = re.compile(r"\s+")
STREAM = re.compile(
    r"\.(?:m3u8?|mpd|ts|f4m|ism|acelive|xspf|pls)(?:$|[?#/])|^(?:acestream|sop|rtmp[a-z]*|rtsp|rtp|udp|mms[a-z]*|magnet|srt):"
    r"|/(?:hls|playlist|get\.php|player_api\.php|live/[^/]+/[^/]+/\d+)",
    re.IGNORECASE,
)
"""What an address of a stream looks like, as against one of a page."""
STREAM_TAKEN_OUT = "(the address of a stream)"
MARKUP = re.compile(r"<(?:/?[a-zA-Z][^<>]*|!--[^<>]*--)>")
WORD = re.compile(r"\S+")
AROUND_ADDRESS = "()[]{}<>«»“”„\"'.,;!"
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
STREAM_WITHIN = re.compile(
    r"//.*(?:\.m3u|\.(?:mpd|ts|f4m|ism|acelive|xspf|pls)(?![a-z0-9]))"
    r"|(?:acestream|sop|rtmp[a-z]*|rtsp|rtp|udp|mms[a-z]*|magnet|srt)://",
    re.IGNORECASE,
)
"""The same in the middle of a word: what stands before and behind an address is not always a blank."""
STREAM_HINT = re.compile(r"[:.]\S")
HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z][a-z0-9-]*")


def clean(text: str) -> str:
    """One line without hidden marks and controls, in composed form."""
    visible = HIDDEN.sub("", unicodedata.normalize("NFC", text))
    if not visible.isprintable():
        visible = "".join(letter if letter.isprintable() else " " for letter in visible)
    return SPACE.sub(" ", visible).strip()


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


def prose(text: str) -> str:
    """Like :func:`clean`, for texts in which HTML happens: without its tags and without addresses of streams."""
    if MARKUP.search(text):
        tree = html.fragment_fromstring(clean(text), create_parent="div")
        etree.strip_elements(tree, "script", "style", with_tail=False)
        text = " ".join(str(part) for part in tree.itertext())
    return clean(_without_streams(text, ""))


def without_streams(value: Any) -> Any:
    """JSON values fit to be kept: without addresses of streams and without what no database takes."""
    if isinstance(value, dict):
        return {without_streams(name): without_streams(item) for name, item in value.items()}
    if isinstance(value, list):
        return [without_streams(item) for item in value]
    if isinstance(value, str):
        return _without_streams(UNSTORABLE.sub("\ufffd", value), STREAM_TAKEN_OUT)
    return value


def _without_streams(text: str, instead: str) -> str:
    def look(match: re.Match[str]) -> str:
        word = match[0].strip(AROUND_ADDRESS)
        is_one = is_stream_address(word) and (":" in word or "." in word)
        return instead if is_one or STREAM_WITHIN.search(word) else match[0]

    return WORD.sub(look, text) if STREAM_HINT.search(text) else text
