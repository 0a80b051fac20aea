"""How rights, findings and blackouts are stored, with the overlap guard round every application."""

import contextlib
import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import DatabaseError, connection, transaction
from psycopg.errors import DeadlockDetected, ExclusionViolation, UniqueViolation

from broadcasters.catalogue import BROADCASTER, COUNTRY, SERVICE
from competitions.catalogue import COMPETITION, EVENT, SPORT
from competitions.models import Event, Season, Stage
from guide.publication.evidence import EvidenceRecord
from guide.publication.identifiers import opaque_id
from guide.publication.models import PublicModel
from guide.publication.publish import Publication
from guide.publication.reconcile import Outcome, Table
from guide.publication.stored import Children
from guide.publication.tables import Entry, Problem
from guide.rights.blackouts import Blackout
from guide.rights.confidence import supported_confidence
from guide.rights.models import COPIED_COLUMNS, Evidence, Finding, FindingCountry, Listing, Right, RightCountry
from guide.rights.overlap import OverlapError, find_overlaps, overlap_problems
from guide.rights.records import BlackoutRecord, FindingRecord, ListingRecord, RightRecord

RACES_LOST_AT_MOST = 3


def evidence_of(parent: str) -> Children:
    return Children(
        model=Evidence,
        parent=parent,
        columns=tuple(EvidenceRecord.model_fields),
        item=EvidenceRecord,
        is_ordered=True,
    )


def public_id(key: str) -> str:
    """The opaque public id of a right."""
    return opaque_id("rgt", "right", key)


class RaceLostError(Exception):
    """Another process wrote an overlapping right, or the same one, at the same time."""


class RightTable(Table[RightRecord]):
    def derive(self, record: RightRecord, row: Any) -> None:
        if not row.public_id:
            row.public_id = public_id(record.key)
        row.confidence = supported_confidence(record.claimed_confidence, record.evidence)
        row.is_published = bool(record.evidence)

    def withdrawal(self) -> dict[str, Any]:
        return {"is_published": False}

    def problems(
        self,
        entries: Sequence[Entry[RightRecord]],
        incoming: Mapping[type[PublicModel], Collection[str]],
        *,
        origin: str = "",
    ) -> list[Problem]:
        return [
            *super().problems(entries, incoming, origin=origin),
            *overlap_problems(entries),
            *_unknown_parts(entries, incoming),
        ]

    def carry_out(
        self, plan: Outcome, records: Iterable[RightRecord], publication: Publication, *, origin: str
    ) -> Outcome:
        """As for every table; raises :class:`~guide.rights.overlap.OverlapError`, naming both rights, where two would
        overlap.
        """
        wanted = {*plan.created, *plan.changed}
        records = [record for record in records if record.key in wanted]
        for _ in range(RACES_LOST_AT_MOST):
            # An overlapping right of another process could not be seen yet when ours were compared. Either it has been
            # committed since, and writing again finds its name; or both waited for each other, and writing again waits.
            # If the other one gave up, writing again succeeds.
            with contextlib.suppress(RaceLostError):
                return self._carry_out_guarded(plan, records, publication, origin)
            plan = self._as_it_stands(plan, records)
        return self._carry_out_guarded(plan, records, publication, origin)

    def _as_it_stands(self, plan: Outcome, records: Iterable[RightRecord]) -> Outcome:
        """The plan, where what it would create has been created by somebody else since."""
        stored = self.stored(plan.created)
        same = {record.key for record in records if record.key in stored and stored[record.key].record == record}
        return dataclasses.replace(
            plan,
            created=tuple(key for key in plan.created if key not in stored),
            changed=(*plan.changed, *(key for key in stored if key not in same)),
            unchanged=plan.unchanged + len(same),
        )

    def _carry_out_guarded(
        self, plan: Outcome, records: Sequence[RightRecord], publication: Publication, origin: str
    ) -> Outcome:
        noted, written = len(publication.changes), publication.written
        try:
            with self.guarded() as keys:
                outcome = super().carry_out(plan, records, publication, origin=origin)
                keys += [*outcome.created, *outcome.changed]
                return outcome
        except (OverlapError, DatabaseError) as error:
            # What was rolled back was not changed.
            del publication.changes[noted:]
            if publication.written == written and isinstance(
                error.__cause__, (ExclusionViolation, UniqueViolation, DeadlockDetected)
            ):
                raise RaceLostError from error
            raise

    @contextlib.contextmanager
    def guarded(self) -> Iterator[list[str]]:
        """The overlap guard: raises :class:`~guide.rights.overlap.OverlapError` where what was written overlaps."""
        with transaction.atomic():
            _check_windows("DEFERRED")
            written: list[str] = []
            yield written
            if overlaps := find_overlaps(written):
                raise OverlapError(overlaps)
            _check_windows("IMMEDIATE")


def _unknown_parts(
    entries: Sequence[Entry[RightRecord]], incoming: Mapping[type[PublicModel], Collection[str]]
) -> Iterator[Problem]:
    """Rights to a part that is no season, stage or event of their competition."""
    parts = {entry.record.part for entry in entries if entry.record.part}
    known: dict[str, str] = {}
    for model, path in ((Season, "competition"), (Stage, "season__competition"), (Event, "season__competition")):
        rows = model._default_manager.standing().filter(key__in=parts)
        known |= dict(rows.values_list("key", f"{path}__slug"))
        # What the same documents bring is checked with them, and says its competition by its key.
        known |= {key: key.split("--")[0] for key in parts & set(incoming.get(model, ()))}
    for entry in entries:
        part = entry.record.part
        if part and known.get(part) != entry.record.competition:
            yield entry.problem("part", f"“{part}” is no season, stage or event of {entry.record.competition}.")


def _check_windows(when: str) -> None:
    # Neighbouring windows may move past each other within one document; only the end result counts.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS right_windows_apart {when}")


RIGHTS = RightTable(
    name="rights",
    record=RightRecord,
    model=Right,
    key="key",
    references={"competition": COMPETITION, "broadcaster": BROADCASTER},
    children={
        "countries": Children(
            model=RightCountry, parent="right", columns=("country",), reference=COUNTRY, copies=COPIED_COLUMNS
        ),
        "services": Children(model=Right.services.through, parent="right", columns=("service",), reference=SERVICE),
        "evidence": evidence_of("right"),
    },
    derived=("confidence", "is_published"),
)
FINDINGS = Table(
    name="findings",
    record=FindingRecord,
    model=Finding,
    key="key",
    references={"competition": COMPETITION},
    children={
        "countries": Children(model=FindingCountry, parent="finding", columns=("country",), reference=COUNTRY),
        "evidence": evidence_of("finding"),
    },
)
BLACKOUTS = Table(
    name="blackouts",
    record=BlackoutRecord,
    model=Blackout,
    key="key",
    references={"competition": COMPETITION, "sport": SPORT},
    children={
        "countries": Children(
            model=Blackout.countries.through, parent="blackout", columns=("country",), reference=COUNTRY
        ),
        "evidence": evidence_of("blackout"),
    },
)
LISTINGS = Table(
    name="listings",
    record=ListingRecord,
    model=Listing,
    key="key",
    references={"event": EVENT, "service": SERVICE, "country": COUNTRY},
)
