"""The prisons of the demonstration: how large, under which regime, with which rooms.

Numbers and sizes follow what is publicly known of the country (No. 16 holds about 905,
50 of them for life); everything else is invented.
"""

from dataclasses import dataclass, replace
from typing import Final

from darbaza.custody.types import Conditions, LegalStatus, Regime
from darbaza.sites.types import InstitutionDraft, Names

Share = tuple[tuple[str, int], ...]
_COMPLAINTS: Final = "Prosecutor's office; Ombudsman"
_MONEY: Final = "Бухгалтерия, 2-каб., 9:00–12:00"


@dataclass(frozen=True, slots=True)
class Prison:
    """One prison as it is built; counts are of people, tables, visits a day."""

    draft: InstitutionDraft
    sex: str
    prisoners: int
    regimes: Share
    blocks: int
    tables: int
    hours: tuple[int, ...]
    """When sessions of two hours begin."""
    visits: int
    """Visits on a day, roughly."""
    life: int = 0
    remand: bool = False
    round_the_clock: bool = False
    """Sessions by hand outside the hours, so that it can be tried at any time."""

    @property
    def code(self) -> str:
        """The number by which everybody calls it."""
        return self.draft.code

    def legal_status(self, place: int) -> str:
        """Return the legal status of the prisoner at ``place`` in the list."""
        if self.remand:
            return LegalStatus.AWAITING if place % 5 == 4 else LegalStatus.REMAND
        return LegalStatus.LIFE if place < self.life else LegalStatus.SENTENCED


def _draft(code: str, kind: str, names: Names, capacity: int) -> InstitutionDraft:
    return InstitutionDraft(
        code,
        kind,
        names,
        complaints_to=_COMPLAINTS,
        entrance_capacity=capacity,
        money_paid_to=_MONEY if capacity else "",
    )


def _colony(number: str) -> Names:
    return Names(
        f"№ {number} түзөтүү мекемеси",
        f"Исправительное учреждение № {number}",
        f"Prison No. {number}",
    )


HEADQUARTERS: Final = _draft(
    "HQ",
    "headquarters",
    Names("Жазаларды аткаруу кызматы", "Служба исполнения наказаний", "Headquarters"),
    0,
)

PRISONS: Final = (
    Prison(
        _draft("27", "colony", _colony("27"), 60),
        "M", 240, ((Regime.STRICT, 70), (Regime.SPECIAL, 30)),
        blocks=6, tables=16, hours=(8, 10, 12, 14, 16), visits=6,
        round_the_clock=True,
    ),
    Prison(
        _draft("16", "colony", _colony("16"), 80),
        "M", 905, ((Regime.GENERAL, 55), (Regime.STRICT, 45)),
        blocks=10, tables=20, hours=(9, 11, 14, 16), visits=5, life=50,
    ),
    Prison(
        _draft("3", "colony", _colony("3"), 40),
        "M", 120, ((Regime.STRICT, 100),),
        blocks=5, tables=10, hours=(9, 14), visits=1,
    ),
    Prison(
        _draft("2", "women", Names(
            "№ 2 аялдар мекемеси", "Женское учреждение № 2", "Prison for women No. 2",
        ), 40),
        "F", 90, ((Regime.GENERAL, 100),),
        blocks=3, tables=10, hours=(9, 14), visits=1,
    ),
    Prison(
        _draft("47", "colony", _colony("47"), 30),
        "M", 80, ((Regime.GENERAL, 60), (Regime.SPECIAL, 40)),
        blocks=4, tables=8, hours=(10, 14), visits=1,
    ),
    Prison(
        _draft("1", "remand", Names(
            "№ 1 тергөө изолятору", "Следственный изолятор № 1", "Remand prison No. 1",
        ), 40),
        "M", 120, ((Regime.REMAND, 100),),
        blocks=5, tables=8, hours=(9, 11, 14), visits=2, remand=True,
    ),
)  # fmt: skip

CONDITIONS: Final[Share] = (
    (Conditions.ORDINARY, 72),
    (Conditions.EASED, 20),
    (Conditions.STRICT, 8),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of it all is built."""

    days: int
    """How far back the visits go."""
    prisons: tuple[Prison, ...]
    photographs: int
    """Portraits drawn in each prison."""


def _small(prison: Prison) -> Prison:
    main = prison.round_the_clock
    return replace(
        prison,
        prisoners=24 if main else 4,
        life=min(prison.life, 1),
        blocks=min(prison.blocks, 2),
        visits=2 if main else 1,
    )


FULL: Final = Scale(days=91, prisons=PRISONS, photographs=24)
SMALL: Final = Scale(days=14, prisons=tuple(_small(p) for p in PRISONS), photographs=2)
