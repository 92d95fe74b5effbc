"""First page, menu, language, notices; what is open without signing in."""

import re
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from darbaza.accounts.models import User
from darbaza.audit.models import Event
from tests import cast
from tests.conftest import user_of

pytestmark = pytest.mark.django_db
PUBLIC = {
    "account_login",
    "account_logout",
    "account_inactive",
    "set_language",
    "web:healthz",
    "web:privacy",
    "mfa_authenticate",
    # Open to families; tests/parcels/test_pages_public.py holds what they may say.
    "parcels:state",
    "parcels:list",
    "parcels:list_code",
    "parcels:list_pdf",
    "parcels:may_bring",
    "parcels:may_bring_pdf",
    # These exist by name only and answer "no such page".
    "account_signup",
    "account_reset_password",
    "account_set_password",
    "account_email",
    "account_email_verification_sent",
}


def addresses(resolver=None, space: str = ""):
    for part in (resolver or get_resolver()).url_patterns:
        if isinstance(part, URLResolver):
            inner = f"{part.namespace}:" if part.namespace else ""
            yield from addresses(part, space + inner)
        elif isinstance(part, URLPattern) and part.name:
            yield f"{space}{part.name}"


OURS = sorted(n for n in addresses() if n.split(":")[0] in {"web", "accounts"})


KEY = "00000000-0000-7000-8000-000000000001"
KEYS = {"session_id": 1, "user_id": KEY, "assignment_id": KEY, "token_id": KEY}
KEYS |= {"institution_id": KEY, "check_id": KEY}


def path_of(name: str) -> str:
    """Return an address of that name, whatever keys it wants."""
    space, _, last = name.rpartition(":")
    resolver = get_resolver()
    if space:
        resolver = resolver.namespace_dict[space][1]
    _template, wanted = resolver.reverse_dict.getlist(last)[0][0][0]
    return reverse(name, kwargs={key: KEYS[key] for key in wanted})


@pytest.mark.parametrize("name", OURS)
def test_a_stranger_is_led_to_sign_in_from_everything_that_is_not_public(name):
    client = Client()
    for method in (client.get, client.post):
        answer = method(path_of(name))
        if name in PUBLIC:
            assert answer.status_code != HTTPStatus.INTERNAL_SERVER_ERROR
        else:
            assert answer.status_code == HTTPStatus.FOUND
            assert answer.url.startswith(reverse("account_login"))


def test_the_health_check_says_nothing_but_ok():
    answer = Client().get("/healthz")

    assert (answer.status_code, answer.content) == (HTTPStatus.OK, b"ok\n")


READERS = {"director", "headquarters", "inspector", "administrator"}
MENUS = [
    (cast.GATE_OFFICER, set(), {"accounts:users", "web:record", "accounts:devices"}),
    (cast.DIRECTOR, {"accounts:users", "web:record"}, {"accounts:devices"}),
    (cast.INSPECTOR, {"accounts:users", "web:record"}, {"accounts:devices"}),
    (cast.ADMINISTRATOR, {"accounts:users", "accounts:devices", "web:record"}, set()),
    (cast.HEADQUARTERS, {"accounts:users", "web:record"}, {"accounts:devices"}),
]


@pytest.mark.parametrize(("actor", "shown", "hidden"), MENUS)
def test_the_menu_shows_what_the_role_may_open(  # noqa: PLR0917 - fixtures
    actor, shown, hidden, sign_in, colony, head_office
):
    client = sign_in(actor)
    page = client.get("/")
    offered = page.context["nav_items"] + page.context["nav_more"]
    links = {item["url"] for item in offered}

    assert page.status_code == HTTPStatus.OK
    assert {reverse(name) for name in shown} <= links
    assert not {reverse(name) for name in hidden} & links
    for url in links:
        assert client.get(url, follow=True).status_code == HTTPStatus.OK


@pytest.mark.parametrize("actor", cast.EVERYBODY, ids=lambda a: a.name)
@pytest.mark.parametrize(
    ("name", "role_words"),
    [
        ("accounts:users", READERS),
        ("accounts:new_user", {"administrator"}),
        ("accounts:invite", {"administrator"}),
        ("accounts:devices", {"administrator"}),
        ("accounts:staff_session", {"administrator"}),
        ("web:record", READERS),
        (
            "web:record_export",
            READERS,
        ),
        ("web:chains", READERS),
        ("web:heads", READERS),
    ],
)
def test_a_page_opens_for_its_roles_only(  # noqa: PLR0917 - fixtures
    actor, name, role_words, sign_in, colony, other_colony, head_office
):
    answer = sign_in(actor).get(reverse(name))

    allowed = {role.value for role in actor.roles} & role_words
    assert answer.status_code == (HTTPStatus.OK if allowed else HTTPStatus.FORBIDDEN)


@pytest.mark.parametrize(("code", "words"), [("ky", "Башкы бет"), ("ru", "Главная")])
def test_the_chosen_language_is_kept_in_the_profile(code, words, sign_in, colony):
    client = sign_in(cast.GATE_OFFICER)

    client.post("/language/", {"language": code, "next": "/about/"})

    assert User.objects.get(pk=cast.GATE_OFFICER.id).language == code
    assert words in client.get("/").content.decode()


def test_a_stranger_chooses_a_language_for_this_browser_only():
    client = Client()
    answer = client.post("/language/", {"language": "ru", "next": "https://x.example/"})

    assert answer.url == "/"
    cookie = answer.cookies["django_language"]
    assert (cookie.value, cookie["max-age"]) == ("ru", "")


def test_an_unknown_language_is_refused():
    answer = Client().post("/language/", {"language": "xx"})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_the_notice_stands_on_one_page_in_three_languages():
    page = Client().get(reverse("web:privacy")).content.decode()

    assert re.findall(r'<section lang="(\w+)">', page) == ["ky", "ru", "en"]
    assert "What we keep about visitors" in page
    assert "Что мы храним о посетителях" in page


def test_who_serves_at_two_institutions_changes_between_them(
    sign_in, colony, other_colony
):
    client = sign_in(cast.DIRECTOR)
    user = user_of(cast.DIRECTOR)
    user.assignments.create(
        institution_id=other_colony.pk,
        role="inspector",
        given_at=cast.LONG_AGO,
        given_by="cast",
    )

    client.post(reverse("accounts:institution"), {"institution": str(other_colony.pk)})

    assert other_colony.name_en in client.get("/").content.decode()
    assert client.get(reverse("accounts:me")).status_code == HTTPStatus.OK
    wrong = client.post(
        reverse("accounts:institution"), {"institution": str(cast.HEAD_OFFICE)}
    )
    assert wrong.status_code == HTTPStatus.NOT_FOUND


def test_every_request_of_a_staff_session_is_on_record_and_on_the_page(sign_in, colony):
    client = sign_in(cast.ADMINISTRATOR)
    data = {"reason": "The register is damaged", "minutes": "30"}
    client.post(reverse("accounts:staff_session"), data)

    page = client.get("/about/?secret=1").content.decode()

    assert "every request is on record" in page
    requests = Event.objects.filter(type="staff_session.request").order_by("seq")
    assert requests.last().facts == {"method": "GET", "path": "/about/"}
    client.post(reverse("accounts:end_staff_session"))
    assert "every request is on record" not in client.get("/").content.decode()


def test_the_record_shows_its_events_in_words_and_gives_them_as_a_file(sign_in, colony):
    client = sign_in(cast.ADMINISTRATOR)
    client.post(reverse("accounts:lock"))
    client = sign_in(cast.DIRECTOR)

    page = client.get(reverse("web:record"), {"type": "account.screen_locked"})
    file = client.get(reverse("web:record_export"), {"format": "csv"})

    assert "Screen locked" in page.content.decode()
    assert page.context["table"].total == 1
    lines = b"".join(file.streaming_content).decode().splitlines()
    assert any("account.screen_locked" in line for line in lines)


def test_the_record_of_another_institution_does_not_exist(
    sign_in, colony, other_colony
):
    sign_in(cast.DIRECTOR).get("/")

    outsider = sign_in(cast.OUTSIDER)
    shown = outsider.get(reverse("web:record")).context["table"]
    assert {row.institution_id for row, _cells in shown.rows} <= {cast.OTHER_COLONY}
    start = outsider.post(reverse("web:start_check", args=[cast.COLONY]))
    assert start.status_code == HTTPStatus.NOT_FOUND


def test_a_check_is_begun_and_finished_from_the_page(sign_in, colony):
    client = sign_in(cast.DIRECTOR)
    answer = client.post(reverse("web:start_check", args=[cast.COLONY]))

    step = client.get(answer.url, headers={"HX-Request": "true"})
    while "hx-trigger" in step.content.decode():
        step = client.get(answer.url, headers={"HX-Request": "true"})

    assert "nothing was changed" in step.content.decode()
    assert client.get(reverse("web:chains")).status_code == HTTPStatus.OK


def test_the_heads_of_a_day_are_printed_in_groups_of_four(sign_in, colony):
    client = sign_in(cast.DIRECTOR)

    page = client.get(reverse("web:heads"))

    chain = page.context["chains"][0]
    assert len(chain.groups) == 16
    assert " ".join(chain.groups) in page.content.decode()
    before = client.get(reverse("web:heads"), {"on": "01.01.2020"})
    assert before.context["chains"] == []


def test_the_user_pages_work_from_making_to_closing(sign_in, colony):
    client = sign_in(cast.ADMINISTRATOR)
    data = {
        "request_id": "01900000-0000-7000-8000-0000000000aa",
        "username": "new.user",
        "full_name": "Test New",
        "language": "ru",
        "roles": ["gate_officer"],
    }
    shown = client.post(reverse("accounts:new_user"), data)
    again = client.post(reverse("accounts:new_user"), data)
    person = User.objects.get(username="new.user")

    assert shown.context["secret"]
    assert again.context["secret"] == ""
    page = reverse("accounts:user", args=[person.pk])
    client.post(reverse("accounts:give", args=[person.pk]), {"role": "registrar"})
    assert "Registrar" in client.get(page).content.decode()
    reset = client.post(reverse("accounts:reset_password", args=[person.pk]))
    assert person.username in reset.content.decode()
    client.post(reverse("accounts:end_user", args=[person.pk]))
    assert "account closed" in client.get(page).content.decode()
    client.post(reverse("accounts:reopen_user", args=[person.pk]))
    person.refresh_from_db()
    assert person.is_active
    listed = client.get(reverse("accounts:users"), {"q": "test new", "state": "all"})
    assert listed.context["table"].total == 1


def test_a_refused_user_form_keeps_what_was_typed_and_says_why(sign_in, colony):
    client = sign_in(cast.ADMINISTRATOR)
    data = {
        "request_id": "01900000-0000-7000-8000-0000000000ab",
        "username": user_of(cast.ADMINISTRATOR).username,
        "full_name": "Test New",
        "language": "ru",
        "roles": ["gate_officer"],
    }

    page = client.post(reverse("accounts:new_user"), data)

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Somebody else has this sign-in name." in page.content.decode()
    assert "Test New" in page.content.decode()


def test_a_device_token_is_shown_once(sign_in, colony):
    client = sign_in(cast.ADMINISTRATOR)
    data = {
        "request_id": "01900000-0000-7000-8000-0000000000ac",
        "name": "Reader",
        "role": "gate_officer",
        "days": "30",
    }
    page = client.post(reverse("accounts:devices"), data)
    secret = page.context["secret"]

    assert secret in page.content.decode()
    assert secret not in client.get(reverse("accounts:devices")).content.decode()
