"""Measure the name matcher on a file of pairs: ``bench/names.py PATH_TO_PAIRS``.

The file is ``{"pairs": [{"a", "b", "match", "category", "source"}]}``. Prints
precision, recall and F1 at the shipped threshold, recall where 1% and 0.1% of the
false pairs pass, processor time a pair, the share right by category, and with
``--index N`` the search among N names. ``--wrong`` lists the pairs judged wrongly.
``--peers`` puts published matchers beside ours on the same pairs; ``--peer PYTHON``
also nomenklatura's logic-v2 from a virtual environment of its own; ``--cases PATH``
does the same on nomenklatura's public cases (contrib/name_bench/cases.csv).
"""

import argparse
import csv
import json
import random
import statistics
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import name_peers

from darbaza.persons import names
from darbaza.persons.names import comparing, folding, sounds

Pair = dict[str, Any]


class Judged(NamedTuple):
    """One pair and what the matcher says."""

    pair: Pair
    match: names.Match

    @property
    def right(self) -> bool:
        return bool(self.match.same == self.pair["match"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--index", type=int, default=0, metavar="N")
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--peer", type=Path, metavar="PYTHON")
    parser.add_argument("--cases", type=Path, metavar="PATH")
    options = parser.parse_args()
    try:
        pairs = json.loads(options.path.read_text(encoding="utf-8"))["pairs"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.exit(f"cannot read pairs from {options.path}: {error}")
    judged = [Judged(pair, names.compare(pair["a"], pair["b"])) for pair in pairs]
    _quality(judged)
    _speed(pairs)
    _by_category(judged)
    if options.index:
        _search(pairs, options.index)
    if options.peers or options.peer:
        rows = [(p["a"], p["b"], p["match"]) for p in pairs]
        name_peers.table(rows, options.peer)
    _foreign(options.cases, options.peer)
    if options.wrong:
        _wrong(judged)


def _foreign(path: Path | None, python: Path | None) -> None:
    if path is None:
        print("\nforeign names left out: say --cases PATH")
        return
    try:
        rows = name_peers.cases(path)
    except (OSError, KeyError, csv.Error, UnicodeDecodeError) as error:
        sys.exit(f"cannot read cases from {path}: {error}")
    print(f"\nforeign names: {len(rows)} pairs")
    name_peers.table(rows, python)


def _quality(judged: list[Judged]) -> None:
    true = [j for j in judged if j.pair["match"]]
    false = [j for j in judged if not j.pair["match"]]
    hits = sum(j.match.same for j in true)
    alarms = sum(j.match.same for j in false)
    precision, recall = hits / max(1, hits + alarms), hits / max(1, len(true))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"pairs            {len(true)} true, {len(false)} false")
    print(f"threshold        {comparing.THRESHOLD}")
    print(f"precision        {precision:.3f}\nrecall           {recall:.3f}")
    print(f"F1               {f1:.3f}")
    worst = sorted((j.match.score for j in false), reverse=True)
    for share in (0.01, 0.001):
        limit = worst[int(len(worst) * share)] if worst else 0.0
        found = sum(j.match.score > limit for j in true) / max(1, len(true))
        print(f"recall at {share:5.1%}  {found:.3f}  (score above {limit:.3f})")


def _speed(pairs: list[Pair]) -> None:
    cached, fresh = [], []
    for pair in pairs:
        folding.forget()
        sounds.readings.cache_clear()
        for seconds in (fresh, cached):
            start = time.process_time()
            names.compare(pair["a"], pair["b"])
            seconds.append(time.process_time() - start)
    for seconds, what in ((cached, "with folded names"), (fresh, "from raw text")):
        middle, mean = statistics.median(seconds), statistics.mean(seconds)
        print(f"microseconds     {middle * 1e6:.0f} p50, {mean * 1e6:.0f} mean {what}")


def _by_category(judged: list[Judged]) -> None:
    groups: dict[tuple[bool, str, str], list[Judged]] = defaultdict(list)
    for j in judged:
        source = j.pair.get("source", "")
        groups[(not j.pair["match"], source, "all")].append(j)
        if source != "hand":
            groups[(not j.pair["match"], source, j.pair["category"])].append(j)
    print("\nwanted  source     category                 right    of")
    for (other, source, category), group in sorted(groups.items()):
        right = sum(j.right for j in group) / len(group)
        wanted = "false" if other else "true"
        print(f"{wanted:7} {source:10} {category:24} {right:5.3f} {len(group):5}")


def _search(pairs: list[Pair], size: int) -> None:
    """Hide every true record among ``size`` names and look for it."""
    records = dict.fromkeys(pair["a"] for pair in pairs)
    draw = random.Random(7)
    triples = [words for name in records if len(words := name.split()) == 3]
    for _ in range(20 * size):
        if len(records) >= size:
            break
        first, given, father = (draw.choice(triples)[i] for i in range(3))
        records[f"{first} {given} {father}"] = None
    start = time.process_time()
    index = names.Index((name, name) for name in records)
    print(f"\nindex of {len(index)} names built in {time.process_time() - start:.2f} s")
    true, seconds, found, alerts = [p for p in pairs if p["match"]], [], 0, 0
    for pair in true:
        start = time.process_time()
        hits = index.search(pair["b"])
        seconds.append(time.process_time() - start)
        found += any(hit.id == pair["a"] for hit in hits)
        alerts += sum(hit.score >= comparing.THRESHOLD for hit in hits)
    slow = statistics.quantiles(seconds, n=20)[-1]
    print(f"found among 20   {found / len(true):.3f} of {len(true)}")
    print(f"alerts a query   {alerts / len(true):.2f}")
    print(f"milliseconds     {statistics.median(seconds) * 1e3:.1f} p50, ", end="")
    print(f"{slow * 1e3:.1f} p95")


def _wrong(judged: list[Judged]) -> None:
    print()
    for j in judged:
        if not j.right:
            codes = ", ".join(reason.code for reason in j.match.reasons)
            print(f"{j.match.score:.3f} {j.pair['a']} | {j.pair['b']} ({codes})")


if __name__ == "__main__":
    main()
