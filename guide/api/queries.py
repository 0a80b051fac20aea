"""What may be asked, and how text becomes rows: strict, with a suggestion for what is misspelt."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import QueryDict
from rest_framework import serializers

from broadcasters.models import Country
from competitions.models import Competition
from guide.api.errors import GoneError, UnknownCompetitionError
from guide.api.fields import LONGEST_WORD, CountryField, DayOrInstantField, WordField, shortened
from guide.publication.records import READ_AS
from guide.publication.tables import near
from guide.rights.answer import Question
from guide.rights.models import Access, RightKind

ANSWERS_AT_MOST = 50
CELLS_AT_MOST = 1000
PAGE = 50
PAGE_AT_MOST = 200
LANGUAGES = [code for code, _ in settings.LANGUAGES]


class StrictQuery(serializers.Serializer[dict[str, Any]]):
    """Query parameters. One that is unknown, or given twice where one is meant, is an error and not ignored.

    ``context["filters"]`` may name further parameters, which somebody else reads, and say of each whether it repeats.
    """

    def to_internal_value(self, data: QueryDict) -> Any:
        known = {name: isinstance(field, serializers.ListField) for name, field in self.fields.items()}
        known |= self.context.get("filters", {})
        problems: dict[str, list[str]] = {}
        for name in data:
            given = data.getlist(name)
            if name not in known:
                problems[shortened(name)] = [f"Unknown parameter.{near(name[:LONGEST_WORD], known)}"]
            elif "" in given:
                problems[name] = ["Given without a value: give one or leave the parameter out."]
            elif not known[name] and len(given) > 1:
                problems[name] = ["Given more than once; give it once."]
        try:
            values = super().to_internal_value(data)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({**error.detail, **problems}) from None  # type: ignore[dict-item]  # a dict here
        if problems:
            raise serializers.ValidationError(problems)
        return values


class StrictBody(serializers.Serializer[dict[str, Any]]):
    """A JSON object. A member that is unknown is an error and not ignored."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            unknown = [name for name in data if name not in self.fields]
            if unknown:
                raise serializers.ValidationError(
                    {shortened(name): [f"Unknown member.{near(name[:LONGEST_WORD], self.fields)}"] for name in unknown}
                )
        return super().to_internal_value(data)


class NoQuery(StrictQuery):
    """For addresses that take no parameters."""


def language_field() -> WordField:
    return WordField(choices=LANGUAGES, default="en", help_text="Language of names.")


class DetailQuery(StrictQuery):
    lang = language_field()


class ListQuery(StrictQuery):
    """The parameters that every list takes beside its own filters."""

    lang = language_field()
    limit = serializers.IntegerField(
        min_value=1, max_value=PAGE_AT_MOST, default=PAGE, help_text="How many rows a page has."
    )
    cursor = serializers.CharField(
        max_length=1000, required=False, help_text="Where a page begins: follow `next` and `previous`, which hold it."
    )
    format = WordField(
        choices=["json", "csv"],
        default="json",
        help_text="`csv`: the rows in the guide's own table format. The header `Link` leads to the next page.",
    )


def repeated(field: serializers.Field[Any, Any, Any, Any], help_text: str, *, required: bool = False) -> Any:
    """A parameter that may stand more than once."""
    return serializers.ListField(child=field, required=required, allow_empty=False, help_text=help_text)


def slug_field() -> serializers.CharField:
    return serializers.CharField(max_length=LONGEST_WORD)


class OptionFilters(serializers.Serializer[dict[str, Any]]):
    """What narrows the options of answers, and the language of their names."""

    lang = language_field()
    access = repeated(WordField(choices=Access.values), "Only options with this access. May repeat.")
    kind = repeated(WordField(choices=RightKind.values), "Only options of this kind. May repeat.")
    services = repeated(slug_field(), "Only options on these services (slugs). May repeat.")

    def filters(self) -> Mapping[str, Sequence[str]]:
        return {name: self.validated_data.get(name, ()) for name in ("access", "kind", "services")}


class LookupQuery(OptionFilters, StrictQuery):
    """The parameters of a lookup. ``competition`` and ``country`` repeat; each pair is one answer."""

    competition = repeated(slug_field(), "Slug of a competition. May repeat.", required=True)
    country = repeated(CountryField(), "ISO 3166-1 alpha-2; UK is read as GB, EL as GR. May repeat.", required=True)
    on = DayOrInstantField(required=False, help_text="A day, or an instant with its offset. Default: now.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(set(attrs["competition"])) * len(set(attrs["country"])) > ANSWERS_AT_MOST:
            message = f"Ask for at most {ANSWERS_AT_MOST} answers in one call: competitions times countries."
            raise serializers.ValidationError({"competition": [message]})
        return attrs

    def questions(self) -> list[Question]:
        """The questions, in two queries.

        Raises a 400 for a code that is no country, a 404 for an unknown competition, a 410 for a withdrawn one.
        """
        asked = self.validated_data
        countries = find_countries(asked["country"])
        competitions = find_competitions(asked["competition"], asked["lang"])
        return [
            Question(competition=competition, country=country, on=asked.get("on"))
            for competition in competitions.values()
            for country in countries.values()
        ]

    def countries_as_given(self) -> list[str | None]:
        """For each question the code that the caller wrote, where the guide reads it as another."""
        given = {READ_AS[code]: code for code in self.validated_data["country"] if code in READ_AS}
        countries = dict.fromkeys(READ_AS.get(code, code) for code in self.validated_data["country"])
        competitions = dict.fromkeys(slug.lower() for slug in self.validated_data["competition"])
        return [given.get(code) for _ in competitions for code in countries]


class QuestionBody(StrictBody):
    competition = slug_field()
    country = CountryField()
    on = DayOrInstantField(required=False, allow_null=True, help_text="A day, or an instant. Default: now.")


class LookupBody(OptionFilters, StrictBody):
    """A lookup of questions that share nothing, each with its own day."""

    questions: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=QuestionBody(), allow_empty=False, max_length=ANSWERS_AT_MOST
    )

    def asked(self) -> list[Question]:
        """The questions in their order, in two queries; raises as :meth:`LookupQuery.questions` does."""
        rows = self.validated_data["questions"]
        countries = find_countries([row["country"] for row in rows])
        competitions = find_competitions([row["competition"] for row in rows], self.validated_data["lang"])
        return [
            Question(
                competition=competitions[row["competition"].lower()],
                country=countries[READ_AS.get(row["country"], row["country"])],
                on=row.get("on"),
            )
            for row in rows
        ]

    def countries_as_given(self) -> list[str | None]:
        codes = [row["country"] for row in self.validated_data["questions"]]
        return [code if code in READ_AS else None for code in codes]


class MatrixQuery(StrictQuery):
    """The parameters of a matrix. Leave out ``country`` for all countries, or ``competition`` for all competitions."""

    competition = repeated(slug_field(), "Slug of a competition. May repeat. Default: all.")
    country = repeated(CountryField(), "ISO 3166-1 alpha-2. May repeat. Default: all.")
    on = DayOrInstantField(required=False, help_text="A day, or an instant with its offset. Default: now.")
    lang = language_field()
    format = WordField(choices=["json", "csv"], default="json")

    def questions(self) -> list[Question]:
        """The cells, row by row, in two queries; raises as :meth:`LookupQuery.questions` does, and for too many."""
        asked = self.validated_data
        if "competition" not in asked and "country" not in asked:
            raise serializers.ValidationError({"competition": ["Name a competition or a country, or both."]})
        countries = (
            find_countries(asked["country"])
            if "country" in asked
            else Country.objects.standing().order_by("code").in_bulk()
        )
        named = Competition.objects.named(asked["lang"])
        competitions = (
            find_competitions(asked["competition"], asked["lang"])
            if "competition" in asked
            else {competition.slug: competition for competition in named.standing().order_by("slug")}
        )
        if len(competitions) * len(countries) > CELLS_AT_MOST:
            message = f"Ask for at most {CELLS_AT_MOST} cells in one call: competitions times countries."
            raise serializers.ValidationError({"competition": [message]})
        return [
            Question(competition=competition, country=country, on=asked.get("on"))
            for competition in competitions.values()
            for country in countries.values()
        ]


def find_countries(codes: Iterable[str]) -> dict[str, Country]:
    """Countries by code, in the order asked; UK and EL are read as what they mean."""
    read = list(dict.fromkeys(READ_AS.get(code, code) for code in codes))
    found = Country.objects.standing().in_bulk(read)
    if unknown := [code for code in read if code not in found]:
        raise serializers.ValidationError(
            {"country": [f"“{code}” is not an ISO 3166-1 alpha-2 country code." for code in unknown]}
        )
    return {code: found[code] for code in read}


def find_competitions(slugs: Iterable[str], language: str) -> dict[str, Competition]:
    """Competitions by slug, in the order asked, named in the language."""
    wanted = list(dict.fromkeys(slug.lower() for slug in slugs))
    rows = Competition.objects.named(language).filter(slug__in=wanted)
    found = {competition.slug: competition for competition in rows}
    for slug in wanted:
        if slug not in found:
            known = Competition.objects.standing().values_list("slug", flat=True)
            raise UnknownCompetitionError(
                f"“{shortened(slug)}” is not a competition that the guide knows.{near(slug, known)}"
            )
        if withdrawn_at := found[slug].withdrawn_at:
            raise GoneError(slug, withdrawn_at)
    return {slug: found[slug] for slug in wanted}
