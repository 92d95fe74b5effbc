"""/api/v1: the pages' own services, for devices with a token. No cookie opens it."""

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, re_path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from darbaza.accounts import actors
from darbaza.appointments.api import router as appointments
from darbaza.custody.api import router as prisoners
from darbaza.gate.api import router as gate
from darbaza.kernel.errors import DarbazaError
from darbaza.pages import grounds, schemas
from darbaza.pages.troubles import TROUBLES
from darbaza.parcels.api import router as parcels
from darbaza.persons.api import router as persons
from darbaza.visits.api import router as visits

log = logging.getLogger("darbaza.api")


class DeviceToken(HttpBearer):
    """``Authorization: Bearer dbz_…``: one device, one role, one institution."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Return the actor of the token, None for a token that may not enter."""
        actor = actors.of_token(token, at=timezone.now())
        if actor is not None:
            request.actor = actor  # type: ignore[attr-defined]
        return actor


api = NinjaAPI(
    title="Darbaza",
    version="1",
    description="Everything that the pages of the entrance can do, for devices.",
    auth=DeviceToken(),
    docs_url=None,  # its page would load scripts from elsewhere
    openapi_url="/openapi.json",
    urls_namespace="api",
)
api.add_router("", persons)
api.add_router("", prisoners)
api.add_router("", visits)
api.add_router("", parcels)
api.add_router("", appointments)
api.add_router("", gate)


def _problem(
    request: HttpRequest, status: int, code: str, detail: str, **more: Any
) -> HttpResponse:
    number = str(getattr(request, "number", "-"))
    told = schemas.Problem(code=code, detail=detail, number=number, **more)
    return api.create_response(request, told, status=status)


@api.exception_handler(DarbazaError)
def _ours(request: HttpRequest, error: DarbazaError) -> HttpResponse:
    known = error.code in grounds.known()
    words = TROUBLES.get(error.status, TROUBLES[400])
    detail = grounds.officer(error) if known else str(words.happened)
    return _problem(request, error.status, error.code, detail)


@api.exception_handler(AuthenticationError)
def _stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001
    return _problem(request, 401, "token_missing", "A valid device token is needed.")


@api.exception_handler(ValidationError)
def _wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = schemas.first_errors(error.errors)
    return _problem(request, 422, "invalid", str(TROUBLES[422].happened), fields=fields)


@api.exception_handler(Http404)
def _nothing(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001
    return _problem(request, 404, "not_found", str(TROUBLES[404].happened))


@api.exception_handler(HttpError)
def _plain(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _problem(request, error.status_code, "bad_request", str(error))


@api.exception_handler(RequestDataTooBig)
def _too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:  # noqa: ARG001
    return _problem(request, 413, "too_large", str(TROUBLES[400].happened))


@api.exception_handler(Exception)
def _fault(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("%s", request.path, exc_info=error)
    return _problem(request, 500, "error", str(TROUBLES[500].happened))


def _nowhere(request: HttpRequest) -> HttpResponse:
    """Answer what is no address of the API, such as a broken key, as it answers."""
    return _nothing(request, Http404())


def addresses() -> Any:
    """Return the API's addresses; the token, not a session, opens each of them."""
    patterns, *names = api.urls
    patterns = [*patterns, re_path(r"^[\s\S]*$", csrf_exempt(_nowhere), name="nowhere")]
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback.login_required = False  # type: ignore[attr-defined]
    return (patterns, *names)
