"""Names of countries: by CLDR, and what else people call them."""

from collections.abc import Mapping
from functools import cache

from babel import Locale

ALSO_CALLED: Mapping[str, tuple[str, ...]] = {
    "AE": ("UAE", "Emirates", "Émirats", "EAU", "Emirati", "Emiratos", "VAE", "Emirate"),
    "BA": ("Bosnia", "Bosnie", "Bosnien"),
    "CD": ("DR Congo", "RD Congo", "DRC", "RDC"),
    "CG": ("Congo Republic", "Republic of the Congo", "Kongo"),
    "CI": ("Ivory Coast", "Costa de Marfil", "Elfenbeinküste"),
    "CV": ("Kap Verde",),
    "CZ": ("Czech Republic", "République tchèque", "Repubblica Ceca", "República Checa", "Tschechische Republik"),
    "FK": ("Falklands", "Malouines", "Malvinas"),
    "GB": (
        *("Great Britain", "Grande-Bretagne", "Gran Bretagna", "Gran Bretaña", "Großbritannien"),
        *("Britain", "England", "Angleterre", "Inghilterra", "Inglaterra"),
        *("Scotland", "Écosse", "Scozia", "Escocia", "Schottland"),
        *("Wales", "Pays de Galles", "Galles", "Gales"),
        *("Northern Ireland", "Irlande du Nord", "Irlanda del Nord", "Irlanda del Norte", "Nordirland"),
    ),
    "HK": ("Hong Kong", "Hongkong"),
    "KR": ("Korea", "Corée", "Corea", "Republic of Korea"),
    "MK": ("Macedonia", "Macédoine", "Mazedonien"),
    "MM": ("Burma", "Birmanie", "Birmania", "Birma", "Myanmar"),
    "MO": ("Macau", "Macao"),
    "NL": ("Holland", "Hollande", "Olanda", "Holanda"),
    "PS": ("Palestine", "Palestina", "Palästina"),
    "SZ": ("Swaziland",),
    "TL": ("East Timor", "Timor"),
    "TR": ("Turkey",),
    "US": ("USA", "America", "EE. UU.", "United States of America"),
    "VA": ("Vatican", "Vaticano", "Vatikan"),
}
"""Other names that people type for a country, in the languages of the site; CLDR's own are not repeated."""


@cache
def _territories(language: str) -> dict[str, str]:
    return dict(Locale.parse(language, sep="-").territories)


def country_name(code: str, language: str) -> str:
    """A country's name in a language; the code where CLDR has no name for it."""
    return _territories(language).get(code, code)
