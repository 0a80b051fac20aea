"""The bundled data set: which file holds which table, in the order in which tables need each other."""

import datetime as dt
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from broadcasters.catalogue import BROADCASTERS, CARRIAGE, COUNTRIES, COUNTRY_GROUPS, OFFERS, SERVICES
from broadcasters.places import written_out
from competitions.catalogue import COMPETITIONS, EVENTS, SEASONS, SPORTS, STAGES, TEAMS
from competitions.models import Competition
from guide.closures.catalogue import CLOSURES
from guide.publication.models import PublicModel
from guide.publication.publish import Publication, publish
from guide.publication.reconcile import Outcome, Table
from guide.publication.tables import Entry, Problem, TableError, near, read_csv
from guide.rights.reconcile import BLACKOUTS, FINDINGS, LISTINGS, RIGHTS

ORIGIN = "bundled"

FILES: tuple[tuple[Table[Any], str], ...] = (
    (COUNTRIES, "broadcasters/data/countries.csv"),
    (COUNTRY_GROUPS, "broadcasters/data/country_groups.csv"),
    (SPORTS, "competitions/data/sports.csv"),
    (COMPETITIONS, "competitions/data/competitions.csv"),
    (SEASONS, "competitions/data/seasons.csv"),
    (TEAMS, "competitions/data/teams.csv"),
    (STAGES, "competitions/data/stages.csv"),
    (EVENTS, "competitions/data/events.csv"),
    (BROADCASTERS, "broadcasters/data/broadcasters.csv"),
    (SERVICES, "broadcasters/data/services.csv"),
    (OFFERS, "broadcasters/data/offers.csv"),
    (CARRIAGE, "broadcasters/data/carriage.csv"),
    (RIGHTS, "guide/rights/data/rights.csv"),
    (FINDINGS, "guide/rights/data/findings.csv"),
    (BLACKOUTS, "guide/rights/data/blackouts.csv"),
    (LISTINGS, "guide/rights/data/listings.csv"),
    (CLOSURES, "guide/closures/data/closures.csv"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file as read: the table it fills and its entries."""

    table: Table[Any]
    entries: Sequence[Entry[Any]]


Folder = Path | zipfile.Path
"""A folder, or an archive that holds the same."""


def load(root: Path | None = None, *, now: dt.datetime | None = None) -> list[Outcome]:
    """Make the database say what the bundled files say, in one transaction.

    Raises :class:`~guide.publication.tables.TableError` with every problem of every file, or
    :class:`~guide.rights.overlap.OverlapError`; then nothing has changed.
    """
    documents = read(root or settings.BASE_DIR)
    with publish(actor=ORIGIN, reason="bundled data loaded", now=now) as publication:
        return apply(documents, publication)


def apply(documents: Sequence[Document], publication: Publication) -> list[Outcome]:
    """As :func:`load`, inside a publication."""
    if problems := list(_references(documents)):
        raise TableError(problems)
    return [
        document.table.apply((entry.record for entry in document.entries), publication, origin=ORIGIN)
        for document in documents
    ]


def read(root: Folder) -> list[Document]:
    """The bundled files as records, country groups written out. Asks no database."""
    problems: list[Problem] = []
    documents: list[Document] = []
    groups: dict[str, tuple[str, ...]] = {}
    for table, name in FILES:
        try:
            reading = read_csv((root / name).read_bytes(), table.record, document=name)
        except OSError as error:
            problems.append(
                Problem(document=name, line=0, column="", message=f"The file cannot be read: {error.strerror}.")
            )
            continue
        problems += reading.problems
        entries = []
        for entry in reading.entries:
            expanded, more = _expand(entry, groups)
            entries.append(expanded)
            problems += more
        if table is COUNTRY_GROUPS:
            groups = {entry.record.slug: entry.record.countries for entry in entries}
        documents.append(Document(table=table, entries=entries))
    if problems:
        raise TableError(problems)
    return documents


def _expand(entry: Entry[Any], groups: dict[str, tuple[str, ...]]) -> tuple[Entry[Any], list[Problem]]:
    """The entry with its country groups written out."""
    words = getattr(entry.record, "countries", ())
    codes, problems = written_out(words, groups)
    if codes == words:
        return entry, [entry.problem("countries", problem) for problem in problems]
    record = entry.record.model_copy(update={"countries": codes})
    return Entry(record=record, document=entry.document, line=entry.line), []


def _references(documents: Iterable[Document]) -> Iterable[Problem]:
    """References that lead nowhere, within the documents and into the database."""
    incoming: dict[type[PublicModel], set[str]] = {}
    for document in documents:
        incoming[document.table.model] = {document.table.key_of(entry.record) for entry in document.entries}
    for document in documents:
        yield from document.table.problems(document.entries, incoming, origin=ORIGIN)
        if document.table is OFFERS:
            yield from _unknown_competitions(document, incoming[Competition])


def _unknown_competitions(offers: Document, known: set[str]) -> Iterable[Problem]:
    # Offers name competitions by slug, without a foreign key; this is the only layer that sees both catalogues.
    for entry in offers.entries:
        for slug in entry.record.competitions:
            if slug not in known:
                yield entry.problem(
                    "competitions", f"“{slug}” is not in {Competition._meta.verbose_name_plural}.{near(slug, known)}"
                )
