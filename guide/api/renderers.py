"""The forms in which an answer is given out, and how the one is chosen."""

from collections.abc import Iterable
from typing import Any

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from guide.publication.sheets import Sheet


class JsonRenderer(JSONRenderer):
    """JSON, laid out in one way: a layout by the header Accept would make many answers of one, unknown to caches."""

    def get_indent(self, accepted_media_type: str, renderer_context: Any) -> None:
        return None


class CsvRenderer(BaseRenderer):
    """A table as CSV: UTF-8, comma, a header row. Renders a :class:`~guide.publication.sheets.Sheet`."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data: Sheet, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return data.as_csv()


class FormatFirst(DefaultContentNegotiation):
    """``?format=csv`` goes before the header Accept, so that a link can lead to a file.

    A format that is not known is left to the check of the parameters, which says so.
    """

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        for renderer in renderers:
            if renderer.format == request.query_params.get("format"):
                return renderer, renderer.media_type
        chosen: tuple[BaseRenderer, str] = super().select_renderer(request, renderers, format_suffix)
        return chosen
