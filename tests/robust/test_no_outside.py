"""Server and browser in a network namespace without a route: every page is whole."""

import json
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from tests.browser import deskhouse

pytestmark = [
    pytest.mark.slow,
    pytest.mark.netns,
    pytest.mark.browser,
    pytest.mark.sqlite,
]
LOCAL = {"127.0.0.1", ""}


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """What a browser saw that could reach nothing but this computer."""
    home = tmp_path_factory.mktemp("alone")
    done = subprocess.run(
        ["unshare", "-n", sys.executable, "-m", "tests.robust.alone", str(home)],  # noqa: S607
        cwd=deskhouse.ROOT, env=deskhouse.environment(home), capture_output=True,
        text=True, timeout=400, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_the_namespace_has_no_way_out(report):
    assert report["outside"] is False


def test_every_main_page_loads(report):
    assert dict.fromkeys(report["pages"], 200) == report["pages"]
    assert len(report["pages"]) > 10


def test_nothing_was_asked_of_another_computer(report):
    hosts = {urlsplit(url).hostname or "" for url in report["requests"]}
    assert hosts <= LOCAL
    assert report["failed"] == []


def test_the_browser_complained_of_nothing(report):
    assert [m for m in report["console"] if m.startswith(("error", "warning"))] == []
