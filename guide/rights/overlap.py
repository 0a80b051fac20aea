"""The overlap guard: two published rights of one holder to one thing never share a day in a country."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db.models import F, OuterRef, Subquery

from guide.publication.models import FAR_FUTURE, FAR_PAST
from guide.publication.reconcile import GuardError
from guide.publication.tables import Entry, Problem
from guide.rights.models import Right, RightCountry
from guide.rights.records import RightRecord

GROUP = ("competition", "broadcaster", "part", "kind", "package", "country")
SHOWN_AT_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Two rights, by key, and one country in which they meet."""

    right: str
    other: str
    country: str

    def __str__(self) -> str:
        return (
            f"“{self.right}” and “{self.other}” cover some of the same days in {self.country}: "
            "one broadcaster, competition, kind and package. Move a day, or give one of them a package."
        )


class OverlapError(GuardError):
    """Rights that would overlap; nothing was written."""

    def __init__(self, overlaps: Sequence[Overlap]) -> None:
        self.overlaps = tuple(overlaps)
        super().__init__("\n".join(str(overlap) for overlap in overlaps))


def find_overlaps(keys: Iterable[str]) -> list[Overlap]:
    """Overlaps of the rights with these keys among each other and with any other published right, as the database now
    stands.
    """
    rivals = RightCountry.objects.published().filter(
        from_day__lte=OuterRef("to_day"),
        to_day__gte=OuterRef("from_day"),
        **{column: OuterRef(column) for column in GROUP},
    )
    met = (
        RightCountry.objects.published()
        .annotate(other=Subquery(rivals.exclude(right=OuterRef("right")).values("right__key")[:1]))
        .filter(other__isnull=False)
        .values_list("right__key", "other", "country_id", named=False)
        .order_by("right__key", F("country_id"))
    )
    keys = list(keys)
    found: dict[frozenset[str], Overlap] = {}
    for start in range(0, len(keys), 500):
        for right, other, country in met.filter(right__key__in=keys[start : start + 500])[:SHOWN_AT_MOST]:
            found.setdefault(frozenset((right, other)), Overlap(right=right, other=other, country=country))
    return list(found.values())


def overlaps_of(right: Right, countries: Iterable[str]) -> list[Overlap]:
    """What a right would meet if it were published as it is now in memory, in these countries."""
    rivals = (
        RightCountry.objects.published()
        .filter(
            competition_id=right.competition_id,
            broadcaster_id=right.broadcaster_id,
            kind=right.kind,
            package=right.package,
            country_id__in=countries,
            from_day__lte=right.last_day or right.evidence_reaches or FAR_FUTURE,
            to_day__gte=right.first_day or FAR_PAST,
        )
        .exclude(right_id=right.pk)
        .values_list("right__key", "country_id")
    )
    return [Overlap(right=right.key, other=other, country=country) for other, country in rivals[:SHOWN_AT_MOST]]


class Windows:
    """The windows of many rights, to find those of one document that overlap. Rows without evidence are not published
    and meet nobody.
    """

    def __init__(self) -> None:
        self._taken: defaultdict[tuple[str, ...], list[tuple[dt.date, dt.date, str]]] = defaultdict(list)

    def add(self, record: RightRecord) -> Overlap | None:
        """Take the windows of a right in, unless it meets one that is in already."""
        if not record.evidence:
            return None
        first, last = record.first_day or FAR_PAST, record.last_day or record.evidence_reaches or FAR_FUTURE
        groups = [
            (country, (record.competition, record.broadcaster, record.kind, record.package, country))
            for country in record.countries
        ]
        for country, group in groups:
            for other_first, other_last, other in self._taken.get(group, ()):
                if first <= other_last and other_first <= last:
                    return Overlap(right=record.key, other=other, country=country)
        for _, group in groups:
            self._taken[group].append((first, last, record.key))
        return None


def overlap_problems(entries: Iterable[Entry[RightRecord]]) -> Iterator[Problem]:
    """Rows of one document that overlap, each named by its line.

    Rows without evidence are not published and meet nobody.
    """
    groups: defaultdict[tuple[str, ...], list[tuple[dt.date, dt.date, Entry[RightRecord]]]] = defaultdict(list)
    for entry in entries:
        record = entry.record
        if record.evidence:
            first, last = record.first_day or FAR_PAST, record.last_day or record.evidence_reaches or FAR_FUTURE
            for country in record.countries:
                groups[record.competition, record.broadcaster, record.kind, record.package, country].append(
                    (first, last, entry)
                )
    told: set[tuple[str, str]] = set()
    for (*_, country), windows in groups.items():
        for (first, last, one), (other_first, other_last, other) in combinations(windows, 2):
            pair = (one.record.key, other.record.key)
            if first <= other_last and other_first <= last and pair not in told:
                told.add(pair)
                overlap = Overlap(right=other.record.key, other=one.record.key, country=country)
                yield other.problem("first_day", f"{overlap} The other stands in line {one.line}.")
