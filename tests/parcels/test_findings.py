"""A finding: two officers, a sealed bag, a protocol, and what was tried before."""

from dataclasses import replace

import pytest
from django.db.models import Sum

from darbaza.audit.models import Event
from darbaza.kernel import ids
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.parcels import selectors, services
from darbaza.parcels.chain import Where
from darbaza.parcels.models import Bag, Finding, Line, Picture, Search, Sending
from darbaza.parcels.selectors import FindingFilters
from darbaza.parcels.selectors import inspecting as reading
from darbaza.parcels.services import SearchDraft, Upload
from darbaza.parcels.services.bags import Move
from darbaza.parcels.types import Channel
from darbaza.persons import services as persons
from darbaza.persons.models import Document
from darbaza.persons.types import PersonDraft
from tests import cast
from tests.parcels import builders, inspecting
from tests.parcels.inspecting import OFFICER, SECOND, draft, found, now, package

pytestmark = pytest.mark.django_db
TODAY = cast.NINE.date()


@pytest.fixture
def shop(colony):
    return builders.shop()


def attempts(person_id=None, *numbers, name="", by=OFFICER):
    return selectors.earlier_attempts(person_id, numbers, name, by=by)


def test_kept_goods_are_seized_with_their_bag(shop):
    kept = package(shop, "tea", "phone")["kept"]

    row = found(kept, upload=Upload(inspecting.picture(), "camera.jpg"))

    kept.refresh_from_db()
    assert (kept.where, kept.seal, kept.place) == ("seized", "S-100", "Safe 1")
    assert row.bag == kept
    assert row.person == row.sending.sender
    assert row.prisoner == row.sending.prisoner
    assert (row.by_name, row.second_name) == (OFFICER.name, SECOND.name)
    assert Picture.objects.get().bag == kept
    assert list(reading.gapped_of(reading.bag(kept.pk, by=OFFICER))) == []
    assert Event.objects.get(type="parcel.found").facts["protocol"] == "12"


def test_what_was_hidden_and_stood_on_no_line_gets_a_bag_of_its_own(shop):
    goods = package(shop)["goods"]

    row = found(goods, hidden_in="in a loaf")

    assert row.bag != goods
    assert row.bag.part == "kept"
    assert not row.bag.lines.exists()
    assert row.bag.steps.first().giver == OFFICER.name
    goods.refresh_from_db()
    assert goods.where == "counter"


def test_pieces_that_are_taken_out_lie_in_one_bag_only(shop):
    goods = package(shop)["goods"]

    row = found(goods, pieces={1: 1})

    assert Line.objects.filter(position=1).count() == 2
    assert Line.objects.aggregate(all=Sum("quantity"))["all"] == 2
    assert row.bag.lines.get().quantity == 1


def test_goods_that_are_seized_whole_keep_the_sending(shop):
    goods = package(shop)["goods"]

    row = found(goods, pieces={1: 2})

    assert row.bag == goods
    assert Sending.objects.get().status == "kept"


def test_the_same_request_again_is_one_finding(shop):
    goods, key = package(shop)["goods"], ids.new_id()

    rows = {
        services.find_in_bag(
            goods.pk, draft(), second=SECOND, request_id=key, **now()
        ).pk
        for _time in range(2)
    }

    assert rows == {Finding.objects.get().pk}
    assert Bag.objects.count() == 2


@pytest.mark.parametrize(
    ("second", "error", "code"),
    [
        (OFFICER, Invalid, "second_officer_is_first"),
        (cast.REGISTRAR, Forbidden, "second_officer_may_not"),
        (cast.OUTSIDER, Forbidden, "second_officer_may_not"),
    ],
    ids=["first", "no right", "elsewhere"],
)
def test_nobody_but_a_second_officer_of_the_house_confirms(shop, second, error, code):
    with pytest.raises(error, match=code):
        found(package(shop)["goods"], second=second)
    assert not Finding.objects.exists()


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"description": " "}, "finding_incomplete", "description"),
        ({"protocol": ""}, "finding_incomplete", "protocol"),
        ({"seal": ""}, "finding_incomplete", "seal"),
        ({"place": ""}, "finding_incomplete", "place"),
        ({"offence": "murder"}, "value_unknown", "offence"),
        ({"pieces": {1: 9}}, "split_impossible", "pieces"),
        ({"pieces": {7: 1}}, "split_impossible", "pieces"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_written(shop, more, code, field):
    goods = package(shop)["goods"]

    with pytest.raises(Invalid) as refused:
        found(goods, **more)

    assert (refused.value.code, refused.value.figures["field"]) == (code, field)
    assert Bag.objects.count() == 1


def test_a_protocol_has_one_finding_in_an_institution(shop):
    goods = package(shop)["goods"]
    found(goods)

    with pytest.raises(Invalid, match="protocol_taken"):
        found(goods, seal="S-2")


def test_evidence_and_what_has_left_is_not_found_in_again(shop):
    row = found(package(shop, "phone")["kept"])

    with pytest.raises(Conflict, match="bag_is_no_longer_here"):
        found(row.bag, protocol="13")


def test_a_sealed_bag_is_seized_whole(shop):
    goods = package(shop)["goods"]
    held = Move(Where.HELD, seal="S1", place="Safe")
    services.hand_on(goods.pk, held, request_id=ids.new_id(), **now())

    with pytest.raises(Conflict, match="sealed_bag_is_seized_whole"):
        found(goods)
    row = found(goods, pieces={1: 2})

    assert row.bag.steps.last().broken == "S1"


def test_another_institution_finds_nothing_here(shop, other_colony):
    goods = package(shop)["goods"]

    with pytest.raises(NotFound):
        found(goods, by=cast.OUTSIDER, second=replace(cast.OUTSIDER, id=ids.new_id(),
              name="x"))  # fmt: skip
    row = found(goods)
    with pytest.raises(NotFound):
        selectors.finding(row.pk, by=cast.OUTSIDER)
    with pytest.raises(NotFound):
        services.withdraw(row.pk, reason="mistake", by=cast.OUTSIDER, at=cast.NINE)


def test_the_way_to_the_investigator_is_signed_and_whole(shop):
    row = found(package(shop, "phone")["kept"])
    over = Move(Where.INVESTIGATOR, taker="Investigator Ivanov", signed=True)

    services.hand_on(
        row.bag_id, over, second=SECOND, request_id=ids.new_id(), **now(60)
    )

    bag = reading.bag(row.bag_id, by=OFFICER)
    assert (bag.where, bag.holder) == ("investigator", "Investigator Ivanov")
    assert list(reading.gapped_of(bag)) == []


def test_only_a_supervisor_withdraws_and_the_bag_stays_sealed(shop):
    row = found(package(shop, "phone")["kept"])

    with pytest.raises(Forbidden):
        services.withdraw(row.pk, reason="mistake", **now(30))
    with pytest.raises(Invalid):
        services.withdraw(row.pk, reason=" ", **now(30, cast.SHIFT_SUPERVISOR))
    services.withdraw(row.pk, reason="a toy", **now(30, cast.SHIFT_SUPERVISOR))

    assert Bag.objects.get().where == "seized"
    assert attempts(row.person_id) == []
    with pytest.raises(Conflict, match="finding_withdrawn"):
        services.withdraw(row.pk, reason="again", **now(31, cast.SHIFT_SUPERVISOR))


def test_every_print_of_a_protocol_is_counted(shop):
    row = found(package(shop, "phone")["kept"])

    prints = [services.note_protocol_printed(row.pk, **now(20)) for _n in range(2)]

    assert prints == [1, 2]


# Earlier attempts ---------------------------------------------------------------------


@pytest.fixture
def elsewhere(shop, other_colony):
    """A telephone found at somebody in the other prison."""
    who = PersonDraft(surname="Асанова", given_names="Айгүл", sex="F")
    woman = persons.register(who, by=OFFICER, at=cast.LONG_AGO)
    row = found(package(shop, "phone", sender_id=woman.pk)["kept"])
    for model, keys in ((Finding, [row.pk]), (Bag, [row.bag_id])):
        model.objects.filter(pk__in=keys).update(institution_id=cast.OTHER_COLONY)
    return Finding.objects.get()


def test_an_attempt_in_another_prison_is_seen_by_person(elsewhere):
    (seen,) = attempts(elsewhere.person_id)

    assert (seen.how, seen.sure) == ("person", True)
    assert (seen.institution, seen.protocol) == (elsewhere.institution.name, "12")
    assert elsewhere.prisoner.person.surname not in str(seen)
    assert elsewhere.prisoner.number not in str(seen)


def test_an_attempt_is_seen_by_the_number_of_the_document(elsewhere):
    paper = {"kind": "passport", "number": "ZZ123", "seen_at": cast.LONG_AGO}
    Document.objects.create(
        institution_id=cast.COLONY, person=elsewhere.person, issuer="KGZ", **paper
    )
    other = builders.sender("Бекова")

    assert attempts(other.pk) == []
    assert [one.how for one in attempts(other.pk, "zz 123")] == ["document"]


def test_an_attempt_is_seen_by_a_name_alone_and_marked_unsure(elsewhere):
    (seen,) = attempts(name="ASANOVA AIGUL")

    assert (seen.how, seen.sure) == ("name", False)
    assert attempts(name="Бекова Нурзат") == []


def test_a_written_name_is_compared_too(shop, other_colony):
    pair = {"sender_id": None, "channel": Channel.PARCEL}
    kept = package(shop, "phone", sender_name="Асанова Айгүл", **pair)["kept"]
    found(kept)
    woman = builders.sender()

    assert [one.how for one in attempts(woman.pk)] == ["name"]


def test_what_was_known_then_is_kept_with_the_finding(elsewhere, shop):
    pair = {
        "prisoner_id": elsewhere.prisoner_id, "sender_id": elsewhere.person_id
    }  # fmt: skip
    row = found(package(shop, "phone", **pair)["kept"], protocol="77")

    services.withdraw(elsewhere.pk, reason="a toy", by=cast.OUTSIDER, at=cast.NINE)

    assert [one["protocol"] for one in row.earlier] == ["12"]
    assert Finding.objects.get(pk=row.pk).earlier == row.earlier


def test_a_repeat_with_a_telephone_names_the_criminal_law(elsewhere):
    for code in ("offence.phone", "offence.phone_again", "offence.banned_item"):
        builders.rule(code, verified=False, som=30_000)

    def codes(offence, earlier):
        return [r.code for r in selectors.law(offence, earlier, TODAY, by=OFFICER)]

    known = attempts(elsewhere.person_id)
    assert codes("phone", known) == ["offence.phone", "offence.phone_again"]
    assert codes("phone", []) == ["offence.phone"]
    assert codes("phone", attempts(name="ASANOVA AIGUL")) == ["offence.phone"]
    assert codes("banned_item", known) == ["offence.banned_item"]


def test_a_registrar_learns_of_no_attempt(shop):
    with pytest.raises(Forbidden):
        attempts(name="Асанова", by=cast.REGISTRAR)


# Searches -----------------------------------------------------------------------------


def search(person, **more):
    known = {
        "kind": "detector", "reason": "at the entrance", "consent": True,
        "officer_sex": "F",
    }  # fmt: skip
    wanted = SearchDraft(person.pk, **known | more)
    return services.search(wanted, request_id=ids.new_id(), **now())


def test_no_consent_is_recorded_and_nothing_follows(shop):
    row = search(builders.sender(), consent=False, kind="outer", officer_sex="M")

    assert row.result == "no_consent"
    assert not Finding.objects.exists()


def test_by_hand_only_the_same_sex_searches(shop):
    person = builders.sender()

    with pytest.raises(Invalid, match="officer_of_the_same_sex"):
        search(person, kind="outer", officer_sex="M")
    assert search(person, kind="outer").result == "clear"
    assert search(person, officer_sex="M").kind == "detector"
    with pytest.raises(Invalid, match="search_reason_missing"):
        search(person, reason=" ")


def test_where_no_sex_is_on_record_the_person_says_it(shop):
    person = builders.sender()
    person.sex = "X"
    person.save()

    with pytest.raises(Invalid):
        search(person, kind="outer")
    assert search(person, kind="outer", person_sex="F").person_sex == "F"


def test_no_kind_of_search_is_intrusive():
    assert set(Search.Kind.values) == {"detector", "belongings", "outer", "dog"}


def test_what_a_search_finds_gets_a_bag_from_the_persons_hand(shop):
    clean = search(builders.sender("Бекова"))
    row = search(builders.sender(), found=True, note="in the coat")
    more = {"second": SECOND, **now(9)}

    with pytest.raises(Conflict, match="search_found_nothing"):
        services.find_on_person(clean.pk, draft(), request_id=ids.new_id(), **more)
    key = ids.new_id()
    rows = [
        services.find_on_person(row.pk, draft(), request_id=key, **more)
        for _time in range(2)
    ]

    assert rows[0] == rows[1]
    assert rows[0].bag.steps.first().giver == row.person.name
    assert (rows[0].sending, rows[0].prisoner) == (None, None)


def test_findings_are_listed_searched_and_narrowed(shop):
    row = found(package(shop, "phone")["kept"])

    def listed(text="", **more):
        rows = selectors.findings(FindingFilters(**more), by=OFFICER)
        return list(selectors.found_by(rows, text, by=OFFICER))

    for text in ("12", "Асанова", "soap", "S-100", row.bag.label):
        assert listed(text) == [row]
    assert listed("nothing like it") == listed(offence="banned_item") == []
    assert listed(where="seized") == [row]
    assert listed(last=cast.NINE) == []
