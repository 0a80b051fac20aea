"""How the tables of this catalogue are stored."""

from competitions.models import Competition, CompetitionAlias, CompetitionName, Season, Sport, SportName
from competitions.records import CompetitionRecord, SeasonRecord, SportRecord
from guide.publication.reconcile import Children, Reference, Table
from guide.publication.records import LocalText

SPORT = Reference(model=Sport)
COMPETITION = Reference(model=Competition)

SPORTS = Table(
    name="sports",
    record=SportRecord,
    model=Sport,
    children={"names": Children(model=SportName, parent="sport", columns=("language", "text"), item=LocalText)},
)
COMPETITIONS = Table(
    name="competitions",
    record=CompetitionRecord,
    model=Competition,
    references={"sport": SPORT},
    children={
        "names": Children(model=CompetitionName, parent="competition", columns=("language", "text"), item=LocalText),
        "aliases": Children(model=CompetitionAlias, parent="competition", columns=("language", "text"), item=LocalText),
    },
)
SEASONS = Table(
    name="seasons",
    record=SeasonRecord,
    model=Season,
    key="key",
    references={"competition": COMPETITION},
)
