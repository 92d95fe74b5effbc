"""Deposits and passages in any order, with repeats: nobody lost, nobody twice.

Hypothesis plays badge readers, officers and families. A model of plain sets says after
every step who is inside and what is held; the house's own lists must say the same.
"""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from darbaza.audit import selectors as audit
from darbaza.gate import selectors, services
from darbaza.gate.models import Belonging, Deposit, Locker, Passage
from darbaza.gate.types import (
    BadgeDraft,
    Departure,
    DepositDraft,
    ItemDraft,
    PassageDraft,
    SearchDraft,
    VehicleDraft,
)
from darbaza.kernel.errors import DarbazaError
from tests.visits import builders

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NAMES = ("Ким Олег", "Ли Анна", "Пак 🙂")
BADGES = ("S1", "S2")
which, times = st.integers(0, 5), st.integers(1, 2)


class Entrance(RuleBasedStateMachine):
    """What must be true, kept as sets beside the house."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        home = builders.house(uuid4().hex[:8])
        self.by, self.now = home.actor(), builders.at(8)
        services.add_lockers("1-2", by=self.by, at=self.now)
        for number in BADGES:
            draft = BadgeDraft(number, f"Staff {number}", "staff")
            services.add_badge(draft, by=self.by, at=self.now)
        self.inside: dict[str, UUID] = {}
        self.left: list[tuple[str, UUID]] = []
        self.held: dict[UUID, str] = {}
        self.lorry: UUID | None = None
        self.items = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def step(self, times, done):
        """Take a step once or twice; None where the house refuses it."""
        self.now += timedelta(minutes=1)
        with_ = {"request_id": uuid4(), "by": self.by, "at": self.now}
        try:
            with transaction.atomic():
                return [done(**with_) for _n in range(times)][-1]
        except DarbazaError:
            return None

    @rule(number=st.sampled_from(BADGES), times=times)
    def badge(self, number, times):
        name = f"Staff {number}"
        moved = self.step(times, lambda **w: services.scan_badge(number, **w))
        if name in self.inside:
            assert moved.way == "out"
            self.left.append((name, self.inside.pop(name)))
        else:
            assert moved.way == "in"
            self.inside[name] = moved.passage.pk

    @rule(name=st.sampled_from(NAMES), times=times)
    def come_in(self, name, times):
        draft = PassageDraft(name, "contractor")
        row = self.step(times, lambda **w: services.come_in(draft, **w))
        assert (row is None) is (name in self.inside)
        if row:
            self.inside[name] = row.pk

    @rule(n=which, times=times)
    def go_out(self, n, times):
        if self.inside:
            name = sorted(self.inside)[n % len(self.inside)]
            key = self.inside.pop(name)
            assert self.step(times, lambda **w: services.go_out(key, **w))
            self.left.append((name, key))

    @rule(n=which)
    def go_out_again(self, n):
        if self.left:
            _name, key = self.left[n % len(self.left)]
            assert self.step(1, lambda **w: services.go_out(key, **w)) is None

    @rule(n=which, times=times)
    def was_inside_all_the_time(self, n, times):
        if self.left:
            name, key = self.left[n % len(self.left)]
            why = "it was another one"
            row = self.step(times, lambda **w: services.undo(key, why, **w))
            assert (row is None) is (name in self.inside)
            if row:
                self.left.remove((name, key))
                self.inside[name] = row.pk

    @rule(n=which, times=times)
    def never_came(self, n, times):
        if self.inside:
            name = sorted(self.inside)[n % len(self.inside)]
            key = self.inside.pop(name)
            assert self.step(times, lambda **w: services.undo(key, "a mistake", **w))

    @rule(found=st.sampled_from(["", "", "a letter"]), times=times)
    def lorry_comes(self, found, times):
        people = [PassageDraft(n, "delivery") for n in ("Driver", "Loader")]
        draft = VehicleDraft("01KG1", "lorry", people[0], (people[1],))
        search = SearchDraft(mirror=True, found=found)
        made = self.step(times, lambda **w: services.drive_in(draft, search, **w))
        possible = not self.lorry and not {"Driver", "Loader"} & self.inside.keys()
        if made and made[1]:
            assert possible
            self.lorry = made[0].pk
            for one in made[0].people.all():
                self.inside[one.name] = one.pk
        elif not found:
            assert not possible

    @rule(alone=st.booleans(), reason=st.sampled_from(["", "by order 7"]), times=times)
    def lorry_leaves(self, alone, reason, times):
        if not self.lorry or "Driver" not in self.inside:
            return
        key, names = self.lorry, {"Driver"} if alone else {"Driver", "Loader"}
        going = {n: self.inside[n] for n in names & self.inside.keys()}
        search = SearchDraft(load=True)
        with transaction.atomic():
            services.search_out(key, search, by=self.by, at=self.now)
        leaves = Departure(
            self.inside["Driver"], frozenset(going.values()), reason=reason
        )
        done = self.step(times, lambda **w: services.drive_out(key, leaves, **w))
        if done:
            self.lorry = None
            for name in going:
                self.left.append((name, self.inside.pop(name)))

    @rule(n=which, locker=st.integers(0, 2), times=times)
    def leave_things(self, n, locker, times):
        label = str(locker) if locker else ""
        rows = Locker.objects.filter(institution_id=self.by.institution_id)
        row = rows.get(label=label) if label else None
        draft = DepositDraft(
            (ItemDraft("phone"), ItemDraft("bag", n + 1)), row and row.pk,
            name=NAMES[n % 3], document="AN1",
        )  # fmt: skip
        made = self.step(times, lambda **w: services.take(draft, **w))
        assert (made is None) is (bool(label) and label in self.held.values())
        if made:
            self.held[made.pk] = label
            self.items += n + 2

    @rule(n=which, times=times)
    def fetch_things(self, n, times):
        if self.held:
            key = sorted(self.held)[n % len(self.held)]
            assert self.step(times, lambda **w: services.give_back(key, **w))
            assert self.step(1, lambda **w: services.give_back(key, **w)) is None
            del self.held[key]

    @invariant()
    def nobody_is_lost_and_nobody_twice(self):
        listed = [p.name for p in selectors.passages_inside(by=self.by)]
        assert sorted(listed) == sorted(self.inside)
        found = selectors.evacuation(by=self.by, at=self.now)
        assert found.everybody == len(self.inside)
        everyone = selectors.everyone_inside(by=self.by)
        assert sorted(one.name for one in everyone) == sorted(self.inside)

    @invariant()
    def nothing_is_lost_of_what_was_left(self):
        rows = selectors.held(by=self.by)
        assert {row.pk for row in rows} == set(self.held)
        full = {r.locker.label for r in rows if r.locker}
        assert full == {label for label in self.held.values() if label}
        here = {"institution_id": self.by.institution_id}
        lines = Belonging.objects.filter(**here).values_list("count", flat=True)
        assert sum(lines) == self.items
        assert Deposit.objects.filter(**here, returned_at=None).count() == len(rows)

    @invariant()
    def every_row_stays(self):
        here = {"institution_id": self.by.institution_id}
        annulled = Passage.objects.filter(**here).exclude(annulled_at=None)
        assert not annulled.filter(annulled_reason="").exists()
        assert audit.first_breach(self.by.institution_id) is None


def test_any_mix_of_steps_counts_everybody_once():
    run_state_machine_as_test(
        Entrance,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
