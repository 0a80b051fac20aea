"""Which rows speak about an event: a more specific one replaces the wider one of the same broadcaster alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from competitions.models import Event
from guide.rights.answer import Rule
from guide.rights.facts import Holding

ORDER = (Rule.EVENT, Rule.STAGE, Rule.SEASON, Rule.COMPETITION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A holding, and the kind of row that it is for the question."""

    holding: Holding
    rule: Rule


def ruled(holdings: Sequence[Holding], event: Event | None) -> tuple[list[Ruled], list[Ruled]]:
    """The holdings that speak about the event, and those that do not. Without an event all of them do."""
    if event is None:
        return [Ruled(holding=holding, rule=_by_key(holding.right.part)) for holding in holdings], []
    parts = _parts(event)
    speaking = [
        Ruled(holding=holding, rule=parts[holding.right.part]) for holding in holdings if holding.right.part in parts
    ]
    others = [
        Ruled(holding=holding, rule=_by_key(holding.right.part))
        for holding in holdings
        if holding.right.part not in parts
    ]
    most_specific: dict[tuple[int, str, str], int] = {}
    for one in speaking:
        who = _who(one.holding)
        most_specific[who] = min(most_specific.get(who, len(ORDER)), ORDER.index(one.rule))
    excluding = min((ORDER.index(one.rule) for one in speaking if one.holding.right.excludes_others), default=None)
    kept = []
    for one in speaking:
        rank = ORDER.index(one.rule)
        if rank > most_specific[_who(one.holding)]:
            continue
        if excluding is not None and rank > excluding:
            others.append(one)
        else:
            kept.append(one)
    return kept, others


def _parts(event: Event) -> Mapping[str, Rule]:
    """By their keys, what the event is or is part of."""
    parts = {"": Rule.COMPETITION, event.season.key: Rule.SEASON}
    holder = event.parent
    for stage in (event.stage, holder.stage if holder else None):
        if stage:
            parts[stage.key] = Rule.STAGE
    for one in (event, holder):
        if one:
            parts[one.key] = Rule.EVENT
    return parts


def _by_key(part: str) -> Rule:
    """What kind of part a key names, as keys are made: competition--season--stage or event."""
    if not part:
        return Rule.COMPETITION
    return Rule.SEASON if part.count("--") == 1 else Rule.STAGE


def _who(holding: Holding) -> tuple[int, str, str]:
    return holding.right.broadcaster_id, holding.right.kind, holding.right.package
