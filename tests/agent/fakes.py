"""A server of the house as an agent sees it, and somebody who asks the agent."""

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

from darbaza.agent.sending import Server


class House:
    """Answers as it is told; keeps what it got."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, Any], str]] = []
        self.answers: list[tuple[int, Any]] = []
        house = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                body = json.loads(self.rfile.read(length))
                token = self.headers["Authorization"]
                house.got.append((self.path, body, token))
                status, told = house.answers.pop(0) if house.answers else (200, {})
                data = told if isinstance(told, bytes) else json.dumps(told).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_ignored: Any) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.port = int(self._server.server_address[1])
        self.server = Server(f"http://127.0.0.1:{self.port}", "dbz_token")

    @contextmanager
    def open(self) -> Iterator["House"]:
        """Answer until the end."""
        thread = Thread(target=self._server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            thread.join()
            self._server.server_close()


def ask(port: int, method: str, path: str, body: Any = None, **headers: str):
    """Ask the agent itself; return status and answer."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    given = {
        "Authorization": "Bearer local", "Content-Type": "application/json", **headers,
    }  # fmt: skip
    try:
        link.request(method, path, data, given)
        answer = link.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        link.close()
