"""The process that reads images, one at a time; started by ``reading``.

Images are strangers' bytes, and the libraries that decode them are large: they run
here, with little memory and nothing to lose, so that a bad picture costs one answer.
Run as ``python -m darbaza.persons.mrz.worker FD`` with one end of a socket pair.
"""

import json
import resource
import socket
import sys
from base64 import b64encode
from datetime import UTC, datetime
from importlib import import_module
from types import ModuleType
from typing import Any

from darbaza.persons.mrz import frames, transfer
from darbaza.persons.mrz.types import Document

_MEMORY_BYTES = 4 << 30
_SEARCH_SECONDS = 3.0


def main(descriptor: int) -> None:
    """Say hello (or what is missing), then answer until the other end closes."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    with socket.socket(fileno=descriptor) as channel:
        modules = _modules()
        _say(channel, {"error": "" if modules else "engine_missing"})
        while modules:
            try:
                data = frames.receive(channel)
            except EOFError:
                return
            _say(channel, _answer(data, *modules))


def _modules() -> tuple[ModuleType, ModuleType] | None:
    """Load what the optional ``read`` requirements bring, models and all."""
    try:
        pictures = import_module("darbaza.persons.mrz.pictures")
        recognition = import_module("darbaza.persons.mrz.recognition")
        recognition.warm()
    except (ImportError, FileNotFoundError):
        return None
    return pictures, recognition


def _answer(
    data: bytes, pictures: ModuleType, recognition: ModuleType
) -> dict[str, Any]:
    try:
        page = pictures.grey(data)
    except pictures.PictureError as error:
        return _values(Document(), b"", str(error))
    except MemoryError:
        return _values(Document(), b"", "too_many_pixels")
    today = datetime.now(tz=UTC).date()
    found = recognition.recognise(page, on=today, seconds=_SEARCH_SECONDS)
    return _values(found.document, found.crop_png(), str(found.document.error))


def _values(document: Document, crop: bytes, error: str) -> dict[str, Any]:
    return {
        "document": transfer.as_values(document),
        "crop": b64encode(crop).decode("ascii"),
        "error": error,
    }


def _say(channel: socket.socket, values: dict[str, Any]) -> None:
    frames.send(channel, json.dumps(values).encode())


if __name__ == "__main__":
    main(int(sys.argv[1]))
