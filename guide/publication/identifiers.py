"""Public identifiers of rows that have no slug."""

import hashlib
from base64 import b32encode


def opaque_id(prefix: str, table: str, key: str) -> str:
    """``rgt_8x1m7q2k4a``: the same wherever the same key is loaded, and unreadable so that nobody takes it apart."""
    digest = hashlib.sha256(f"{table} {key}".encode()).digest()
    return f"{prefix}_" + b32encode(digest)[:10].decode().lower()
