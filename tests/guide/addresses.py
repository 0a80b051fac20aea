"""Every address of the guide, found from its URL patterns and filled with what is on record."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any
from urllib.parse import urlencode

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize
from drf_spectacular.generators import SchemaGenerator

Values = Mapping[str, Sequence[str]]


class CannotFillError(Exception):
    """An argument of which nobody has said what it may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One way to write the addresses of a view: ``%(language)s/%(country)s/``, with the names of its arguments."""

    view: str
    form: str
    arguments: tuple[str, ...]

    def paths(self, values: Values) -> Iterator[str]:
        """Every path that the values allow; raises :class:`CannotFillError` where they lack an argument."""
        for name in self.arguments:
            if not values.get(name):
                raise CannotFillError(f"nobody has said what “{name}” may be in “{self.form}”, which is {self.view}")
        for chosen in product(*(values[name] for name in self.arguments)):
            yield "/" + self.form % dict(zip(self.arguments, chosen, strict=True))


def patterns(*, but: Iterable[str]) -> list[Pattern]:
    """The patterns of the whole site, but for what lies below some prefixes."""
    return list(_below(get_resolver().url_patterns, "", frozenset(but)))


def _below(entries: Iterable[URLPattern | URLResolver], before: str, but: frozenset[str]) -> Iterator[Pattern]:
    for entry in entries:
        if before + str(entry.pattern) in but:
            continue
        expression = before + entry.pattern.regex.pattern.removeprefix("^")
        if isinstance(entry, URLResolver):
            yield from _below(entry.url_patterns, expression, but)
        else:
            for form, arguments in normalize(expression):
                yield Pattern(view=entry.lookup_str, form=form, arguments=tuple(arguments))


class Parameters:
    """What may be asked of the API's addresses, as its own schema says."""

    @cached_property
    def _by_path(self) -> list[tuple[re.Pattern[str], list[dict[str, Any]]]]:
        schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
        return [
            (re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), operations["get"].get("parameters", []))
            for path, operations in schema["paths"].items()
            if "get" in operations
        ]

    def plain(self, path: str, values: Values) -> Iterator[str]:
        """The queries of a path that hold what must be asked there, in every combination, and nothing else."""
        needed = [one for one in self._of(path) if one.get("required")]
        for one in needed:
            if not _choices(one, values):
                raise CannotFillError(f"nobody has said what the parameter “{one['name']}” of {path} may be")
        for chosen in product(*(_choices(one, values) for one in needed)):
            yield _query([(one["name"], value) for one, value in zip(needed, chosen, strict=True)])

    def further(self, path: str, values: Values) -> Iterator[str]:
        """What may be added to such a query, one thing at a time."""
        for one in self._of(path):
            if not one.get("required"):
                yield from (_query([(one["name"], value)]) for value in _choices(one, values))

    def _of(self, path: str) -> list[dict[str, Any]]:
        return [one for form, all_ in self._by_path if form.fullmatch(path) for one in all_ if one["in"] == "query"]


def _choices(parameter: dict[str, Any], values: Values) -> Sequence[str]:
    schema = parameter["schema"].get("items", parameter["schema"])
    by_type = {"boolean": ["true", "false"], "integer": ["1"]}
    return values.get(parameter["name"]) or schema.get("enum") or by_type.get(schema.get("type", ""), [])


def _query(pairs: list[tuple[str, str]]) -> str:
    return f"?{urlencode(pairs)}" if pairs else ""
