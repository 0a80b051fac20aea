"""The evidence record, shared by every table whose rows rest on pages."""

from typing import Literal

from guide.publication.records import OptionalDay, PartialDate, Record, RequiredAddress


class EvidenceRecord(Record):
    """One page. A row's pages stand newest first."""

    kind: Literal["official", "press", "list", "listing"]
    publisher: str = ""
    title: str = ""
    url: RequiredAddress
    published_on: PartialDate = ""
    seen_on: OptionalDay = None
