"""The answer in sentences: what a page says first, and what can be read aloud and quoted.

Each sentence is one whole template. A page puts whole sentences after each other and never joins parts of one.
Competition and country stand side by side (“Serie A, Italy”), because the name of a country fits unchanged into no
sentence of French, Italian or German.
"""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guide.rights.answer import Answer, Block, LapseReason, LastKnown, Option, Reason, State, Upcoming
from guide.rights.models import Access, RightKind, Scope
from guide.web import formats
from guide.web.formats import Run, fill
from guide.web.words import FREE, TONES, competition_name

Sentence = tuple[Run, ...]

SPACE = Run(text=" ")


def sentence(answer: Answer) -> Sentence:
    """What we can say, and what we cannot, as the page's first words."""
    return joined(_sentences(answer))


def joined(sentences: Iterable[Sentence]) -> Sentence:
    """Whole sentences after each other."""
    runs: list[Run] = []
    for whole in sentences:
        runs += [SPACE, *whole] if runs else whole
    return tuple(runs)


def names_of(options: Iterable[Option]) -> tuple[Run, ...]:
    """The broadcasters of options, each once, by the best of its options."""
    best: dict[str, Run] = {}
    for option in options:
        run = Run(text=option.broadcaster.name, tone=TONES[Access(option.access)])
        best.setdefault(option.broadcaster.slug, run)
    return tuple(best.values())


def live(answer: Answer) -> list[Option]:
    return [option for option in answer.options if option.kind == RightKind.LIVE]


def last_known(rows: Sequence[LastKnown]) -> Sentence | None:
    """Who held it last: the holders whom the record leaves at the same moment."""
    if not rows:
        return None
    when = _when(rows[0])
    names = tuple(Run(text=row.broadcaster.name, tone="past") for row in rows if _when(row) == when)
    template = _last_known_template(rows[0], len(names))
    last, season = rows[0].last_day, rows[0].season
    return fill(
        template,
        names=names,
        day=formats.long_day(last) if last else "",
        season=formats.season(season) if season else "",
    )


def upcoming(rows: Sequence[Upcoming]) -> Sentence | None:
    """Who comes next."""
    if not rows:
        return None
    names = {
        row.broadcaster.slug: Run(text=row.broadcaster.name, tone=TONES[Access(row.access)])
        for row in rows
        if row.day == rows[0].day
    }
    return fill(_("From {day}: {names}."), names=tuple(names.values()), day=formats.long_day(rows[0].day))


def before_or_after(answer: Answer) -> Sentence | None:
    """For the line of a list: who held it last, else who comes next."""
    return last_known(answer.last_known) or upcoming(answer.upcoming)


def _sentences(answer: Answer) -> Iterator[Sentence]:
    competition = competition_name(answer.question.competition)
    yield fill(
        _first_template(answer),
        names=names_of(live(answer)),
        competition=competition,
        country=formats.country(answer.question.country.code),
        day=formats.long_day(answer.day),
    )
    if answer.state == State.LICENSED:
        yield from _what_is_free(live(answer))
        if answer.resumes_on:
            yield fill(_("The next season on our calendar begins on {day}."), day=formats.long_day(answer.resumes_on))
        return
    if answer.block:
        yield lifting(answer, answer.block)
        return
    for rest in (last_known(answer.last_known), upcoming(answer.upcoming)):
        if rest:
            yield rest
    if answer.reason == Reason.BETWEEN_EDITIONS and not answer.upcoming:
        yield fill(_("Who shows the next edition is not on record."))


def lifting(answer: Answer, block: Block) -> Sentence:
    """From when on it may be shown."""
    until = block.until.astimezone(answer.question.country.zone)
    time = formats.time_of_day(until)
    if until.date() == answer.day:
        return fill(_("The block lifts at {time}, local time."), time=time)
    return fill(_("The block lifts on {day} at {time}, local time."), day=formats.long_day(until.date()), time=time)


def _first_template(answer: Answer) -> str:
    if answer.state == State.LICENSED:
        if all(option.access in FREE and option.coverage.scope == Scope.ALL for option in live(answer)):
            return _("{competition}, {country}: shown live by {names}, all of it free.")
        return _("{competition}, {country}: shown live by {names}.")
    if answer.state == State.UNKNOWN:
        return _unknown_template(answer)
    return {
        State.BLOCKED: _("{competition}, {country}: no broadcaster may show it live now."),
        State.UNANNOUNCED: _("{competition}, {country}: who shows it is not announced yet."),
        State.NONE: _("{competition}, {country}: nobody holds the rights. We looked."),
    }[answer.state]


def _unknown_template(answer: Answer) -> str:
    if answer.reason == Reason.NOT_RESEARCHED:
        return _("{competition}, {country}: we have not looked into it yet.")
    is_about_now = answer.question.on is None
    if answer.reason == Reason.BETWEEN_EDITIONS:
        if is_about_now:
            return _("{competition}, {country}: between two editions, nothing to show now.")
        return _("{competition}, {country}: between two editions, nothing to show on {day}.")
    if is_about_now:
        return _("{competition}, {country}: we do not know who shows it now.")
    return _("{competition}, {country}: we do not know who shows it on {day}.")


def _what_is_free(options: Sequence[Option]) -> Iterator[Sentence]:
    """How much is free, and with whom; where nothing is, that."""
    free = [option for option in options if option.access in FREE]
    mixed = [option for option in options if option.access == Access.MIXED]
    if free and len(free) == len(options) and all(option.coverage.scope == Scope.ALL for option in free):
        return
    templates = {
        Scope.ALL: _("All of it is free on {names}."),
        Scope.MOST: _("Most of it is free on {names}."),
        Scope.SOME: _("Some of it is free on {names}."),
        Scope.UNKNOWN: _("How much of it is free on {names} is not stated."),
    }
    for scope, template in templates.items():
        if names := names_of(option for option in free if option.coverage.scope == scope):
            yield fill(template, names=names)
    if mixed:
        names = names_of(mixed)
        template = ngettext("Part of what {names} shows is free.", "Part of what {names} show is free.", len(names))
        yield fill(template, names=names)
    if not free and not mixed:
        is_all_paid = all(option.access != Access.UNKNOWN for option in options)
        yield fill(_("Nothing live is free.") if is_all_paid else _("No free way to see it live is on record."))


def _when(row: LastKnown) -> tuple[object, ...]:
    if row.reason == LapseReason.ENDED:
        return "until", row.last_day
    return ("in", row.season) if row.season else ("reach", row.evidence_reaches)


def _last_known_template(row: LastKnown, count: int) -> str:
    if row.reason == LapseReason.ENDED:
        return ngettext("Last known: {names}, until {day}.", "Last known: {names}, until {day}.", count)
    if row.season:
        return ngettext("Last known: {names}, in {season}.", "Last known: {names}, in {season}.", count)
    return ngettext("Last known: {names}.", "Last known: {names}.", count)
