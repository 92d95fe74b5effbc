"""The specimen documents of the demonstration: invented people, drawn pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from darbaza.persons import mrz
from darbaza.persons.mrz.types import Document

FOLDER = Path(__file__).parent / "specimens"


@dataclass(frozen=True, slots=True)
class Specimen:
    """One document: its picture, its zone, and who it speaks of.

    ``cyrillic`` is surname, given names and patronymic in that order, empty where the
    document has none; ``description`` is for people, by language code.
    """

    key: str
    file: str
    title: str
    cyrillic: str
    lines: tuple[str, ...]
    description: Mapping[str, str]

    @property
    def path(self) -> Path:
        """Where the drawn picture lies."""
        return FOLDER / self.file

    @property
    def text(self) -> str:
        """The zone as a reader types it."""
        return "\r".join(self.lines) + "\r"

    @property
    def document(self) -> Document:
        """The zone, parsed."""
        return mrz.parse(self.text)


def _loaded() -> tuple[Specimen, ...]:
    rows = yaml.safe_load((FOLDER / "specimens.yml").read_text(encoding="utf-8"))
    return tuple(
        Specimen(
            key=row["key"],
            file=row["file"],
            title=row["title"],
            cyrillic=row["cyrillic"],
            lines=tuple(row["mrz"]),
            description=row["description"],
        )
        for row in rows
    )


SPECIMENS = _loaded()
