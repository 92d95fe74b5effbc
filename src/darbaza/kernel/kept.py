"""A small thing that every request asks for, kept in memory for a few seconds."""

from collections.abc import Callable
from time import monotonic
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """What ``read`` returned at most ``seconds()`` ago.

    Another process learns of a change when its copy is that old; the process that made
    the change calls ``forget`` after its commit. Only for what no rule of law rests on.
    """

    def __init__(self, read: Callable[[], T], *, seconds: Callable[[], float]) -> None:
        self._read = read
        self._seconds = seconds
        self._held: tuple[float, T] | None = None

    def __call__(self) -> T:
        """Return it, read anew where the copy is too old."""
        held = self._held  # held fast: another thread may forget it
        if held is None or monotonic() >= held[0]:
            held = self._held = (monotonic() + self._seconds(), self._read())
        return held[1]

    def forget(self) -> None:
        """Read it anew at the next call."""
        self._held = None
