"""What the record browser is asked for and answers."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events to list; empty means all."""

    on: date | None = None
    type: str = ""
    who: str = ""
    record: str = ""
    institution_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """One chain: whose it is and its head, the hash in groups of four."""

    institution_id: UUID
    name: str
    code: str
    seq: int
    hash: str
    check_id: UUID | None = None
    checked_at: str = ""
    problem: str = ""

    @property
    def groups(self) -> list[str]:
        """The hash as people compare it: groups of four."""
        return [self.hash[i : i + 4] for i in range(0, len(self.hash), 4)]
