"""Rows of the tables under ``broadcasters/data``; the columns are described in ``docs/data.md``."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator

from guide.publication.records import (
    Address,
    Amount,
    CountryCode,
    CountryOrGroup,
    Currency,
    Listed,
    OptionalDay,
    OptionalSlug,
    PartialDate,
    Record,
    RequiredYesNo,
    Slug,
    Text,
    Whole,
    YesNo,
    check_order,
    time_zones,
)


def _time_zone(name: str) -> str:
    if name not in time_zones():
        raise ValueError(f"“{name}” is not a time zone: write an IANA name such as Europe/Rome.")
    return name


class CountryRecord(Record):
    code: CountryCode
    name: Text
    time_zone: Annotated[Text, AfterValidator(_time_zone)]
    in_eu: RequiredYesNo


class CountryGroupRecord(Record):
    slug: Slug
    name: Text
    countries: Listed[CountryCode]

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if not self.countries:
            raise ValueError("A country group names at least one country.")
        return self


class BroadcasterRecord(Record):
    slug: Slug
    name: Text
    parent: OptionalSlug = ""
    kind: Literal["broadcaster", "streaming", "telecom", "league-service"]
    countries: Listed[CountryOrGroup]
    website: Address = ""
    aliases: Listed[str] = ()
    status: Literal["active", "renamed", "merged", "closed"] = "active"
    successor: OptionalSlug = ""
    ended_on: PartialDate = ""
    note: str = ""


class ServiceRecord(Record):
    slug: Slug
    name: Text
    broadcaster: Slug
    kind: Literal["tv", "stream"]
    countries: Listed[CountryOrGroup]
    url: Address = ""
    ended_on: PartialDate = ""
    successor: OptionalSlug = ""


class OfferRecord(Record):
    key: Slug
    broadcaster: Slug
    country: CountryCode
    plan: Text
    price: Amount
    currency: Currency
    period: Literal["month", "year", "season", "event", "free"]
    commitment_months: Whole = None
    has_ads: YesNo = None
    services: Listed[Slug] = ()
    competitions: Listed[Slug] = ()
    requires: OptionalSlug = ""
    requires_note: str = ""
    eligibility: str = ""
    bundles: Listed[str] = ()
    includes: str = ""
    first_day: OptionalDay = None
    last_day: OptionalDay = None
    url: Address = ""
    source_url: Address = ""
    seen_on: PartialDate = ""
    note: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        check_order(self.first_day, self.last_day)
        if self.period == "free" and self.price != 0:
            raise ValueError("A free offer has the price 0.")
        if self.requires == self.key:
            raise ValueError("An offer cannot require itself.")
        return self


class CarriageRecord(Record):
    key: Slug
    operator: Slug
    service: Slug
    country: CountryCode
    source_url: Address = ""
    source_title: str = ""
    seen_on: PartialDate = ""
    note: str = ""
