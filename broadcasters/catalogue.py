"""How the tables of this catalogue are stored."""

from broadcasters.models import (
    Broadcaster,
    BroadcasterAlias,
    Carriage,
    Country,
    CountryGroup,
    Offer,
    OfferBundle,
    OfferCompetition,
    Service,
)
from broadcasters.records import (
    BroadcasterRecord,
    CarriageRecord,
    CountryGroupRecord,
    CountryRecord,
    OfferRecord,
    ServiceRecord,
)
from guide.publication.reconcile import Table
from guide.publication.stored import Children, Reference

COUNTRY = Reference(model=Country, key="code")
BROADCASTER = Reference(model=Broadcaster)
SERVICE = Reference(model=Service)
OFFER = Reference(model=Offer, key="key")

COUNTRIES = Table(name="countries", record=CountryRecord, model=Country, key="code")
COUNTRY_GROUPS = Table(
    name="country_groups",
    record=CountryGroupRecord,
    model=CountryGroup,
    children={
        "countries": Children(
            model=CountryGroup.countries.through, parent="countrygroup", columns=("country",), reference=COUNTRY
        ),
    },
)
BROADCASTERS = Table(
    name="broadcasters",
    record=BroadcasterRecord,
    model=Broadcaster,
    references={"parent": BROADCASTER, "successor": BROADCASTER},
    children={
        "countries": Children(
            model=Broadcaster.countries.through, parent="broadcaster", columns=("country",), reference=COUNTRY
        ),
        "aliases": Children(model=BroadcasterAlias, parent="broadcaster", columns=("text",)),
    },
)
SERVICES = Table(
    name="services",
    record=ServiceRecord,
    model=Service,
    references={"broadcaster": BROADCASTER, "successor": SERVICE},
    children={
        "countries": Children(
            model=Service.countries.through, parent="service", columns=("country",), reference=COUNTRY
        )
    },
)
OFFERS = Table(
    name="offers",
    record=OfferRecord,
    model=Offer,
    key="key",
    references={"broadcaster": BROADCASTER, "country": COUNTRY, "requires": OFFER},
    children={
        "services": Children(model=Offer.services.through, parent="offer", columns=("service",), reference=SERVICE),
        "competitions": Children(model=OfferCompetition, parent="offer", columns=("competition",)),
        "bundles": Children(model=OfferBundle, parent="offer", columns=("text",)),
    },
)
CARRIAGE = Table(
    name="carriage",
    record=CarriageRecord,
    model=Carriage,
    key="key",
    references={"operator": BROADCASTER, "service": SERVICE, "country": COUNTRY},
)
