"""Pages of watch-lists: from the upload to the decision, by people with roles."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from darbaza.accounts.permissions import Role
from darbaza.audit.models import Event
from darbaza.watchlists.models import Entry, Likeness, Version, WatchList
from tests import cast
from tests.gate.deskwork import NEW, Desk, DeskScene
from tests.persons import people
from tests.watchlists import builders, files

pytestmark = pytest.mark.django_db
DESCRIBED = {
    "name": "Test list", "kind": "un", "source": "un.org", "owner": "Security Council",
    "purpose": "sanctions", "kept_until": "01.11.2027",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _places(colony, other_colony, head_office, clock):
    """Two prisons and headquarters, on a Monday at nine."""


@pytest.fixture
def head(sign_in):
    return sign_in(cast.HEADQUARTERS)


@pytest.fixture
def supervisor(sign_in):
    return sign_in(cast.SHIFT_SUPERVISOR)


def text(answer):
    return answer.content.decode()


def upload(client, row, data, name="list.xml"):
    return client.post(
        reverse("watchlists:load", args=[row.pk]),
        {"file": SimpleUploadedFile(name, data), "request_id": str(uuid4())},
        follow=True,
    )


def test_a_list_is_made_loaded_looked_at_and_put_in_force(head):
    people.register("Сыдыков", "Талант", birth_on=date(1990, 10, 11), sex="M")
    made = {**DESCRIBED, "request_id": str(uuid4())}
    answer = head.post(reverse("watchlists:new"), made, follow=True)
    assert "Look at the file" in text(answer)
    row = WatchList.objects.get()

    page = text(upload(head, row, files.SHIPPED))
    assert "4 people" in page
    assert "1 organisation passed over" in page
    assert "1 has a name alone" in page
    assert "TESTi.001" in page
    version = Version.objects.get()

    take = reverse("watchlists:take_over", args=[version.pk])
    answer = head.post(take, follow=True)
    walk = version.screenings.get()
    assert answer.redirect_chain[-1][0].endswith(f"{walk.pk}/")
    walk.refresh_from_db()
    assert (walk.done, walk.raised) == (1, 1)
    page = text(head.get(reverse("watchlists:lists")))
    for said in (
        "un.org",
        "Security Council",
        "02.11.2026",
        "01.11.2027",
        "1 compared",
    ):
        assert said in page
    page = text(head.get(reverse("watchlists:list", args=[row.pk])))
    assert "to be judged: 1" in page

    again = upload(head, row, files.SHIPPED)
    assert "in force already" in text(again)


def test_a_hostile_file_is_answered_at_its_field(head):
    row = builders.a_list()
    bomb = files.consolidated(
        files.person(name="&b;"), head='<!DOCTYPE l [<!ENTITY b "x">]>'
    )
    answer = upload(head, row, bomb)
    assert answer.status_code == 422
    assert "built to do harm" in text(answer)
    assert not Version.objects.exists()


def test_the_columns_of_a_table_are_settled_on_the_page(head):
    row = builders.a_list("CSV", "csv")
    page = text(upload(head, row, b"a;b\nAsanov Bakyt;1985-03-12\n", "list.csv"))
    assert "Which column holds what?" in page
    assert "Put it in force" not in page
    version = Version.objects.get()
    address = reverse("watchlists:version", args=[version.pk])
    answer = head.post(address, {"name": "0", "birth": "0"})
    assert answer.status_code == 422
    answer = head.post(address, {"name": "0", "birth": "1"}, follow=True)
    assert "Put it in force" in text(answer)
    head.post(reverse("watchlists:take_over", args=[version.pk]))
    assert Entry.objects.get().births == ["1985-03-12"]


def test_a_list_is_changed_and_erased_with_a_reason(head):
    row = builders.a_list()
    change = reverse("watchlists:change", args=[row.pk])
    assert "un.org" in text(head.get(change))
    head.post(change, {**DESCRIBED, "owner": "Other"})
    row.refresh_from_db()
    assert row.owner == "Other"
    assert (
        head.post(change, {**DESCRIBED, "kept_until": "01.01.2020"}).status_code == 422
    )
    erase = reverse("watchlists:erase", args=[row.pk])
    assert head.post(erase, {"reason": ""}).status_code == 422
    head.post(erase, {"reason": "withdrawn by its owner"})
    row.refresh_from_db()
    assert row.erased_at
    assert "erased" in text(head.get(reverse("watchlists:list", args=[row.pk])))


def waiting():
    row = builders.a_list()
    builders.load(row, files.person())
    (found,) = builders.come(people.register(sex="M", document=people.PASSPORT))
    return found


def test_one_pair_is_laid_side_by_side_and_decided(supervisor):
    row = waiting()
    queue = text(supervisor.get(reverse("watchlists:likenesses")))
    assert "Асанов Бакыт" in queue
    address = reverse("watchlists:likeness", args=[row.pk])
    page = text(supervisor.get(address))
    for said in ("BAKYT ASANOV", "12.03.1985", "sounds the same", "AC1234567", "male"):
        assert said in page

    seen = f"{row.judgements}-{row.pair[:16]}"
    form = {
        "verdict": "another",
        "reason": "",
        "seen": seen,
        "request_id": str(uuid4()),
    }
    assert supervisor.post(address, form).status_code == 422
    answer = supervisor.post(address, form | {"reason": "other parents"}, follow=True)
    assert "Nothing waits for a decision." in text(answer)
    page = text(supervisor.get(address))
    assert "other parents" in page
    assert "Likeness with a watch-list judged" in page


def test_whoever_decides_second_is_shown_the_first_decision(supervisor):
    row = waiting()
    address = reverse("watchlists:likeness", args=[row.pk])
    form = {
        "verdict": "same", "reason": "photograph", "seen": "0-old",
        "request_id": str(uuid4()),
    }  # fmt: skip
    answer = supervisor.post(address, form)
    assert answer.status_code == 422
    assert "decided in the meantime" in text(answer)
    assert f"0-{row.pair[:16]}" in text(answer)


def test_the_queue_is_narrowed_and_taken_as_a_file(supervisor):
    row = waiting()
    builders.judge(row, "another")
    address = reverse("watchlists:likenesses")
    assert "Асанов" not in text(supervisor.get(address))
    assert "Асанов" in text(supervisor.get(address, {"status": "another"}))
    assert "Асанов" in text(supervisor.get(address, {"status": "", "q": "ASANOV"}))
    assert "Асанов" not in text(supervisor.get(address, {"status": "", "q": "Петров"}))
    odd = {"status": "x", "list": "x", "place": "x", "sort": "x", "page": "x"}
    assert supervisor.get(address, odd).status_code == 200
    answer = supervisor.get(reverse("watchlists:export"), {"status": "another"})
    file = b"".join(answer.streaming_content).decode()
    assert "photograph compared" in file
    assert Event.objects.filter(type="watchlist.exported").count() == 1


def test_the_desk_warns_and_lets_the_officer_go_on():
    scene = DeskScene()
    row = builders.a_list()
    builders.load(row, files.person(
        name="Bektur Toktomamatov",
        born="<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1979-11-02</DATE>",
    ))  # fmt: skip
    officer = Desk(scene.staff("gate", Role.GATE_OFFICER))
    officer.open()

    page = text(officer.do("scan", text=NEW))

    assert "May be on a watch-list." in page
    assert "Call the shift supervisor" in page
    assert "Bektur Toktomamatov" not in page
    found = Likeness.objects.get()

    supervisor = Desk(scene.staff("chief", Role.SHIFT_SUPERVISOR))
    supervisor.open()
    page = text(supervisor.do("scan", text=NEW))
    assert "Bektur Toktomamatov" in page
    assert "the same date of birth" in page
    assert reverse("watchlists:likeness", args=[found.pk]) in page


def test_who_may_not_is_refused(sign_in):
    row = waiting()
    pages = [
        (cast.GATE_OFFICER, "watchlists:lists", []),
        (cast.GATE_OFFICER, "watchlists:likenesses", []),
        (cast.GATE_OFFICER, "watchlists:likeness", [row.pk]),
        (cast.REGISTRAR, "watchlists:lists", []),
        (cast.ADMINISTRATOR, "watchlists:likenesses", []),
        (cast.ADMINISTRATOR, "watchlists:change", [row.watchlist_id]),
        (cast.INSPECTOR, "watchlists:likenesses", []),
        (cast.DIRECTOR, "watchlists:new", []),
        (cast.DIRECTOR, "watchlists:load", [row.watchlist_id]),
    ]
    for actor, name, args in pages:
        answer = sign_in(actor).get(reverse(name, args=args))
        assert answer.status_code == 403, name


def test_the_first_page_counts_what_waits(supervisor):
    waiting()
    page = text(supervisor.get("/"))
    assert "likenesses with watch-lists to judge" in page


def test_a_list_is_loaded_from_the_command_line(tmp_path, capsys):
    people.register()
    path = tmp_path / "list.csv"
    path.write_text(files.CSV)
    known = {"kind": "csv", "institution": "900", "name": "Letters"}
    with pytest.raises(CommandError, match="a new list needs"):
        call_command("load_watchlist", path, **known)
    said = {
        "source": "letter 5", "owner": "Ministry", "purpose": "search",
        "kept_until": builders.KEPT_UNTIL,
    }  # fmt: skip
    call_command("load_watchlist", path, **known, **said, as_json=True)
    assert '"added": 2' in capsys.readouterr().out
    assert Likeness.objects.count() == 1
    call_command("load_watchlist", path, **known, dry_run=True)
    path.write_bytes(b"\0\0")
    with translation.override("en"), pytest.raises(CommandError, match="encoding"):
        call_command("load_watchlist", path, **known)
    with pytest.raises(CommandError, match="no institution"):
        call_command("load_watchlist", path, **known | {"institution": "77"})
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_watchlist", tmp_path / "none", **known)
    call_command("expire_watchlists")
    assert "0 lists" in capsys.readouterr().out


def test_a_persons_page_shows_likenesses_to_those_who_judge_and_to_nobody_else(
    supervisor, sign_in
):
    builders.load(builders.a_list(), files.person())
    person = people.register()
    builders.come(person)
    page = reverse("persons:person", args=[person.pk])
    row = Likeness.objects.get()

    shown = text(supervisor.get(page))
    assert reverse("watchlists:likeness", args=[row.pk]) in shown
    assert "to be judged" in shown
    assert "Test list" not in text(sign_in(cast.GATE_OFFICER).get(page))
