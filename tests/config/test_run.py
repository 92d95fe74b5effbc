"""The first command of a newcomer says in plain words what is missing."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture import house

BASH = shutil.which("bash") or "bash"
TOOLS = ("cat", "cut", "dirname", "env", "grep", "mkdir", "rm", "sha256sum", "tail")
NO_PYTHON = "#!/bin/sh\nexit 1\n"
NO_VENV = '#!/bin/sh\ncase "$*" in *venv*) exit 1 ;; esac\n'


@pytest.fixture
def bare(tmp_path) -> Path:
    """A folder with the script and a machine with hardly any program."""
    shutil.copy(house.ROOT / "run", tmp_path / "run")
    programs = tmp_path / "bin"
    programs.mkdir()
    for tool in TOOLS:
        (programs / tool).symlink_to(shutil.which(tool))
    return tmp_path


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BASH, str(folder / "run"), *words],
        env={**os.environ, "PATH": str(folder / "bin")},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


def program(folder: Path, name: str, text: str) -> None:
    path = folder / "bin" / name
    path.write_text(text)
    path.chmod(0o755)


def test_help_says_where_to_look(bare):
    done = run(bare, "--help")
    assert done.returncode == 0
    assert "http://127.0.0.1:8000" in done.stdout
    assert not (bare / ".venv").exists()


def test_an_unknown_word_is_refused(bare):
    done = run(bare, "--quickly")
    assert done.returncode == 2
    assert "--quickly" in done.stderr


def test_a_machine_without_python_is_told_what_to_install(bare):
    done = run(bare)
    assert done.returncode == 1
    assert "Python 3.11 or newer" in done.stderr
    assert "apt install python3 python3-venv" in done.stderr


def test_a_python_that_is_too_old_counts_as_none(bare):
    program(bare, "python3", NO_PYTHON)
    done = run(bare)
    assert done.returncode == 1
    assert "there is none here" in done.stderr


def test_a_python_without_venv_is_named(bare):
    program(bare, "python3", NO_VENV)
    done = run(bare)
    assert done.returncode == 1
    assert "python3 is here, but without its venv module" in done.stderr
