"""From the agent to the server: tried again shortly, then told and dropped.

A scan is worth something while its visitor stands there. What could not be delivered
within ``WORTH`` seconds is dropped, never kept for later.
"""

import http.client
import json
import ssl
import time
from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from darbaza.agent.types import Scan, Stop, Weight

VERSION = 1
WORTH = 5.0
TIMEOUT = 4.0
READING = 12.0
"""Seconds for a picture, which the server has to read first."""
PAUSES = (0.2, 0.5, 1.0)
ANSWER_AT_MOST = 65_536
_SAID = {"desk_not_open": "no_desk", "scan_too_old": "too_late"}


class UnreachableError(Exception):
    """The server did not answer, or not as it does."""


@dataclass(frozen=True, slots=True)
class Server:
    """The server of the house, with the token of this agent."""

    url: str
    token: str = field(repr=False)
    certificate: Path | None = None
    """Of the house's own authority."""

    def post(
        self, path: str, body: dict[str, Any], *, timeout: float = TIMEOUT
    ) -> tuple[int, dict[str, Any]]:
        """Send JSON; return status and answer.

        Raises:
            UnreachableError: No answer came, or one that is no JSON.
        """
        link = self._link(timeout)
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
        }
        try:
            link.request("POST", f"/api/v1/readers/{path}", json.dumps(body), headers)
            answer = link.getresponse()
            told = json.loads(answer.read(ANSWER_AT_MOST))
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise UnreachableError from error
        finally:
            link.close()
        return answer.status, told if isinstance(told, dict) else {}

    def _link(self, timeout: float) -> http.client.HTTPConnection:
        where = urlsplit(self.url)
        host = where.hostname or ""
        if where.scheme == "https":
            trusted = ssl.create_default_context(cafile=self.certificate)
            return http.client.HTTPSConnection(
                host, where.port, timeout=timeout, context=trusted
            )
        return http.client.HTTPConnection(host, where.port, timeout=timeout)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to deliver, and when it was read."""

    device: str
    what: Scan | Weight
    at: float = field(default_factory=time.monotonic)
    id: UUID = field(default_factory=uuid4)

    @property
    def age(self) -> float:
        """How many seconds ago it was read."""
        return time.monotonic() - self.at

    @property
    def path(self) -> str:
        """Where it goes."""
        return "scans" if isinstance(self.what, Scan) else "weights"

    def body(self) -> dict[str, Any]:
        """Return it as the contract has it; its age is that of this moment."""
        told: dict[str, Any] = {
            "version": VERSION,
            "id": str(self.id),
            "device": self.device,
            "age_ms": round(self.age * 1000),
        }
        if isinstance(self.what, Weight):
            weight = self.what
            return told | {
                "grams": weight.grams, "stable": weight.stable, "over": weight.over
            }  # fmt: skip
        scan = self.what
        return told | {
            "source": scan.source,
            "text": scan.text,
            "image": b64encode(scan.image).decode("ascii"),
            "complete": scan.complete,
        }


def deliver(item: Item, server: Server, stop: Stop) -> str:
    """Deliver one thing; return a code of what went wrong, empty where nothing did.

    The identifier stays the same however often it is tried: the server takes it once.
    """
    timeout = READING if isinstance(item.what, Scan) and item.what.image else TIMEOUT
    pauses = iter(PAUSES)
    trouble = "too_late"
    while item.age <= WORTH:
        try:
            status, told = server.post(item.path, item.body(), timeout=timeout)
        except UnreachableError:
            status, told = 503, {}
        if status == 200:
            return ""
        if status < 500:
            return _SAID.get(str(told.get("code", "")), "refused")
        trouble = "no_server"
        if stop.wait(next(pauses, PAUSES[-1])):
            break
    return trouble
