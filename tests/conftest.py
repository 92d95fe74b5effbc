"""Fixtures common to all tests: clock, institutions, signing in, browser, engine."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from darbaza.accounts.models import Assignment, User
from darbaza.accounts.permissions import NEEDS_SECOND_FACTOR
from darbaza.accounts.types import Actor
from darbaza.sites.models import Institution
from tests import cast, databases

BACKEND = "darbaza.accounts.backends.SignIn"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """On PostgreSQL run only what uses a database; on SQLite nothing marked for it."""
    other = "sqlite" if databases.engine() == "postgresql" else "postgres"
    narrow = databases.engine() == "postgresql"
    wanted, left_out = [], []
    for item in items:
        fits = item.get_closest_marker(other) is None
        fits = fits and (databases.uses_database(item) or not narrow)
        (wanted if fits else left_out).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = wanted


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """Let the library find the database that was put there."""
    return databases.engine() == "sqlite" or bool(request.config.getvalue("reuse_db"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any
) -> None:
    """Put a migrated database there before the library looks for one."""
    with django_db_blocker.unblock():
        databases.start_from_a_copy()


@pytest.fixture(scope="session", autouse=True)
def _empty_between_tests() -> Iterator[None]:
    with databases.append_only_tables_can_be_emptied():
        yield


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock at nine on a Monday; ``clock.shift(60)`` is a minute later."""
    with time_machine.travel(cast.NINE, tick=False) as traveller:
        yield traveller


def _institution(key: UUID, code: str, kind: Institution.Kind) -> Institution:
    names = {"name_ky": f"№ {code} мекеме", "name_ru": f"Учреждение № {code}"}
    return Institution.objects.create(
        id=key, code=code, kind=kind, name_en=f"Institution No. {code}", **names
    )


@pytest.fixture
def colony(db: None) -> Institution:
    """The institution of all the cast but two."""
    return _institution(cast.COLONY, "901", Institution.Kind.COLONY)


@pytest.fixture
def other_colony(db: None) -> Institution:
    """Where the outsider serves."""
    return _institution(cast.OTHER_COLONY, "902", Institution.Kind.COLONY)


@pytest.fixture
def head_office(db: None) -> Institution:
    """Where headquarters sits."""
    return _institution(cast.HEAD_OFFICE, "900", Institution.Kind.HEADQUARTERS)


def user_of(actor: Actor) -> User:
    """Return the user behind one of the cast, with the roles given; made if new."""
    user, new = User.objects.get_or_create(
        id=actor.id,
        defaults={
            "username": f"user-{actor.id.hex[-6:]}",
            "full_name": actor.name,
            "language": actor.language,
            "created_at": cast.LONG_AGO,
        },
    )
    if new:
        Assignment.objects.bulk_create(
            Assignment(
                user=user,
                institution_id=actor.institution_id,
                role=role,
                given_at=cast.LONG_AGO,
                given_by="cast",
            )
            for role in actor.roles
        )
    if new and actor.roles & NEEDS_SECOND_FACTOR:
        Authenticator.objects.create(user=user, type="totp", data={"secret": ""})
    return user


@pytest.fixture
def sign_in(db: None) -> Callable[[Actor], Client]:
    """Return a function that gives one of the cast a signed-in browser."""

    def enter(actor: Actor) -> Client:
        client = Client()
        client.force_login(user_of(actor), backend=BACKEND)
        session = client.session
        session["institution"] = str(actor.institution_id)
        session.save()
        return client

    return enter


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, one for all tests of a process.

    Playwright admits one loop in a thread, and from its start to its end Django takes
    everything in that thread for asynchronous, tests without a browser as well.
    """
    playwright = pytest.importorskip("playwright.sync_api")
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium")
    with playwright.sync_playwright() as program, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = program.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
