"""A house without any network but its own loopback: serve it, walk through it, report.

Run as ``python -m tests.robust.alone HOME`` inside a network namespace. Prints JSON.
"""

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.browser import deskhouse
from tests.browser.conftest import CHROMIUM, FLAGS

PAGES = (
    "/", "/gate/desk/", "/gate/inner/", "/gate/board/", "/visits/",
    "/visits/timetable/", "/persons/", "/prisoners/", "/rules/", "/sites/",
    "/accounts/me/",
    "/about/", "/privacy/", "/keys/", "/visits/refusals/", "/gate/evacuation/",
)  # fmt: skip


def loopback() -> None:
    """Bring up the one interface that a new namespace has."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)  # noqa: S607


def reaches_outside() -> bool:
    """Tell whether a packet could leave at all (192.0.2.1 is nobody's address)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as plug:
        try:
            plug.connect(("192.0.2.1", 9))
        except OSError:
            return False
    return True


def walk(page: Page, url: str) -> dict[str, Any]:
    """Open every main page; return what was asked for, refused and complained of."""
    seen: dict[str, Any] = {"requests": [], "console": [], "failed": [], "pages": {}}
    page.on("request", lambda r: seen["requests"].append(r.url))
    page.on("requestfailed", lambda r: seen["failed"].append(f"{r.url} {r.failure}"))
    page.on("console", lambda m: seen["console"].append(f"{m.type} {m.text}"))
    page.goto(f"{url}/account/login/")
    page.fill("#id_login", "chief")
    page.fill("#id_password", deskhouse.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{url}/")
    for path in PAGES:
        answer = page.goto(url + path, wait_until="load")
        seen["pages"][path] = answer.status if answer else 0
    return seen


def main(home: Path) -> None:
    """Do it all and print the report."""
    loopback()
    report: dict[str, Any] = {"outside": reaches_outside()}
    with deskhouse.serving(home) as url, sync_playwright() as program:
        browser = program.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        report |= walk(browser.new_page(), url)
        browser.close()
    print(json.dumps(report))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
