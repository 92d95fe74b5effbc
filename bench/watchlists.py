"""What it costs to compare one person with the watch-lists: processor time.

``bench/watchlists.py [--entries N] [--people N]``

Makes a list of N invented people in memory, as the desk holds it, and compares invented
people with it: the search by name (the sieve) and the comparison of what it finds. No
database. Prints JSON: seconds for making the index, milliseconds a person.
"""

import argparse
import json
import statistics
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from darbaza.kernel import ids
from darbaza.persons import names
from darbaza.watchlists import policies
from darbaza.watchlists.types import Birth, Listed, Someone

NEAREST = 40
"""As ``darbaza.watchlists.index``."""
STARTS = ("Асан", "Токто", "Жума", "Сапар", "Кадыр", "Эсен", "Мамбет", "Турсун")
MIDDLES = ("", "гул", "бай", "кул", "мурат", "али", "ака", "жан", "бол", "дөөлөт")
GIVEN = ("Нур", "Бек", "Эр", "Ай", "Таал", "Кубан", "Жаңы", "Мир", "Азам", "Чың")
ENDS = ("лан", "болот", "жан", "тай", "бек", "сут", "дар", "гыз", "мат", "зат")


def person(chance: Random) -> tuple[str, date]:
    """Return an invented name and a birth date."""
    surname = chance.choice(STARTS) + chance.choice(MIDDLES) + "ов"
    father = chance.choice(STARTS) + chance.choice(MIDDLES) + "ович"
    given = chance.choice(GIVEN) + chance.choice(ENDS)
    born = date(1950, 1, 1) + timedelta(days=chance.randrange(20_000))
    return f"{surname}, {given} {father}", born


def listed(number: int, chance: Random) -> Listed:
    """Return an entry of the list."""
    text, born = person(chance)
    return Listed(str(number), (text, names.latin(text)), (Birth(born, born),), "M")


def someone(chance: Random) -> Someone:
    """Return somebody at the desk, in both scripts."""
    text, born = person(chance)
    return Someone(ids.new_id(), (text, names.latin(text)), born, "M")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=200)
    asked = parser.parse_args()
    chance = Random(8)
    entries = [listed(number, chance) for number in range(asked.entries)]
    begun = time.process_time()
    index = names.Index(
        ((number, place), text)
        for number, one in enumerate(entries)
        for place, text in enumerate(one.names)
    )
    made = time.process_time() - begun
    spent, found = [], 0
    for _ in range(asked.people):
        one = someone(chance)
        begun = time.process_time()
        near = {hit.id[0] for t in one.names for hit in index.search(t, NEAREST)}
        found += sum(policies.compared(one, entries[i]) is not None for i in near)
        spent.append(1000 * (time.process_time() - begun))
    figures = {
        "entries": asked.entries,
        "spellings": len(index),
        "index_s": round(made, 2),
        "median_ms": round(statistics.median(spent), 1),
        "p95_ms": round(statistics.quantiles(spent, n=20)[-1], 1),
        "alike": found,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
