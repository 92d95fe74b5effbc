"""Who may sign in to the demonstration. Names, password and secret are published."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from darbaza.accounts.permissions import Role

PASSWORD: Final = "demo-darbaza-2026"  # noqa: S105 - published; opens nothing real
SECRET: Final = "DARBAZADEMONSTRATIONONLYPUBLISHE"  # noqa: S105 - the same, Base32
RECOVERY_CODES: Final = tuple(f"{n:08d}" for n in range(10_000_001, 10_000_011))


@dataclass(frozen=True, slots=True)
class DemoUser:
    """One published sign-in: a role at one prison."""

    username: str
    full_name: str
    role: Role
    prison: str
    rank: str = ""
    language: str = "ky"
    also: tuple[Role, ...] = ()
    """Further roles: in the smaller rooms of the demonstration one does it all."""

    @property
    def second_factor(self) -> bool:
        """Does signing in by hand ask for a one-time code too?"""
        return self.role in {Role.HEADQUARTERS, Role.ADMINISTRATOR}


ROLES: Final[dict[Role, tuple[str | Promise, str | Promise]]] = {
    Role.GATE_OFFICER: (
        _("Gate officer"),
        _("Registers visitors at the window and lets them in and out."),
    ),
    Role.SHIFT_SUPERVISOR: (
        _("Shift supervisor"),
        _("Approves contacts, lifts refusals with a reason, answers complaints."),
    ),
    Role.REGISTRAR: (
        _("Registrar"),
        _("Keeps the register of prisoners, contacts and restrictions."),
    ),
    Role.DIRECTOR: (
        _("Director"),
        _("Decides what is above the shift, and sees the record."),
    ),
    Role.HEADQUARTERS: (
        _("Headquarters"),
        _("Sees every prison, the rules and all overrides."),
    ),
    Role.INSPECTOR: (
        _("Inspector"),
        _("Reads everything of one prison and changes nothing."),
    ),
    Role.CALL_CENTRE: (
        _("Call centre"),
        _("Helps families with their appointments; sees nothing else."),
    ),
    Role.ADMINISTRATOR: (
        _("Administrator"),
        _("Manages users, rooms and rules; sees no prisoner."),
    ),
}
"""What each role is called and does, in the order of the page."""

_MAIN: Final = (
    DemoUser("gate-27", "Айдай Токтогулова", Role.GATE_OFFICER, "27", "лейтенант"),
    DemoUser(
        "gate-27-b", "Денис Орлов", Role.GATE_OFFICER, "27", "сержант", language="ru"
    ),
    DemoUser("shift-27", "Бакыт Осмонов", Role.SHIFT_SUPERVISOR, "27", "капитан"),
    DemoUser("registrar-27", "Нуриза Калыкова", Role.REGISTRAR, "27", "лейтенант"),
    DemoUser("director-27", "Эркин Сапарбеков", Role.DIRECTOR, "27", "полковник"),
    DemoUser("inspector", "Гүлмира Алиева", Role.INSPECTOR, "27"),
    DemoUser("admin-27", "Тилек Жусупов", Role.ADMINISTRATOR, "27"),
    DemoUser("headquarters", "Жылдыз Каримова", Role.HEADQUARTERS, "HQ", "майор"),
    DemoUser("call-centre", "Бегимай Садыкова", Role.CALL_CENTRE, "HQ"),
    DemoUser("admin", "Руслан Исмаилов", Role.ADMINISTRATOR, "HQ"),
)
_ALONE: Final = (Role.REGISTRAR, Role.GATE_OFFICER)
_OTHERS: Final = (
    DemoUser("shift-16", "Мирлан Турдуев", Role.SHIFT_SUPERVISOR, "16", also=_ALONE),
    DemoUser("gate-16", "Салтанат Эсеналиева", Role.GATE_OFFICER, "16", "сержант"),
    DemoUser("shift-3", "Кубат Насиров", Role.SHIFT_SUPERVISOR, "3", also=_ALONE),
    DemoUser("shift-2", "Асель Мамбетова", Role.SHIFT_SUPERVISOR, "2", also=_ALONE),
    DemoUser("shift-47", "Эдил Талипов", Role.SHIFT_SUPERVISOR, "47", also=_ALONE),
    DemoUser("shift-1", "Шерзод Юсупов", Role.SHIFT_SUPERVISOR, "1", also=_ALONE),
)
USERS: Final = _MAIN + _OTHERS
"""Everybody; the first of a role is the one that the page offers for it."""


def offered() -> tuple[DemoUser, ...]:
    """Return one user for each role, in the order of the roles."""
    return tuple(next(u for u in USERS if u.role is role) for role in ROLES)


def named(username: str) -> DemoUser | None:
    """Return the published user of that name."""
    return next((u for u in USERS if u.username == username), None)
