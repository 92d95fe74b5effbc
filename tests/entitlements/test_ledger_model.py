"""Any mix of granting, using, returning and correcting, with repeats: sums hold."""

from datetime import date
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from darbaza.audit import selectors as audit
from darbaza.entitlements import selectors, services
from darbaza.entitlements.models import Entry
from darbaza.kernel.errors import Conflict
from tests import cast
from tests.entitlements.builders import prisoner, quota

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAYS = (date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
QUOTAS = {"ordinary": 3, "eased": 5, "strict": 0}
WHO = {"by": cast.DIRECTOR, "at": cast.NINE}

visits = st.integers(0, 5)
days = st.sampled_from(DAYS)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("grant"), days),
        st.tuples(st.just("use"), days, visits),
        st.tuples(st.just("overdraw"), days, visits),
        st.tuples(st.just("give_back"), visits),
        st.tuples(st.just("correct"), days, visits, st.sampled_from([-2, -1, 1, 2])),
        st.tuples(st.just("conditions"), st.sampled_from(sorted(QUOTAS))),
    ),
    max_size=25,
)


class Model:
    """The ledger as a reader would keep it on paper."""

    def __init__(self, kind: str, *, verified: bool) -> None:
        self.kind = kind
        self.verified = verified
        self.conditions = "ordinary"
        self.used: dict[int, int] = {}
        self.returned: set[int] = set()
        self.corrected: dict[int, tuple[int, int]] = {}

    def figures(self, day: date) -> SimpleNamespace:
        granted = QUOTAS[self.conditions]
        granted += sum(n for year, n in self.corrected.values() if year == day.year)
        used = sum(
            year == day.year
            for visit, year in self.used.items()
            if visit not in self.returned
        )
        return SimpleNamespace(granted=granted, used=used, left=max(0, granted - used))


def _key(number: int, word: str = "visit") -> UUID:
    return UUID(int=(0xA if word == "visit" else 0xB) << 100 | number)


def _use(model: Model, row, day: date, visit: int, *, beyond: bool) -> None:
    expected = visit in model.used or model.figures(day).left or beyond
    try:
        services.use(row.pk, model.kind, _key(visit), on=day, overdraw=beyond, **WHO)
    except Conflict:
        assert model.verified
        assert not expected
    else:
        assert expected or not model.verified
        model.used.setdefault(visit, day.year)


def _step(model: Model, row, step) -> None:
    match step:
        case ("grant", day):
            services.ensure_grant(row.pk, model.kind, on=day, **WHO)
        case ("use" | "overdraw" as how, day, visit):
            _use(model, row, day, visit, beyond=how == "overdraw")
        case ("give_back", visit):
            line = services.give_back(_key(visit), note="model", **WHO)
            assert (line is not None) is (visit in model.used)
            if line:
                model.returned.add(visit)
        case ("correct", day, number, amount):
            services.correct(
                row.pk, model.kind, amount, note="model", on=day,
                request_id=_key(number, "correction"), **WHO,
            )  # fmt: skip
            model.corrected.setdefault(number, (day.year, amount))
        case ("conditions", conditions):
            model.conditions = row.conditions = conditions
            row.save()


@given(steps=steps, verified=st.booleans(), kind=st.sampled_from(["short", "parcel"]))
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_ledger_agrees_with_the_model_after_every_step(colony, steps, verified, kind):
    regime = f"r{uuid4().hex[:8]}"
    for conditions, amount in QUOTAS.items():
        rule = {"kind": kind, "regime": regime, "conditions": conditions}
        quota(amount, **rule, verified=verified)
    row, model = prisoner(regime=regime), Model(kind, verified=verified)
    Entry.objects.all().delete()  # the examples before this one used the same keys

    for step in steps:
        _step(model, row, step)
        for day in DAYS:
            wanted = model.figures(day)
            found = selectors.balance(row.pk, kind, day, by=cast.DIRECTOR)
            assert (found.granted, found.used, found.left) == (
                wanted.granted,
                wanted.used,
                wanted.left,
            )

    for day in DAYS:
        services.ensure_grant(row.pk, kind, on=day, **WHO)
        lines = Entry.objects.filter(prisoner=row, period_on__year=day.year)
        wanted = model.figures(day)
        assert sum(line.amount for line in lines) == wanted.granted - wanted.used
    assert audit.first_breach(cast.COLONY) is None
