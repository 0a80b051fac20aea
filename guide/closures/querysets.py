"""The vocabulary in which closures are asked."""

from typing import TYPE_CHECKING, Self

from guide.publication.models import PublicQuerySet

if TYPE_CHECKING:
    from guide.closures.models import Closure  # noqa: F401 (the models import this module)

CLOSED = ("iptv-shutdown", "site-shutdown")
"""The kinds of actions after which a service can no longer be used."""


class ClosureQuerySet(PublicQuerySet["Closure"]):
    def most_visited(self) -> Self:
        """Services that are closed and offered what the guide follows, by the visits that they had."""
        return (
            self.standing()
            .filter(kind__in=CLOSED, visits_count__isnull=False)
            .filter(competitions__isnull=False, competitions__withdrawn_at__isnull=True)
            .distinct()
            .order_by("-visits_count", "slug")
        )
