"""From a file to a likeness, a decision, and what raises it again."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from darbaza.audit.models import Event
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.persons import services as persons
from darbaza.persons.types import DocumentDraft, PersonDraft
from darbaza.watchlists import selectors, services
from darbaza.watchlists.models import Entry, Judgement, Likeness, Version, WatchList
from darbaza.watchlists.selectors import Filters
from darbaza.watchlists.types import Upload
from tests import cast
from tests.persons import people
from tests.watchlists import builders, files

pytestmark = pytest.mark.django_db
YEAR = "<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1985</YEAR>"
PAPER = (
    "<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>"
    "<NUMBER>АС 1234567</NUMBER></INDIVIDUAL_DOCUMENT>"
)


@pytest.fixture(autouse=True)
def _places(colony, other_colony, head_office):
    """Two prisons and headquarters."""


@pytest.fixture
def un():
    return builders.a_list()


def events():
    rows = Event.objects.filter(type__startswith="watchlist.likeness")
    return list(rows.order_by("at", "seq").values_list("type", flat=True))


def test_registered_raised_judged_and_not_raised_again_until_the_list_changes(un):
    builders.load(un, files.person(born=YEAR))
    asanov = people.register()

    (row,) = builders.come(asanov)
    assert row.reasons == ["name_same", "birth_date_within", "sex_unknown"]
    builders.judge(row, "another")
    assert builders.come(asanov) == []

    builders.load(un, files.person(born=YEAR, more="<COMMENTS1>new</COMMENTS1>"))
    assert builders.come(asanov) == []

    builders.load(un, files.person())
    (again,) = builders.come(asanov)
    assert again.pk == row.pk
    assert again.reasons == ["name_same", "birth_date_same", "sex_unknown"]
    assert events() == ["watchlist.likeness_raised", "watchlist.likeness_raised_again"]
    assert Judgement.objects.get().outcome == "another"


def test_facts_of_the_person_raise_it_again_and_a_new_document_does_not(un):
    builders.load(un, files.person(born=YEAR))
    asanov = people.register()
    builders.judge(*builders.come(asanov), "another")

    card = DocumentDraft("id_card", "ID7654321")
    persons.add_document(asanov.pk, card, by=cast.GATE_OFFICER, at=cast.NINE)
    assert builders.come(asanov) == []

    draft = PersonDraft("Асанов", "Бакыт", birth_on=date(1985, 4, 1))
    persons.correct(
        asanov.pk, draft, reason="misread", by=cast.GATE_OFFICER, at=cast.NINE
    )
    assert len(builders.come(asanov)) == 1


def test_everybody_on_record_is_compared_when_a_list_is_loaded(un):
    asanov = people.register(document=people.PASSPORT)
    people.register("Мамытова", "Айгүл", sex="F")

    version = builders.load(un, files.person(name="X Y", born="", more=PAPER))

    row = Likeness.objects.get()
    assert row.person == asanov
    assert row.reasons[0] == "document_same"
    walk = version.screenings.get()
    assert (walk.done, walk.raised) == (2, 1)
    assert walk.finished_at
    assert row.sightings.get().institution_id == cast.COLONY


def test_a_walk_that_was_cut_off_goes_on_where_it_was(un, monkeypatch):
    monkeypatch.setattr("darbaza.watchlists.services.screening.CHUNK", 1)
    for number in range(3):
        people.register(birth_on=date(1985, 3, 12), phone=str(number))
    version = builders.offer(un, files.consolidated(files.person()))
    version = services.take_over(version.pk, by=cast.HEADQUARTERS, at=cast.NINE)
    walk = version.screenings.get()

    assert services.walk(walk.pk, by=cast.HEADQUARTERS, at=cast.NINE)
    walk.refresh_from_db()
    assert walk.done == 1
    while services.walk(walk.pk, by=cast.HEADQUARTERS, at=cast.NINE):
        pass
    walk.refresh_from_db()
    assert (walk.done, walk.raised) == (3, 3)
    assert not services.walk(walk.pk, by=cast.HEADQUARTERS, at=cast.NINE)


def test_a_newer_list_ends_the_walk_of_an_older_one(un):
    first = builders.offer(un, files.consolidated(files.person()))
    services.take_over(first.pk, by=cast.HEADQUARTERS, at=cast.NINE)
    builders.load(un, files.person("T.2"))
    old = Version.objects.get(pk=first.pk).screenings.get()
    assert old.finished_at


def test_who_left_the_list_is_closed_and_no_longer_asked_about(un):
    builders.load(un, files.person(), files.person("T.2", "NOBODY ELSE"))
    asanov = people.register()
    (row,) = builders.come(asanov)

    version = builders.load(un, files.person("T.2", "NOBODY ELSE"))

    row.refresh_from_db()
    assert row.status == "gone"
    assert (version.added, version.changed, version.left) == (0, 0, 1)
    closed = Entry.objects.get(reference="T.1")
    assert closed.closed_by == version
    assert builders.come(asanov) == []

    builders.load(un, files.person(), files.person("T.2", "NOBODY ELSE"))
    assert len(builders.come(asanov)) == 1


def test_the_same_file_loaded_twice_is_one_version(un):
    first = builders.load(un, files.person())
    again = builders.offer(un, files.consolidated(files.person()))
    assert again == first
    assert len(builders.versions(un)) == 1
    assert services.take_over(first.pk, by=cast.HEADQUARTERS, at=cast.NINE) == first


def test_a_changed_entry_is_a_new_row_and_the_old_one_stays(un):
    builders.load(un, files.person(born=YEAR))
    builders.load(un, files.person())
    old, new = Entry.objects.order_by("opened_by__number")
    assert (old.births, new.births) == (["1985"], ["1985-03-12"])
    assert old.closed_by == new.opened_by


def test_a_file_waits_until_it_is_taken_over_or_thrown_away(un):
    version = builders.offer(un, files.SHIPPED)
    assert not Entry.objects.exists()
    preview = selectors.preview(version.pk, by=cast.HEADQUARTERS)
    assert len(preview.reading.entries) == 4

    services.drop(version.pk, by=cast.HEADQUARTERS, at=cast.NINE)
    version.refresh_from_db()
    assert version.data is None
    with pytest.raises(Conflict):
        services.take_over(version.pk, by=cast.HEADQUARTERS, at=cast.NINE)

    other = builders.offer(un, files.SHIPPED)
    newer = builders.offer(un, files.consolidated(files.person()))
    other.refresh_from_db()
    assert (other.status, newer.status) == ("dropped", "waiting")


def test_a_table_is_read_as_last_time():
    row = builders.a_list("CSV", "csv")
    file = Upload("list.csv", files.CSV.encode("cp1251"))
    first = services.offer(
        row.pk, file, request_id=uuid4(), by=cast.HEADQUARTERS, at=cast.NINE
    )
    how = {"columns": {"name": 1, "birth": 2}, "encoding": "cp1251", "separator": ";"}
    services.settle(first.pk, how, by=cast.HEADQUARTERS)
    services.take_over(first.pk, by=cast.HEADQUARTERS, at=cast.NINE)
    assert Entry.objects.count() == 2

    more = Upload("list.csv", (files.CSV + "3;Ивентов Тест;1990\n").encode("cp1251"))
    second = services.offer(
        row.pk, more, request_id=uuid4(), by=cast.HEADQUARTERS, at=cast.NINE
    )
    assert second.settings == how
    twice = {"columns": {"name": 1, "surname": 1}}
    with pytest.raises(Invalid, match="watch_column_twice"):
        services.settle(second.pk, twice, by=cast.HEADQUARTERS)


def test_lists_are_read_everywhere_and_written_at_home_or_at_headquarters(un):
    administrator = cast.ADMINISTRATOR
    local = builders.a_list("Local", by=administrator)
    builders.load(local, files.person(), by=cast.HEADQUARTERS)
    assert selectors.watch_lists(by=cast.OUTSIDER).count() == 2
    with pytest.raises(Forbidden):
        builders.offer(un, files.SHIPPED, by=administrator)
    with pytest.raises(Forbidden):
        builders.a_list("Third", by=cast.DIRECTOR)
    with pytest.raises(Conflict, match="watch_name_taken"):
        builders.a_list("Local", by=administrator)


def test_an_officer_is_told_that_and_not_why(un):
    builders.load(un, files.person())
    asanov = people.register()
    builders.come(asanov)
    told = selectors.alerts([asanov.pk], by=cast.GATE_OFFICER)
    assert told == {asanov.pk: "open"}
    for door in (selectors.likenesses, selectors.open_count):
        arguments = (Filters(),) if door is selectors.likenesses else ()
        with pytest.raises(Forbidden):
            door(*arguments, by=cast.GATE_OFFICER)
    builders.judge(Likeness.objects.get(), "same")
    told = selectors.alerts([asanov.pk], by=cast.GATE_OFFICER)
    assert told == {asanov.pk: "same"}


def test_a_likeness_is_for_the_institutions_where_it_came_up(un):
    builders.load(un, files.person())
    (row,) = builders.come(people.register())
    with pytest.raises(NotFound):
        selectors.likeness(row.pk, by=cast.OUTSIDER)
    with pytest.raises(NotFound):
        builders.judge(row, by=cast.OUTSIDER)
    assert selectors.open_count(by=cast.OUTSIDER) == 0

    builders.come(row.person, by=cast.OUTSIDER)

    assert selectors.open_count(by=cast.OUTSIDER) == 1
    builders.judge(row, by=cast.OUTSIDER)
    assert selectors.open_count(by=cast.SHIFT_SUPERVISOR) == 0


def test_the_second_of_two_judges_looks_again(un):
    builders.load(un, files.person())
    (row,) = builders.come(people.register())
    seen = row.mark
    judged = {"reason": "photograph", "seen": seen, "at": cast.NINE}
    key = uuid4()
    by = cast.SHIFT_SUPERVISOR
    for _ in range(2):
        services.judge(row.pk, "another", request_id=key, by=by, **judged)
    with pytest.raises(Conflict, match="watch_judged_meanwhile"):
        services.judge(row.pk, "same", request_id=uuid4(), by=cast.DIRECTOR, **judged)
    assert Judgement.objects.count() == 1


@pytest.mark.parametrize(
    ("verdict", "reason", "code"),
    [("maybe", "photograph", "watch_verdict_unknown"), ("same", "  ", "say_why")],
)
def test_a_decision_needs_a_verdict_and_a_reason(un, verdict, reason, code):
    builders.load(un, files.person())
    (row,) = builders.come(people.register())
    with pytest.raises(Invalid, match=code):
        services.judge(
            row.pk, verdict, reason=reason, seen=row.mark,
            request_id=uuid4(), by=cast.DIRECTOR, at=cast.NINE,
        )  # fmt: skip


def test_not_sure_yet_stays_in_the_queue_and_may_be_decided_later(un):
    builders.load(un, files.person())
    (row,) = builders.come(people.register())
    builders.judge(row, "unsure")
    assert selectors.open_count(by=cast.DIRECTOR) == 1
    builders.judge(row, "same", by=cast.DIRECTOR)
    told = selectors.decisions(row.pk, by=cast.DIRECTOR)
    assert [one.outcome for one in told] == ["same", "unsure"]


def test_a_banned_person_with_another_document_is_found_in_another_prison():
    banned = people.register(document=people.PASSPORT)
    builders.ban(banned)
    again = people.register(
        "Assanov", "Bakit", document=DocumentDraft("id_card", "ID7654321")
    )

    (row,) = builders.come(again)

    assert row.watchlist.kind == "bans"
    assert row.reference == str(banned.pk)
    assert "902" in row.entry.remark
    assert builders.come(banned) == []


def test_a_lifted_ban_is_forgotten_and_a_new_one_comes_along():
    banned = people.register()
    ban = builders.ban(banned)
    again = people.register("Assanov", "Bakit")
    (row,) = builders.come(again)

    ban.lifted_at, ban.lifted_by, ban.lift_reason = cast.NINE, "x", "error"
    ban.save()
    builders.come(again)
    row.refresh_from_db()
    assert row.status == "gone"

    builders.ban(banned)
    assert len(builders.come(again)) == 1
    assert WatchList.objects.filter(kind="bans").count() == 1


def test_the_list_of_bans_is_nobodys_to_load_or_erase():
    builders.ban(people.register())
    builders.come(people.register("Assanov", "Bakit"))
    row = WatchList.objects.get()
    with pytest.raises(Forbidden):
        builders.offer(row, files.SHIPPED)
    with pytest.raises(Forbidden):
        services.erase(row.pk, "reason", by=cast.HEADQUARTERS, at=cast.NINE)


def test_past_its_day_a_list_finds_nobody_and_is_erased(un):
    builders.load(un, files.person())
    asanov = people.register()
    builders.judge(*builders.come(asanov), "same")
    over = cast.NINE + timedelta(days=400)

    builders.come(asanov, at=over)
    assert Likeness.objects.get().status == "gone"
    assert services.expire(by=cast.HEADQUARTERS, at=over) == (1, 0)

    assert not Entry.objects.exists()
    assert not Likeness.objects.exists()
    un.refresh_from_db()
    assert un.erased_at == over
    judged = Event.objects.get(type="watchlist.judged")
    assert judged.facts["verdict"] == "same"
    assert services.expire(by=cast.HEADQUARTERS, at=over) == (0, 0)
    with pytest.raises(Conflict):
        services.erase(un.pk, "reason", by=cast.HEADQUARTERS, at=over)


def test_what_left_a_list_a_year_ago_is_erased_with_its_decisions(un):
    builders.load(un, files.person(born=YEAR), files.person("T.2", "NOBODY ELSE"))
    (row,) = builders.come(people.register())
    builders.judge(row, "another")
    builders.load(un, files.person("T.2", "NOBODY ELSE"))

    year = cast.NINE + timedelta(days=366)
    draft = builders.ListDraft("Test list", "un", "s", "o", "p", date(2030, 1, 1))
    services.change(un.pk, draft, by=cast.HEADQUARTERS, at=cast.NINE)
    assert services.expire(by=cast.HEADQUARTERS, at=year) == (0, 1)
    assert [one.reference for one in Entry.objects.all()] == ["T.2"]
    assert not Likeness.objects.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"source": " "}, "watch_say_it"),
        ({"kept_until": date(2020, 1, 1)}, "watch_over_already"),
        ({"kind": "bans"}, "watch_kind_unknown"),
    ],
)
def test_a_list_that_says_too_little_is_refused(change, code):
    said = dict.fromkeys(("name", "source", "owner", "purpose"), "x")
    draft = {**said, "kind": "un", "kept_until": builders.KEPT_UNTIL, **change}
    with pytest.raises(Invalid, match=code):
        services.make(
            builders.ListDraft(**draft),
            request_id=uuid4(),
            by=cast.HEADQUARTERS,
            at=cast.NINE,
        )


def test_a_banned_persons_corrected_name_and_new_document_count_at_once():
    banned = people.register("Сыдыков", "Талант", birth_on=date(1990, 10, 11))
    builders.ban(banned)
    again = people.register("Assanov", "Bakit", document=people.PASSPORT)
    assert builders.come(again) == []

    draft = PersonDraft("Асанов", "Бакыт", birth_on=people.BORN)
    persons.correct(
        banned.pk, draft, reason="misread", by=cast.GATE_OFFICER, at=cast.NINE
    )
    (row,) = builders.come(again)
    assert "document_same" not in row.reasons

    persons.add_document(banned.pk, people.PASSPORT, by=cast.GATE_OFFICER, at=cast.NINE)
    builders.come(again)
    row.refresh_from_db()
    assert "document_same" in row.reasons
