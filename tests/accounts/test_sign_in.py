"""Sign-in end to end: password, lock-out, second factor, what is not there."""

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from darbaza.accounts import services, types
from darbaza.accounts.permissions import Role
from darbaza.audit.models import Event
from darbaza.kernel.ids import NOWHERE
from tests.accounts import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_memory():
    cache.clear()


@pytest.fixture
def place():
    return cast.institution("27")


def sign_in(client, name="officer", password=cast.PASSWORD):
    data = {"login": name, "password": password}
    return client.post(reverse("account_login"), data)


def code_now() -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(cast.SECRET, counter))


def types_of_events():
    return list(Event.objects.order_by("seq").values_list("type", flat=True))


def test_right_password_opens_the_first_page_and_is_on_record(client, place):
    person = cast.user(place, Role.GATE_OFFICER)

    answer = sign_in(client)

    assert answer.url == reverse("web:home")
    page = client.get("/")
    assert page.status_code == HTTPStatus.OK
    assert "No. 27" in page.content.decode()
    event = Event.objects.order_by("-seq").first()
    assert event.type == "account.signed_in"
    assert event.institution_id == place.id
    assert event.target_id == str(person.pk)


def test_sign_in_name_in_capitals_opens_too(client, place):
    cast.user(place, Role.GATE_OFFICER)

    assert sign_in(client, "OFFICER").url == reverse("web:home")


def test_wrong_password_opens_nothing_and_is_on_record(client, place):
    cast.user(place, Role.GATE_OFFICER)

    answer = sign_in(client, password="wrong")

    assert answer.status_code == HTTPStatus.OK
    assert "_auth_user_id" not in client.session
    assert types_of_events()[-1] == "account.wrong_password"


def test_unknown_name_goes_to_the_chain_of_the_service_without_the_typed_word(client):
    sign_in(client, name="my-secret-password")

    event = Event.objects.get()
    assert event.institution_id == NOWHERE
    assert "my-secret" not in event.facts_json + event.target_id + event.actor_name


def test_form_without_its_token_is_refused(place):
    cast.user(place, Role.GATE_OFFICER)
    client = Client(enforce_csrf_checks=True)

    assert sign_in(client).status_code == HTTPStatus.FORBIDDEN
    assert "_auth_user_id" not in client.session


def test_five_wrong_passwords_lock_out_until_the_time_on_the_page(
    client, place, settings
):
    settings.AXES_ENABLED = True
    cast.user(place, Role.GATE_OFFICER)
    with time_machine.travel(cast.NINE, tick=False) as clock:
        for name in ("officer", "Officer", "OFFICER", "officer"):
            assert sign_in(client, name, "wrong").status_code == HTTPStatus.OK
        locked = sign_in(client, password="wrong")
        assert locked.status_code == HTTPStatus.TOO_MANY_REQUESTS
        assert "09:15" in locked.content.decode()
        assert sign_in(client).status_code == HTTPStatus.TOO_MANY_REQUESTS
        assert "account.locked_out" in types_of_events()

        clock.shift(timedelta(minutes=15, seconds=1))
        assert sign_in(client).url == reverse("web:home")


def test_lock_out_counts_by_name_and_address(client, place, settings):
    settings.AXES_ENABLED = True
    cast.user(place, Role.GATE_OFFICER)
    for _ in range(6):
        sign_in(client, password="wrong")

    other_desk = Client(REMOTE_ADDR="10.0.0.7")
    assert sign_in(other_desk).url == reverse("web:home")


def test_an_administrator_is_led_to_the_second_factor_first(client, place):
    cast.user(place, Role.ADMINISTRATOR)
    sign_in(client)

    answer = client.get("/")

    assert answer.status_code == HTTPStatus.FOUND
    assert answer.url.startswith(reverse("mfa_activate_totp"))
    page = client.get(answer.url).content.decode()
    assert "data:image/svg+xml;base64," in page
    assert client.get(reverse("accounts:users")).status_code == HTTPStatus.FOUND


def test_second_factor_is_switched_on_and_its_secret_is_not_stored_readably(
    client, place
):
    person = cast.user(place, Role.ADMINISTRATOR)
    sign_in(client)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))

    answer = client.post(reverse("mfa_activate_totp"), {"code": code})

    assert answer.url == reverse("mfa_view_recovery_codes")
    stored = Authenticator.objects.get(user=person, type="totp").data
    assert secret not in str(stored)
    codes = client.get(answer.url)
    assert len(codes.context["unused_codes"]) == 10
    file = client.get(reverse("mfa_download_recovery_codes"))
    assert codes.context["unused_codes"][0] in file.content.decode()
    assert client.get("/").status_code == HTTPStatus.OK
    assert types_of_events()[-1] == "account.second_factor_on"


def test_new_recovery_codes_replace_the_old_and_are_on_record(client, place):
    person = cast.user(place, Role.ADMINISTRATOR)
    cast.enrol(person, place)
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})

    client.post(reverse("mfa_generate_recovery_codes"))

    page = client.get(reverse("mfa_view_recovery_codes"))
    assert not set(cast.CODES) & set(page.context["unused_codes"])
    assert types_of_events()[-1] == "account.recovery_codes_made"


def test_an_officer_may_switch_the_second_factor_off_again(client, place):
    person = cast.user(place, Role.GATE_OFFICER)
    cast.enrol(person, place)
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.filter(user=person).exists()
    assert types_of_events()[-1] == "account.second_factor_off"


def test_a_code_opens_once_and_its_replay_is_refused(client, place):
    person = cast.user(place, Role.ADMINISTRATOR)
    cast.enrol(person, place)
    assert sign_in(client).url == reverse("mfa_authenticate")
    code = code_now()

    answer = client.post(reverse("mfa_authenticate"), {"code": code})

    assert answer.url == reverse("web:home")
    second = Client()
    sign_in(second)
    again = second.post(reverse("mfa_authenticate"), {"code": code})
    assert again.status_code == HTTPStatus.OK
    assert "_auth_user_id" not in second.session
    assert types_of_events()[-1] == "account.wrong_code"


def test_a_recovery_code_opens_once(client, place):
    person = cast.user(place, Role.ADMINISTRATOR)
    cast.enrol(person, place)
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": cast.CODES[0]})
    assert "_auth_user_id" in client.session
    assert "account.recovery_code_used" in types_of_events()

    second = Client()
    sign_in(second)
    second.post(reverse("mfa_authenticate"), {"code": cast.CODES[0]})

    assert "_auth_user_id" not in second.session


def test_an_administrator_cannot_switch_the_second_factor_off(client, place):
    person = cast.user(place, Role.ADMINISTRATOR)
    cast.enrol(person, place)
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})

    client.post(reverse("mfa_deactivate_totp"))

    assert Authenticator.objects.filter(user=person, type="totp").exists()


def test_a_one_time_password_must_be_replaced_before_anything_else(client, place):
    person = cast.user(place, Role.GATE_OFFICER)
    by = types.system("setup", place.id)
    made = services.reset_password(person.pk, by=by, at=timezone.now())
    sign_in(client, password=made.secret)

    answer = client.get("/")
    assert answer.url.startswith(reverse("account_change_password"))
    for weak in ("short", "password1234"):
        data = {"oldpassword": made.secret, "password1": weak, "password2": weak}
        client.post(reverse("account_change_password"), data)
        assert client.get("/").status_code == HTTPStatus.FOUND
    strong = "vier zufaellige Woerter"
    data = {"oldpassword": made.secret, "password1": strong, "password2": strong}
    client.post(reverse("account_change_password"), data)

    assert client.get("/").status_code == HTTPStatus.OK
    assert types_of_events()[-1] == "account.password_changed"


def test_sign_out_ends_the_session_and_forgets_the_language(client, place):
    cast.user(place, Role.GATE_OFFICER)
    sign_in(client)
    client.post("/language/", {"language": "ru", "next": "/"})

    answer = client.post(reverse("account_logout"))

    assert answer.cookies["django_language"].value == ""
    assert client.get("/").status_code == HTTPStatus.FOUND
    assert types_of_events()[-1] == "account.signed_out"


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_reset_password",
        "account_email",
        "account_set_password",
    ],
)
def test_pages_of_the_library_that_we_do_not_have_do_not_exist(client, name):
    assert client.get(reverse(name)).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    "path", ["/account/signup/", "/account/email/", "/account/password/reset/"]
)
def test_the_usual_addresses_of_those_pages_do_not_exist_either(client, path):
    assert client.get(path).status_code == HTTPStatus.NOT_FOUND


def test_own_session_elsewhere_is_ended_from_the_list(client, place):
    cast.user(place, Role.GATE_OFFICER)
    other = Client()
    sign_in(other)
    sign_in(client)
    page = client.get(reverse("usersessions_list"))
    here = client.session.session_key
    theirs = next(s for s in page.context["sessions"] if s.session_key != here)

    client.post(reverse("usersessions_list"), {"session": theirs.pk})

    assert other.get("/").status_code == HTTPStatus.FOUND
    assert client.get("/").status_code == HTTPStatus.OK
    assert types_of_events()[-1] == "account.session_ended"
