"""Rows of the tables under ``guide/rights/data``; the columns are described in ``docs/data.md``."""

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from guide.publication.evidence import EvidenceRecord
from guide.publication.records import (
    Address,
    CountryCode,
    CountryOrGroup,
    Day,
    LanguageTag,
    Listed,
    OptionalDay,
    OptionalInstant,
    OptionalSlug,
    Ordered,
    Record,
    RequiredYesNo,
    Slug,
    Text,
    TimeOfDay,
    Whole,
    check_order,
)


def _check_window(first_day: dt.date | None, last_day: dt.date | None, evidence_reaches: dt.date | None) -> None:
    if (last_day is None) == (evidence_reaches is None):
        raise ValueError("Give either last_day, or evidence_reaches where the last day is not known.")
    check_order(first_day, last_day or evidence_reaches)


def _check_countries(what: str, countries: tuple[str, ...]) -> None:
    if not countries:
        raise ValueError(f"{what} names at least one country.")


class RightRecord(Record):
    nested: ClassVar[Mapping[str, type[Record]]] = {"evidence": EvidenceRecord}

    key: Slug
    competition: Slug
    broadcaster: Slug
    part: OptionalSlug = ""
    excludes_others: RequiredYesNo = False
    package: OptionalSlug = ""
    kind: Literal["live", "delayed", "highlights"]
    countries: Listed[CountryOrGroup]
    services: Listed[Slug] = ()
    first_day: OptionalDay
    last_day: OptionalDay
    evidence_reaches: OptionalDay
    scope: Literal["all", "most", "some", "unknown"]
    matches: Whole = None
    matches_of: Whole = None
    matches_unit: Literal["", "season", "round"] = ""
    coverage_note: str = ""
    exclusivity: Literal["exclusive", "shared", "unknown"]
    access: Literal["free", "registration", "subscription", "pay-per-view", "mixed", "unknown"]
    languages: Ordered[LanguageTag] = ()
    claimed_confidence: Literal["confirmed", "reported", "inferred"]
    verified_on: OptionalDay = None
    note: str = ""
    evidence: Ordered[EvidenceRecord] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _check_window(self.first_day, self.last_day, self.evidence_reaches)
        _check_countries("A right", self.countries)
        if self.excludes_others and not self.part:
            raise ValueError("Only a right to a part excludes others.")
        if self.matches is not None and self.matches_of is not None and self.matches > self.matches_of:
            raise ValueError(f"{self.matches} of {self.matches_of} matches is more than all.")
        return self


class FindingRecord(Record):
    nested: ClassVar[Mapping[str, type[Record]]] = {"evidence": EvidenceRecord}

    key: Slug
    competition: Slug
    countries: Listed[CountryOrGroup]
    kind: Literal["none", "unannounced"]
    first_day: OptionalDay
    last_day: OptionalDay
    evidence_reaches: OptionalDay
    note: str = ""
    evidence: Ordered[EvidenceRecord] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _check_window(self.first_day, self.last_day, self.evidence_reaches)
        _check_countries("A finding", self.countries)
        if not self.evidence:
            raise ValueError("A finding needs evidence: without a page that says so we do not know.")
        return self


class BlackoutRecord(Record):
    nested: ClassVar[Mapping[str, type[Record]]] = {"evidence": EvidenceRecord}

    key: Slug
    competition: OptionalSlug = ""
    sport: OptionalSlug = ""
    countries: Listed[CountryOrGroup]
    first_day: OptionalDay
    last_day: OptionalDay
    weekday: Whole = None
    from_time: TimeOfDay = None
    to_time: TimeOfDay = None
    basis: Text
    evidence: Ordered[EvidenceRecord] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        check_order(self.first_day, self.last_day)
        _check_countries("A blackout", self.countries)
        if self.weekday is not None and not 1 <= self.weekday <= 7:
            raise ValueError("The weekday is 1 (Monday) to 7 (Sunday).")
        if (self.from_time is None) != (self.to_time is None):
            raise ValueError("Give both from_time and to_time, or neither.")
        if self.from_time is not None and self.to_time is not None and self.to_time <= self.from_time:
            raise ValueError("to_time lies after from_time, on the same day.")
        return self


class ListingRecord(Record):
    key: Slug
    event: Slug
    service: Slug
    country: CountryCode
    kind: Literal["live", "delayed", "highlights"]
    starts_at: OptionalInstant = None
    ends_at: OptionalInstant = None
    publisher: Text
    source_url: Address = ""
    seen_on: Day

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends_at and (self.starts_at is None or self.ends_at <= self.starts_at):
            raise ValueError("It ends before it begins.")
        return self
