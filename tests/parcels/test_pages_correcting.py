"""The page on which a sending is corrected, and its door in the API."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from darbaza.accounts import services as accounts
from darbaza.accounts.permissions import Role
from darbaza.accounts.types import DeviceDraft
from darbaza.kernel import ids
from darbaza.parcels import services
from darbaza.parcels.models import Line, Sending
from tests import cast
from tests.parcels import builders
from tests.parcels.builders import OFFICER

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nine_o_clock(clock):
    """Everything here begins at nine."""


@pytest.fixture
def shop(colony):
    builders.quota(2)
    return builders.shop()


@pytest.fixture
def sent(shop):
    done = builders.registered((shop["tea"], 3, 300), (shop["soap"], 2, 200))
    return Sending.objects.get(pk=done.sending_id)


@pytest.fixture
def officer(colony, sign_in):
    return sign_in(cast.GATE_OFFICER)


def page(sent):
    return reverse("parcels:correct", args=[sent.pk])


def filled(sent, officer, **more):
    """Return the fields of the page as a browser would send them back."""
    context = officer.get(page(sent)).context
    known = {name: value for name, value in context["form"].initial.items() if value}
    data = dict.fromkeys(context["form"].fields, "") | known
    data |= {"seen": context["form"].initial["seen"], "request_id": ids.new_id()}
    formset = context["lines"]
    data |= {"line-TOTAL_FORMS": len(formset.forms),
             "line-INITIAL_FORMS": len(formset.initial)}  # fmt: skip
    for number, one in enumerate(formset.initial):
        data |= {f"line-{number}-{name}": value for name, value in one.items()}
    return {**data, "lift": "", "reason": "miscounted", **more}


def test_a_line_is_corrected_and_the_page_tells_what_stood_before(sent, officer):
    shown = officer.get(reverse("parcels:sending", args=[sent.pk])).content.decode()
    assert page(sent) in shown

    answer = officer.post(
        page(sent), filled(sent, officer, **{"line-0-quantity": 5}), follow=True
    )

    text = answer.content.decode()
    assert answer.redirect_chain
    assert "3 × tea" in text, "the old line stays readable"
    assert "Sending corrected" in text
    assert Line.objects.get(bag__sending=sent, position=1).quantity == 5


def test_a_look_shows_the_decision_and_writes_nothing(sent, officer):
    asked = filled(sent, officer, **{"line-1-quantity": 6}, do="look")
    text = officer.post(page(sent), asked).content.decode()

    assert "6 pieces, at most 3 are allowed." in text
    assert not sent.corrections.exists()


def test_a_line_is_added_one_taken_out_and_one_sent_back(sent, officer, shop):
    fresh = {"line-2-item": str(shop["sausage"].pk), "line-2-quantity": 1,
             "line-2-grams": 400}  # fmt: skip
    asked = {"line-0-quantity": "", "line-1-decision": "back", **fresh}
    assert officer.post(page(sent), filled(sent, officer, **asked)).status_code == 302

    lines = Line.objects.filter(bag__sending=sent).order_by("position")
    told = [(n.position, n.item.code, n.bag.part) for n in lines]
    assert told == [(2, "soap", "back"), (3, "sausage", "goods")]


def test_rank_lets_a_line_in_with_the_reason(sent, sign_in):
    supervisor = sign_in(cast.SHIFT_SUPERVISOR)
    asked = {"line-1-quantity": 6, "line-1-decision": "in", "why": "four children"}
    assert supervisor.post(page(sent), filled(sent, supervisor, **asked))

    assert Line.objects.get(bag__sending=sent, position=2).quantity == 6
    assert sent.overrides.get().reason == "four children"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": ""}, "Fill in"),
        ({}, "Nothing is different"),
        ({"line-0-quantity": "abc"}, "whole number"),
        ({"line-0-grams": "-1"}, "greater than or equal to 0"),
        ({"line-0-quantity": 5, "seen": 4}, "Somebody else has corrected it"),
        ({"weighed_g": "5000"}, "less than or equal to"),
        ({"line-0-item": str(ids.new_id())}, "valid choice"),
    ],
)
def test_what_cannot_be_is_said_on_the_page(sent, officer, change, words):
    answer = officer.post(page(sent), filled(sent, officer, **change))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not sent.corrections.exists()


def test_nobody_corrects_what_is_not_theirs_or_has_ended(sent, officer, sign_in):
    services.cancel(sent.pk, reason="entered twice", **OFFICER)
    asked = filled(sent, officer, **{"line-0-quantity": 5})
    assert b"not yet handed over" in officer.post(page(sent), asked).content
    assert sign_in(cast.REGISTRAR).get(page(sent)).status_code == 403
    assert sign_in(cast.OUTSIDER).get(page(sent)).status_code in {403, 404}


def test_the_api_corrects_what_it_has_read(sent, colony):
    draft = DeviceDraft(ids.new_id(), "scale", Role.GATE_OFFICER, timedelta(days=1))
    token = accounts.issue_token(draft, by=cast.ADMINISTRATOR, at=cast.NINE)
    device = Client(headers={"authorization": f"Bearer {token.secret}"})
    address = f"/api/v1/parcels/sendings/{sent.pk}"
    read = device.get(address).json()
    lines = [
        {k: line[k] for k in ("position", "item_id", "quantity", "grams", "words")}
        for line in read["lines"]
    ]
    lines[0]["quantity"] = 7
    body = {
        "request_id": str(ids.new_id()), "reason": "miscounted", "lines": lines,
        "seen": read["corrections"], "channel": read["channel"],
    }  # fmt: skip

    def post():
        return device.post(
            f"{address}/corrections", json.dumps(body), content_type="application/json"
        )

    assert post().status_code == 200
    assert post().json() == post().json(), "sent again, once"
    assert device.get(address).json()["lines"][0]["quantity"] == 7
    body["request_id"] = str(ids.new_id())
    assert post().status_code == 409, "somebody corrected it since it was read"


def test_the_receipt_says_what_stands_now_and_when_it_was_corrected(sent, officer):
    officer.post(page(sent), filled(sent, officer, **{"line-1-quantity": 5}))
    address = reverse("parcels:receipt_print", args=[sent.pk])
    assert (
        address
        in officer.get(reverse("parcels:sending", args=[sent.pk])).content.decode()
    )
    text = officer.get(address).content.decode()

    assert "Оңдолду" in text or "Corrected" in text
    assert text.count("soap") >= 2, "three go in, two go back"
