"""The events that the programmes of a span may show, and every name by which they go."""

import datetime as dt
from collections import defaultdict
from zoneinfo import ZoneInfo

from competitions.models import Competition, Event, Team
from guide.feeds.programmes.matching import Candidate, Matcher
from guide.feeds.spelling import normalised

MARGIN = dt.timedelta(days=1)


def matcher_for(start: dt.datetime, end: dt.datetime, *, zone: dt.tzinfo) -> Matcher:
    """For programmes that begin within the span. ``zone``: that of the guide, in which the days of events are counted
    that have no zone of their own. Five queries.
    """
    rows = (
        Event.objects.standing()
        .exclude(status__in=("cancelled", "postponed"))
        .between(start - MARGIN, end + MARGIN, (start - MARGIN).date(), (end + MARGIN).date())
        .filter(children__isnull=True)
        .select_related("season__competition__sport", "parent", "home", "away")
        .prefetch_related("names", "aliases", "parent__names", "parent__aliases")
    )
    return Matcher((_candidate(row, zone) for row in rows), _teams(), _series())


def _candidate(event: Event, zone: dt.tzinfo) -> Candidate:
    holder = event.parent or event
    texts = () if event.home else (*holder.names.all(), *holder.aliases.all())
    return Candidate(
        key=event.key,
        competition=event.season.competition.slug,
        sport=event.season.competition.sport.slug,
        home=event.home.slug if event.home else "",
        away=event.away.slug if event.away else "",
        weekend=event.parent.key if event.parent else "",
        names=(holder.name, *(text.text for text in texts)),
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        day=event.day,
        zone=ZoneInfo(event.zone) if event.zone else zone,
        is_exact=event.precision == "exact",
    )


def _teams() -> dict[str, frozenset[str]]:
    teams: defaultdict[str, set[str]] = defaultdict(set)
    for slug, *names in Team.objects.standing().values_list("slug", "name", "names__text", "aliases__text"):
        for name in names:
            if name:
                teams[normalised(name)].add(slug)
    return {name: frozenset(slugs) for name, slugs in teams.items()}


def _series() -> dict[str, str]:
    """Competitions of races by name."""
    rows = Competition.objects.standing().filter(sport__slug__in=("motorsport", "motorcycling"))
    return {
        normalised(name): slug
        for slug, *names in rows.values_list("slug", "name", "names__text", "aliases__text")
        for name in names
        if name
    }
