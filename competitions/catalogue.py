"""How the tables of this catalogue are stored."""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from competitions.models import Competition, CompetitionAlias, CompetitionName, Season, Sport, SportName
from competitions.records import CompetitionRecord, SeasonRecord, SportRecord
from guide.publication.models import PublicModel
from guide.publication.reconcile import Children, Reference, Table
from guide.publication.records import LocalText
from guide.publication.tables import Entry, Problem


class SeasonTable(Table[SeasonRecord]):
    def problems(
        self,
        entries: Sequence[Entry[SeasonRecord]],
        incoming: Mapping[type[PublicModel], Collection[str]],
        *,
        origin: str = "",
    ) -> list[Problem]:
        """As for every table, and seasons of one competition that share a day."""
        problems = super().problems(entries, incoming, origin=origin)
        ordered = sorted(entries, key=lambda entry: (entry.record.competition, entry.record.first_day))
        for one, other in pairwise(ordered):
            if one.record.competition == other.record.competition and other.record.first_day <= one.record.last_day:
                message = f"“{other.record.key}” begins before “{one.record.key}” in line {one.line} is over."
                problems.append(other.problem("first_day", message))
        return problems


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
SEASONS = SeasonTable(
    name="seasons",
    record=SeasonRecord,
    model=Season,
    key="key",
    references={"competition": COMPETITION},
)
