"""Reading what callers send: JSON, of a size that questions have, and meaning one thing only."""

import json
from typing import Any, NoReturn

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from guide.api.errors import LARGEST_BODY, TooLargeError
from guide.api.fields import shortened


class QuestionParser(BaseParser):
    """JSON in UTF-8. Stricter than JSON itself: no name twice in an object, no NaN."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        data = stream.read(LARGEST_BODY + 1)
        if len(data) > LARGEST_BODY:
            raise TooLargeError
        try:
            return json.loads(data.decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            said = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
            raise ParseError(f"The body is not JSON that can be read: {said}.", code="not-json") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"“{shortened(twice)}” stands twice in one object")
    return members


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
