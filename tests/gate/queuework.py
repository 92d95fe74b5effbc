"""A prison with lanes, two windows and a kiosk, for the tests of the queue."""

from typing import Any
from uuid import uuid4

from darbaza.accounts.permissions import Role
from darbaza.gate import selectors, services
from darbaza.gate.models import Lane, Ticket
from darbaza.gate.services.tickets import Wanted
from darbaza.gate.types import LaneDraft, ScreenDraft
from darbaza.sites.models import Post
from darbaza.sites.types import Names
from tests.gate.house import Gate
from tests.visits import builders


class Queue(Gate):
    """The gate's scene with a queue before it."""

    def __init__(self) -> None:
        super().__init__()
        self._other: Any = None
        self.visits = self.lane("V", "visit")
        self.parcels = self.lane("P", "parcel")
        self.mothers = self.lane("M", "mother", head_start_minutes=15)
        self.one, self.two = self.window("1"), self.window("2")

    def lane(self, prefix: str, kind: str, **changes: Any) -> Lane:
        draft = LaneDraft(
            prefix, kind, Names(f"{kind} ky", f"{kind} ru", f"{kind} en"), **changes
        )
        return services.set_lane(draft, by=self.supervisor, at=builders.at(7))

    def window(self, name: str) -> Post:
        return Post.objects.create(
            institution=self.house.institution, kind="window",
            name_ky=f"{name}-терезе", name_ru=f"окно {name}", name_en=f"window {name}",
        )  # fmt: skip

    def screen(self, kind: str = "kiosk") -> str:
        """Return the secret of a new screen."""
        draft = ScreenDraft(f"{kind} {uuid4().hex[:4]}", kind)
        made = services.add_screen(
            draft, request_id=uuid4(), by=self.supervisor, at=builders.at(7)
        )
        return made.secret

    def take(
        self, lane: Lane | None = None, hour: int = 9, minute: int = 0, **changes: Any
    ) -> Ticket:
        given = {"source": "officer"} | changes
        request = given.pop("request", None) or uuid4()
        by = given.pop("by", self.officer)
        at = given.pop("at", None) or builders.at(hour, minute)
        wanted = Wanted((lane or self.visits).pk, **given)
        return services.take_ticket(wanted, request_id=request, by=by, at=at)

    def call(self, window: Post | None = None, hour: int = 9, minute: int = 30):
        return services.call_next(
            (window or self.one).pk, by=self.officer, at=builders.at(hour, minute)
        )

    def step(self, ticket: Ticket, step: Any, hour: int = 9, minute: int = 31):
        return services.step_ticket(
            ticket.pk, step, by=self.officer, at=builders.at(hour, minute)
        )

    def line(self, hour: int = 9, minute: int = 30) -> list[str]:
        rows = selectors.waiting(by=self.officer, at=builders.at(hour, minute))
        return [row.label for row in rows]

    def steps(self, ticket: Ticket) -> list[str]:
        return list(ticket.events.values_list("step", flat=True))

    def other_prison(self) -> Any:
        """Return an officer of another prison."""
        if self._other is None:
            self._other = builders.house("47")
        return self._other.actor(Role.SHIFT_SUPERVISOR)
