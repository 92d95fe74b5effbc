"""Measure the reader on a folder of pictures with a truth.json.

    python bench/read_documents.py FOLDER [--wrong]

"Exact" means all eleven fields right. "Wrong" columns count documents of which a
field is wrong: unmarked (trust "sure", the dangerous number) and marked ("compare").
"""

import argparse
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from darbaza.persons.mrz import reading
from darbaza.persons.mrz.types import Document, Trust

NAMES = {
    "document_code": "document_code",
    "issuer": "issuer",
    "number": "document_number",
    "birth": "birth_date",
    "sex": "sex",
    "expiry": "expiry_date",
    "nationality": "nationality",
    "surname": "surname",
    "given": "given_names",
    "optional1": "optional1",
    "optional2": "optional2",
}


@dataclass(frozen=True)
class Result:
    """One picture read, and which fields came out differently from the truth."""

    truth: dict[str, Any]
    document: Document
    seconds: float
    wrong: dict[str, tuple[str, str]]


def measured(folder: Path) -> list[Result]:
    truths = json.loads((folder / "truth.json").read_text())
    if hindrance := reading.warm():
        raise SystemExit(hindrance)
    results = []
    for truth in tqdm(truths, unit="page", disable=None):
        found = reading.read((folder / truth["file"]).read_bytes())
        pairs = {
            name: (truth["fields"][name], getattr(found.document, ours))
            for name, ours in NAMES.items()
        }
        wrong = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        results.append(Result(truth, found.document, found.seconds, wrong))
    return results


def row(name: str, results: list[Result]) -> str:
    def wrong(trust: Trust) -> int:
        return sum(bool(r.wrong) and r.document.trust is trust for r in results)

    seconds = sorted(r.seconds for r in results)
    exact = sum(not r.wrong for r in results)
    sure = sum(r.document.trust is Trust.SURE for r in results)
    figures = (len(results), exact, f"{exact / len(results):.0%}", sure)
    counts = (wrong(Trust.SURE), wrong(Trust.COMPARE), wrong(Trust.NONE))
    times = (seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.95)])
    cells = (name, *figures, *counts, *(f"{t:.2f}" for t in times))
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--wrong", action="store_true", help="list what went wrong")
    wanted = parser.parse_args()
    results = measured(wanted.folder)
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[f"1 {result.truth['condition']}"].append(result)
        groups[f"2 {result.truth['kind']}"].append(result)
        kyrgyz = result.truth["fields"]["issuer"] == "KGZ"
        groups["3 issued by KGZ" if kyrgyz else "3 issued by others"].append(result)
    print(
        "| set | pages | exact | share | sure | wrong unmarked | wrong marked "
        "| refused | median s | p95 s |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name in sorted(groups):
        print(row(name[2:], groups[name]))
    print(row("all", results))
    for result in results:
        if wanted.wrong and result.wrong:
            print(result.truth["file"], result.document.trust, result.wrong)


if __name__ == "__main__":
    main()
