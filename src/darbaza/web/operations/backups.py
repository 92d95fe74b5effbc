"""A backup is one file that proves itself before it replaces anything.

A tar with the database, the installation's secret (passes are signed with it) and a
manifest: what it is, when, the SHA-256 of each part, and the head of each audit chain,
so that a restored copy can be held against what had been written.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from darbaza.audit import selectors as audit
from darbaza.sites import selectors as sites
from darbaza.web.operations import copies

FORMAT = 1
SQLITE, DUMP = "database.sqlite3", "database.dump"
PARTS = (SQLITE, DUMP, "secret.key", "manifest.json")


class BackupError(Exception):
    """A backup that cannot be made or trusted; the text says why, in one line."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands in ``manifest.json``."""

    format: int
    made_at: str
    engine: str
    demonstration: bool
    heads: dict[str, tuple[int, str]]
    """Institution to (number, hash) of its newest audit event."""
    sha256: dict[str, str]


def make(path: Path, *, at: datetime, scratch: Path) -> Manifest:
    """Write a backup to ``path`` while the server runs; a finished one or none.

    Args:
        path: The file to write; must not exist.
        at: Now.
        scratch: A folder on the same disk for the parts.

    Raises:
        BackupError: The file exists, or the copy does not pass its integrity check.
    """
    if path.exists():
        raise BackupError(f"{path} exists already; name another file")
    heads = audit.heads()
    if connection.vendor == "sqlite":
        parts = [_copy_sqlite(scratch / SQLITE)]
    else:
        parts = [_dump_postgresql(scratch / DUMP)]
    secret = scratch / "secret.key"
    secret.write_text(settings.SECRET_KEY, "ascii")
    secret.chmod(0o600)
    parts.append(secret)
    row = sites.installation()
    manifest = Manifest(
        FORMAT,
        at.isoformat(),
        connection.vendor,
        demonstration=bool(row and row.demonstration),
        heads={str(key): (link.seq, link.hash.hex()) for key, link in heads.items()},
        sha256={part.name: _sha256(part) for part in parts},
    )
    note = scratch / "manifest.json"
    note.write_text(json.dumps(asdict(manifest), indent=1), "utf-8")
    _pack(path, [note, *parts])
    return manifest


def _copy_sqlite(target: Path) -> Path:
    """Copy the running database page by page: consistent, readers and writers go on."""
    connection.ensure_connection()
    copy = copies.opened(target)
    try:
        connection.connection.backup(copy, pages=2_000)
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()
    if trouble := copies.trouble(target):
        raise BackupError(f"the copy does not pass its integrity check: {trouble}")
    return target


def _dump_postgresql(target: Path) -> Path:
    arguments = ["pg_dump", "--format=custom", "--no-owner", f"--file={target}"]
    run([*arguments, *postgresql_address()])
    return target


def postgresql_address() -> list[str]:
    """Return the options by which PostgreSQL's own programs reach the database."""
    found = connection.settings_dict
    pairs = {"--host": "HOST", "--port": "PORT", "--username": "USER"}
    options = [f"{o}={found[name]}" for o, name in pairs.items() if found[name]]
    return [*options, f"--dbname={found['NAME']}"]


def run(arguments: list[str]) -> None:
    """Run one of PostgreSQL's own programs.

    Raises:
        BackupError: It is not installed, or it failed; with its last line.
    """
    program = shutil.which(arguments[0])
    if program is None:
        raise BackupError(f"{arguments[0]} is not installed on this computer")
    secret = {"PGPASSWORD": connection.settings_dict["PASSWORD"] or ""}
    done = subprocess.run(
        [program, *arguments[1:]],
        env={**os.environ, **secret},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        raise BackupError(f"{arguments[0]} failed: {lines[-1]}")


def _pack(path: Path, parts: list[Path]) -> None:
    half = path.with_name(path.name + ".half")
    try:
        with half.open("xb") as file, tarfile.open(fileobj=file, mode="w") as tar:
            os.fchmod(file.fileno(), 0o600)
            for part in parts:
                tar.add(part, arcname=part.name)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise BackupError(f"{path} cannot be written: {error.strerror}") from error


def unpack(path: Path, scratch: Path) -> Manifest:
    """Take a backup apart into ``scratch`` and prove every part of it.

    Raises:
        BackupError: Not a backup of ours, cut off, or changed since it was made.
    """
    if not path.is_file():
        raise BackupError(f"there is no file {path}")
    try:
        with tarfile.open(path) as tar:
            for member in tar.getmembers():
                if member.name not in PARTS or not member.isfile():
                    raise BackupError(f"{path} holds something foreign: {member.name}")
                tar.extract(member, scratch, filter="data")
        found = json.loads((scratch / "manifest.json").read_text("utf-8"))
        manifest = _manifest(found)
    except (OSError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{path} is not a whole backup of Darbaza") from error
    for name, expected in manifest.sha256.items():
        if _sha256(scratch / name) != expected:
            raise BackupError(f"{name} in {path} was changed or damaged")
    return manifest


def _manifest(found: dict[str, Any]) -> Manifest:
    if found["format"] != FORMAT:
        raise ValueError(found["format"])
    heads = {key: (int(pair[0]), str(pair[1])) for key, pair in found["heads"].items()}
    names = set(found["sha256"])
    if not names <= set(PARTS) or "secret.key" not in names:
        raise ValueError(names)
    return Manifest(**{**found, "heads": heads})


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
