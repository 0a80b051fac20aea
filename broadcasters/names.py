"""Names of countries, by CLDR."""

from functools import cache

from babel import Locale


@cache
def _territories(language: str) -> dict[str, str]:
    return dict(Locale.parse(language, sep="-").territories)


def country_name(code: str, language: str) -> str:
    """A country's name in a language; the code where CLDR has no name for it."""
    return _territories(language).get(code, code)
