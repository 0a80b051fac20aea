"""From a view's page model to a response: the language of the address, the frame, and the errors that are pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from guide.publication.caching import cacheable
from guide.web import problem_page
from guide.web.addresses import (
    UnknownBroadcasterError,
    UnknownClosureError,
    UnknownCompetitionError,
    UnknownCountryError,
    UnknownEventError,
    UnknownTeamError,
    UnusableChoiceError,
    UnusableDayError,
)
from guide.web.frame import Page, frame_of

View = Callable[..., Page | HttpResponse]


def page(view: View) -> Callable[..., HttpResponse]:
    """Let a view return a page model, or a redirect. The address alone decides the language: no cookie, no header."""

    @require_safe
    @wraps(view)
    def respond(request: HttpRequest, language: str, **named: Any) -> HttpResponse:
        with translation.override(language):
            answer = _answer(view, request, named)
            if isinstance(answer, HttpResponse):
                return answer
            context = {"page": answer, "frame": frame_of(request, answer)}
            response = render(request, answer.template, context, status=answer.status)
            response["Content-Language"] = language
            return cacheable(response, changes=[answer.changes_at]) if answer.status == 200 else response

    return respond


def _answer(view: View, request: HttpRequest, named: dict[str, Any]) -> Page | HttpResponse:
    try:
        return view(request, **named)
    except UnknownCountryError as error:
        return problem_page.unknown_country(error)
    except UnknownCompetitionError as error:
        return problem_page.unknown_competition(error)
    except UnknownBroadcasterError as error:
        return problem_page.unknown_broadcaster(error)
    except UnusableChoiceError as error:
        return problem_page.unusable_choice(error, request.path)
    except UnknownClosureError as error:
        return problem_page.unknown_closure(error)
    except UnknownEventError as error:
        return problem_page.unknown_event(error)
    except UnknownTeamError as error:
        return problem_page.unknown_team(error)
    except UnusableDayError as error:
        return problem_page.unusable_day(error, request.path)
