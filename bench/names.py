"""Measure the name matcher on a file of pairs: ``bench/names.py PATH_TO_PAIRS``.

The file is ``{"pairs": [{"a", "b", "match", "category", "source"}]}``. Prints
precision, recall and F1 at the shipped threshold, recall where 1% and 0.1% of the
false pairs pass, processor time a pair, the share right by category, and with
``--index N`` the search among N names. ``--wrong`` lists the pairs judged wrongly.
"""

import argparse
import json
import random
import statistics
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

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
    if options.wrong:
        _wrong(judged)


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
    folded = [(names.fold(p["a"]), names.fold(p["b"])) for p in pairs]
    start = time.process_time()
    for a, b in folded:
        names.compare(a, b)
    cached = time.process_time() - start
    start = time.process_time()
    for pair in pairs:
        folding.forget()
        sounds.readings.cache_clear()
        names.compare(pair["a"], pair["b"])
    fresh = time.process_time() - start
    print(f"microseconds     {cached / len(pairs) * 1e6:.0f} a pair with folded names")
    print(f"                 {fresh / len(pairs) * 1e6:.0f} a pair from raw text")


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
    start = time.perf_counter()
    index = names.Index((name, name) for name in records)
    print(f"\nindex of {len(index)} names built in {time.perf_counter() - start:.2f} s")
    true, seconds, found, alerts = [p for p in pairs if p["match"]], [], 0, 0
    for pair in true:
        start = time.perf_counter()
        hits = index.search(pair["b"])
        seconds.append(time.perf_counter() - start)
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
