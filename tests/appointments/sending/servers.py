"""A real SMS gateway and a real mail server on this computer, each as bad as told."""

import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Server:
    """Where it listens, and what it was asked."""

    port: int
    asked: list[Asked] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/sms"


Behaviour = Callable[[BaseHTTPRequestHandler], None]


def answering(status: int, body: bytes = b"", **headers: str) -> Behaviour:
    """Answer every request like this."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def hanging(handler: BaseHTTPRequestHandler) -> None:
    """Take the request and say nothing."""
    time.sleep(3)


def dripping(handler: BaseHTTPRequestHandler) -> None:
    """Send one byte after the other, each well within any time-out."""
    for _ in range(30):
        handler.wfile.write(b".")
        handler.wfile.flush()
        time.sleep(0.1)


def cut(handler: BaseHTTPRequestHandler) -> None:
    """Hang up before anything was said."""
    handler.connection.shutdown(socket.SHUT_RDWR)


def endless(handler: BaseHTTPRequestHandler) -> None:
    """Answer with far more than anybody asked for."""
    handler.send_response(500)
    handler.end_headers()
    for _ in range(2_000):
        handler.wfile.write(b"x" * 10_000)


def no_http(handler: BaseHTTPRequestHandler) -> None:
    """Speak something else."""
    handler.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")


@contextmanager
def gateway(behaviour: Behaviour) -> Iterator[Server]:
    """Serve on a free port until the end of the block."""
    server = Server(0)

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            sent = dict(self.headers.items())
            server.asked.append(
                Asked(self.command, self.path, sent, self.rfile.read(length))
            )
            try:
                behaviour(self)
            except OSError:
                return

        do_GET = do_POST = do_PUT = _answer  # noqa: N815

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    with _running(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        server.port = port
        yield server


@contextmanager
def mail_server(**refuses: str) -> Iterator[Server]:
    """Serve SMTP; ``rcpt="550 no such box"`` refuses at that command."""
    server = Server(0)

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 sink")
            for line in iter(self.rfile.readline, b""):
                word = line.split()[0].decode().lower()
                if word in refuses:
                    self._say(refuses[word])
                elif word == "data":
                    self._say("354 go on")
                    body = b"".join(iter(self.rfile.readline, b".\r\n"))
                    server.asked.append(Asked("MAIL", "", {}, body))
                    self._say("250 taken")
                elif word == "quit":
                    self._say("221 bye")
                    return
                else:
                    self._say("250 fine")

        def _say(self, words: str) -> None:
            self.wfile.write(words.encode() + b"\r\n")

    with _running(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)) as port:
        server.port = port
        yield server


@contextmanager
def _running(server: socketserver.TCPServer) -> Iterator[int]:
    server.daemon_threads = True  # type: ignore[attr-defined]
    server.block_on_close = False  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
