"""The vocabulary in which closures are asked."""

from typing import TYPE_CHECKING

from guide.publication.models import PublicQuerySet

if TYPE_CHECKING:
    from guide.closures.models import Closure  # noqa: F401 (the models import this module)


class ClosureQuerySet(PublicQuerySet["Closure"]):
    """Closures."""
