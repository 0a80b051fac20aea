"""Country groups are a way to type many countries, and are written out where rows are stored."""

from collections.abc import Mapping, Sequence

from broadcasters.models import CountryGroup
from guide.publication.tables import near

Groups = Mapping[str, Sequence[str]]


def stored_groups() -> dict[str, tuple[str, ...]]:
    """The standing country groups, in two queries."""
    groups = CountryGroup.objects.standing().prefetch_related("countries")
    return {group.slug: tuple(sorted(country.code for country in group.countries.all())) for group in groups}


def written_out(words: Sequence[str], groups: Groups) -> tuple[tuple[str, ...], list[str]]:
    """Codes and names of groups as codes, sorted; or the words as they are, with what is wrong with them."""
    names = [word for word in words if not word.isupper()]
    if unknown := [name for name in names if name not in groups]:
        what = CountryGroup._meta.verbose_name_plural
        return tuple(words), [f"“{name}” is not in {what}.{near(name, groups)}" for name in unknown]
    if not names:
        return tuple(words), []
    return tuple(sorted({code for word in words for code in groups.get(word, (word,))})), []
