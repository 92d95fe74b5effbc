"""How long a list of prisoners takes: upload, check, make, repeat, undo.

    python bench/imports.py --rows 10000

Works on a database of its own in a temporary folder (SQLite, flushes on).
"""
# ruff: noqa: E402 - Django is set up first

import argparse
import io
import os
import tempfile
import time
from uuid import uuid4

os.environ["DARBAZA_HOME"] = tempfile.mkdtemp(prefix="darbaza-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "darbaza.config.settings.local"

import django

django.setup()

from django.core.management import call_command
from django.utils import timezone

from darbaza.accounts.types import system
from darbaza.custody.imports import services
from darbaza.custody.imports.types import Upload
from darbaza.pages import exports
from darbaza.sites.models import Institution

SURNAMES = ("Осмонов", "Асанов", "Токтогулов", "Жумабаев", "Иванов", "Бекова")
NAMES = ("Нурлан", "Бакыт", "Азамат", "Элдар", "Айгүл", "Сергей", "Талант")
HEADS = (
    "Номер дела, Фамилия, Имя, Отчество, Пол, Дата рождения, Номер документа,"
    " Правовой статус, Режим, Приказ, Дата прибытия, Конец срока"
)


def workbook(rows: int) -> bytes:
    """Return a workbook of invented prisoners."""

    def lines():
        yield HEADS.split(", ")
        for i in range(rows):
            # Birth dates repeat after 2,100 rows; nobody here may be somebody else.
            name = SURNAMES[i % 6] + "абвгдежзиклмнопрстуфхцчшщ"[i // 2_100 % 25]
            born = f"{i % 28 + 1:02}.{i % 12 + 1:02}.{1950 + i % 50}"
            paper = f"ZZ{i:07}"
            case = ["осужден", "строгий", f"{i}-к", "22.11.2024", "22.11.2031"]
            who = [f"999-{i:05}", name, NAMES[i % 7], "Асанович", "м", born, paper]
            yield [*who, *case]

    file = io.BytesIO()
    exports.write_xlsx(lines(), file)
    return file.getvalue()


def walk(batch, by) -> None:
    """Walk until nothing is left."""
    while services.walk(batch.pk, by=by, at=timezone.now()):
        pass


def main() -> None:
    """Measure and print one line a step."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000)
    rows = parser.parse_args().rows
    call_command("migrate", verbosity=0)
    place = Institution.objects.create(code="999", kind="colony", name_ky="№ 999")
    by = system("bench", place.pk)
    file = Upload("bench.xlsx", workbook(rows))
    for round_ in ("first", "again"):
        start = time.perf_counter()
        batch = services.upload(
            "prisoners", file, request_id=uuid4(), by=by, at=timezone.now()
        )
        said = [("upload", time.perf_counter())]
        services.match(batch.pk, batch.columns, by=by, at=timezone.now())
        walk(batch, by)
        said.append(("check", time.perf_counter()))
        services.begin(batch.pk, by=by, at=timezone.now())
        walk(batch, by)
        said.append(("make", time.perf_counter()))
        if round_ == "first":
            first = batch
        report(round_, start, said, batch)
    start = time.perf_counter()
    services.undo(first.pk, "bench", keep_worked=False, by=by, at=timezone.now())
    walk(first, by)
    report("undo", start, [("undo", time.perf_counter())], first)


def report(what: str, start: float, said, batch) -> None:
    """Print the seconds of each step and how many rows stand where."""
    counts = {}
    for status in batch.rows.values_list("status", flat=True):
        counts[status] = counts.get(status, 0) + 1
    parts = []
    before = start
    for name, at in said:
        parts.append(f"{name} {at - before:.1f} s")
        before = at
    print(what, ", ".join(parts), f"= {before - start:.1f} s", counts, flush=True)


if __name__ == "__main__":
    main()
