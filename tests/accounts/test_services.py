"""What accounts do, and what each of them refuses."""

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from darbaza.accounts import actors, selectors, services, types
from darbaza.accounts.models import Assignment, DeviceToken, StaffSession, User
from darbaza.accounts.permissions import DEVICES_ONLY, SEES_ALL, Permission, Role
from darbaza.audit.models import Event
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.kernel.ids import new_id
from tests.accounts import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def place():
    return cast.institution("27")


@pytest.fixture
def elsewhere():
    return cast.institution("47")


@pytest.fixture
def head_office():
    return cast.institution("900", kind="headquarters")


@pytest.fixture
def admin(place):
    return cast.actor(cast.user(place, Role.ADMINISTRATOR, name="admin"))


@pytest.fixture
def stranger(elsewhere):
    return cast.actor(cast.user(elsewhere, Role.ADMINISTRATOR, name="stranger"))


@pytest.fixture
def officer(place):
    return cast.user(place, Role.GATE_OFFICER)


def draft(**changes):
    values = {
        "id": new_id(),
        "username": "New.User",
        "full_name": "Test New",
        "roles": frozenset({Role.GATE_OFFICER}),
    }
    return types.UserDraft(**{**values, **changes})


def code_of(error) -> str:
    return error.value.code


def last() -> Event:
    return Event.objects.order_by("-at", "-seq").first()


def test_a_new_user_gets_a_one_time_password_and_is_on_record(admin, at, place):
    made = services.create_user(draft(), by=admin, at=at)

    user = User.objects.get(pk=made.id)
    assert user.username == "new.user"
    assert user.check_password(made.secret)
    assert user.must_change_password
    assert cast.actor(user).may(Permission.GATE_DESK)
    kinds = Event.objects.filter(target_id=str(user.pk)).values_list("type", flat=True)
    assert set(kinds) == {"user.created", "user.role_given"}
    assert made.secret not in repr(made)


def test_the_same_request_twice_makes_one_user(admin, at):
    wanted = draft()
    services.create_user(wanted, by=admin, at=at)

    again = services.create_user(wanted, by=admin, at=at)

    assert again.secret == ""
    assert User.objects.filter(username="new.user").count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"username": "ADMIN"}, "username_taken"),
        ({"username": "two words"}, "username_unusable"),
        ({"username": " "}, "username_unusable"),
        ({"roles": frozenset()}, "user_without_role"),
        ({"roles": frozenset({Role.HEADQUARTERS})}, "role_only_at_headquarters"),
    ],
)
def test_a_user_that_cannot_be_is_refused_and_nothing_is_left(admin, at, changes, code):
    before = User.objects.count(), Event.objects.count()
    with pytest.raises((Conflict, Invalid)) as error:
        services.create_user(draft(**changes), by=admin, at=at)

    assert code_of(error) == code
    assert (User.objects.count(), Event.objects.count()) == before


def test_a_weak_password_is_refused(at, place):
    by = types.system("darbaza init", place.id)
    for weak in ("short", "password1234", "qwertyuiop"):
        with pytest.raises(Invalid) as error:
            services.create_user(draft(), password=weak, by=by, at=at)
        assert code_of(error) == "password_weak"


def test_a_command_makes_the_first_administrator(at, place):
    by = types.system("darbaza init", place.id)
    wanted = draft(roles=frozenset({Role.ADMINISTRATOR}))

    made = services.create_user(wanted, password=cast.PASSWORD, by=by, at=at)

    user = User.objects.get(pk=made.id)
    assert made.secret == ""
    assert not user.must_change_password
    assert last().actor_name == "darbaza init"


def test_headquarters_roles_exist_at_headquarters(at, head_office):
    user = cast.user(head_office, Role.HEADQUARTERS, name="hq")
    place = cast.institution("3")

    assert cast.actor(user).sees >= {head_office.id, place.id}


DOORS = {
    "change": lambda u, by, at: services.change_user(
        u.pk, types.UserChange("Other", "", "ru"), by=by, at=at
    ),
    "end": lambda u, by, at: services.end_user(u.pk, by=by, at=at),
    "reopen": lambda u, by, at: services.reopen_user(u.pk, by=by, at=at),
    "assign": lambda u, by, at: services.assign(u.pk, Role.REGISTRAR, by=by, at=at),
    "end role": lambda u, by, at: services.end_assignment(
        u.assignments.get().pk, by=by, at=at
    ),
    "password": lambda u, by, at: services.reset_password(u.pk, by=by, at=at),
    "factor": lambda u, by, at: services.reset_second_factor(u.pk, by=by, at=at),
    "enrol": lambda u, by, at: services.enrol(u.pk, cast.SECRET, [], by=by, at=at),
    "session": lambda u, by, at: services.end_session(u.pk, 1, by=by, at=at),
}


@pytest.mark.parametrize("door", DOORS)
def test_an_administrator_of_another_institution_finds_nobody(
    door, officer, stranger, at
):
    with pytest.raises(NotFound):
        DOORS[door](officer, stranger, at)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    "role", [r for r in Role if r not in {Role.ADMINISTRATOR, *DEVICES_ONLY}]
)
def test_only_administrators_manage_users(  # noqa: PLR0917 - fixtures
    door, role, officer, at, head_office, place
):
    where = head_office if role in SEES_ALL else place
    by = cast.actor(cast.user(where, role, name="other"))

    with pytest.raises(Forbidden):
        DOORS[door](officer, by, at)


def test_changes_name_what_changed(officer, admin, at):
    change = types.UserChange("Test Other", "", "en")

    services.change_user(officer.pk, change, by=admin, at=at)
    services.change_user(officer.pk, change, by=admin, at=at)

    rows = Event.objects.filter(type="user.changed")
    assert [row.facts for row in rows] == [{"fields": ["full_name"]}]


def signed_in(name="officer") -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": name, "password": cast.PASSWORD})
    return client


def test_an_ended_account_loses_its_sessions_and_its_roles_at_once(officer, admin, at):
    client = signed_in()
    assert client.get("/").status_code == 200

    services.end_user(officer.pk, by=admin, at=at)
    services.end_user(officer.pk, by=admin, at=at)

    assert client.get("/").status_code == 302
    assert not UserSession.objects.filter(user=officer).exists()
    officer.refresh_from_db()
    assert cast.actor(officer).permissions == frozenset()
    assert Event.objects.filter(type="user.ended").count() == 1
    assert "_auth_user_id" not in signed_in().session


def test_an_account_opened_again_has_no_role(officer, admin, at):
    services.end_user(officer.pk, by=admin, at=at)

    services.reopen_user(officer.pk, by=admin, at=at)

    officer.refresh_from_db()
    assert officer.is_active
    assert cast.actor(officer).permissions == frozenset()


def test_nobody_ends_themselves(admin, at):
    with pytest.raises(Conflict) as error:
        services.end_user(admin.id, by=admin, at=at)
    assert code_of(error) == "end_oneself"


def test_nobody_gives_a_role_to_themselves(admin, at):
    with pytest.raises(Conflict) as error:
        services.assign(admin.id, Role.DIRECTOR, by=admin, at=at)
    assert code_of(error) == "role_to_oneself"


def test_the_last_administrator_stays_until_there_is_another(admin, place, at):
    own = Assignment.objects.get(user_id=admin.id)
    with pytest.raises(Conflict) as error:
        services.end_assignment(own.pk, by=admin, at=at)
    assert code_of(error) == "last_administrator"

    cast.user(place, Role.ADMINISTRATOR, name="second")
    services.end_assignment(own.pk, by=admin, at=at)
    assert Assignment.objects.get(pk=own.pk).ended_at is not None


def test_a_revoked_role_counts_from_the_next_request_on(officer, admin, at):
    client = signed_in()
    services.end_assignment(officer.assignments.get().pk, by=admin, at=at)

    page = client.get("/").content.decode()

    assert "You have no role yet" in page


def test_a_role_given_twice_is_held_once(officer, admin, at):
    first = services.assign(officer.pk, Role.REGISTRAR, by=admin, at=at)
    again = services.assign(officer.pk, Role.REGISTRAR, by=admin, at=at)

    assert first == again
    assert Event.objects.filter(type="user.role_given").count() == 3  # with the set-up


def test_somebody_from_elsewhere_is_invited_by_exact_name(officer, stranger, at):
    services.assign_by_name("OFFICER", Role.REGISTRAR, by=stranger, at=at)

    assert len(actors.standing(officer, at=timezone.now()).held) == 2
    with pytest.raises(NotFound):
        services.assign_by_name("office", Role.REGISTRAR, by=stranger, at=at)


@pytest.mark.parametrize("door", ["end", "password", "factor", "enrol"])
def test_who_serves_elsewhere_too_is_out_of_a_local_administrators_reach(
    door, officer, admin, stranger, at
):
    services.assign_by_name("officer", Role.REGISTRAR, by=stranger, at=at)

    with pytest.raises(Conflict) as error:
        DOORS[door](officer, admin, at)

    assert code_of(error) == "serves_elsewhere"


def test_a_reset_password_ends_sessions_and_the_old_password(officer, admin, at):
    client = signed_in()

    made = services.reset_password(officer.pk, by=admin, at=at)

    officer.refresh_from_db()
    assert officer.check_password(made.secret)
    assert officer.must_change_password
    assert client.get("/").status_code == 302
    assert made.secret not in last().facts_json


def test_a_lost_second_factor_is_taken_away(officer, admin, at, place):
    cast.enrol(officer, place)

    services.reset_second_factor(officer.pk, by=admin, at=at)
    services.reset_second_factor(officer.pk, by=admin, at=at)

    assert not Authenticator.objects.filter(user=officer).exists()
    assert Event.objects.filter(type="user.second_factor_reset").count() == 1


def device(**changes):
    values = {
        "id": new_id(),
        "name": "Gate reader 1",
        "role": Role.GATE_OFFICER,
        "valid_for": timedelta(days=30),
    }
    return types.DeviceDraft(**{**values, **changes})


def test_a_token_opens_with_its_one_role_at_its_one_institution(admin, at, place):
    made = services.issue_token(device(), by=admin, at=at)

    actor = actors.of_token(made.secret, at=at)

    assert actor.sees == {place.id}
    assert actor.roles == {Role.GATE_OFFICER}
    assert made.secret not in str(DeviceToken.objects.values())
    assert DeviceToken.objects.get().last_used_at == at


@pytest.mark.parametrize("raw", ["", "x", "dbz_", "\ud800", "dbz_" + "A" * 40])
def test_a_wrong_token_opens_nothing(admin, at, raw):
    services.issue_token(device(), by=admin, at=at)

    assert actors.of_token(raw, at=at) is None


def test_an_expired_token_opens_until_its_last_moment(admin, at):
    made = services.issue_token(device(), by=admin, at=at)
    end = at + timedelta(days=30)

    assert actors.of_token(made.secret, at=end - timedelta(seconds=1))
    assert actors.of_token(made.secret, at=end) is None


def test_a_revoked_token_opens_nothing(admin, at, stranger):
    made = services.issue_token(device(), by=admin, at=at)
    with pytest.raises(NotFound):
        services.revoke_token(made.id, by=stranger, at=at)

    services.revoke_token(made.id, by=admin, at=at)
    services.revoke_token(made.id, by=admin, at=at)

    assert actors.of_token(made.secret, at=at) is None
    assert Event.objects.filter(type="device.token_revoked").count() == 1


def test_the_same_token_request_twice_gives_one(admin, at):
    wanted = device()
    services.issue_token(wanted, by=admin, at=at)

    assert services.issue_token(wanted, by=admin, at=at).secret == ""
    assert DeviceToken.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"role": Role.ADMINISTRATOR}, "role_needs_a_person"),
        ({"role": Role.HEADQUARTERS}, "role_needs_a_person"),
        ({"valid_for": timedelta(days=367)}, "token_too_long"),
        ({"valid_for": timedelta(0)}, "token_too_long"),
        ({"name": " "}, "name_missing"),
        ({"name": "gate READER 2"}, "device_name_taken"),
    ],
)
def test_a_token_that_cannot_be_is_refused(admin, at, changes, code):
    services.issue_token(device(name="Gate reader 2"), by=admin, at=at)
    with pytest.raises((Conflict, Invalid)) as error:
        services.issue_token(device(**changes), by=admin, at=at)
    assert code_of(error) == code


def test_only_administrators_give_tokens(officer, at):
    with pytest.raises(Forbidden):
        services.issue_token(device(), by=cast.actor(officer), at=at)


REASON = "The register is damaged, ticket 17"


def test_a_staff_session_gives_every_permission_and_ends_by_itself(admin, at, place):
    services.open_staff_session(REASON, minutes=30, by=admin, at=at)
    user = User.objects.get(pk=admin.id)

    inside = actors.of_user(user, at=at + timedelta(minutes=29))
    after = actors.of_user(user, at=at + timedelta(minutes=30))

    assert inside.permissions == frozenset(Permission)
    assert inside.sees == {place.id}
    assert after.permissions == admin.permissions
    assert after.staff_session_id is None


def test_a_staff_session_is_ended_early_once(admin, at):
    services.open_staff_session(REASON, minutes=30, by=admin, at=at)
    inside = actors.of_user(User.objects.get(pk=admin.id), at=at)

    services.end_staff_session(by=inside, at=at + timedelta(minutes=1))
    services.end_staff_session(by=inside, at=at + timedelta(minutes=2))

    assert StaffSession.objects.get().ended_at == at + timedelta(minutes=1)
    user = User.objects.get(pk=admin.id)
    assert not actors.of_user(user, at=at + timedelta(minutes=1)).staff_session_id


@pytest.mark.parametrize(
    ("reason", "minutes", "code"),
    [
        (REASON, 0, "staff_session_length"),
        (REASON, 61, "staff_session_length"),
        ("because", 30, "staff_session_reason"),
    ],
)
def test_a_staff_session_needs_a_reason_and_a_limit(admin, at, reason, minutes, code):
    with pytest.raises(Invalid) as error:
        services.open_staff_session(reason, minutes=minutes, by=admin, at=at)
    assert code_of(error) == code


def test_a_second_staff_session_is_refused(admin, at):
    services.open_staff_session(REASON, minutes=30, by=admin, at=at)
    inside = actors.of_user(User.objects.get(pk=admin.id), at=at)

    with pytest.raises(Conflict):
        services.open_staff_session(REASON, minutes=30, by=inside, at=at)


def test_nobody_but_an_administrator_opens_a_staff_session(officer, at):
    with pytest.raises(Forbidden):
        services.open_staff_session(REASON, minutes=5, by=cast.actor(officer), at=at)


def test_a_staff_session_ends_with_the_administrators_role(admin, at, place):
    services.open_staff_session(REASON, minutes=30, by=admin, at=at)
    Assignment.objects.filter(user_id=admin.id).update(ended_at=at)

    actor = actors.of_user(User.objects.get(pk=admin.id), at=at)

    assert actor.permissions == frozenset()


def test_the_list_of_users_stops_at_the_institution(admin, stranger, officer):
    names = set(selectors.users(by=admin).values_list("username", flat=True))

    assert names == {"admin", "officer"}
    with pytest.raises(NotFound):
        selectors.user(stranger.id, by=admin)
    with pytest.raises(NotFound):
        selectors.history(stranger.id, by=admin)
    with pytest.raises(NotFound):
        selectors.user(uuid4(), by=admin)


def test_a_language_that_is_not_there_is_refused(admin, at):
    services.choose_language("ru", by=admin, at=at)
    assert User.objects.get(pk=admin.id).language == "ru"
    with pytest.raises(Invalid):
        services.choose_language("xx", by=admin, at=at)
