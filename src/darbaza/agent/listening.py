"""Where makers' programs on the same computer deliver: 127.0.0.1, with a token.

No browser may: a request with an ``Origin``, under a name that is not this computer's,
or in a form that a page could send without asking is refused.
"""

import binascii
import hmac
import json
from base64 import b64decode
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from darbaza.agent.config import Local
from darbaza.agent.types import Outlet, Scan, Status, Weight

BODY_AT_MOST = 9_000_000
TEXT_AT_MOST, PICTURE_AT_MOST = 4_096, 6_000_000
SOURCES = frozenset({"vendor", "chip", "serial", "folder", "wedge"})
GRAMS_AT_MOST = 1_000_000
SECONDS = 10
Told = Callable[[], list[dict[str, Any]]]


def serving(local: Local, out: Outlet, told: Told) -> ThreadingHTTPServer:
    """Return a server that listens; the caller runs and ends it.

    Raises:
        OSError: The port is taken.
    """
    handler = partial(_Handler, token=local.token, out=out, told=told)
    server = ThreadingHTTPServer(("127.0.0.1", local.port), handler)
    server.daemon_threads = True
    out.state(Status.READY)
    return server


class _Handler(BaseHTTPRequestHandler):
    """One request of a maker's program."""

    timeout = SECONDS
    server_version, sys_version = "darbaza-agent", ""

    def __init__(
        self, *args: Any, token: str, out: Outlet, told: Told, **more: Any
    ) -> None:
        self._token, self._out, self._told = token, out, told
        super().__init__(*args, **more)

    def do_GET(self) -> None:
        """Say how the devices are."""
        if self._refused():
            return
        if self.path != "/state":
            self._answer(404, error="not_found")
            return
        self._answer(200, version=1, devices=self._told())

    def do_POST(self) -> None:
        """Take a scan or a weight."""
        if self._refused():
            return
        take = TAKES.get(self.path)
        if take is None:
            self._answer(404, error="not_found")
            return
        if self.headers.get_content_type() != "application/json":
            self._answer(415, error="not_json")
            return
        body = self._body()
        if body is None:
            return
        try:
            what = take(json.loads(body))
        except (ValueError, TypeError, RecursionError) as error:
            self._answer(400, error="invalid", detail=str(error)[:200])
            return
        if isinstance(what, Scan):
            self._out.scan(what)
        else:
            self._out.weight(what)
        self._answer(202, version=1, accepted=True)

    def log_message(self, *_ignored: Any) -> None:
        """Keep quiet: nothing of a document goes into a log."""

    def _refused(self) -> bool:
        host, _colon, _port = self.headers.get("Host", "").rpartition(":")
        given = self.headers.get("Authorization", "").removeprefix("Bearer ").encode()
        if host not in {"127.0.0.1", "localhost"} or "Origin" in self.headers:
            self._answer(403, error="not_for_browsers")
            return True
        if not hmac.compare_digest(given, self._token.encode()):
            self._answer(401, error="token_missing")
            return True
        return False

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit():
            self._answer(411, error="length_missing")
        elif int(length) > BODY_AT_MOST:
            self._answer(413, error="too_large")
        else:
            return self.rfile.read(int(length))
        return None

    def _answer(self, status: int, **told: Any) -> None:
        data = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(data)
        self.close_connection = True


def _scan(body: Any) -> Scan:
    given = _object(body, {"version", "text", "image", "source", "complete"})
    text, image = given.get("text", ""), given.get("image", "")
    source, complete = given.get("source", "vendor"), given.get("complete", True)
    if not isinstance(text, str) or len(text) > TEXT_AT_MOST:
        message = f"text: at most {TEXT_AT_MOST} characters"
        raise ValueError(message)
    if not isinstance(complete, bool) or source not in SOURCES:
        message = (
            f"source: one of {', '.join(sorted(SOURCES))}; complete: true or false"
        )
        raise ValueError(message)
    try:
        picture = b64decode(image, validate=True)
    except (binascii.Error, TypeError) as error:
        message = "image: base64 is wanted"
        raise ValueError(message) from error
    if len(picture) > PICTURE_AT_MOST or not (text.strip() or picture):
        message = (
            f"text or image is wanted; an image of at most {PICTURE_AT_MOST} bytes"
        )
        raise ValueError(message)
    return Scan(text, picture, source=source, complete=complete)


def _weight(body: Any) -> Weight:
    given = _object(body, {"version", "grams", "stable", "over"})
    grams = given.get("grams", 0)
    if type(grams) is not int or abs(grams) > GRAMS_AT_MOST:
        message = f"grams: a whole number up to {GRAMS_AT_MOST}"
        raise ValueError(message)
    return Weight(grams, given.get("stable") is True, given.get("over") is True)


def _object(body: Any, known: set[str]) -> dict[str, Any]:
    if not isinstance(body, dict) or not known >= body.keys():
        message = f"an object is wanted with {', '.join(sorted(known))}"
        raise ValueError(message)
    if body.get("version", 1) != 1:
        message = "version: 1"
        raise ValueError(message)
    return body


TAKES: dict[str, Callable[[Any], Scan | Weight]] = {
    "/scan": _scan,
    "/weight": _weight,
}
