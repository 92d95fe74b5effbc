"""What happens in one prison, in the order of the clock, until now."""

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count

Action = Callable[[datetime], None]


class Agenda:
    """Actions by the moment at which they are due.

    An action may note further ones, later than itself. What is due after the end is
    never done: so the present comes about, with people inside, waiting and expected.
    """

    def __init__(self, until: datetime) -> None:
        self.until = until
        self._number = count()
        self._due: list[tuple[datetime, int, Action]] = []

    def note(self, at: datetime, action: Action) -> None:
        """Do ``action`` at this moment; nothing where that is still to come."""
        if at <= self.until:
            heapq.heappush(self._due, (at, next(self._number), action))

    def run(self) -> Iterator[datetime]:
        """Do everything in order; yield the moment of each action done."""
        while self._due:
            at, _number, action = heapq.heappop(self._due)
            action(at)
            yield at
