"""A house and a desk in a network of their own, from which no way leads anywhere.

Run by ``test_without_network`` as ``unshare --net python -m tests.browser.isolated
HOME``: it needs root, and everything in here has the loopback interface and nothing
else. Says what it saw as JSON.
"""

import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.browser import desk, deskhouse

# RFC 5737 reserves this address for documentation: nobody answers there.
NOWHERE = ("192.0.2.1", 80)
FONT = """async () => {
    await document.fonts.ready;
    return document.fonts.check("16px 'Noto Sans'", "Ңөү");
}"""


def cut_off() -> dict[str, Any]:
    """Bring the loopback interface up; say which interfaces and ways out there are."""
    ip = shutil.which("ip") or "/usr/sbin/ip"
    subprocess.run([ip, "link", "set", "lo", "up"], check=True)
    routes = subprocess.run([ip, "route"], capture_output=True, text=True, check=True)
    with socket.socket() as plug:
        plug.settimeout(5)
        answer = plug.connect_ex(NOWHERE)
    return {
        "interfaces": [name for _n, name in socket.if_nameindex()],
        "routes": routes.stdout.split(),
        "outside": answer,
    }


async def _visit(url: str, seen: dict[str, Any]) -> None:
    asked: list[str] = []
    failed: list[str] = []
    async with desk.chromium() as browser, desk.opened(browser, url) as seat:
        seat.page.on("request", lambda r: asked.append(r.url))
        seat.page.on("requestfailed", lambda r: failed.append(r.url))
        await desk.sign_in(seat, "officer", deskhouse.PASSWORD)
        await desk.at_desk(seat)
        seen["font"] = await seat.page.evaluate(FONT)
        await seat.step("who")
        await seat.read("asanova-passport", "kyrgyz")
        await seat.hand.press("Enter")
        await seat.step("decide")
        await seat.hand.press("Enter")
        await seat.sees(".dk-done--registered")
        (address,) = await seat.papers(1)
        _words, paper = await seat.printed(address)
        _words, made = await seat.pdf(address.replace("/?", ".pdf?"))
        seen["codes"] = [desk.codes(paper), desk.codes(made)]
        await seat.shows("without-network")
    seen["asked"] = len(asked)
    seen["elsewhere"] = [a for a in asked if not a.startswith((url, "data:", "blob:"))]
    seen["failed"] = failed


def main() -> None:
    """Look round, serve the house, go through a visit, and tell."""
    home = Path(sys.argv[1])
    seen = cut_off()
    with deskhouse.served(home) as url:
        desk.play(_visit(url, seen))
    sys.stdout.write(json.dumps(seen))


if __name__ == "__main__":
    main()
