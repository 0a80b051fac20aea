"""From an answer to the shape that the API gives out: localised names, links, and the question as it was understood."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from broadcasters.names import country_name
from guide.rights.answer import Answer


def represent(
    answer: Answer, *, language: str, given: Mapping[str, str], address: Callable[[str], str]
) -> dict[str, Any]:
    """The answer as :class:`~guide.api.serializers.AnswerSerializer` reads it.

    ``given`` has by ISO code the code that the caller wrote instead; ``address`` makes a path a whole address.
    """
    competition, country = answer.question.competition, answer.question.country
    on = answer.question.on
    asked = on.isoformat().replace("+00:00", "Z") if on is not None else answer.day.isoformat()
    question = (
        {"competition": competition.slug, "country": country.code}
        | ({"on": asked} if on is not None else {})
        | {"lang": language}
    )
    own = {field.name: getattr(answer, field.name) for field in fields(answer)}
    page = f"/{language}/{country.code.lower()}/{competition.slug}/"
    return own | {
        "query": {
            "competition": competition.slug,
            "country": country.code,
            "country_as_given": given.get(country.code),
            "on": asked,
            "lang": language,
        },
        "state_reason": answer.reason,
        "competition": {
            "slug": competition.slug,
            "name": getattr(competition, "local_name", competition.name),
            "sport": competition.sport.slug,
        },
        "country": {"code": country.code, "name": country_name(country.code, language)},
        "portability": {"eu_2017_1128": answer.is_portable},
        "links": {"self": address(f"{reverse('api:lookup')}?{urlencode(question)}"), "html": address(page)},
    }
