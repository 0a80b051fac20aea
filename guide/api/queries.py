"""What may be asked, and how text becomes rows: strict, with a suggestion for what is misspelt."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import NotFound

from broadcasters.models import Country, Service
from competitions.models import Competition, Event, Team
from guide.api.errors import GoneError, UnknownCompetitionError
from guide.api.fields import (
    LONGEST_WORD,
    CountryField,
    DayField,
    DayOrInstantField,
    LimitField,
    TruthField,
    WordField,
    shortened,
    unknown_word,
)
from guide.publication.records import READ_AS
from guide.publication.tables import near
from guide.rights.answer import Question
from guide.rights.models import Access, RightKind
from guide.rights.schedule import named_competition
from guide.search.hits import Found, search
from guide.search.letters import LONGEST_TEXT
from guide.search.spellings import Kind

ANSWERS_AT_MOST = 50
CELLS_AT_MOST = 1000
EVENTS_OF_A_TEAM = 5
UNDER_WAY = dt.timedelta(hours=3)
"""What began so long ago may still be on."""
PAGE = 50
TOLD_AT_MOST = 5
"""Of words that nothing answers to, those for which one that is spelt alike is looked for."""
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
    limit = LimitField(min_value=1, max_value=PAGE_AT_MOST, default=PAGE, help_text="How many rows a page has.")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, and how it was put: ``given`` is the code that the caller wrote for the country where the guide reads
    it as another; ``home`` is the same question for the country in which somebody lives, where that was told.
    """

    question: Question
    given: str | None
    home: Question | None


class OptionFilters(serializers.Serializer[dict[str, Any]]):
    """What holds for all questions of a lookup: what narrows their options, and the language of names."""

    lang = language_field()
    access = repeated(WordField(choices=Access.values), "Only options with this access. May repeat.")
    kind = repeated(WordField(choices=RightKind.values), "Only options of this kind. May repeat.")
    services = repeated(slug_field(), "Only options on these services (slugs). May repeat.")

    def filters(self) -> Mapping[str, Sequence[str]]:
        return {name: self.validated_data.get(name, ()) for name in ("access", "kind", "services")}


class Questions(OptionFilters):
    """Questions of a lookup, which may come from somebody who is on a visit."""

    home_country = CountryField(
        required=False,
        help_text="Where somebody lives who is in `country` on a short stay: `portability` then tells what goes along.",
    )

    def _put(self, rows: Sequence[tuple[str, str, dt.date | dt.datetime | None]]) -> list[Asked]:
        """Rows of competition, country and day as questions, in two queries, and one more for a country to live in.

        Raises a 400 for a code that is no country, a 404 for an unknown competition, a 410 for a withdrawn one.
        """
        language, home = self.validated_data["lang"], self.validated_data.get("home_country")
        check_services(self.validated_data.get("services", ()))
        countries = find_countries([code for _, code, _ in rows])
        competitions = find_competitions([slug for slug, _, _ in rows], language)
        (residence,) = find_countries([home], "home_country").values() if home else [None]
        asked = []
        for slug, code, on in rows:
            competition, country = competitions[slug.lower()], countries[READ_AS.get(code, code)]
            asked.append(
                Asked(
                    question=Question(competition=competition, country=country, on=on),
                    given=code if code in READ_AS else None,
                    home=Question(competition=competition, country=residence, on=on) if residence else None,
                )
            )
        return asked

    def _put_events(self, events: Sequence[Event], codes: Sequence[str]) -> list[Asked]:
        """As ``_put``, for events that have been read."""
        check_services(self.validated_data.get("services", ()))
        home = self.validated_data.get("home_country")
        countries = find_countries(codes)
        (residence,) = find_countries([home], "home_country").values() if home else [None]

        def question(event: Event, country: Country) -> Question:
            return Question(competition=named_competition(event), country=country, event=event)

        return [
            Asked(
                question=question(event, countries[READ_AS.get(code, code)]),
                given=code if code in READ_AS else None,
                home=question(event, residence) if residence else None,
            )
            for event in events
            for code in codes
        ]


def slug_field_of_a_team() -> serializers.CharField:
    return serializers.CharField(
        max_length=LONGEST_WORD, required=False, help_text=f"Slug of a team: its next {EVENTS_OF_A_TEAM} events."
    )


class LookupQuery(Questions, StrictQuery):
    """The parameters of a lookup: competitions, events or a team, each with every country, is one answer."""

    competition = repeated(slug_field(), "Slug of a competition. May repeat.")
    event = repeated(slug_field(), "Id of an event. May repeat. Its own time is the day that is answered for.")
    team = slug_field_of_a_team()
    country = repeated(CountryField(), "ISO 3166-1 alpha-2; UK is read as GB, EL as GR. May repeat.", required=True)
    on = DayOrInstantField(
        required=False,
        help_text="A day, or an instant with its offset. Default: now. Of a team, where to begin.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        about = [name for name in ("competition", "event", "team") if name in attrs]
        if len(about) != 1:
            raise serializers.ValidationError({"competition": ["Ask for competitions, for events or for a team."]})
        if "event" in attrs and "on" in attrs:
            raise serializers.ValidationError({"on": ["An event has its own time: leave it out."]})
        subjects = EVENTS_OF_A_TEAM if "team" in attrs else len(set(attrs[about[0]]))
        if subjects * len(set(attrs["country"])) > ANSWERS_AT_MOST:
            message = f"Ask for at most {ANSWERS_AT_MOST} answers in one call: {about[0]}s times countries."
            raise serializers.ValidationError({about[0]: [message]})
        return attrs

    def asked(self) -> list[Asked]:
        """Each pair once, subject by subject; raises as ``_put`` does."""
        asked = self.validated_data
        codes: dict[str, str] = {}
        for code in asked["country"]:
            codes.setdefault(READ_AS.get(code, code), code)
        if "competition" not in asked:
            events = (
                find_events(asked["event"], asked["lang"])
                if "event" in asked
                else next_events(asked["team"], asked.get("on"), asked["lang"])
            )
            return self._put_events(events, list(codes.values()))
        slugs = dict.fromkeys(slug.lower() for slug in asked["competition"])
        return self._put([(slug, code, asked.get("on")) for slug in slugs for code in codes.values()])


class QuestionBody(StrictBody):
    competition = slug_field()
    country = CountryField()
    on = DayOrInstantField(required=False, allow_null=True, help_text="A day, or an instant. Default: now.")


class LookupBody(Questions, StrictBody):
    """A lookup of questions that share nothing, each with its own day."""

    questions: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=QuestionBody(), allow_empty=False, max_length=ANSWERS_AT_MOST
    )

    def asked(self) -> list[Asked]:
        """The questions in their order; raises as ``_put`` does."""
        rows = self.validated_data["questions"]
        try:
            return self._put([(row["competition"], row["country"], row.get("on")) for row in rows])
        except UnknownCountryError as error:
            if error.parameter != "country":
                raise
            codes = {number: READ_AS.get(row["country"], row["country"]) for number, row in enumerate(rows)}
            problems = {number: error.problems(code) for number, code in codes.items() if code in error.codes}
            raise serializers.ValidationError({"questions": problems}) from None  # type: ignore[dict-item]  # by number


class CellsQuery(StrictQuery):
    """Competitions times countries; one of the two may be left out, and means all of them."""

    competition = repeated(slug_field(), "Slug of a competition. May repeat. Default: all.")
    country = repeated(CountryField(), "ISO 3166-1 alpha-2. May repeat. Default: all.")

    def axes(self, language: str = "en") -> tuple[list[Competition], list[Country]]:
        """Both, in two queries; raises as lookups do, and for too many cells."""
        asked = self.validated_data
        if "competition" not in asked and "country" not in asked:
            raise serializers.ValidationError({"competition": ["Name a competition or a country, or both."]})
        countries = (
            find_countries(asked["country"])
            if "country" in asked
            else Country.objects.standing().order_by("code").in_bulk()
        )
        named = Competition.objects.named(language)
        competitions = (
            find_competitions(asked["competition"], language)
            if "competition" in asked
            else {competition.slug: competition for competition in named.standing().order_by("slug")}
        )
        if len(competitions) * len(countries) > CELLS_AT_MOST:
            message = f"Ask for at most {CELLS_AT_MOST} cells in one call: competitions times countries."
            raise serializers.ValidationError({"competition": [message]})
        return list(competitions.values()), list(countries.values())


class MatrixQuery(CellsQuery):
    """The parameters of a matrix."""

    on = DayOrInstantField(required=False, help_text="A day, or an instant with its offset. Default: now.")
    lang = language_field()
    format = WordField(choices=["json", "csv"], default="json")

    def questions(self) -> list[Question]:
        """The cells, row by row, in two queries; raises as lookups do, and for too many."""
        asked = self.validated_data
        competitions, countries = self.axes(asked["lang"])
        return [
            Question(competition=competition, country=country, on=asked.get("on"))
            for competition in competitions
            for country in countries
        ]


class ScheduleQuery(OptionFilters, StrictQuery):
    """The parameters of a schedule."""

    country = CountryField(help_text="ISO 3166-1 alpha-2; UK is read as GB, EL as GR.")
    day = DayField(required=False, help_text="The country's own day. Default: its today.")
    competition = repeated(slug_field(), "Only events of this competition (slug). May repeat.")
    sport = repeated(slug_field(), "Only events of this sport (slug). May repeat.")
    only_shown = TruthField(default=False, help_text="Leave out events for which nobody is on record.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        check_services(attrs.get("services", ()))
        return attrs

    def country_row(self) -> Country:
        """Raises a 400 for a code that is no country."""
        (country,) = find_countries([self.validated_data["country"]]).values()
        return country


class SearchQuery(StrictQuery):
    q = serializers.CharField(max_length=LONGEST_TEXT, help_text="What somebody typed, finished or not.")
    country = CountryField(required=False, help_text="The country that is meant, whatever the text says.")
    kind = repeated(WordField(choices=[kind.value for kind in Kind]), "Only things of this kind. May repeat.")
    limit = LimitField(min_value=1, max_value=50, default=10, help_text="How many hits at most.")
    lang = language_field()

    def found(self) -> Found:
        asked = self.validated_data
        (country,) = find_countries([asked["country"]]) if "country" in asked else [None]
        kinds = [Kind(kind) for kind in asked.get("kind", ())]
        return search(asked["q"], language=asked["lang"], country=country, limit=asked["limit"], kinds=kinds)


def check_services(slugs: Sequence[str]) -> None:
    """Raise a 400 for a slug that is no service: for a slip of the pen, all options would be filtered away."""
    found = set(Service.objects.standing().filter(slug__in=slugs).values_list("slug", flat=True)) if slugs else set()
    if unknown := [slug for slug in slugs if slug not in found]:
        known = list(Service.objects.standing().values_list("slug", flat=True))
        raise serializers.ValidationError({"services": [unknown_word(slug, known) for slug in unknown[:TOLD_AT_MOST]]})


class UnknownCountryError(serializers.ValidationError):
    """A 400 for codes that are no country."""

    def __init__(self, codes: Sequence[str], parameter: str) -> None:
        self.codes, self.parameter = codes, parameter
        super().__init__({parameter: [self._message(code) for code in codes]})

    def problems(self, code: str) -> dict[str, list[str]]:
        """What is wrong with one of several questions, in the form of a nested serializer's errors."""
        return {self.parameter: [self._message(code)]}

    @staticmethod
    def _message(code: str) -> str:
        return f"“{code}” is not an ISO 3166-1 alpha-2 country code."


def find_countries(codes: Iterable[str], parameter: str = "country") -> dict[str, Country]:
    """Countries by code, in the order asked; UK and EL are read as what they mean."""
    read = list(dict.fromkeys(READ_AS.get(code, code) for code in codes))
    found = Country.objects.standing().in_bulk(read)
    if unknown := [code for code in read if code not in found]:
        raise UnknownCountryError(unknown, parameter)
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


def find_events(ids: Iterable[str], language: str) -> list[Event]:
    """Events by public id, in the order asked. A 404 for one that never was, a 410 for a withdrawn one."""
    wanted = list(dict.fromkeys(ids))
    found = {event.public_id: event for event in Event.objects.named(language).filter(public_id__in=wanted)}
    for one in wanted:
        if one not in found:
            raise NotFound(f"“{shortened(one)}” is not an event that the guide knows.")
        if withdrawn_at := found[one].withdrawn_at:
            raise GoneError(one, withdrawn_at)
    return [found[one] for one in wanted]


def next_events(slug: str, on: dt.date | dt.datetime | None, language: str) -> list[Event]:
    """The next events of a team, from a day, an instant or now on. A 404 for an unknown team, a 410 for a withdrawn."""
    team = Team.objects.filter(slug=slug.lower()).first()
    if team is None:
        known = Team.objects.standing().values_list("slug", flat=True)
        raise NotFound(f"“{shortened(slug)}” is not a team that the guide knows.{near(slug, known)}")
    if team.withdrawn_at:
        raise GoneError(slug, team.withdrawn_at)
    start = on or timezone.now() - UNDER_WAY
    if not isinstance(start, dt.datetime):
        start = dt.datetime.combine(start, dt.time.min, tzinfo=dt.UTC)
    coming = Event.objects.standing().named(language).of_team(team.slug).from_then_on(start)
    return list(coming[:EVENTS_OF_A_TEAM])
