"""The vocabulary in which closures are asked."""

from typing import TYPE_CHECKING, Self

from django.db.models import Prefetch

from broadcasters.models import Country
from competitions.models import Competition
from guide.publication.models import PublicQuerySet

if TYPE_CHECKING:
    from guide.closures.models import Closure  # noqa: F401 (the models import this module)


class ClosureQuerySet(PublicQuerySet["Closure"]):
    """Closures. Where they come with countries and competitions, they come with those that still stand."""

    def for_list(self) -> Self:
        """With the countries and the competitions, in three queries. The newest stand first, as the model orders."""
        return self.prefetch_related(
            Prefetch("countries", Country.objects.standing()), Prefetch("competitions", Competition.objects.standing())
        )

    def in_full(self, language: str) -> Self:
        """With all that is on record about them, the competitions named in a language, in six queries."""
        return self.prefetch_related(
            Prefetch("countries", Country.objects.standing()),
            Prefetch("competitions", Competition.objects.standing().named(language)),
            "partners",
            "offered",
            "evidence",
        )
