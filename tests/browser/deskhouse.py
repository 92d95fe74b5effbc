"""A prison on a server process of its own, for journeys in a real browser.

Run as ``python -m tests.browser.deskhouse`` it fills the database of DARBAZA_HOME.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "correct horse battery"
AGENT_TOKEN = "dbz_agent-of-window-2"
COMMAND = [sys.executable, "-c", "from darbaza.config.cli import main; main()"]
SETTINGS = "darbaza.config.settings.local"


def environment(home: Path) -> dict[str, str]:
    """Return the environment of every process of one house."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("DJANGO")}
    env.pop("DATABASE_URL", None)
    return env | {"DARBAZA_HOME": str(home), "DJANGO_SETTINGS_MODULE": SETTINGS}


def run(home: Path, *words: str, given: str = "") -> str:
    """Run a command of the house to its end and return what it said."""
    done = subprocess.run(
        [*COMMAND, *words], env=environment(home), cwd=ROOT, input=given,
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def run_module(home: Path, name: str) -> None:
    """Run a module of the tests to its end, with the database of the house."""
    done = subprocess.run(
        [sys.executable, "-m", name], env=environment(home), cwd=ROOT,
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]


@contextmanager
def served(home: Path, *, name: str = "", before: Sequence[str] = ()) -> Iterator[str]:
    """Serve a house that stands; the process is ended at the end.

    With ``name`` it is served over HTTPS under that name, by its own certificate.
    ``before`` stands in front of the command, such as a network of its own.
    """
    port = free_port()
    env = environment(home)
    if name:
        env.pop("DJANGO_SETTINGS_MODULE")  # the command chooses by the certificate
    with (home / "server.log").open("w") as log:
        server = subprocess.Popen(
            [*before, *COMMAND, "serve", "--port", str(port)],
            env=env, cwd=ROOT, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            wait(port, server, home / "server.log")
            yield f"https://{name}:{port}" if name else f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until a server listens."""
    for _try in range(240):
        assert server.poll() is None, log.read_text()[-2000:]
        try:
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
        except OSError:
            time.sleep(0.25)
        else:
            return
    raise AssertionError("the server did not answer")


def fill() -> None:
    """Put one prison with staff, prisoners and visitors into the database.

    One that was founded keeps the staff that its administrator makes.
    """
    from django.core.management import call_command  # noqa: PLC0415

    from darbaza.entitlements.models import Rule  # noqa: PLC0415
    from darbaza.sites.models import Block, Institution  # noqa: PLC0415
    from tests.visits import builders  # noqa: PLC0415 - after Django is set up

    call_command("load_catalogue", verbosity=0)

    # A lawyer has verified that contacts are approved: a stranger is refused here.
    approval = Rule.objects.filter(code="visits.contact_approval")
    if not approval.update(verified_by="Lawyer", verified_on=date(2026, 1, 1)):
        builders.rule("visits.contact_approval")
    if founded := Institution.objects.filter(code="27").first():
        block = Block.objects.create(institution=founded, code="1")
        home = builders.House(founded, block, builders.room(founded, seats=12))
    else:
        home = builders.house("27", seats=12)
        _staff(home)
    people = _people(home)
    _open_today(home, builders)
    first = builders.prisoner(home, "27-0412", person=people["held"])
    second = builders.prisoner(
        home, "27-0633", person=people["other"], conditions="eased"
    )
    builders.prisoner(home, "27-0711", person=people["third"])
    _contacts(home, people, first, second)
    _ban(home, people, second)


def _staff(home: Any) -> None:
    from darbaza.accounts.actors import token_hash  # noqa: PLC0415
    from darbaza.accounts.models import (  # noqa: PLC0415
        Assignment,
        DeviceToken,
        User,
    )
    from darbaza.sites.models import Post  # noqa: PLC0415

    names = {
        "officer": ("Айбек Турдубаев", "gate_officer", "ky"),
        "chief": ("Салтанат Исаева", "shift_supervisor", "ru"),
    }
    for name, (full, role, language) in names.items():
        user = User(username=name, full_name=full, language=language)
        user.created_at = datetime(2026, 1, 1, tzinfo=UTC)
        user.set_password(PASSWORD)
        user.save()
        Assignment.objects.create(
            user=user, institution_id=home.institution.pk, role=role,
            given_at=user.created_at, given_by="test",
        )  # fmt: skip
    post = Post.objects.create(
        institution=home.institution, kind="window", name_ky="2-терезе",
        name_ru="Окно 2", name_en="Window 2",
    )  # fmt: skip
    DeviceToken.objects.create(
        institution_id=home.institution.pk, post_id=post.pk, name="agent",
        role="agent", token_hash=token_hash(AGENT_TOKEN), created_by="test",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        expires_at=datetime(2100, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def _people(home: Any) -> dict[str, Any]:
    from darbaza.accounts.types import system  # noqa: PLC0415
    from darbaza.persons import services  # noqa: PLC0415
    from darbaza.persons.types import DocumentDraft, PersonDraft  # noqa: PLC0415

    by, at = system("test", home.institution.pk), datetime.now(tz=UTC)

    def person(surname: str, given: str, born: date, sex: str, **more: Any) -> Any:
        draft = PersonDraft(surname, given, sex=sex, birth_on=born, **more)
        return services.register(draft, by=by, at=at)

    wife = person(
        "Асанова", "Айгүл", date(1986, 3, 14), "F", patronymic="Маратовна",
        surname_latin="ASANOVA", given_names_latin="AIGUL MARATOVNA", citizenship="KGZ",
    )  # fmt: skip
    paper = DocumentDraft("passport", "ZZ0000017", "KGZ", expires_on=date(2031, 5, 20))
    services.add_document(wife.pk, paper, by=by, at=at)
    father = person("Бейшеналиев", "Нурлан", date(1968, 1, 30), "M", language="ru")
    banned = person("Сыдыков", "Эрмек", date(1990, 5, 5), "M")
    return {
        "wife": wife, "father": father, "banned": banned,
        "held": person("Асанов", "Бакыт", date(1984, 7, 1), "M"),
        "other": person("Бейшеналиев", "Тимур", date(1994, 2, 2), "M"),
        "third": person("Осмонов", "Кубанычбек", date(1979, 9, 9), "M",
                        patronymic="Токтосунович"),
    }  # fmt: skip


def _open_today(home: Any, builders: Any) -> None:
    from django.utils import timezone  # noqa: PLC0415

    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    end = start + timedelta(hours=23, minutes=59)
    places = {"open_places": 20, "closed_places": 4}
    builders.session(home, starts_at=start, ends_at=end, **places)


def _contacts(home: Any, people: dict[str, Any], first: Any, second: Any) -> None:
    from darbaza.custody.models import Contact  # noqa: PLC0415

    now = datetime.now(tz=UTC)
    for prisoner, who, kinship in (
        (first, "wife", "spouse"), (second, "father", "parent"),
    ):  # fmt: skip
        Contact.objects.create(
            institution=home.institution, prisoner=prisoner, person=people[who],
            kinship=kinship, status="approved", proposed_at=now, decided_at=now,
            decided_by="С. Исаева",
        )  # fmt: skip


def _ban(home: Any, people: dict[str, Any], second: Any) -> None:
    from darbaza.custody.models import Restriction  # noqa: PLC0415

    Restriction.objects.create(
        institution=home.institution, person=people["banned"], prisoner=second,
        kind="banned", ground="prohibited_items", starts_on=date(2026, 1, 1),
        ends_on=date(2027, 3, 1), reason="test", authority="director",
        order_number="12", recorded_at=datetime.now(tz=UTC), recorded_by="test",
    )  # fmt: skip


if __name__ == "__main__":
    import django

    django.setup()
    fill()
