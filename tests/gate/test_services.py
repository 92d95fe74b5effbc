"""From registration to pass, in, out; lost passes; drafts."""

from uuid import uuid4

import pytest

from darbaza.accounts.permissions import Role
from darbaza.audit import selectors as audit
from darbaza.audit.models import Event
from darbaza.gate import codes, selectors, services
from darbaza.gate.models import Pass
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.visits.models import Visit, Visitor
from tests.visits import builders
from tests.visits.test_registration import NOW, Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(db) -> Scene:
    made = Scene()
    made.quota()
    return made


def issued(scene, *people, **changes):
    return services.register(scene.party(*people, **changes), by=scene.officer, at=NOW)


def code_of(done) -> str:
    return codes.printed(next(iter(done.passes.values())))


def test_each_admitted_visitor_gets_a_pass_and_the_refused_none(scene):
    banned = scene.visitor("Жапаров")
    scene.restriction(person=banned)

    done = issued(scene, scene.person, banned)

    assert set(done.passes) == {done.registered.visitors[scene.person.pk]}
    assert Pass.objects.count() == 1


def test_the_same_registration_again_gives_the_same_pass(scene):
    party = scene.party()
    first = services.register(party, by=scene.officer, at=NOW)
    second = services.register(party, by=scene.officer, at=NOW)
    assert second.passes == first.passes
    assert Pass.objects.count() == 1


def test_in_and_out_by_scanning_ends_the_visit_and_takes_the_pass_back(scene):
    done = issued(scene)
    code, way_in, way_out = code_of(done), uuid4(), uuid4()
    enter = {"scan_id": way_in, "by": scene.officer, "at": builders.at(10, 5)}
    leave = {"scan_id": way_out, "by": scene.officer, "at": builders.at(11)}

    for _again in range(2):
        assert services.let_in_by_code(code, **enter)[1]
    assert [p.name for p in selectors.inside_now(by=scene.officer)] == ["Асанов Бакыт"]
    for _again in range(2):
        assert services.let_out_by_code(code, **leave)[1]

    visitor, visit = Visitor.objects.get(), Visit.objects.get()
    assert (visitor.status, visit.status, visit.outcome) == (
        "left", "ended", "completed",
    )  # fmt: skip
    assert Pass.objects.get().status == "returned"
    types = list(Event.objects.order_by("seq").values_list("type", flat=True))
    assert types == ["visit.registered", "visit.admitted", "visit.let_out"]
    assert list(audit.breaches()) == []


def test_nobody_comes_in_twice_nor_leaves_without_coming_in(scene):
    code = code_of(issued(scene))
    _pass, early = services.let_out_by_code(
        code, scan_id=uuid4(), by=scene.officer, at=NOW
    )
    services.let_in_by_code(code, scan_id=uuid4(), by=scene.officer, at=NOW)
    _pass, twice = services.let_in_by_code(
        code, scan_id=uuid4(), by=scene.officer, at=NOW
    )
    assert early.codes == ["not_inside"]
    assert twice.codes == ["already_inside"]


def test_a_forged_and_an_unknown_code_are_refused_and_on_record(scene):
    unknown = codes.printed(codes.new_number())
    for text, code in (("DZ1:NONSENSE", "pass_code_forged"), (unknown, "pass_unknown")):
        found, decision = services.let_in_by_code(
            text, scan_id=uuid4(), by=scene.officer, at=NOW
        )
        assert (found, decision.codes) == (None, [code])
    assert Event.objects.filter(type="gate.code_refused").count() == 2


def test_a_pass_of_another_prison_is_unknown_here(scene):
    code = code_of(issued(scene))
    stranger = builders.house("16").actor(Role.GATE_OFFICER)
    found, decision = services.let_in_by_code(
        code, scan_id=uuid4(), by=stranger, at=NOW
    )
    assert (found, decision.codes) == (None, ["pass_unknown"])
    assert selectors.pass_by_code(code, by=stranger) is None


def test_a_lost_pass_opens_nothing_and_the_new_one_does(scene):
    done = issued(scene)
    lost = Pass.objects.get()
    fresh = services.replace_lost(
        lost.pk, reason="fell out of a pocket", by=scene.officer, at=NOW
    )
    _pass, refused = services.let_in_by_code(
        code_of(done), scan_id=uuid4(), by=scene.officer, at=NOW
    )
    _pass, admitted = services.let_in_by_code(
        codes.printed(fresh.number), scan_id=uuid4(), by=scene.officer, at=NOW
    )
    assert refused.codes == ["pass_lost"]
    assert admitted
    with pytest.raises(Conflict):
        services.replace_lost(lost.pk, reason="again", by=scene.officer, at=NOW)
    with pytest.raises(Invalid):
        services.replace_lost(fresh.pk, reason=" ", by=scene.officer, at=NOW)


def test_prints_are_counted(scene):
    issued(scene)
    one = Pass.objects.get().pk
    services.note_printed([one], by=scene.officer, at=NOW)
    assert services.note_printed([one], by=scene.officer, at=NOW)[0].prints == 2
    with pytest.raises(NotFound):
        services.note_printed([uuid4()], by=scene.officer, at=NOW)


def test_a_role_without_the_right_is_refused(scene):
    with pytest.raises(Forbidden):
        services.register(scene.party(), by=scene.house.actor(Role.REGISTRAR), at=NOW)


def test_a_draft_survives_and_belongs_to_its_officer(scene):
    draft = services.open_draft(post_id=None, by=scene.officer, at=NOW)
    services.keep_draft(draft.pk, {"text": "half"}, by=scene.officer, at=NOW)
    again = services.open_draft(post_id=None, by=scene.officer, at=NOW)
    assert again.state == {"text": "half"}
    other = builders.house("16").actor(Role.GATE_OFFICER)
    with pytest.raises(NotFound):
        services.keep_draft(draft.pk, {}, by=other, at=NOW)
    services.close_draft(draft.pk, by=scene.officer, at=NOW)
    with pytest.raises(Conflict):
        services.keep_draft(draft.pk, {}, by=scene.officer, at=NOW)
