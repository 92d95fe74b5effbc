"""Messages between the reader and its worker: a length, then that many bytes."""

import socket
import struct

_LENGTH = struct.Struct(">I")


def send(channel: socket.socket, message: bytes) -> None:
    """Send one message; raises OSError (TimeoutError when the other end is stuck)."""
    channel.sendall(_LENGTH.pack(len(message)) + message)


def receive(channel: socket.socket) -> bytes:
    """Return the next message; raises EOFError when the other end is gone."""
    (length,) = _LENGTH.unpack(_exactly(channel, _LENGTH.size))
    return _exactly(channel, length)


def _exactly(channel: socket.socket, length: int) -> bytes:
    parts: list[bytes] = []
    while length:
        part = channel.recv(min(length, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
