"""Rows of ``guide/feeds/data/feeds.csv``: the feeds that come with the guide, described in ``docs/feeds.md``."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from guide.publication.records import Ordered, Record, RequiredYesNo, Slug, Text, Whole

BUNDLED_ADDRESS = "bundled:"
Number = Annotated[int, Field(ge=0)]


class OptionRecord(Record):
    """One thing that a document does not say itself, such as its season."""

    name: Text
    value: Text


class FeedRecord(Record):
    nested: ClassVar[Mapping[str, type[Record]]] = {"options": OptionRecord}

    slug: Slug
    name: Text
    kind: Literal["bundled", "rights", "claims", "channels", "fixtures", "programmes"]
    adapter: str = ""
    address: Text
    options: Ordered[OptionRecord] = ()
    zone: str = ""
    is_on: RequiredYesNo
    interval_hours: Number
    publisher: Text
    licence: Text
    attribution: str = ""
    most_bytes: Number
    most_records: Number
    gone_percent: Number
    gone_least: Number
    rejected_percent: Number
    newest_days: Whole = None
    note: str = ""
    """Why it is on or off, and what its settings rest on: for whoever reads the file."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        is_bundled = self.kind == "bundled"
        if is_bundled != (self.address == BUNDLED_ADDRESS) or is_bundled == bool(self.adapter):
            raise ValueError(f"The bundled data have the address “{BUNDLED_ADDRESS}” and no adapter, and nothing else.")
        if not is_bundled and not self.address.startswith("https://"):
            raise ValueError(f"“{self.address}” is not fetched: an address begins with https://.")
        if not self.is_on and not self.note:
            raise ValueError("A feed that is off says why in its note.")
        if not self.interval_hours:
            raise ValueError("The interval is an hour at least.")
        return self
