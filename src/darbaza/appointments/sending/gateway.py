"""An SMS gateway over HTTP: where, how, and which fields, all of it configured.

An answer of 2xx means that the gateway has taken the text. A redirect is never
followed: the text and the secret go to the configured host only.
"""

import http.client
import json
import re
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Timer
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode, urlsplit

from darbaza.appointments.sending.faults import NotSentError, plain
from darbaza.appointments.sending.outgoing import Outgoing

WAIT = 10.0
"""Seconds for the whole exchange, however slowly the other side drips."""
ANSWER_AT_MOST = 65_536
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
FIELDS = MappingProxyType({"to": "{to}", "text": "{text}", "id": "{id}"})
_PLACE = re.compile(r"\{(to|text|id)\}")


@dataclass(frozen=True, slots=True)
class Gateway:
    """How the operator of the gateway wants it."""

    url: str
    method: str = "POST"
    """``POST`` or ``PUT``; with ``GET`` the fields stand in the address."""
    body: str = "json"
    """``json`` or ``form``."""
    fields: MappingProxyType[str, str] = field(default_factory=lambda: FIELDS)
    header: str = "Authorization"
    secret: str = field(default="", repr=False)
    """Value of that header, whole (``Bearer ...``); empty sends none."""
    wait: float = WAIT

    def trouble(self) -> str:
        """Return what is wrong with it, in words for an administrator; or nothing."""
        parts = urlsplit(self.url)
        if not parts.hostname or parts.username or parts.fragment:
            return "the address must be https://host/path without a name or password"
        safe = parts.scheme == "https"
        if not safe and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            return "only https, except on this very computer"
        if self.method not in {"POST", "PUT", "GET"}:
            return "the method must be POST, PUT or GET"
        if self.body not in {"json", "form"}:
            return "the body must be json or form"
        asked = set(_PLACE.findall(" ".join(self.fields.values())))
        if not {"to", "text"} <= asked:
            return "the fields must hold {to} and {text}"
        if not re.fullmatch(r"[A-Za-z0-9-]+", self.header) or not self.secret.isascii():
            return "the header must have a name of letters, and an ASCII value"
        return ""

    def send(self, what: Outgoing) -> None:
        """Hand one text to the gateway.

        Raises:
            NotSentError: Why it was not taken.
        """
        target, headers, body = self._request(what)
        link = self._link()
        try:
            link.connect()
            with _cut_after(link.sock, self.wait):
                link.request(self.method, target, body, headers)
                with link.getresponse() as answer:
                    _judge(answer, self.secret)
        except ConnectionRefusedError as error:
            raise NotSentError("no_way") from error
        except TimeoutError as error:
            raise NotSentError("no_answer") from error
        except socket.gaierror as error:
            raise NotSentError("no_way", plain(str(error))) from error
        except (OSError, http.client.HTTPException) as error:
            raise NotSentError("broken_off", plain(str(error))) from error
        finally:
            link.close()

    def _request(self, what: Outgoing) -> tuple[str, dict[str, str], bytes | None]:
        known = {"to": what.to, "text": what.text, "id": str(what.id)}
        values = {
            name: _PLACE.sub(lambda found: known[found[1]], value)
            for name, value in self.fields.items()
        }
        headers = {"Idempotency-Key": known["id"], "Accept": "*/*"}
        if self.secret:
            headers[self.header] = self.secret
        parts = urlsplit(self.url)
        query, body = parts.query, None
        if self.method == "GET":
            query = "&".join(filter(None, [query, urlencode(values)]))
        elif self.body == "json":
            body = json.dumps(values, ensure_ascii=False).encode()
            headers["Content-Type"] = "application/json; charset=utf-8"
        else:
            body = urlencode(values).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        return (parts.path or "/") + (f"?{query}" if query else ""), headers, body

    def _link(self) -> http.client.HTTPConnection:
        parts = urlsplit(self.url)
        where: dict[str, Any] = {
            "host": parts.hostname or "", "port": parts.port, "timeout": self.wait
        }  # fmt: skip
        if parts.scheme == "https":
            trusted = ssl.create_default_context()
            return http.client.HTTPSConnection(**where, context=trusted)
        return http.client.HTTPConnection(**where)


def _judge(answer: http.client.HTTPResponse, secret: str) -> None:
    status = answer.status
    if 200 <= status < 300:  # taken; nothing that follows can change that
        return
    words = f"{status} {plain(answer.read(ANSWER_AT_MOST), secret=secret)}".strip()
    if 300 <= status < 400:
        raise NotSentError("redirected", words)
    # Its own trouble, or ours with it, strikes every text alike.
    down = status >= 500 or status in {401, 403, 407, 429}
    raise NotSentError("closed" if down else "refused", words)


@contextmanager
def _cut_after(link: socket.socket, seconds: float) -> Iterator[None]:
    """End the connection after so many seconds, also one that drips byte by byte."""
    until = time.monotonic() + seconds
    timer = Timer(seconds, _cut, [link])
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        if time.monotonic() >= until:
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()


def _cut(link: socket.socket) -> None:
    try:
        link.shutdown(socket.SHUT_RDWR)
    except OSError:  # it ended by itself at this moment
        return
