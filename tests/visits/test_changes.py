"""Cancel, correct, note, end early, close what was missed; calls; complaints."""

from datetime import date, timedelta
from types import MappingProxyType
from uuid import uuid4

import pytest
from django.core.management import call_command

from darbaza.accounts.permissions import Role
from darbaza.audit.models import Event
from darbaza.entitlements.models import Entry
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.visits import selectors, services
from darbaza.visits.models import Call, Refusal, Visit
from darbaza.visits.policies import changes as policy
from tests.visits import builders
from tests.visits.builders import MONDAY, House, at

WHY = "Попросила семья"
CAUSES = ("by_family", "by_prisoner", "by_institution", "not_come")


@pytest.mark.parametrize("cause", CAUSES)
@pytest.mark.parametrize(
    ("status", "possible"),
    [
        ("booked", True),
        ("registered", True),
        ("inside", False),
        ("ended", False),
        ("refused", False),
        ("cancelled", False),
    ],
)
def test_what_may_be_cancelled(status: str, cause: str, possible: bool) -> None:
    assert policy.may_cancel(status, cause) is possible


def test_only_an_error_can_be_taken_back_after_the_visit() -> None:
    assert policy.may_cancel("ended", "entered_in_error")
    assert not policy.may_cancel("inside", "entered_in_error")
    assert not policy.may_cancel("booked", "no_such_cause")


@pytest.mark.parametrize(
    ("cause", "returned"),
    [
        ("by_family", True),
        ("by_institution", True),
        ("prisoner_ill", True),
        ("prisoner_refused", True),
        ("prisoner_absent", True),
        ("not_come", False),
        ("ended_early_staff", False),
        ("completed", False),
    ],
)
def test_which_cause_returns_the_allowance(cause: str, returned: bool) -> None:
    assert policy.gives_back(cause) is returned


def test_an_answer_is_due_thirty_days_after_the_complaint() -> None:
    assert policy.answer_due_on(date(2026, 1, 30)) == date(2026, 3, 1)


@pytest.fixture
def home(db: None) -> House:
    return builders.house()


def used(visit: Visit) -> Visit:
    """Charge the allowance of the prisoner for a visit."""
    Entry.objects.create(
        institution_id=visit.institution_id,
        prisoner=visit.prisoner,
        kind="short",
        period_on=date(2026, 1, 1),
        period_ends_on=date(2027, 1, 1),
        amount=-1,
        reason="use",
        subject_id=visit.pk,
        at=at(8),
        by_name="x",
    )
    return visit


def balance(visit: Visit) -> int:
    return sum(e.amount for e in Entry.objects.filter(prisoner=visit.prisoner))


def test_cancel_twice_is_done_once_and_gives_the_allowance_back(home: House) -> None:
    visit = used(builders.visit(home))
    for _ in range(2):
        services.cancel(visit.pk, "by_family", reason=WHY, by=home.actor(), at=at(8))
    visit.refresh_from_db()
    assert (visit.status, visit.sub_status, visit.outcome) == (
        "cancelled", "by_family", "",
    )  # fmt: skip
    assert balance(visit) == 0
    assert Event.objects.filter(type="visit.cancelled").count() == 1


def test_cancel_frees_the_seat(home: House) -> None:
    row = builders.session(home, open_places=1)
    visit = builders.visit(home, session=row)
    assert selectors.slot(row.pk, by=home.actor()).open_free == 0
    services.cancel(visit.pk, "by_prisoner", reason=WHY, by=home.actor(), at=at(8))
    assert selectors.slot(row.pk, by=home.actor()).open_free == 1


@pytest.mark.parametrize(
    ("cause", "reason", "error"),
    [
        ("by_family", "  ", Invalid),
        ("moved", WHY, Invalid),
        ("because", WHY, Invalid),
    ],
)
def test_cancel_needs_a_cause_and_a_reason(
    home: House, cause: str, reason: str, error: type[Exception]
) -> None:
    visit = builders.visit(home)
    with pytest.raises(error):
        services.cancel(visit.pk, cause, reason=reason, by=home.actor(), at=at(8))
    visit.refresh_from_db()
    assert visit.status == "booked"


def test_nothing_is_changed_with_visitors_inside_or_by_another_house(
    home: House,
) -> None:
    visit = builders.visit(home, status="inside")
    with pytest.raises(Conflict):
        services.cancel(visit.pk, "by_family", reason=WHY, by=home.actor(), at=at(9))
    outsider = builders.house("16").actor()
    calls = [
        lambda: services.cancel(
            visit.pk, "by_family", reason=WHY, by=outsider, at=at(9)
        ),
        lambda: services.note(visit.pk, "x", by=outsider, at=at(9)),
        lambda: services.call(visit.pk, by=outsider, at=at(9)),
        lambda: services.brought(visit.pk, by=outsider, at=at(9)),
        lambda: services.returned(visit.pk, by=outsider, at=at(9)),
        lambda: services.close_missed(visit.pk, by=outsider, at=at(9)),
        lambda: selectors.visit(visit.pk, by=outsider),
    ]
    for door in calls:
        with pytest.raises(NotFound):
            door()
    assert not Event.objects.exists()


def test_a_reader_may_not_cancel(home: House) -> None:
    visit = builders.visit(home)
    with pytest.raises(Forbidden):
        services.cancel(
            visit.pk, "by_family", reason=WHY, by=home.actor(Role.INSPECTOR), at=at(8)
        )


def test_end_early_keeps_the_planned_end_on_record(home: House) -> None:
    visit = used(builders.visit(home, status="inside"))
    for _ in range(2):
        services.end_early(
            visit.pk, "ended_early_staff", reason=WHY, by=home.actor(), at=at(10)
        )
    visit.refresh_from_db()
    assert (visit.status, visit.outcome, visit.ends_at) == (
        "inside", "ended_early_staff", at(10),
    )  # fmt: skip
    assert Event.objects.get().facts["planned_end"].startswith("2026-11-23")
    assert balance(visit) == -1


def test_end_early_only_with_somebody_inside_and_only_as_an_early_end(
    home: House,
) -> None:
    visit = builders.visit(home, status="registered")
    with pytest.raises(Conflict):
        services.end_early(
            visit.pk, "ended_early_family", reason=WHY, by=home.actor(), at=at(10)
        )
    with pytest.raises(Invalid):
        services.end_early(
            visit.pk, "completed", reason=WHY, by=home.actor(), at=at(10)
        )


def test_outcome_is_apart_from_status(home: House) -> None:
    visit = used(builders.visit(home, status="ended", outcome="completed"))
    services.set_outcome(
        visit.pk, "prisoner_ill", reason="Фельдшер", by=home.actor(), at=at(12)
    )
    visit.refresh_from_db()
    assert (visit.status, visit.outcome) == ("ended", "prisoner_ill")
    assert balance(visit) == 0
    with pytest.raises(Conflict):
        services.set_outcome(
            builders.visit(home).pk, "completed", reason=WHY, by=home.actor(), at=at(9)
        )


def test_correct_changes_parts_and_keeps_both_values(home: House) -> None:
    visit = builders.visit(home, kind="lawyer")
    lead = visit.visitors.get()
    second = visit.visitors.create(
        institution=home.institution,
        person=builders.person(home, "Исаев"),
        part="adult",
        status="allowed",
        effect="allow",
    )
    swapped = MappingProxyType({lead.pk: "adult", second.pk: "lead"})
    services.correct(
        visit.pk,
        services.Correction(closed=True, parts=swapped),
        reason=WHY,
        by=home.actor(),
        at=at(8),
    )
    visit.refresh_from_db()
    second.refresh_from_db()
    assert visit.closed
    assert second.part == "lead"
    facts = Event.objects.get().facts
    assert (facts["before"], facts["after"]) == ({"closed": False}, {"closed": True})
    assert facts["parts"][str(lead.pk)] == ["lead", "adult"]


def test_correct_to_a_kind_without_allowance_gives_it_back(home: House) -> None:
    visit = used(builders.visit(home))
    services.correct(
        visit.pk,
        services.Correction(kind="lawyer"),
        reason=WHY,
        by=home.actor(),
        at=at(8),
    )
    assert balance(visit) == 0
    with pytest.raises(Conflict):
        services.correct(
            visit.pk,
            services.Correction(kind="long"),
            reason=WHY,
            by=home.actor(),
            at=at(8),
        )


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"ends_at": at(8)}, Invalid),
        ({"parts": MappingProxyType({uuid4(): "lead"})}, Invalid),
    ],
)
def test_correct_refuses_what_cannot_be(
    home: House, change: dict[str, object], error: type[Exception]
) -> None:
    visit = builders.visit(home)
    with pytest.raises(error):
        services.correct(
            visit.pk,
            services.Correction(**change),  # type: ignore[arg-type]
            reason=WHY,
            by=home.actor(),
            at=at(8),
        )
    assert not Event.objects.exists()


def test_note_keeps_the_one_before_on_record(home: House) -> None:
    visit = builders.visit(home, note="коляска")
    for _ in range(2):
        services.note(visit.pk, "переводчик", by=home.actor(), at=at(8))
    assert Event.objects.get().facts == {"before": "коляска", "after": "переводчик"}


def test_missed_visits_are_closed_once_and_count_as_used(home: House) -> None:
    visit = used(builders.visit(home))
    fresh = builders.visit(home, session=builders.session(home, ends_at=at(23)))
    late = at(14)
    assert services.close_missed(visit.pk, by=home.actor(), at=late)
    assert not services.close_missed(visit.pk, by=home.actor(), at=late)
    assert not services.close_missed(fresh.pk, by=home.actor(), at=late)
    visit.refresh_from_db()
    assert (visit.status, visit.sub_status, visit.outcome) == (
        "cancelled", "not_come", "not_come",
    )  # fmt: skip
    assert balance(visit) == -1
    assert visit.visitors.get().status == "absent"


def test_the_command_closes_missed_visits_of_every_house(
    home: House, capsys: pytest.CaptureFixture[str]
) -> None:
    day = date(2020, 1, 6)
    past = builders.session(home, starts_at=at(9, day=day), ends_at=at(13, day=day))
    visit = builders.visit(home, session=past)
    call_command("close_missed_visits", "--dry-run")
    visit.refresh_from_db()
    assert visit.status == "booked"
    call_command("close_missed_visits")
    visit.refresh_from_db()
    assert visit.sub_status == "not_come"
    assert Event.objects.get().actor_name == "close-missed-visits"
    assert "1" in capsys.readouterr().out


def test_a_call_goes_its_way_once_a_step(home: House) -> None:
    visit = builders.visit(home, status="inside")
    steps = (services.call, services.brought, services.returned)
    for hour, step in enumerate(steps, 9):
        for _ in range(2):
            row = step(visit.pk, by=home.actor(), at=at(hour))
    assert (row.called_at, row.brought_at, row.returned_at) == (at(9), at(10), at(11))
    assert row.result == "returned"
    assert Event.objects.count() == 3


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        ("refused", "prisoner_refused"),
        ("ill", "prisoner_ill"),
        ("absent", "prisoner_absent"),
    ],
)
def test_a_prisoner_who_is_not_brought_gets_the_allowance_back(
    home: House, result: str, outcome: str
) -> None:
    visit = used(builders.visit(home, status="registered"))
    services.call(visit.pk, by=home.actor(), at=at(9))
    for _ in range(2):
        services.not_brought(visit.pk, result, by=home.actor(), at=at(10))
    visit.refresh_from_db()
    assert (visit.status, visit.outcome) == ("ended", outcome)
    assert balance(visit) == 0
    with pytest.raises(Conflict):
        services.brought(visit.pk, by=home.actor(), at=at(11))


def test_calls_that_cannot_be(home: House) -> None:
    booked = builders.visit(home)
    with pytest.raises(Conflict):
        services.call(booked.pk, by=home.actor(), at=at(9))
    inside = builders.visit(home, status="inside")
    with pytest.raises(Conflict):
        services.returned(inside.pk, by=home.actor(), at=at(9))
    with pytest.raises(Invalid):
        services.not_brought(inside.pk, "asleep", by=home.actor(), at=at(9))
    services.brought(inside.pk, by=home.actor(), at=at(9))
    with pytest.raises(Conflict):
        services.not_brought(inside.pk, "ill", by=home.actor(), at=at(9))
    assert Call.objects.get().result == "brought"


def test_heads_are_counted_on_both_sides(home: House) -> None:
    row = builders.session(home)
    first = builders.visit(home, session=row, status="inside")
    builders.visit(home, session=row, status="inside")
    builders.visit(home, session=row, status="registered")
    services.brought(first.pk, by=home.actor(), at=at(9))
    count = selectors.head_count(row.pk, by=home.actor())
    assert (count.visits, count.visitors, count.prisoners) == (2, 2, 1)
    assert count.missing_prisoners == 1


def refusal(home: House) -> Refusal:
    visit = builders.visit(home, status="refused", outcome="visitor_refused")
    return Refusal.objects.create(
        institution=home.institution,
        number="7KQ-3F9X",
        visit=visit,
        prisoner=visit.prisoner,
        grounds=[{"code": "banned_pair", "effect": "block"}],
        language="ky",
        at=at(9),
        by_name="x",
        request_id=uuid4(),
    )


def test_a_complaint_has_a_deadline_and_an_answer_with_a_name(home: House) -> None:
    row = refusal(home)
    for _ in range(2):
        services.complain(row.pk, "Не согласна", by=home.actor(), at=at(10))
    today = MONDAY + timedelta(days=31)
    (overdue,) = selectors.complaints(state="overdue", on=today, by=home.actor())
    assert overdue.answer_due_on == date(2026, 12, 23)
    for _ in range(2):
        services.answer(row.pk, "Запрет снят", by=home.actor(), at=at(11))
    row.refresh_from_db()
    assert row.answered_by == builders.NAME
    assert not selectors.complaints(state="open", on=today, by=home.actor())
    assert Event.objects.count() == 2


def test_complaints_that_cannot_be(home: House) -> None:
    row = refusal(home)
    with pytest.raises(Conflict):
        services.answer(row.pk, "Нет", by=home.actor(), at=at(10))
    with pytest.raises(Invalid):
        services.complain(row.pk, " ", by=home.actor(), at=at(10))
    services.complain(row.pk, "Одно", by=home.actor(), at=at(10))
    with pytest.raises(Conflict):
        services.complain(row.pk, "Другое", by=home.actor(), at=at(10))
    with pytest.raises(Forbidden):
        services.answer(row.pk, "Нет", by=home.actor(Role.GATE_OFFICER), at=at(10))
    with pytest.raises(NotFound):
        services.complain(row.pk, "Одно", by=builders.house("16").actor(), at=at(10))
    assert selectors.refusal_by_number("7kq3f9x", by=home.actor()) == row
