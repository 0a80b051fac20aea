"""``manage.py where serie-a IT --on 2026-11-29``: who shows it, on the command line."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from textwrap import shorten
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict
from rest_framework.exceptions import APIException, ValidationError

from broadcasters.names import country_name
from guide.api.queries import LookupQuery
from guide.api.representation import represent
from guide.api.serializers.answer import AnswerSerializer
from guide.rights.answer import Answer, LapseReason, Option, Reason, State
from guide.rights.answers import answers

STATES = {
    State.BLOCKED: "may not be shown live now",
    State.LICENSED: "licensed",
    State.UNANNOUNCED: "sold or on sale; the broadcaster is not named yet",
    State.NONE: "checked: no broadcaster holds it here",
    State.UNKNOWN: "not known",
}
REASONS = {
    Reason.LAPSED: "what we knew has ended or reaches no further",
    Reason.BETWEEN_EDITIONS: "between two editions",
    Reason.NOT_RESEARCHED: "not researched yet",
}
LAPSES = {
    LapseReason.ENDED: "ended",
    LapseReason.EVIDENCE_ENDED: "end not stated, evidence to",
    LapseReason.EDITION_OVER: "edition over, deal to",
}


class Command(BaseCommand):
    help = "Say who may show a competition in a country."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("competition", help="slug, such as serie-a")
        parser.add_argument("country", help="ISO 3166-1 alpha-2, such as IT")
        parser.add_argument("--on", help="a day (2026-11-29) or an instant with its offset; default: now")
        parser.add_argument("--lang", help="language of names: en, fr, it, es, de")
        parser.add_argument("--json", action="store_true", help="print the answer as the API gives it")

    def handle(
        self, *args: Any, competition: str, country: str, on: str | None, lang: str | None, **options: Any
    ) -> None:
        given = {"competition": competition, "country": country, "on": on, "lang": lang}
        parameters = QueryDict(mutable=True)
        parameters.update({name: value for name, value in given.items() if value is not None})
        query = LookupQuery(data=parameters)
        try:
            query.is_valid(raise_exception=True)
            (asked,) = query.asked()
            (answer,) = answers([asked.question])
        except ValidationError as error:
            raise CommandError(_plain(error.detail)) from None
        except APIException as error:
            raise CommandError(str(error.detail)) from None
        language = query.validated_data["lang"]
        if options["json"]:
            shape = represent(answer, language=language, given=asked.given, address=str)
            self.stdout.write(json.dumps(AnswerSerializer(shape).data, ensure_ascii=False, indent=2))
        else:
            for line in _lines(answer, language):
                self.stdout.write(line)


def _plain(detail: Any) -> str:
    """Validation errors as one line each, with the name of the argument."""
    return "\n".join(f"{name}: {message}" for name, messages in detail.items() for message in _flat(messages))


def _flat(messages: Any) -> Iterator[str]:
    for message in messages.values() if isinstance(messages, dict) else messages:
        if isinstance(message, list | dict):
            yield from _flat(message)
        else:
            yield str(message)


def _lines(answer: Answer, language: str) -> Iterator[str]:
    country = answer.question.country
    name = getattr(answer.question.competition, "local_name", answer.question.competition.name)
    yield f"{name}, {country_name(country.code, language)}, {answer.day}: {STATES[answer.state]}"
    if answer.reason in REASONS:
        yield f"  {REASONS[answer.reason]}"
    if answer.block:
        yield f"  {answer.block.basis} Until {answer.block.until:%Y-%m-%d %H:%M} UTC."
    if answer.finding and answer.finding.note:
        yield f"  {answer.finding.note}"
    if answer.resumes_on:
        yield f"  the next season begins {answer.resumes_on}"
    if answer.options:
        yield ""
        yield from _table(
            ["", "broadcaster", "kind", "access", "coverage", "price from", "until", "confidence"],
            map(_row, answer.options),
        )
    for last in answer.last_known:
        until = last.last_day or last.evidence_reaches
        season = f" in {last.season}" if last.season else ""
        yield f"  last known: {last.broadcaster.name}{season} ({LAPSES[last.reason]} {until})"
    for upcoming in answer.upcoming:
        yield f"  from {upcoming.day}: {upcoming.broadcaster.name}" + (" (goes on)" if upcoming.is_renewal else "")


def _row(option: Option) -> list[str]:
    coverage = option.coverage
    counted = f"{coverage.scope}, {coverage.matches} of {coverage.of} a {coverage.unit}"
    covered = (
        counted if coverage.matches and coverage.of else shorten(coverage.note or coverage.scope, 40, placeholder="…")
    )
    price = option.price_from
    cost = (
        f"{price.amount} {price.currency} a {price.period}, seen {price.as_of}"
        if price and price.amount
        else "free"
        if price
        else "not recorded"
    )
    until = str(option.last_day) if option.last_day else f"evidence to {option.evidence_reaches}"
    name = f"{option.broadcaster.name} ({option.package})" if option.package else option.broadcaster.name
    return [str(option.rank), name, option.kind, option.access, covered, cost, until, option.confidence]


def _table(head: Sequence[str], rows: Any) -> Iterator[str]:
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
