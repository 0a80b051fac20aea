"""Countries, languages and pages as lists write them: withdrawn codes, regions among the countries, empty addresses."""

import re
from functools import cache
from urllib.parse import urlsplit

from babel import Locale

from guide.feeds.adapters.base import Code
from guide.feeds.adapters.texts import clean, is_page_address
from guide.publication.records import READ_AS

NOT_IN_ISO = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
"""What CLDR has besides the countries; XK stays, which everybody uses."""
WITHDRAWN = {
    "AN": "CW, BQ or SX",
    "BU": "MM",
    "CS": "RS (or ME; before 1993, CZ or SK)",
    "DD": "DE",
    "SU": "RU or another state that followed it",
    "TP": "TL",
    "YU": "RS or another state that followed it",
    "ZR": "CD",
}
CALLED = {"uk": "GB", "usa": "US", "uae": "AE", "south korea": "KR", "czech republic": "CZ", "turkey": "TR"}
"""Names that CLDR writes in another way."""
REGION = re.compile(
    r"/|\b(?:mena|emea|latam|apac|cis|global|worldwide|international|elsewhere|rest of|various)\b", re.IGNORECASE
)
EXAMPLE = re.compile(r"(?:.*\.)?example\.(?:com|org|net)|.*\.(?:example|test|invalid|localhost)")
NO_BROADCASTER = re.compile(r"(?:www\.)?fifa\.com")
"""Whose bare home page stands where a broadcaster's page should."""


class NoCountryError(ValueError):
    """What stands for the country is none; the message is for an editor."""

    def __init__(self, code: Code, message: str) -> None:
        self.code = code
        super().__init__(message)


def country(code: str, name: str = "") -> str:
    """The code of ISO 3166-1. ``name`` is what the list calls it: a region under a country's code is no country.

    Raises :class:`NoCountryError`.
    """
    code, name = clean(code).upper(), clean(name)
    if REGION.search(name):
        raise NoCountryError(Code.NOT_A_COUNTRY, f"“{name}” is no country, though the list writes it as “{code}”.")
    if code in WITHDRAWN:
        raise NoCountryError(Code.WITHDRAWN_COUNTRY, f"“{code}” is withdrawn from ISO 3166-1: write {WITHDRAWN[code]}.")
    code = READ_AS.get(code, code)
    if code not in _countries():
        raise NoCountryError(Code.NOT_A_COUNTRY, f"“{code}” is not a country of ISO 3166-1.")
    return code


def country_called(name: str) -> str:
    """The code of the country with this English name. Raises :class:`NoCountryError`."""
    wanted = clean(name).casefold()
    code = CALLED.get(wanted) or _countries_by_name().get(wanted)
    if not code:
        raise NoCountryError(Code.NOT_A_COUNTRY, f"“{clean(name)}” is not the name of a country.")
    return code


def language_called(name: str) -> str:
    """The tag of the language with this English name, or with this tag; empty where there is none such."""
    wanted = clean(name)
    return wanted if wanted in _languages().values() else _languages().get(wanted.casefold(), "")


def page(address: str) -> str:
    """The address, where it is one of a page that can say something; else nothing."""
    address = address.strip()
    if not is_page_address(address):
        return ""
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    if EXAMPLE.fullmatch(host) or (NO_BROADCASTER.fullmatch(host) and parts.path.strip("/") == ""):
        return ""
    return address


@cache
def _countries() -> frozenset[str]:
    codes = {str(code) for code in Locale("en").territories}
    return frozenset(code for code in codes if code.isalpha() and len(code) == 2) - NOT_IN_ISO


@cache
def _countries_by_name() -> dict[str, str]:
    return {str(Locale("en").territories[code]).casefold(): code for code in sorted(_countries())}


@cache
def _languages() -> dict[str, str]:
    names = Locale("en").languages
    return {str(name).casefold(): tag for tag, name in names.items() if re.fullmatch(r"[a-z]{2,3}", tag)}
