"""Every address x every role x own and other prison: refused is refused, never 500."""

from typing import Any

import pytest
from django.test import Client

from tests import cast
from tests.conftest import user_of
from tests.permissions import doors
from tests.permissions.world import HERE, SECRET, world

pytestmark = pytest.mark.django_db
ADDRESSES = doors.addresses()
OF_ROWS = {
    name: entry
    for name, entry in ADDRESSES.items()
    if any(
        type(c).__name__ == "UUIDConverter" for c in entry.pattern.converters.values()
    )
}
FOR_NOBODY_YET = {
    "account_inactive",
    "account_login",
    "api:api-root",
    "api:openapi-json",
    "gate:display",
    "gate:display_events",
    "gate:kiosk",
    "gate:kiosk_appointment",
    "gate:kiosk_number ticket_id",
    "gate:kiosk_take",
    "gate:number slip",
    "family:ask",
    "family:code",
    "family:finish",
    "family:start",
    "gate:screen",
    "parcels:list",
    "parcels:list_code",
    "parcels:list_pdf",
    "parcels:may_bring",
    "parcels:may_bring_pdf",
    "parcels:state",
    "set_language",
    "web:about",
    "web:healthz",
    "web:privacy",
}
"""What a browser may open before anybody has signed in: none of it is about people."""
OF_THE_COUNTRY = {
    "accounts:",  # other prisons' colleagues are refused by the room's own tests
    "entitlements:rule ",
    "entitlements:add_version",
    "entitlements:verify",
    "entitlements:end",
    "custody:lift",  # bans of a person are read everywhere, lifted only at home
    "sites:close_institution",  # an empty form leads back before any door is asked
    "persons:",  # one record of people for the country: a ban counts in every prison
    "watchlists:list ",  # which lists there are is known everywhere, not who is on
    "watchlists:screening",  # and how far a comparison with them has come
    "parcels:search_person",  # a search is of a person, who is on that one record
}
CODE = "/family/code/"
"""Where a family without an open code is led, signed in or not."""
REFUSED = {401, 403, 404, 405, 409, 422}


@pytest.fixture
def worlds(colony, other_colony, head_office):
    """Our prison and the other one, each with a row of every kind."""
    ours = world(colony, "Асанов", director=cast.DIRECTOR)
    theirs = world(other_colony, SECRET, director=cast.OUTSIDER)
    return ours, theirs


def _text(answer: Any) -> str:
    body = b"".join(answer) if answer.streaming else answer.content
    return body.decode("utf-8", "replace")


def _led_to(answer: Any, where: str) -> bool:
    return answer.status_code == 302 and where in answer.url


def test_who_has_not_signed_in_is_led_to_the_sign_in(worlds):
    ours, _theirs = worlds
    client, wrong = Client(), {}
    for name, entry in ADDRESSES.items():
        if name in FOR_NOBODY_YET:
            continue
        for method in (client.get, client.post):
            answer = method(ours.address(name, entry))
            led = _led_to(answer, "/login/") or _led_to(answer, CODE)
            if not led and answer.status_code not in {401, 403, 404, 405}:
                wrong[name] = answer.status_code
            assert SECRET not in _text(answer)
    assert not wrong, sorted(wrong.items())


def test_a_director_opens_no_row_of_another_prison(worlds, sign_in):
    _ours, theirs = worlds
    client, wrong = sign_in(cast.DIRECTOR), {}
    for name, entry in OF_ROWS.items():
        if any(name.startswith(prefix) for prefix in OF_THE_COUNTRY):
            continue
        for method in (client.get, client.post):
            answer = method(theirs.address(name, entry))
            text = b"".join(answer) if answer.streaming else answer.content
            refused = answer.status_code in REFUSED or _led_to(answer, CODE)
            if not refused or SECRET in text.decode("utf-8", "replace"):
                wrong[f"{method.__name__} {name}"] = answer.status_code
    assert not wrong, sorted(wrong.items())


NATIONAL = (
    "persons:",
    "parcels:search_person ",
    "custody:lift ",
    "custody:restrictions",
)
"""A person is one record for all prisons, and so is a ban on the person alone."""


@pytest.mark.slow
@pytest.mark.parametrize("actor", HERE, ids=lambda a: a.name)
def test_every_role_gets_a_page_or_a_plain_refusal(worlds, sign_in, actor):
    ours, theirs = worlds
    client, wrong = sign_in(actor), {}
    client.raise_request_exception = False
    for name, entry in ADDRESSES.items():
        if name in {"account_logout", "accounts:lock"}:
            continue
        for place in (ours, theirs) if entry in OF_ROWS.values() else (ours,):
            answer = client.get(place.address(name, entry))
            national = name.startswith(NATIONAL)
            if answer.status_code >= 500 or (SECRET in _text(answer) and not national):
                wrong[name] = answer.status_code
    assert not wrong, sorted(wrong.items())


@pytest.mark.slow
@pytest.mark.parametrize("actor", HERE, ids=lambda a: a.name)
def test_empty_posts_of_every_role_break_nothing(worlds, sign_in, actor):
    ours, _theirs = worlds
    client, wrong = sign_in(actor), {}
    client.raise_request_exception = False
    ending = {"account_logout", "accounts:lock", "accounts:end_user user_id"}
    for name, entry in ADDRESSES.items():
        if name in ending:
            continue
        status = client.post(ours.address(name, entry)).status_code
        if status >= 500:
            wrong[name] = status
    assert not wrong, sorted(wrong.items())


def test_a_post_without_the_token_of_its_page_is_refused(worlds):
    ours, _theirs = worlds
    client = Client(enforce_csrf_checks=True)
    backend = "darbaza.accounts.backends.SignIn"
    client.force_login(user_of(cast.DIRECTOR), backend=backend)
    wrong = {}
    for name, entry in ADDRESSES.items():
        for token in ({}, {"csrfmiddlewaretoken": "A" * 64}):
            status = client.post(ours.address(name, entry), token).status_code
            # The API takes no cookie: a session is a stranger there.
            api = name.startswith("api:") and status in {401, 404, 405}
            if status != 403 and not api:
                wrong[name] = status
    assert not wrong, sorted(wrong.items())
