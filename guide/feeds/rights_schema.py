"""The JSON Schema of the guide's own table of rights, made from the record that reads it.

A document that fits the schema is read by the adapter ``rights-json``. What no schema can say, the record says: a
window ends after it begins, and no more matches are shown than there are.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias, get_args, get_origin, get_type_hints

from guide.publication.evidence import EvidenceRecord
from guide.publication.records import (
    READ_AS,
    SLUG,
    CountryOrGroup,
    LanguageTag,
    OptionalDay,
    OptionalSlug,
    PartialDate,
    Record,
    RequiredAddress,
    RequiredYesNo,
    Slug,
    Whole,
)
from guide.rights.records import RightRecord

Schema: TypeAlias = dict[str, Any]

FILE = Path(__file__).parent / "rights.schema.json"
DAY: Schema = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
TEXT: Schema = {"type": "string", "pattern": "^[^\\u0000]*$"}
MOST_MATCHES = 2_147_483_647
CELLS: tuple[tuple[Any, Schema], ...] = (
    (Slug, {"type": "string", "pattern": f"^{SLUG.pattern}$"}),
    (OptionalSlug, {"type": "string", "pattern": f"^(?:{SLUG.pattern})?$"}),
    (
        CountryOrGroup,
        {"type": "string", "pattern": f"^(?:[A-Z]{{2}}|{SLUG.pattern})$", "not": {"enum": sorted(READ_AS)}},
    ),
    (LanguageTag, {"type": "string", "pattern": "^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?$"}),
    (OptionalDay, {"anyOf": [DAY, {"type": "null"}]}),
    (
        PartialDate,
        {"anyOf": [DAY, {"type": "string", "pattern": "^(?:(?!0000)[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?)?$"}]},
    ),
    (RequiredYesNo, {"enum": [True, False, "yes", "no"]}),
    (Whole, {"type": ["integer", "null"], "minimum": 0, "maximum": MOST_MATCHES}),
    (
        RequiredAddress,
        {"type": "string", "format": "uri", "pattern": "^https?://[^/\\s\\u0000]+\\.[^/\\s\\u0000]+[^\\u0000]*$"},
    ),
    (str, TEXT),
)
"""How a publisher writes each kind of cell."""
DESCRIPTIONS: Mapping[type[Record], Mapping[str, str]] = {
    RightRecord: {
        "key": "Stable and never used again: competition--broadcaster--first year, or what else keeps it unique.",
        "competition": "Slug of a competition, as in /api/v1/competitions.",
        "broadcaster": "Slug of the holder of the licence, as in /api/v1/broadcasters.",
        "part": "Key of the season, stage or event to which the right is bound. Empty: the whole competition.",
        "excludes_others": "Within its part, wider rights of nobody count. Only where part is given.",
        "package": "Tells apart what one holder shows side by side in one country. Empty as a rule.",
        "kind": "Only a live right makes the answer “licensed”.",
        "countries": "ISO 3166-1 alpha-2 (GB, not UK), or slugs of country groups such as dach.",
        "services": "Slugs of services, as in /api/v1/services.",
        "first_day": "Included. Null where it is not known: then it counts as begun.",
        "last_day": "Included. Null where it is not known: then evidence_reaches says how far the sources speak.",
        "evidence_reaches": "Only and always where last_day is null: the last day of the season of the evidence.",
        "scope": "How much of the competition.",
        "matches": "How many matches, where somebody has counted.",
        "matches_of": "Of how many.",
        "matches_unit": "Counted per season or per round.",
        "coverage_note": "The coverage in words. Public.",
        "exclusivity": "Whether others may show it in the same country.",
        "access": "What a fan needs to watch.",
        "languages": "Of the commentary, BCP 47. Empty where it is not recorded.",
        "claimed_confidence": "What the sources claim. “confirmed” needs an official page or two of different hosts.",
        "verified_on": "The day on which somebody last found the right in its sources.",
        "note": "For editors and careful readers. Public.",
        "evidence": "Pages that state the right, newest first. A right without any is kept and not published.",
    },
    EvidenceRecord: {
        "kind": "Who speaks: the rights holder or broadcaster, the press, a list, a programme listing.",
        "publisher": "Whose page it is.",
        "title": "Its title.",
        "url": "Its address.",
        "published_on": "A day, a month or a year, as much as the page says.",
        "seen_on": "The day on which somebody looked at it.",
    },
}


def rights_schema() -> Schema:
    """The schema of a document of rights, in JSON Schema 2020-12."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rights to show sport",
        "description": "A right that the document no longer names is withdrawn. Further members beside “rights” are "
        "left alone, those of a right are not: a misspelt one is an error.",
        "type": "object",
        "required": ["rights"],
        "properties": {"rights": {"type": "array", "items": {"$ref": "#/$defs/right"}}},
        "$defs": {
            "right": {
                **_object(RightRecord),
                "oneOf": [
                    {"properties": {"last_day": DAY, "evidence_reaches": {"type": "null"}}},
                    {"properties": {"last_day": {"type": "null"}, "evidence_reaches": DAY}},
                ],
            },
            "evidence": _object(EvidenceRecord),
        },
    }


@cache
def schema_text() -> str:
    """The schema as it stands in the file beside this module, from which people and programs may read it."""
    return json.dumps(rights_schema(), indent=2, ensure_ascii=False) + "\n"


def _object(record: type[Record]) -> Schema:
    hints = get_type_hints(record, include_extras=True)
    fields = record.model_fields
    properties = {}
    for name, field in fields.items():
        properties[name] = {"description": DESCRIPTIONS[record][name], **_cell(hints[name])}
        if name == "countries":
            properties[name]["minItems"] = 1
        if not field.is_required():
            default = field.get_default()
            properties[name]["default"] = list(default) if isinstance(default, tuple) else default
    return {
        "type": "object",
        "required": [name for name, field in fields.items() if field.is_required()],
        "properties": properties,
        "additionalProperties": False,
    }


def _cell(hint: Any) -> Schema:
    for known, schema in CELLS:
        if hint == known:
            return dict(schema)
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    inner = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    if get_origin(inner) is tuple:
        (item, _) = get_args(inner)
        if item is EvidenceRecord:
            return {"type": "array", "items": {"$ref": "#/$defs/evidence"}}
        return {"type": "array", "items": _cell(item), "uniqueItems": True}
    raise TypeError(f"The schema does not know how {hint} is written.")
