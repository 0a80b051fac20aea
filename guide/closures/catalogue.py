"""How closures are stored."""

from broadcasters.catalogue import COUNTRY
from competitions.catalogue import COMPETITION
from guide.closures.models import Closure, ClosureEvidence, ClosureOffering, ClosurePartner
from guide.closures.records import ClosureRecord
from guide.publication.evidence import EvidenceRecord
from guide.publication.reconcile import Table
from guide.publication.stored import Children

CLOSURES = Table(
    name="closures",
    record=ClosureRecord,
    model=Closure,
    references={"operator_country": COUNTRY},
    children={
        "countries": Children(
            model=Closure.countries.through, parent="closure", columns=("country",), reference=COUNTRY
        ),
        "competitions": Children(
            model=Closure.competitions.through, parent="closure", columns=("competition",), reference=COMPETITION
        ),
        "partners": Children(model=ClosurePartner, parent="closure", columns=("text",), is_ordered=True),
        "offered": Children(model=ClosureOffering, parent="closure", columns=("text",), is_ordered=True),
        "evidence": Children(
            model=ClosureEvidence,
            parent="closure",
            columns=tuple(EvidenceRecord.model_fields),
            item=EvidenceRecord,
            is_ordered=True,
        ),
    },
)
