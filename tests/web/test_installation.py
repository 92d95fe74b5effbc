"""A real installation by its commands: init, backup while running, restore, serve.

Each runs as its own process with its own home, as an administrator would do it.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]
INIT = [
    *("init", "--code", "27", "--kind", "colony", "--password-stdin"),
    *("--name-ky", "Мекеме", "--name-ru", "Учреждение", "--name-en", "Institution"),
    *("--username", "admin", "--full-name", "Админ"),
]


def darbaza(
    home: Path, *words: str, given: str = ""
) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DJANGO")}
    environment |= {"DARBAZA_HOME": str(home), "DATABASE_URL": ""}
    program = "from darbaza.config.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        env=environment, input=given, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    done = darbaza(home, *INIT, given="correct-horse-battery\n")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="module")
def backup(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("backups") / "one.tar"
    done = darbaza(founded, "backup", str(path))
    assert done.returncode == 0, done.stderr
    return path


def test_init_makes_an_institution_rules_and_one_administrator(founded):
    expected = {
        "sites_institution": 1,
        "accounts_user": 1,
        "custody_prisoner": 0,
        "entitlements_rule WHERE verified_on IS NOT NULL": 0,
    }
    with sqlite3.connect(f"file:{founded}/darbaza.sqlite3?mode=ro", uri=True) as file:
        for table, rows in expected.items():
            query = f"SELECT count(*) FROM {table}"  # noqa: S608 - our own tables
            assert file.execute(query).fetchone() == (rows,), table
        (quotas,) = file.execute("SELECT count(*) FROM entitlements_quota").fetchone()
    assert quotas > 20


def test_init_a_second_time_changes_nothing(founded):
    other = [w if w != "27" else "28" for w in INIT]
    done = darbaza(founded, *other, given="correct-horse-battery\n")
    assert done.returncode != 0
    assert "Nothing was made" in done.stderr


def test_a_weak_password_founds_nothing(tmp_path):
    done = darbaza(tmp_path, *INIT, given="short\n")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    again = darbaza(tmp_path, *INIT, given="correct-horse-battery\n")
    assert again.returncode == 0, again.stderr


def test_demonstration_data_never_gets_into_a_real_database(founded):
    done = darbaza(founded, "demo")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


def test_a_backup_restores_elsewhere_and_the_record_holds(backup, tmp_path):
    done = darbaza(tmp_path, "restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert "verified" in done.stdout
    assert darbaza(tmp_path, "audit", "verify").returncode == 0


def test_a_backup_never_overwrites(founded, backup):
    done = darbaza(founded, "backup", str(backup))
    assert done.returncode != 0
    assert "exists already" in done.stderr


def test_restore_sets_the_old_database_aside_only_when_told(founded, backup):
    refused = darbaza(founded, "restore", str(backup))
    assert refused.returncode != 0
    assert "--replace" in refused.stderr
    done = darbaza(founded, "restore", str(backup), "--replace")
    assert done.returncode == 0, done.stderr
    assert list(founded.glob("darbaza.sqlite3.before-*"))


def repacked(backup: Path, tmp_path: Path, change) -> Path:
    """Return a backup with one of its parts changed by a forger."""
    folder = tmp_path / "parts"
    folder.mkdir()
    with tarfile.open(backup) as tar:
        tar.extractall(folder, filter="data")
    change(folder)
    path = tmp_path / "changed.tar"
    with tarfile.open(path, "w") as tar:
        for part in folder.iterdir():
            tar.add(part, arcname=part.name)
    return path


def spoil(folder: Path) -> None:
    database = folder / "database.sqlite3"
    database.write_bytes(database.read_bytes()[:-4096] + bytes(4096))


def foreign(folder: Path) -> None:
    (folder / "other.txt").write_text("x")


def newer_head(folder: Path) -> None:
    note = folder / "manifest.json"
    manifest = json.loads(note.read_text())
    key = next(iter(manifest["heads"]))
    manifest["heads"][key][0] += 1
    note.write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    ("change", "words"),
    [(spoil, "changed or damaged"), (foreign, "foreign"), (newer_head, "cut off")],
)
def test_a_changed_backup_is_refused_in_one_line(backup, tmp_path, change, words):
    path = repacked(backup, tmp_path, change)
    done = darbaza(tmp_path / "home", "restore", str(path))
    assert done.returncode != 0
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("content", [b"", b"not a tar", bytes(2048)])
def test_what_is_no_backup_is_refused_in_one_line(tmp_path, content):
    path = tmp_path / "x.tar"
    path.write_bytes(content)
    done = darbaza(tmp_path / "home", "restore", str(path))
    assert done.returncode != 0
    assert "not a whole backup" in done.stderr


def test_other_computers_are_served_only_with_a_certificate(founded):
    done = darbaza(founded, "serve", "--host", "10.1.2.3", "--port", "8199")
    assert done.returncode != 0
    assert "HTTPS" in done.stderr
