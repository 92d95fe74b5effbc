"""A prison with staff who sign in, and parties that came: for the pages of the gate."""

from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.test import Client

from darbaza.accounts.permissions import NEEDS_SECOND_FACTOR, Role
from darbaza.gate import codes, services
from darbaza.gate.types import Issued
from tests.gate.deskwork import BACKEND, DeskScene
from tests.visits import builders
from tests.visits.test_registration import NOW


class Gate(DeskScene):
    """The desk's scene with browsers for the gate's own pages."""

    def browser(self, role: Role = Role.GATE_OFFICER, **changes: Any) -> Client:
        """Return a signed-in browser of somebody in a role."""
        user = self.staff(f"u{uuid4().hex[:6]}", role, **changes)
        if role in NEEDS_SECOND_FACTOR:
            Authenticator.objects.create(user=user, type="totp", data={"secret": ""})
        client = Client(headers={"accept-language": "en"})
        client.force_login(user, backend=BACKEND)
        return client

    def issue(self, *people: Any, **changes: Any) -> Issued:
        """Register a party with passes."""
        return services.register(
            self.party(*people, **changes), by=self.officer, at=NOW
        )

    def code(self, done: Issued, person: Any = None) -> str:
        """Return the code on the pass of one of a party, the lead's unless told."""
        who = person or self.person
        row = done.registered.visitors[who.pk]
        return codes.printed(done.passes[row])

    def let_in(self, code: str, hour: int = 10, minute: int = 1) -> None:
        """Let somebody in by the pass."""
        at = builders.at(hour, minute)
        _row, decision = services.let_in_by_code(
            code, scan_id=uuid4(), by=self.officer, at=at
        )
        assert decision, decision.codes


def scanned(code: str, way: str = "auto") -> dict[str, str]:
    """Return what the page sends for a scan."""
    return {"code": code, "scan_id": str(uuid4()), "way": way}
