"""Who may issue a document or be a nationality: the codes of Doc 9303-3, as data."""

import csv
from functools import cache
from importlib import resources

from darbaza.persons.mrz.alphabet import FILLER, LETTERS, LOOKALIKES


@cache
def kinds() -> dict[str, str]:
    """Return every known code with its kind (``state``, ``organisation``, ...)."""
    table = resources.files("darbaza.persons.mrz") / "data" / "issuers.csv"
    lines = table.read_text(encoding="ascii").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["code"]: row["kind"] for row in rows}


def known(code: str) -> bool:
    """Tell whether a code, without fillers, is in the table."""
    return code in kinds()


@cache
def nearest(printed: str) -> str | None:
    """Return the one known code that differs from three printed characters by one
    look-alike letter; nothing where there is none or more than one."""
    found = set()
    for i, char in enumerate(printed):
        for other in LOOKALIKES.get(char, ""):
            code = printed[:i] + other + printed[i + 1 :]
            if other in LETTERS and known(code.rstrip(FILLER)):
                found.add(code)
    return found.pop() if len(found) == 1 else None
