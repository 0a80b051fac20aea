"""Words by which guides say that a programme is no live broadcast of one event. They compare as names do."""

import re

from guide.feeds.spelling import normalised

NOT_LIVE = (
    # English
    *("highlights", "review", "preview", "replay", "repeat", "classic", "classics", "magazine", "countdown", "studio"),
    *("match of the day", "motd", "goal rush", "goals", "best of", "build up", "documentary", "story", "rewind"),
    # French
    *("résumé", "résumés", "magazine", "rediffusion", "reprise", "multiplex", "en différé", "avant match", "débrief"),
    *("l avant course", "avant course", "la grille", "podium", "rétro", "le mag", "documentaire", "formula one le mag"),
    # Danish, Norwegian, Swedish
    *("højdepunkter", "høydepunkter", "höjdpunkter", "sammendrag", "genudsendelse", "reprise", "repris", "studie"),
    *("studiet", "optakt", "før kampen", "forsnak", "forkamp", "nedtelling", "eftersnak", "uppladdning", "oppladning"),
    # Italian, Spanish, German
    *("sintesi", "replica", "differita", "prepartita", "resumen", "previa", "diferido", "wiederholung", "vorberichte"),
    *("zusammenfassung", "konferenz", "diretta gol", "aufzeichnung"),
)
OTHER_SERIES = (
    *("formula 2", "formule 2", "formel 2", "formula 3", "formule 3", "formel 3", "f2", "f3", "formula e", "formule e"),
    *("moto2", "moto 2", "moto3", "moto 3", "motoe", "superbike", "superbikes", "rally", "rallye", "indycar", "nascar"),
    *("endurance", "porsche", "w series", "f1 academy", "academy", "sidecar", "supercross", "motocross", "feeder"),
)
"""Series that race on the same tracks on the same days."""
OTHER_LEAGUES = (
    *("féminine", "féminin", "féminines", "women", "womens", "kvinder", "kvinner", "damer", "frauen", "femminile"),
    *("ladies", "femminili", "femenina", "femenino", "feminino", "feminina", "primavera", "juvenil", "giovanili"),
    *("u17", "u18", "u19", "u20", "u21", "u23", "youth", "legends", "esports", "futsal", "beach soccer", "cecifoot"),
    *("rugby", "handball", "handbold", "hockey", "basket", "basketball", "top 14", "volley"),
)
"""Matches between namesakes of our clubs."""


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted({normalised(word) for word in words}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


NOT_LIVE_WORDS, OTHER_SERIES_WORDS, OTHER_LEAGUES_WORDS = map(_any_of, (NOT_LIVE, OTHER_SERIES, OTHER_LEAGUES))
IN_THE_TEXT = _any_of(("en différé", "in differita", "aufzeichnung", "genudsendelse"))
"""What says it even in the description, where the words above may stand for anything."""
