"""How the public answer reads just now in the countries of a right: for the editor who is about to change it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from broadcasters.models import Country
from guide.rights.answer import Question
from guide.rights.answers import answers
from guide.rights.models import Right

PREVIEWED_AT_MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The answer for one country. ``rank`` is the right's place among ``options``; None where it is not among them."""

    country: Country
    state: str
    reason: str
    rank: int | None
    options: int
    page: str
    api: str


def preview(right: Right) -> list[Line]:
    """One line a country, for the first countries by name."""
    countries = Country.objects.filter(right_countries__right=right).order_by("name")[:PREVIEWED_AT_MOST]
    asked = [Question(competition=right.competition, country=country) for country in countries]
    slug = right.competition.slug
    lines = []
    for question, answer in zip(asked, answers(asked), strict=True):
        ranks = [option.rank for option in answer.options if option.right == right.public_id]
        code = question.country.code
        lines.append(
            Line(
                country=question.country,
                state=answer.state,
                reason=answer.reason or "",
                rank=ranks[0] if ranks else None,
                options=len(answer.options),
                page=answer_address(slug, code),
                api=f"{reverse('api:lookup')}?{urlencode({'competition': slug, 'country': code})}",
            )
        )
    return lines


def answer_address(competition: str, country: str) -> str:
    """The page with the answer, in the language of the admin."""
    words = {"language": settings.LANGUAGE_CODE, "country": country, "competition": competition}
    return reverse("web:competition", kwargs=words)
