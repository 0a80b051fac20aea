"""Pages of a list, by a cursor that only this list, asked in this way, understands."""

from typing import Any

from django.core.signing import BadSignature, Signer
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

HOW_TO_SHOW = ("cursor", "limit", "lang", "format")
"""Parameters that do not change which rows a list has."""

ADDRESS = {"type": ["string", "null"], "format": "uri"}


class CursorPages(CursorPagination):
    """Rows in the order of their public key, so that no row moves while somebody reads on.

    The cursor is signed together with the address and the filters: one that was made up, or that belongs to another
    list or to other filters, is an error and not a wrong page. Who uses it sets ``page_size`` and ``ordering``.
    """

    request: Request

    def decode_cursor(self, request: Request) -> Cursor | None:
        text = request.query_params.get(self.cursor_query_param)
        if text is None:
            return None
        try:
            return Cursor(*_signer(request).unsign_object(text))
        except BadSignature:
            message = "This cursor belongs to another list or to other filters. Begin without one, and follow “next”."
            raise ValidationError({self.cursor_query_param: [message]}) from None

    def encode_cursor(self, cursor: Cursor) -> str:
        signed = _signer(self.request).sign_object(tuple(cursor))
        return replace_query_param(str(self.base_url), self.cursor_query_param, signed)

    def get_paginated_response(self, data: Any) -> Response:
        following, previous = self.get_next_link(), self.get_previous_link()
        links = [f'<{url}>; rel="{rel}"' for rel, url in (("next", following), ("prev", previous)) if url]
        headers = {"Link": ", ".join(links)} if links else None
        return Response({"next": following, "previous": previous, "results": data}, headers=headers)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": ADDRESS, "previous": ADDRESS, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """None of its own: ``ListQuery`` describes them."""
        return []


def _signer(request: Request) -> Signer:
    asked = sorted(
        (name, value) for name, values in request.query_params.lists() if name not in HOW_TO_SHOW for value in values
    )
    return Signer(salt=f"cursor of {request.path}, {asked}")
