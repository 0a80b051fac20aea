"""What guides list of an event in a country, and which rights it speaks for."""

from collections.abc import Iterable, Iterator, Sequence

from guide.rights.answer import Airing, NotShowing, Question, ServiceLink
from guide.rights.facts import Facts, link, party
from guide.rights.kinds import RightKind
from guide.rights.listings import Listing
from guide.rights.models import Right
from guide.rights.specific import Ruled


def listings_of(question: Question, facts: Facts) -> list[Listing]:
    """Those of the event in the country; where it has none of its own, those of what it is part of."""
    event, country = question.event, question.country.code
    if event is None:
        return []
    own = facts.listings.get((event.pk, country), [])
    return own or (facts.listings.get((event.parent_id, country), []) if event.parent_id else [])


def listed_by(right: Right, shown_on: Iterable[ServiceLink], listings: Iterable[Listing]) -> list[Listing]:
    """The listings of the right's kind on services on which it is shown, or on others of its broadcaster."""
    services = {service.slug for service in shown_on}
    return [
        listing
        for listing in listings
        if listing.kind == right.kind
        and (listing.service.slug in services or listing.service.broadcaster_id == right.broadcaster_id)
    ]


def airing(listing: Listing) -> Airing:
    return Airing(
        broadcaster=party(listing.service.broadcaster),
        service=link(listing.service),
        kind=listing.kind,
        starts_at=listing.starts_at,
        ends_at=listing.ends_at,
        publisher=listing.publisher,
        url=listing.source_url or None,
        seen_on=listing.seen_on,
    )


def not_showing(others: Sequence[Ruled]) -> Iterator[NotShowing]:
    """Holders of live rights that are not rights to the event, by name."""
    live = [one for one in others if one.holding.right.kind == RightKind.LIVE]
    for one in sorted(live, key=lambda one: (one.holding.right.broadcaster.name.casefold(), one.holding.right.key)):
        right = one.holding.right
        yield NotShowing(
            right=right.public_id, broadcaster=party(right.broadcaster), rule=one.rule, part=right.part or None
        )
