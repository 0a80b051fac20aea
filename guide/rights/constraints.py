"""Two rules of the schema that Django has no name for, each one object that serves both databases."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _


class CopiedFrom(models.BaseConstraint):
    """Columns of this model repeat columns of the row a foreign key points to, and follow them when they change.

    A composite foreign key with ON UPDATE CASCADE; the target needs a unique constraint over the same columns.
    """

    def __init__(self, *, name: str, key: str, columns: Sequence[str]) -> None:
        super().__init__(name=name)
        self.key = key
        self.columns = tuple(columns)

    def _clause(self, model: Any, schema_editor: Any) -> str:
        target = model._meta.get_field(self.key).related_model
        quote = schema_editor.quote_name
        here = [model._meta.get_field(name).column for name in (self.key, *self.columns)]
        there = [target._meta.pk.column, *(target._meta.get_field(name).column for name in self.columns)]
        return (
            f"FOREIGN KEY ({', '.join(quote(str(column)) for column in here)}) "
            f"REFERENCES {quote(target._meta.db_table)} ({', '.join(quote(str(column)) for column in there)}) "
            "ON UPDATE CASCADE ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED"
        )

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        return f"CONSTRAINT {schema_editor.quote_name(self.name)} {self._clause(model, schema_editor)}"

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        return Statement(
            "ALTER TABLE %(table)s ADD %(constraint)s",
            table=schema_editor.quote_name(model._meta.db_table),
            constraint=self.constraint_sql(model, schema_editor),
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        return Statement(
            "ALTER TABLE %(table)s DROP CONSTRAINT %(name)s",
            table=schema_editor.quote_name(model._meta.db_table),
            name=schema_editor.quote_name(self.name),
        )

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = DEFAULT_DB_ALIAS) -> None:
        """Nothing to check in a form: the columns are filled from the row itself."""

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return (
            f"{type(self).__module__}.{type(self).__qualname__}",
            (),
            {"name": self.name, "key": self.key, "columns": self.columns},
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CopiedFrom) and self.deconstruct() == other.deconstruct()

    __hash__ = models.BaseConstraint.__hash__


class DateRange(Func):
    """``daterange(first, last, '[]')``: both days included."""

    function = "daterange"


class NoOverlap(ExclusionConstraint):
    """Rows of one group never share a day: an exclusion constraint on PostgreSQL, a checked rule everywhere.

    ``first`` and ``last`` name columns without nulls, both days included. On databases without exclusion constraints
    whoever writes in bulk asks :func:`guide.rights.overlap.find_overlaps` before the commit.
    """

    def __init__(self, *, name: str, group: Sequence[str], first: str, last: str, condition: Q) -> None:
        self.group = tuple(group)
        self.first = first
        self.last = last
        super().__init__(
            name=name,
            expressions=[
                *((F(column), "=") for column in self.group),
                (DateRange(F(first), F(last), Value("[]")), "&&"),
            ],
            condition=condition,
            deferrable=models.Deferrable.IMMEDIATE,
            violation_error_message=_("Another right of the same broadcaster covers some of these days."),
        )

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        return super().constraint_sql(model, schema_editor) if self._is_enforced(schema_editor) else None

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        return super().create_sql(model, schema_editor) if self._is_enforced(schema_editor) else None

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        return super().remove_sql(model, schema_editor) if self._is_enforced(schema_editor) else None

    @staticmethod
    def _is_enforced(schema_editor: BaseDatabaseSchemaEditor) -> bool:
        return schema_editor.connection.vendor == "postgresql"

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = DEFAULT_DB_ALIAS) -> None:
        if exclude and set(exclude) & {*self.group, self.first, self.last}:
            return
        others = model._default_manager.using(using).filter(
            self.condition,
            **{column: getattr(instance, column) for column in self.group},
            **{f"{self.first}__lte": getattr(instance, self.last), f"{self.last}__gte": getattr(instance, self.first)},
        )
        if instance.pk is not None:
            others = others.exclude(pk=instance.pk)
        if others.exists() and Q(self.condition).check(
            {field.name: Value(getattr(instance, field.attname)) for field in model._meta.fields}
        ):
            raise ValidationError(self.get_violation_error_message())

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return (
            f"{type(self).__module__}.{type(self).__qualname__}",
            (),
            {
                "name": self.name,
                "group": self.group,
                "first": self.first,
                "last": self.last,
                "condition": self.condition,
            },
        )
