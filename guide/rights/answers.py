"""Who shows it? The one function that answers, for the API, the pages, the command line and everything else.

It asks at most nine queries, for one question or for ten thousand.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.utils import timezone

from broadcasters.models import Country
from competitions.models import Competition, Precision
from guide.rights.airings import airing, listed_by, listings_of, not_showing
from guide.rights.answer import (
    Answer,
    Block,
    Coverage,
    Found,
    LapseReason,
    LastKnown,
    NextWay,
    Option,
    Price,
    Question,
    Reason,
    Rule,
    ServiceLink,
    Showing,
    State,
    Upcoming,
)
from guide.rights.blackouts import Blackout
from guide.rights.days import midnight
from guide.rights.facts import Facts, Holding, gather, party
from guide.rights.models import Finding, FindingKind, Listing, Right, RightKind, Scope
from guide.rights.on_air import on_air
from guide.rights.prices import price_from
from guide.rights.ranking import ranked
from guide.rights.seasons import SeasonCalendar
from guide.rights.specific import Ruled, ruled

EMPTY_CALENDAR = SeasonCalendar(())
SOON = dt.timedelta(minutes=30)


def who_shows(competition: Competition, country: Country, *, on: dt.date | dt.datetime | None = None) -> Answer:
    """Who may show a competition in a country on a day, at an instant, or (without ``on``) now."""
    return answers([Question(competition=competition, country=country, on=on)])[0]


def answers(questions: Iterable[Question], *, now: dt.datetime | None = None, is_brief: bool = False) -> list[Answer]:
    """The answers, in the order of the questions.

    ``now`` is the present instant; a test or a replay may give another. ``is_brief`` saves two queries: then no
    evidence, no season and nothing about what has been or will be is told.
    """
    questions = list(questions)
    if not questions:
        return []
    present = now or timezone.now()
    facts = gather(questions, now=present, is_brief=is_brief)
    return [_Cell(question, facts, present).answer() for question in questions]


def narrowed(
    answer: Answer, *, access: Sequence[str] = (), kind: Sequence[str] = (), services: Sequence[str] = ()
) -> Answer:
    """The answer with only the options of these kinds of access, of these kinds, on these services. Its state stays."""
    options = tuple(
        option
        for option in answer.options
        if (not access or option.access in access)
        and (not kind or option.kind in kind)
        and (not services or any(service.slug in services for service in option.services))
    )
    return replace(answer, options=options)


class _Cell:
    """One question and the facts of its competition and country."""

    def __init__(self, question: Question, facts: Facts, now: dt.datetime) -> None:
        self.question = question
        self.facts = facts
        self.country, self.event = question.country, question.event
        self.day, self.instant = _moment(question, now)
        key = question.competition.pk, self.country.code
        self.holdings = facts.holdings.get(key, [])
        self.findings = facts.findings.get(key, [])
        self.listings = listings_of(question, facts)
        self.calendar = facts.calendars.get(question.competition.pk, EMPTY_CALENDAR)

    def answer(self) -> Answer:
        in_force = [holding for holding in self.holdings if holding.is_in_force(self.day)]
        # An event is there to be shown, whatever the calendar says.
        running = [
            holding
            for holding in in_force
            if self.event or self.calendar.has_something_to_show(self.day, holding.to_day)
        ]
        showing, others = ruled(running, self.event)
        live = [one.holding for one in showing if one.holding.right.kind == RightKind.LIVE]
        finding = None if live else self._finding()
        block = self._block(showing) if live else None
        state, reason = self._state(live, finding, block)
        return Answer(
            question=self.question,
            day=self.day,
            state=state,
            reason=reason,
            season=self._season(),
            resumes_on=self._resumes_on() if live else None,
            options=tuple(self._options(showing)),
            airings=tuple(airing(listing) for listing in self.listings),
            not_showing=tuple(not_showing(others)),
            last_known=tuple(self._last_known(live)),
            upcoming=tuple(self._upcoming(live)),
            finding=self._found(finding) if finding else None,
            block=block,
            is_portable=self.country.in_eu,
            next_change_at=self._next_change_at(),
        )

    def _season(self) -> str | None:
        if self.event:
            return self.event.season.label
        span = self.calendar.running(self.day)
        return span.label if span else None

    # The state

    def _state(
        self, live: Sequence[Holding], finding: Finding | None, block: Block | None
    ) -> tuple[State, Reason | None]:
        if block:
            return State.BLOCKED, Reason.BLACKOUT
        if live:
            return State.LICENSED, None
        if finding:
            return State(finding.kind), None
        return State.UNKNOWN, self._why_unknown()

    def _why_unknown(self) -> Reason:
        begun = [holding for holding in self._live_holdings() if holding.from_day <= self.day]
        if not begun:
            return Reason.NOT_RESEARCHED
        edition = self.calendar.latest(self.day)
        if edition is None or edition.last_day >= self.day or not self.calendar.speaks_about(self.day):
            return Reason.LAPSED
        covered = any(holding.from_day <= edition.last_day and holding.to_day >= edition.first_day for holding in begun)
        return Reason.BETWEEN_EDITIONS if covered else Reason.LAPSED

    def _finding(self) -> Finding | None:
        """The finding that speaks about the day; “unannounced” goes before “none”, the younger before the older."""
        speaking = [
            finding
            for finding in self.findings
            if (finding.first_day is None or finding.first_day <= self.day) and self.day <= finding.to_day
        ]
        return max(
            speaking,
            key=lambda finding: (
                finding.kind == FindingKind.UNANNOUNCED,
                finding.first_day or dt.date.min,
                finding.key,
            ),
            default=None,
        )

    def _block(self, showing: Sequence[Ruled]) -> Block | None:
        if self.instant is None:
            return None
        zone = self.country.zone
        for blackout in self._blackouts():
            # An event is not shown up to a blackout that begins soon after it does.
            moments = (self.instant, self.instant + SOON) if self.event else (self.instant,)
            if covered := next((at for at in moments if blackout.covers(at.astimezone(zone))), None):
                later = [edge for edge in blackout.edges(self.day, zone) if edge > covered]
                until = next((edge for edge in later if not blackout.covers(edge.astimezone(zone))), later[-1])
                return Block(
                    basis=blackout.basis,
                    until=until,
                    next_way=_next_way([one.holding.right for one in showing]),
                    evidence=tuple(self.facts.evidence["blackout", blackout.pk]),
                )
        return None

    def _blackouts(self) -> list[Blackout]:
        competition = self.question.competition
        return [
            blackout
            for blackout in self.facts.blackouts.get(self.country.code, ())
            if blackout.competition_id in (None, competition.pk) and blackout.sport_id in (None, competition.sport_id)
        ]

    # What is shown

    def _options(self, showing: Sequence[Ruled]) -> Iterable[Option]:
        rules = {one.holding.right.pk: one.rule for one in showing}
        listed = {
            one.holding.right.pk: listed_by(one.holding.right, self._services(one.holding.right), self.listings)
            for one in showing
        }
        certain = {one.holding.right.pk for one in showing if self._is_certain(one.holding.right, listed)}
        rights = [one.holding.right for one in showing]
        listed_before = {one.holding.right.pk: one.holding.listed for one in showing}
        for position, (right, reason) in enumerate(ranked(rights, certain=certain), start=1):
            services = self._services(right)
            yield Option(
                right=right.public_id,
                rank=position,
                rank_reason=reason,
                rule=Rule.LISTING if listed[right.pk] else rules[right.pk],
                part=right.part or None,
                showing=self._showing(right.pk in certain),
                airings=tuple(airing(listing) for listing in listed[right.pk]),
                broadcaster=party(right.broadcaster),
                services=services,
                kind=right.kind,
                package=right.package or None,
                access=right.access,
                exclusivity=right.exclusivity,
                coverage=Coverage(
                    scope=right.scope,
                    matches=right.matches,
                    of=right.matches_of,
                    unit=right.matches_unit or None,
                    note=right.coverage_note or None,
                ),
                languages=right.languages,
                price_from=self._price(right, {service.slug for service in services}),
                first_day=right.first_day,
                last_day=right.last_day,
                evidence_reaches=right.evidence_reaches,
                confidence=right.confidence,
                verified_on=right.verified_on,
                next_check_due=right.next_check_due,
                on_air=on_air(listed_before[right.pk], self.country),
                evidence=tuple(self.facts.evidence["right", right.pk]),
            )

    def _showing(self, is_certain: bool) -> Showing | None:
        if self.event is None:
            return None
        return Showing.CERTAIN if is_certain else Showing.POSSIBLE

    def _is_certain(self, right: Right, listed: Mapping[int, Sequence[Listing]]) -> bool:
        return self.event is not None and (bool(listed[right.pk]) or right.scope == Scope.ALL)

    def _services(self, right: Right) -> tuple[ServiceLink, ...]:
        """What a fan opens on that day: not what has closed or merged before it."""
        rows = self.facts.services.get((right.pk, self.country.code), ())
        return tuple(shown for shown, service in rows if not service.has_ended(self.day))

    def _price(self, right: Right, services: set[str]) -> Price | None:
        """An offer serves a right when it opens one of the right's services or, where none is recorded, is the
        holder's own.
        """
        if right.kind != RightKind.LIVE:
            return None
        rows = self.facts.offers.get((self.question.competition.slug, self.country.code), ())
        offers = {
            offer.pk: offer
            for offer, service in rows
            if (service in services if service else offer.broadcaster_id == right.broadcaster_id)
        }
        return price_from(offers.values(), self.day)

    # Before and after

    def _live_holdings(self) -> list[Holding]:
        return [holding for holding in self.holdings if holding.right.kind == RightKind.LIVE]

    def _last_known(self, live: Sequence[Holding]) -> Iterable[LastKnown]:
        """Holders without a word on record about the day.

        Where somebody is licensed, only those whose end nobody stated.
        """
        showing = {holding.right.pk for holding in live}
        present = {holding.right.broadcaster_id for holding in live}
        rows: dict[tuple[int, str], tuple[Holding, str | None, LapseReason]] = {}
        for holding in sorted(self._live_holdings(), key=lambda holding: (holding.to_day, holding.right.key)):
            right = holding.right
            if right.pk in showing or holding.from_day > self.day:
                continue
            span = self.calendar.last_covered(holding.from_day, holding.to_day, self.day)
            reason = _lapse(holding, self.day)
            if reason == LapseReason.EDITION_OVER and span is None:
                continue
            if live and (reason != LapseReason.EVIDENCE_ENDED or right.broadcaster_id in present):
                continue
            rows[right.broadcaster_id, right.package] = holding, span.label if span else None, reason
        ordered = sorted(rows.values(), key=lambda row: row[0].right.broadcaster.name.casefold())
        for holding, season, reason in sorted(ordered, key=lambda row: min(row[0].to_day, self.day), reverse=True):
            yield LastKnown(
                right=holding.right.public_id,
                broadcaster=party(holding.right.broadcaster),
                season=season,
                last_day=holding.right.last_day,
                evidence_reaches=holding.right.evidence_reaches,
                reason=reason,
                evidence=tuple(self.facts.evidence["right", holding.right.pk]),
            )

    def _upcoming(self, live: Sequence[Holding]) -> Iterable[Upcoming]:
        """Live rights that begin later, and rights in force whose next edition is too far away to license the day."""
        showing = {holding.right.pk for holding in live}
        rows: list[tuple[dt.date, Holding, str | None]] = []
        for holding in self._live_holdings():
            if holding.right.pk in showing or holding.to_day <= self.day:
                continue
            span = self.calendar.next_covered(holding.from_day, holding.to_day, self.day)
            if holding.from_day > self.day:
                rows.append((holding.from_day, holding, span.label if span else None))
            elif span:
                rows.append((span.first_day, holding, span.label))
        for day, holding, season in sorted(
            rows, key=lambda row: (row[0], row[1].right.broadcaster.name.casefold(), row[1].right.key)
        ):
            right = holding.right
            yield Upcoming(
                right=right.public_id,
                broadcaster=party(right.broadcaster),
                day=day,
                season=season,
                last_day=right.last_day,
                access=right.access,
                package=right.package or None,
                is_renewal=any(
                    other.right.broadcaster_id == right.broadcaster_id
                    and other.from_day < day
                    and other.from_day <= self.day
                    for other in self._live_holdings()
                ),
                confidence=right.confidence,
                evidence=tuple(self.facts.evidence["right", right.pk]),
            )

    def _resumes_on(self) -> dt.date | None:
        if not self.calendar.speaks_about(self.day) or self.calendar.running(self.day):
            return None
        following = self.calendar.following(self.day)
        return following.first_day if following else None

    def _found(self, finding: Finding) -> Found:
        return Found(
            kind=finding.kind,
            first_day=finding.first_day,
            last_day=finding.last_day,
            evidence_reaches=finding.evidence_reaches,
            note=finding.note or None,
            evidence=tuple(self.facts.evidence["finding", finding.pk]),
        )

    def _next_change_at(self) -> dt.datetime | None:
        """Midnight in the country, or the next edge of a blackout before it: every other edge lies on a midnight."""
        if self.question.on is not None or self.event or self.instant is None:
            return None
        zone, instant = self.country.zone, self.instant
        edges = [edge for blackout in self._blackouts() for edge in blackout.edges(self.day, zone) if edge > instant]
        return min(edges, default=midnight(self.day + dt.timedelta(days=1), zone))


def _moment(question: Question, now: dt.datetime) -> tuple[dt.date, dt.datetime | None]:
    """The country's own day that is asked about, and the instant where one is meant."""
    if event := question.event:
        if event.starts_at is None:
            # A day at the venue; nobody knows yet which it is elsewhere.
            return event.day or question.country.today(now), None
        is_exact = event.precision == Precision.EXACT
        return question.country.today(event.starts_at), event.starts_at if is_exact else None
    if question.on is None or isinstance(question.on, dt.datetime):
        instant = question.on or now
        return question.country.today(instant), instant
    return question.on, None


def _next_way(rights: Sequence[Right]) -> NextWay | None:
    for kind in (RightKind.DELAYED, RightKind.HIGHLIGHTS):
        found = [right for right, _ in ranked([right for right in rights if right.kind == kind], certain=set())]
        if found:
            return NextWay(kind=kind, broadcasters=tuple(dict.fromkeys(party(right.broadcaster) for right in found)))
    return None


def _lapse(holding: Holding, day: dt.date) -> LapseReason:
    if holding.to_day >= day:
        return LapseReason.EDITION_OVER
    return LapseReason.EVIDENCE_ENDED if holding.right.last_day is None else LapseReason.ENDED
