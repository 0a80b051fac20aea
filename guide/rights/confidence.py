"""How sure a right is: what the sources claim, held against the pages on record."""

from collections.abc import Iterable
from typing import Protocol
from urllib.parse import urlsplit


class Page(Protocol):
    """What a rule about evidence needs of a page."""

    @property
    def kind(self) -> str: ...
    @property
    def url(self) -> str: ...


def supported_confidence(claimed: str, pages: Iterable[Page]) -> str:
    """The confidence that the pages support.

    ``confirmed`` needs one official page, or two pages of different hosts; else the right counts as ``reported``. A
    lower claim is never raised.
    """
    if claimed != "confirmed":
        return claimed
    pages = list(pages)
    is_official = any(page.kind == "official" for page in pages)
    is_independent = len({_host(page.url) for page in pages}) > 1
    return "confirmed" if is_official or is_independent else "reported"


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
