"""The days on which rights begin and end, as entries of a calendar."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from icalendar import Event as Entry

from broadcasters.models import Country
from competitions.models import Competition
from guide.rights.answer import Coverage
from guide.rights.models import Right
from guide.web import facts, words
from guide.web.ical.editions import Edition, sequences
from guide.web.ical.entries import entry, uid

COUNTED = ("first_day", "last_day")


def entries_of_rights(competition: Competition, country: Country, *, url: str) -> Iterator[Entry]:
    """Two for each published right of which both days are known, in two queries; in the order of time."""
    rows = Right.objects.published().filter(competition=competition, countries=country)
    rights = list(rows.select_related("broadcaster").order_by("key"))
    changes = sequences("rights", [right.key for right in rights], COUNTED)
    edges = [
        (day, edge, right)
        for right in rights
        for edge, day in (("begins", right.first_day), ("ends", right.last_day))
        if day
    ]
    for day, edge, right in sorted(edges, key=lambda each: (*each[:2], each[2].key)):
        changed_at = max(right.updated_at, right.broadcaster.updated_at, competition.updated_at)
        edition = Edition(sequence=changes.get(right.key, 0), changed_at=changed_at)
        yield _entry(right, competition, edge, day, edition, url)


def _entry(right: Right, competition: Competition, edge: str, day: dt.date, edition: Edition, url: str) -> Entry:
    template = {"begins": _("{competition}: {name} begins"), "ends": _("{competition}: last day of {name}")}[edge]
    coverage = Coverage(
        scope=right.scope,
        matches=right.matches,
        of=right.matches_of,
        unit=right.matches_unit or None,
        note=right.coverage_note or None,
    )
    shown = _("{caption}: {coverage}.").format(
        caption=words.kind_held_caption(right.kind), coverage=words.coverage_words(coverage)
    )
    return entry(
        uid(f"{right.public_id}-{edge}"),
        edition,
        summary=template.format(competition=words.competition_name(competition), name=right.broadcaster.name),
        days=(day, day),
        status="CONFIRMED",
        category=words.sport_name(competition),
        lines=[
            shown,
            words.access_badge(right.access).text,
            facts.until({right.last_day}),
            facts.checked([right.verified_on]).text,
            url,
        ],
        url=url,
    )
