"""Nothing is loaded from outside: a visit in a network that has no outside at all."""

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("playwright.async_api")

from tests.browser import desk, deskhouse, houses

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.netns]


def test_a_visit_is_registered_where_no_way_leads_out(tmp_path_factory):
    if not Path(desk.CHROMIUM).exists():
        pytest.skip("no Chromium")
    unshare = shutil.which("unshare")
    if os.geteuid() != 0 or not unshare:
        pytest.skip("needs root and unshare")
    home = houses.home(tmp_path_factory, "prison")
    done = subprocess.run(
        [unshare, "--net", sys.executable, "-m", "tests.browser.isolated", str(home)],
        cwd=deskhouse.ROOT, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    seen = json.loads(done.stdout)

    assert seen["interfaces"] == ["lo"]
    assert seen["routes"] == []
    assert seen["outside"] == errno.ENETUNREACH
    assert seen["asked"] > 10
    assert seen["elsewhere"] == []
    assert seen["failed"] == []
    assert seen["font"] is True
    on_sheet, in_pdf = seen["codes"]
    assert on_sheet == in_pdf
    assert on_sheet[0].startswith("DZ1:")
