"""Rows of ``guide/closures/data/closures.csv``; the columns are described in ``docs/data.md``."""

from collections.abc import Mapping
from typing import ClassVar

from guide.publication.evidence import EvidenceRecord
from guide.publication.records import (
    CountryCode,
    Listed,
    OptionalCountryCode,
    Ordered,
    PartialDate,
    Record,
    Slug,
    Text,
    Whole,
)


class ClosureRecord(Record):
    nested: ClassVar[Mapping[str, type[Record]]] = {"evidence": EvidenceRecord}

    slug: Slug
    name: Text
    kind: Slug
    announced_on: PartialDate = ""
    authority: str = ""
    partners: Ordered[str] = ()
    countries: Listed[CountryCode] = ()
    operator_country: OptionalCountryCode = ""
    domains_count: Whole = None
    visits_count: Whole = None
    visits_period: str = ""
    share_note: str = ""
    offered: Ordered[str] = ()
    competitions: Listed[Slug] = ()
    outcome: str = ""
    note: str = ""
    evidence: Ordered[EvidenceRecord] = ()
