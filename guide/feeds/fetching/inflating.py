"""Gzip, unpacked in small pieces, so that whoever takes them can stop at any size."""

import zlib
from collections.abc import Iterable, Iterator

from guide.feeds.fetching.errors import FetchError, Reason

MAGIC = b"\x1f\x8b"
PIECE = 64 * 1024
GZIP_ONLY = 16 + zlib.MAX_WBITS


def ungzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """What the gzip file unpacks to. Several files in a row are one, as for gzip; of nothing comes nothing.

    Raises :class:`FetchError` if the file is damaged, cut short, or followed by something else.
    """
    member = zlib.decompressobj(GZIP_ONLY)
    is_begun = False
    for chunk in chunks:
        data = chunk
        while data:
            if not is_begun and member.eof:
                # Zeros after the last file are padding.
                data = data.lstrip(b"\0")
                if not data:
                    break
                member = zlib.decompressobj(GZIP_ONLY)
            is_begun = True
            try:
                piece = member.decompress(data, PIECE)
            except zlib.error as error:
                raise FetchError(Reason.BAD_ENCODING, "The gzip compression is damaged.") from error
            if piece:
                yield piece
            if member.eof:
                data, is_begun = member.unused_data, False
            else:
                data = member.unconsumed_tail
    yield from _rest(member, is_begun=is_begun)


def ungzipped_if_gzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """As :func:`ungzipped` where the first two bytes say gzip; everything else as it is."""
    incoming = iter(chunks)
    head = b""
    for chunk in incoming:
        head += chunk
        if len(head) >= len(MAGIC):
            break
    if not head:
        return iter(())
    return (ungzipped if head.startswith(MAGIC) else iter)(_with(head, incoming))


def _rest(member: "zlib._Decompress", *, is_begun: bool) -> Iterator[bytes]:
    """What the decompressor still holds when the input has ended, of which a piece may have been the last it gave."""
    while is_begun:
        piece = member.decompress(b"", PIECE)
        if not piece:
            raise FetchError(Reason.BAD_ENCODING, "The gzip compression is cut short.", may_heal=True)
        yield piece
        is_begun = not member.eof


def _with(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest
