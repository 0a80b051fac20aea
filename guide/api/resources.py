"""What the API's views share: how a request is checked, how a list is read, and what an error looks like."""

from typing import Any, ClassVar, Generic, NoReturn, TypeVar

from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from guide.api.errors import GoneError
from guide.api.fields import LONGEST_WORD, shortened
from guide.api.filters import ListFilters
from guide.api.pagination import CursorPages
from guide.api.queries import LANGUAGES, DetailQuery, ListQuery
from guide.api.renderers import CsvRenderer, JsonRenderer
from guide.publication.caching import cacheable
from guide.publication.history import history_of
from guide.publication.models import PublicModel
from guide.publication.reconcile import Table
from guide.publication.sheets import sheet
from guide.publication.tables import near

M = TypeVar("M", bound=PublicModel)


class ApiView(APIView):
    """Errors are JSON whatever form was asked for, and OPTIONS names the methods."""

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return Response(status=204)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        if getattr(response, "exception", False):
            request.accepted_renderer = JsonRenderer()
            request.accepted_media_type = JsonRenderer.media_type
        return super().finalize_response(request, response, *args, **kwargs)


class Resource(ApiView, GenericViewSet[M], Generic[M]):
    """Rows of one table that the public may see: a list, and its single rows by their public identifier."""

    table: ClassVar[Table[Any]]
    key: ClassVar[str] = "slug"
    """The column of the public identifier. Lists stand in the order of the table's own key."""
    filterset_class: ClassVar[type[ListFilters]]
    filter_backends = [DjangoFilterBackend]
    renderer_classes = [JsonRenderer, CsvRenderer]
    pagination_class = CursorPages

    @property
    def language(self) -> str:
        """The language of names. One that we do not have is an error, told by the check of the parameters."""
        asked = self.request.query_params.get("lang", "en")
        return asked if asked in LANGUAGES else "en"

    def get_queryset(self) -> QuerySet[M]:
        """What the public may see, with all that the serializer reads."""
        raise NotImplementedError

    def get_renderers(self) -> list[BaseRenderer]:
        return [renderer() for renderer in (self.renderer_classes if self.action == "list" else [JsonRenderer])]

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "language": self.language}

    def list(self, request: Request) -> Response:
        query = ListQuery(data=request.query_params, context={"filters": self.filterset_class.repeating()})
        filters = self.filterset_class(data=request.query_params, queryset=self.get_queryset())
        # Both are asked, so that everything that is wrong is told at once.
        problems = {**({} if filters.is_valid() else filters.errors), **({} if query.is_valid() else query.errors)}
        if problems:
            raise ValidationError(problems)
        pages = CursorPages()
        pages.page_size, pages.ordering = query.validated_data["limit"], self.table.key
        if request.accepted_renderer.format == CsvRenderer.format:
            return self._as_csv(pages, filters.qs)
        rows = pages.paginate_queryset(filters.qs, request, view=self) or []
        return cacheable(pages.get_paginated_response(self.get_serializer(rows, many=True).data))

    def _as_csv(self, pages: CursorPages, rows: QuerySet[M]) -> Response:
        # The records read their own lists: what the serializer would need is not fetched.
        found = pages.paginate_queryset(rows.prefetch_related(None), self.request, view=self) or []
        keys = [self.table.key_of_row(row) for row in found]
        stored = self.table.stored(keys, for_public=True)
        response = pages.get_paginated_response(None)
        response.data = sheet([stored[key].record for key in keys], self.table.record)
        response["Content-Disposition"] = f'attachment; filename="{self.table.name}.csv"'
        return cacheable(response)

    def retrieve(self, request: Request, **named: str) -> Response:
        DetailQuery(data=request.query_params).is_valid(raise_exception=True)
        row = self.find(named[self.key])
        return cacheable(Response(self.get_serializer(row).data))

    def find(self, key: str) -> M:
        """The row; a 404 for one that never was, a 410 for one that was withdrawn."""
        row = self.get_queryset().filter(**{self.key: key}).first()
        return row if row is not None else self._miss(key)

    def _miss(self, key: str) -> NoReturn:
        every = self.table.model._default_manager.order_by()
        withdrawn_at = every.filter(**{self.key: key}).values_list("withdrawn_at", flat=True).first()
        if withdrawn_at is not None:
            raise GoneError(key, withdrawn_at)
        what = self.table.model._meta.verbose_name_plural
        raise NotFound(f"“{shortened(key)}” is not in {what}.{self.near(key)}")

    def near(self, key: str) -> str:
        """A suggestion for a key that is none."""
        known = self.get_queryset().order_by().prefetch_related(None).values_list(self.key, flat=True)
        return near(key[:LONGEST_WORD], known)


class ResourceWithHistory(Resource[M]):
    """Of rows with an opaque id, each of which, asked for alone, tells its public changes."""

    key = "public_id"
    detail_serializer_class: type[BaseSerializer[M]]

    def get_serializer_class(self) -> type[BaseSerializer[M]]:
        return self.serializer_class if self.action == "list" else self.detail_serializer_class  # type: ignore[return-value]

    def near(self, key: str) -> str:
        """None: an opaque id is not misspelt, and no other is meant by it."""
        return ""

    def find(self, key: str) -> M:
        row = super().find(key)
        # The serializer reads it like a column; only a single row has it.
        shown: Any = row
        shown.history = history_of(self.table.name, self.table.key_of_row(row))
        return row
