"""The bundled data as a feed: all tables of one archive, in one publication."""

import zipfile

from guide import bundled
from guide.feeds.obtaining import Obtained
from guide.feeds.sinks.base import Counts
from guide.publication.publish import Publication


class BundledSink:
    """The tables refer to each other, so what a document does is known only when it is applied."""

    def __init__(self, obtained: Obtained) -> None:
        self._obtained = obtained

    def look(self) -> Counts:
        return Counts()

    def write(self, publication: Publication) -> Counts:
        self._obtained.file.seek(0)
        with zipfile.ZipFile(self._obtained.file) as archive:
            outcomes = bundled.apply(bundled.read(zipfile.Path(archive)), publication)
        return Counts(
            created=sum(len(outcome.created) for outcome in outcomes),
            changed=sum(len(outcome.changed) for outcome in outcomes),
            unchanged=sum(outcome.unchanged for outcome in outcomes),
            kept=sum(len(outcome.kept) for outcome in outcomes),
            gone=sum(len(outcome.withdrawn) for outcome in outcomes),
        )
