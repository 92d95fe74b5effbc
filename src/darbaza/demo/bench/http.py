"""The whole way over HTTP: a real server process, real clients, the real API."""

from collections.abc import Iterator
from typing import Any

from darbaza.demo.bench.population import Size


def run(size: Size, *, clients: list[int], calls: int) -> Iterator[dict[str, Any]]:
    raise NotImplementedError
