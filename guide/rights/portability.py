"""On the move inside the European Union: what a subscriber may take along (Regulation 2017/1128)."""

from broadcasters.models import Country
from guide.rights.answer import Answer, Option
from guide.rights.models import Access

PAID = (Access.SUBSCRIPTION, Access.PAY_PER_VIEW, Access.MIXED)
"""The regulation binds services that are paid for, also those of which a part is free. Free ones may join in, and none
is on record as doing so.
"""


def taken_along(home: Answer, country: Country) -> tuple[Option, ...]:
    """Of the answer for the country in which somebody lives, the options that go along on a short stay in another."""
    lives = home.question.country
    if lives == country or not (lives.in_eu and country.in_eu):
        return ()
    return tuple(option for option in home.options if option.access in PAID)
