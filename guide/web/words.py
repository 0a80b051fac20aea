"""The fixed words of the pages: what states, accesses, coverage and confidence are called."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadcasters.models import BroadcasterKind, ServiceKind
from competitions.models import Competition
from guide.rights.answer import Coverage, Reason, State
from guide.rights.models import Access, Confidence, RightKind, Scope, Unit
from guide.web import formats

FREE = (Access.FREE, Access.REGISTRATION)
"""Nothing is paid; for the second an account is needed."""

TONES = {
    Access.FREE: "free",
    Access.REGISTRATION: "free",
    Access.MIXED: "part",
    Access.SUBSCRIPTION: "sub",
    Access.PAY_PER_VIEW: "ppv",
    Access.UNKNOWN: "unknown",
}
"""By access, the colour in which a page draws it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """An icon and a word, never one alone. ``look`` is a class of the style sheet."""

    look: str
    icon: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dots:
    """Confidence: one to three dots, the word for them, and what it means."""

    count: int
    text: str
    meaning: str


def state_badge(state: State, reason: Reason | None) -> Badge:
    if reason == Reason.NOT_RESEARCHED:
        return Badge(look="unknown", icon="question", text=_("Not looked into"))
    look, icon, text = {
        State.LICENSED: ("licensed", "seal", _("Licensed")),
        State.UNANNOUNCED: ("unannounced", "dots", _("Not announced")),
        State.NONE: ("none", "dash", _("Nobody")),
        State.BLOCKED: ("blocked", "struck-clock", _("Blocked now")),
        State.UNKNOWN: ("unknown", "question", _("Not known")),
    }[state]
    return Badge(look=look, icon=icon, text=text)


def access_badge(access: str) -> Badge:
    look, icon, text = {
        Access.FREE: ("free", "antenna", _("Free")),
        Access.REGISTRATION: ("free-account", "person", _("Free, sign-up")),
        Access.MIXED: ("part", "half", _("Part free")),
        Access.SUBSCRIPTION: ("sub", "card", _("Subscription")),
        Access.PAY_PER_VIEW: ("ppv", "ticket", _("Pay per view")),
        Access.UNKNOWN: ("unknown", "question", _("Access not stated")),
    }[Access(access)]
    return Badge(look=look, icon=icon, text=text)


def perhaps(badge: Badge) -> Badge:
    """The badge of an access of which nobody knows whether the event has it: free is not loud before it is certain."""
    return replace(badge, look="free-account") if badge.look == "free" else badge


def nobody_free() -> Badge:
    return Badge(look="none", icon="dash", text=_("Free: nobody"))


def confidence_dots(confidence: str) -> Dots:
    count, text, meaning = {
        Confidence.CONFIRMED: (3, _("Confirmed"), _("Confirmed: by an official party or by two independent sources.")),
        Confidence.REPORTED: (2, _("Reported"), _("Reported: by one credible source.")),
        Confidence.INFERRED: (1, _("Inferred"), _("Inferred: it follows from a longer deal.")),
    }[Confidence(confidence)]
    return Dots(count=count, text=text, meaning=meaning)


def kind_caption(kind: str) -> str:
    return {
        RightKind.LIVE: _("Who shows it live"),
        RightKind.DELAYED: _("Who shows it later, in full"),
        RightKind.HIGHLIGHTS: _("Who shows highlights"),
    }[RightKind(kind)]


def kind_held_caption(kind: str) -> str:
    return {
        RightKind.LIVE: _("What it may show live"),
        RightKind.DELAYED: _("What it may show later, in full"),
        RightKind.HIGHLIGHTS: _("What it may show highlights of"),
    }[RightKind(kind)]


def coverage_words(coverage: Coverage) -> str:
    """How much is shown, in numbers where the sources count and in a word where they do not."""
    shown, of, unit = coverage.matches, coverage.of, coverage.unit
    if shown is not None and of is not None:
        counted: dict[str | None, tuple[str, str]] = {
            Unit.ROUND: (_("All {of} of a round"), _("{shown} of {of} a round")),
            Unit.SEASON: (_("All {of} of a season"), _("{shown} of {of} a season")),
            None: (_("All {of}"), _("{shown} of {of}")),
        }
        everything, part = counted[unit]
        return (everything if shown == of else part).format(shown=shown, of=of)
    if shown is not None:
        template = ngettext("{shown} match", "{shown} matches", shown)
        if unit == Unit.ROUND:
            template = ngettext("{shown} match a round", "{shown} matches a round", shown)
        elif unit == Unit.SEASON:
            template = ngettext("{shown} match a season", "{shown} matches a season", shown)
        return template.format(shown=shown)
    return {
        Scope.ALL: _("All of it"),
        Scope.MOST: _("Most of it"),
        Scope.SOME: _("Some of it"),
        Scope.UNKNOWN: _("Share not stated"),
    }[Scope(coverage.scope)]


def broadcasters(count: int) -> str:
    return ngettext("{count} broadcaster", "{count} broadcasters", count).format(count=count)


def covered(count: int) -> str:
    """What to say where a competition is not found."""
    return _("That does not mean that nobody shows it: the guide covers {count} competitions so far.").format(
        count=count
    )


def broadcaster_kind(kind: str) -> str:
    return {
        BroadcasterKind.BROADCASTER: _("Broadcaster"),
        BroadcasterKind.STREAMING: _("Streaming service"),
        BroadcasterKind.TELECOM: _("Telecom operator"),
        BroadcasterKind.LEAGUE_SERVICE: _("Service of a league"),
    }[BroadcasterKind(kind)]


def also_in_the_box_of(operators: Sequence[str]) -> str:
    return _("Also in the box of {operators}").format(operators=formats.listed(operators)) if operators else ""


def service_kind(kind: str) -> str:
    return {ServiceKind.TV: _("TV channel"), ServiceKind.STREAM: _("Streaming")}[ServiceKind(kind)]


def competitions(count: int) -> str:
    return ngettext("{count} competition", "{count} competitions", count).format(count=count)


def competition_name(competition: Competition) -> str:
    """Its name in the language in which it was read, see ``CompetitionQuerySet.named``."""
    return str(getattr(competition, "local_name", competition.name))


def few_fixtures() -> str:
    """What to say where no event is on record."""
    return _("That does not mean that nothing is played: the guide knows the fixtures of some competitions only.")


def in_country(name: str, code: str) -> str:
    """Something in a country, side by side, since no name of a country fits unchanged into a phrase everywhere."""
    return _("{name}, {country}").format(name=name, country=formats.country(code))


def all_countries(competition: Competition) -> str:
    return _("{competition}, all countries").format(competition=competition_name(competition))


def sport_name(competition: Competition) -> str:
    """The name of its sport, likewise."""
    return str(getattr(competition, "local_sport", competition.sport.name))


def closure_kind(kind: str) -> str:
    """What was done. Kinds are an open list: one without a word here is given as the data have it."""
    return {
        "arrests": _("Arrests"),
        "blocking-order": _("Blocking order"),
        "blocking-programme": _("Blocking programme"),
        "cease-and-desist": _("Cease and desist"),
        "civil-claim": _("Civil claim"),
        "conviction": _("Conviction"),
        "domain-seizure": _("Addresses seized"),
        "investigation": _("Investigation"),
        "iptv-shutdown": _("Shut down"),
        "iptv-takedown": _("Taken down"),
        "regulatory-fine": _("Fine by a regulator"),
        "settlement": _("Settlement"),
        "site-shutdown": _("Shut down"),
        "user-fines": _("Fines for users"),
    }.get(kind, kind.replace("-", " "))
