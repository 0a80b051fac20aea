"""Claims become proposals: what somebody says about rights is never published before an editor has looked."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from guide.feeds.adapters.base import Code, Found, Rejected
from guide.feeds.models import Run
from guide.feeds.names import Names, UnknownNameError, season_of
from guide.feeds.proposals import Wish, propose, standing
from guide.feeds.records import ClaimRecord
from guide.feeds.sinks.base import Counts, Read
from guide.publication.evidence import EvidenceRecord
from guide.publication.publish import Publication
from guide.publication.records import as_json
from guide.rights.models import RightCountry
from guide.rights.reconcile import RIGHTS
from guide.rights.records import RightRecord


@dataclass(slots=True)
class _Group:
    """Claims that say the same of a competition, a season, a broadcaster and a country, for one match or for all."""

    competition: str
    broadcaster: str
    country: str
    first_day: dt.date | None
    last_day: dt.date | None
    season: str
    claims: list[ClaimRecord] = field(default_factory=list)


class ClaimsSink:
    """A claim that agrees with a right on record is evidence for it; any other is a proposed right."""

    def __init__(self, run: Run, read: Read, *, names: Names, today: dt.date) -> None:
        self.run = run
        self.feed = run.feed
        self._read = read
        self._names = names
        self._today = today
        self._rejections: list[Rejected] = []
        self._groups: dict[tuple[str, ...], _Group] = {}

    def look(self) -> Counts:
        for item in self._read():
            if isinstance(item, Rejected):
                self._rejections.append(item)
            else:
                self._sort_in(item)
        return self._counts(proposed=sum(len(group.claims) for group in self._groups.values()), unchanged=0)

    def write(self, publication: Publication) -> Counts:
        proposed = unchanged = 0
        lines: list[str] = []
        for group in self._groups.values():
            wish = self._wish(group)
            if wish is not None and propose(self.run, wish):
                proposed += len(group.claims)
                lines.append(f"? {wish.key}: {wish.note}")
            else:
                unchanged += len(group.claims)
        counts = self._counts(proposed=proposed, unchanged=unchanged)
        counts.table = tuple(lines[:40])
        return counts

    def _counts(self, *, proposed: int, unchanged: int) -> Counts:
        return Counts(proposed=proposed, unchanged=unchanged, rejections=self._rejections)

    def _sort_in(self, found: Found[ClaimRecord]) -> None:
        claim = found.record
        try:
            competition = self._names.competition(claim.competition)
            broadcaster = self._names.broadcaster(claim.broadcaster, claim.country)
        except UnknownNameError as error:
            self._reject(found, error.code, str(error))
            return
        first_day, last_day, season = claim.first_day, claim.last_day, claim.season
        if row := season_of(competition, claim.season, self._today):
            first_day, last_day, season = row.first_day, row.last_day, row.label
        if last_day is None:
            self._reject(found, Code.BAD_DATE, f"The season “{claim.season}” of {competition} is not on record.")
            return
        key = (competition, season, broadcaster, claim.country)
        group = self._groups.setdefault(
            key, _Group(competition, broadcaster, claim.country, first_day, last_day, season)
        )
        group.claims.append(claim)

    def _wish(self, group: _Group) -> Wish | None:
        """What the claims ask for; None where the guide says it already, on this publisher's page too."""
        assert group.last_day  # noqa: S101 (sorted in only with one)
        evidence = self._evidence(group)
        window = RightCountry.objects.filter(
            right__withdrawn_at__isnull=True,
            country=group.country,
            competition__slug=group.competition,
            from_day__lte=group.last_day,
            to_day__gte=group.first_day or group.last_day,
        )
        mine = window.filter(broadcaster__slug=group.broadcaster).values_list("right__key", flat=True).first()
        if mine:
            stored = RIGHTS.stored([mine])[mine].record
            if any(page.publisher == evidence.publisher or page.url == evidence.url for page in stored.evidence):
                return None
            after = stored.model_copy(update={"evidence": (*stored.evidence, evidence)})
            return Wish(RIGHTS, mine, stored, after, self._given(group), "It agrees: one more page for the right.")
        others = sorted(set(window.values_list("broadcaster__slug", flat=True)))
        note = f"Against it: on record is {', '.join(others)}." if others else "Nothing else is on record there."
        right = self._right(group, evidence)
        # A right of that key may stand for other days, or have been withdrawn.
        before = standing(RIGHTS.stored([right.key]).get(right.key))
        return Wish(RIGHTS, right.key, before, right, self._given(group), note)

    def _right(self, group: _Group, evidence: EvidenceRecord) -> RightRecord:
        key = f"{group.competition}-{group.broadcaster}-{group.country.lower()}-{group.season.lower()}"
        matches = {claim.number or claim.event for claim in group.claims if claim.number or claim.event}
        scopes = {claim.coverage for claim in group.claims}
        ways = {claim.access for claim in group.claims} - {"unknown"}
        return RightRecord(
            key=key.replace("/", "-"),
            competition=group.competition,
            broadcaster=group.broadcaster,
            kind="live",
            countries=(group.country,),
            first_day=group.first_day,
            last_day=None,
            evidence_reaches=group.last_day,
            scope="some" if matches else scopes.pop() if len(scopes) == 1 else "unknown",
            matches=len(matches) or None,
            matches_unit="season" if matches else "",
            exclusivity="unknown",
            access=ways.pop() if len(ways) == 1 else "mixed" if ways else "unknown",
            languages=tuple(dict.fromkeys(tag for claim in group.claims for tag in claim.languages)),
            claimed_confidence="reported",
            evidence=(evidence,),
        )

    def _evidence(self, group: _Group) -> EvidenceRecord:
        pages = [claim.source_url for claim in group.claims if claim.source_url]
        return EvidenceRecord(
            kind="list",
            publisher=self.feed.publisher or self.feed.name,
            title=self.feed.name,
            url=pages[0] if pages else self.feed.address,
            seen_on=self._today,
        )

    def _given(self, group: _Group) -> Sequence[object]:
        return [as_json(claim) for claim in group.claims]

    def _reject(self, found: Found[ClaimRecord], code: Code, message: str) -> None:
        self._rejections.append(
            Rejected(code=code, position=found.position, message=message, raw=as_json(found.record))
        )
