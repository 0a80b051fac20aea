"""The answer about an event in sentences, each one whole template as in :mod:`guide.web.sentences`."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competitions.models import EventStatus
from guide.rights.answer import Answer, Option, Reason, Showing, State
from guide.rights.models import Access, RightKind
from guide.web import formats
from guide.web.event_words import event_name
from guide.web.formats import Run, fill
from guide.web.sentences import Sentence, joined, last_known, lifting, live, names_of, upcoming
from guide.web.words import FREE, TONES


def event_sentence(answer: Answer, *, is_over: bool) -> Sentence:
    """Who shows the event, who may, and what is free; where we do not know, that. ``is_over``: it has been."""
    return joined(_sentences(answer, is_over))


def certain(answer: Answer) -> list[Option]:
    return [option for option in live(answer) if option.showing == Showing.CERTAIN]


def possible(answer: Answer) -> list[Option]:
    """Who may show it, and is not certain to by another of its rights."""
    known = {option.broadcaster.slug for option in certain(answer)}
    return [
        option for option in live(answer) if option.showing == Showing.POSSIBLE and option.broadcaster.slug not in known
    ]


def unlicensed(answer: Answer) -> tuple[Run, ...]:
    """The broadcasters on whose services it is listed although no right of theirs is on record."""
    licensed = {option.broadcaster.slug for option in answer.options}
    names = {row.broadcaster.slug: row.broadcaster.name for row in answer.airings}
    return tuple(Run(text=name, tone=TONES[Access.UNKNOWN]) for slug, name in names.items() if slug not in licensed)


def _sentences(answer: Answer, is_over: bool) -> Iterator[Sentence]:
    event = answer.question.event
    status = event.status if event else ""
    say = partial(fill, event=event_name(event) if event else "", country=formats.country(answer.question.country.code))
    if status == EventStatus.CANCELLED:
        yield say(_("{event}, {country}: it is cancelled."))
        return
    if status == EventStatus.POSTPONED:
        yield say(_("{event}, {country}: it is postponed."))
    if status == EventStatus.SUSPENDED:
        yield say(_("{event}, {country}: it is suspended."))
    if answer.block:
        yield say(_("{event}, {country}: no broadcaster may show it live when it takes place."))
        yield lifting(answer, answer.block)
        yield fill(_("Licensed at other hours: {names}."), names=names_of(live(answer)))
        if way := next_way(answer):
            yield way
        return
    if answer.state == State.LICENSED:
        yield from _who_shows(answer, say, is_over)
    else:
        yield say(_unknown(answer))
    if names := unlicensed(answer):
        yield fill(_("Listed, without a right to it on record: {names}."), names=names)
    if answer.state != State.LICENSED:
        for rest in (last_known(answer.last_known), upcoming(answer.upcoming)):
            if rest:
                yield rest


def next_way(answer: Answer) -> Sentence | None:
    """Where an event is blocked, who may show it later or in part, if anybody may."""
    way = answer.block.next_way if answer.block else None
    if way is None:
        return None
    template = _("Later, in full: {names}.") if way.kind == RightKind.DELAYED else _("Highlights: {names}.")
    return fill(template, names=names_of(option for option in answer.options if option.kind == way.kind))


def _who_shows(answer: Answer, say: Callable[..., Sentence], is_over: bool) -> Iterator[Sentence]:
    sure, perhaps = certain(answer), possible(answer)
    if is_over:
        first = _("{event}, {country}: it is over. It was live on {names}.")
        if not sure:
            first = _("{event}, {country}: it is over. It may have been live on {names}.")
        yield say(first, names=names_of(sure or perhaps))
        return
    if not sure:
        yield say(_("{event}, {country}: it may be live on {names}."), names=names_of(perhaps))
    elif perhaps or any(option.access not in FREE for option in sure):
        yield say(_("{event}, {country}: live on {names}."), names=names_of(sure))
    else:
        yield say(_("{event}, {country}: live and free on {names}."), names=names_of(sure))
        return
    if sure and perhaps:
        yield fill(_("It may also be on {names}: not every event is shown there."), names=names_of(perhaps))
    yield from _what_is_free(sure, perhaps)


def _what_is_free(sure: Sequence[Option], perhaps: Sequence[Option]) -> Iterator[Sentence]:
    options = [*sure, *perhaps]
    free = names_of(option for option in sure if option.access in FREE)
    maybe = names_of(option for option in perhaps if option.access in FREE)
    mixed = names_of(option for option in options if option.access == Access.MIXED)
    if free:
        yield fill(_("Free on {names}."), names=free)
    if maybe:
        yield fill(_("Should it be on {names}, it is free there."), names=maybe)
    if mixed:
        yield fill(
            ngettext("Part of what {names} shows is free.", "Part of what {names} show is free.", len(mixed)),
            names=mixed,
        )
    if not (free or maybe or mixed):
        is_all_paid = all(option.access != Access.UNKNOWN for option in options)
        yield fill(_("Nothing live is free.") if is_all_paid else _("No free way to see it live is on record."))


def _unknown(answer: Answer) -> str:
    if answer.reason == Reason.NOT_RESEARCHED:
        return _("{event}, {country}: we have not looked into it yet.")
    return {
        State.UNANNOUNCED: _("{event}, {country}: who shows it is not announced yet."),
        State.NONE: _("{event}, {country}: nobody holds the rights. We looked."),
    }.get(answer.state, _("{event}, {country}: we do not know who shows it live."))
