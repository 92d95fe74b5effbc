"""Our name matcher beside published ones: the same pairs in the same run."""

import csv
import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz

from darbaza.persons import names

Pair = tuple[str, str, bool]
Scores = list[tuple[float, bool]]
Scorer = Callable[[str, str], float]
_PEER = Path(__file__).with_name("nomenklatura_peer.py")


def table(pairs: list[Pair], python: Path | None) -> None:
    """Print one line for each matcher: quality at its best threshold, and time."""
    print(
        "\nmatcher                       best   P     R     F1    1%    0.1%   us p50"
    )
    _line("ours", _timed(_ours, pairs))
    _line("rapidfuzz ratio", _timed(_plain(fuzz.ratio), pairs))
    _line("ICAO, rapidfuzz ratio", _timed(_latin(fuzz.ratio), pairs))
    _line("ICAO, rapidfuzz token_set", _timed(_latin(fuzz.token_set_ratio), pairs))
    if python is None:
        print("nomenklatura logic-v2 left out: say --peer PYTHON of its environment")
        return
    try:
        _line("nomenklatura logic-v2", _asked(python, pairs))
    except (OSError, ValueError) as error:
        print(f"nomenklatura logic-v2 left out: {error}")


def cases(path: Path) -> list[Pair]:
    """Read the persons of nomenklatura's public name bench (cases.csv)."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (row["name1"], row["name2"], row["is_match"] == "true")
            for row in csv.DictReader(file)
            if row["schema"] == "Person"
        ]


def _ours(a: str, b: str) -> float:
    return names.compare(a, b).score


def _plain(scorer: Callable[..., float]) -> Scorer:
    return lambda a, b: scorer(a.casefold(), b.casefold()) / 100


def _latin(scorer: Callable[..., float]) -> Scorer:
    def score(a: str, b: str) -> float:
        one, other = (names.latin(x).casefold().replace("<", " ") for x in (a, b))
        return scorer(one, other) / 100

    return score


def _timed(scorer: Scorer, pairs: list[Pair]) -> tuple[Scores, list[float]]:
    scores: Scores = []
    seconds: list[float] = []
    for a, b, same in pairs:
        start = time.process_time()
        score = scorer(a, b)
        seconds.append(time.process_time() - start)
        scores.append((score, same))
    return scores, seconds


def _asked(python: Path, pairs: list[Pair]) -> tuple[Scores, list[float]]:
    """Let the other process judge the pairs; fillers of a zone reach it as spaces."""
    lines = (
        json.dumps([a.replace("<", " ").strip(), b.replace("<", " ").strip()])
        for a, b, _ in pairs
    )
    peer = subprocess.run(
        [python, _PEER],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if peer.returncode:
        raise ValueError((peer.stderr.strip().splitlines() or ["it failed"])[-1])
    answers = [json.loads(line) for line in peer.stdout.splitlines()]
    scores = [
        (score, same) for (score, _), (*_, same) in zip(answers, pairs, strict=True)
    ]
    return scores, [seconds for _, seconds in answers]


def _line(name: str, found: tuple[Scores, list[float]]) -> None:
    scores, seconds = found
    best = max({round(score, 3) for score, _ in scores}, key=lambda t: f1(scores, t))
    precision, recall = _rates(scores, best)
    one, mille = recall_at(scores, 0.01), recall_at(scores, 0.001)
    micro = sorted(seconds)[len(seconds) // 2] * 1e6
    print(f"{name:28} {best:5.3f} {precision:5.3f} {recall:5.3f} ", end="")
    print(f"{f1(scores, best):5.3f} {one:5.3f} {mille:5.3f} {micro:7.0f}")
    if name == "ours":
        precision, recall = _rates(scores, names.THRESHOLD)
        print(f"{'  at the shipped threshold':28} {names.THRESHOLD:5.3f} ", end="")
        print(f"{precision:5.3f} {recall:5.3f} {f1(scores, names.THRESHOLD):5.3f}")


def _rates(scores: Scores, threshold: float) -> tuple[float, float]:
    hits = sum(same for score, same in scores if score >= threshold)
    passed = sum(score >= threshold for score, _ in scores)
    return hits / max(1, passed), hits / max(1, sum(same for _, same in scores))


def f1(scores: Scores, threshold: float) -> float:
    """Return the harmonic mean of precision and recall."""
    precision, recall = _rates(scores, threshold)
    return 2 * precision * recall / max(1e-9, precision + recall)


def recall_at(scores: Scores, alarms: float) -> float:
    """Return the share of true pairs above all but this share of the false ones."""
    false = sorted((score for score, same in scores if not same), reverse=True)
    limit = false[int(len(false) * alarms)] if false else 0.0
    true = [score for score, same in scores if same]
    return sum(score > limit for score in true) / max(1, len(true))
