"""The front end: its own tests, its build, and what the lock file may not say."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from darbaza.pages import build

LOCK = build.ROOT / "package-lock.json"


@pytest.mark.slow
def test_scripts_pass_their_own_tests():
    node = build._tool("node")
    files = sorted(map(str, (build.FRONT / "test").glob("*.test.mjs")))
    done = subprocess.run(
        [node, "--test", *files], capture_output=True, text=True, check=False
    )
    assert files
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.slow
def test_a_second_build_has_nothing_to_do():
    build.build()
    said = []
    assert build.build(said.append) is False
    assert said == []
    css = (build.OUT / "darbaza.css").read_text()
    assert "Noto Sans" in css
    assert "GDS Transport" not in css
    assert "#0b5563" in css
    for url in re.findall(r'url\("?([^")]+)"?\)', css):
        assert (build.OUT / url).exists() or url.startswith("data:"), url
    for style in ("Regular", "Bold", "Italic", "SemiBold"):
        assert (build.OUT / f"fonts/NotoSans-{style}.ttf").stat().st_size > 300_000


def test_the_lock_names_no_registry_and_every_package_has_its_digest():
    lock = json.loads(LOCK.read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert "resolved" not in LOCK.read_text()
    assert "registry" not in LOCK.read_text()
    assert packages
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []


def test_a_fingerprint_changes_with_any_content_and_with_nothing_else(tmp_path: Path):
    one, two = tmp_path / "a.scss", tmp_path / "b.scss"
    one.write_text("a")
    two.write_text("b")
    first = build.fingerprint([one, two])
    assert build.fingerprint([two, one]) == first
    two.write_text("c")
    assert build.fingerprint([one, two]) != first


def test_a_wheel_without_the_built_front_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "OUT", tmp_path / "nothing")
    with pytest.raises(build.BuildError, match="missing"):
        build.build(root=tmp_path)


def test_an_installed_wheel_has_nothing_to_build(tmp_path, monkeypatch):
    (tmp_path / "darbaza.css").touch()
    monkeypatch.setattr(build, "OUT", tmp_path)
    assert build.build(root=tmp_path) is False


def test_a_failing_tool_says_what_it_said(tmp_path):
    with pytest.raises(build.BuildError, match="no such thing"):
        build._run([build._tool("node"), "-e", "throw 'no such thing'"], tmp_path)


def test_a_missing_tool_says_what_to_do():
    with pytest.raises(build.BuildError, match="install the locked requirements"):
        build._tool("no-such-tool-anywhere")
