"""How long an officer waits: a scan in a real browser on a database of any size.

``bench/desk_in_chromium.py [--visitors N --visits M] [--scans N]`` below DARBAZA_HOME

Serves the bench's own database (``darbaza bench gate``), signs an officer in, types
the zone of known visitors as a reader does, and presses Enter on the first prisoner
offered as soon as the form is there. The page itself takes the times: from the last
key of the reader to the next frame that shows the person (``form``), and from the
officer's Enter to the frame with the decision (``decision``). ``scan_to_decision`` is
both together: what the machine needs, without the hand between. Milliseconds, JSON.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the reader's keys are those of the tests
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "darbaza.config.settings.local")
django.setup()

from playwright.async_api import Error, async_playwright  # noqa: E402 - Django comes first

from darbaza.demo.bench import http, population  # noqa: E402 - the same
from darbaza.demo.management.commands import bench  # noqa: E402 - the same
from darbaza.persons.mrz import writing  # noqa: E402 - the same
from darbaza.persons.mrz.types import Document, Format  # noqa: E402 - the same
from tests.browser import typing  # noqa: E402 - the same

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
WARM_UP, TRIES = 5, 20
PATIENCE_MS = 60_000
STEP = "#desk-work[data-step={}]"
# The form; or keys came as a hand's would: a page loaded anew, or nothing in 8 seconds.
FORM = "window.times.whom !== undefined"
ANSWERED = f"""
  {FORM} || window.times.key === undefined ||
  performance.now() - window.times.key > 8000
"""
WATCH = """
window.times = {};
addEventListener("keydown", () => { window.times.key = performance.now(); }, true);
addEventListener("DOMContentLoaded", () => {
  let last = "";
  new MutationObserver(() => {
    const step = document.getElementById("desk-work")?.dataset.step ?? "";
    if (step === last) return;
    last = step;
    const from = window.times.key;
    requestAnimationFrame(() => { window.times[step] = performance.now() - from; });
  }).observe(document.body, { childList: true, subtree: true, attributes: true });
});
"""


def zone(person: int) -> str:
    """Return what a reader types of a bench visitor's identity card."""
    born = f"{(50 + person % 55) % 100:02}{1 + person // 55 % 12:02}"
    lines = writing.write(
        Document(
            format=Format.TD1, document_code="I", issuer="KGZ", nationality="KGZ",
            document_number=f"ZZ{person}", sex="<", expiry_date="350101",
            birth_date=f"{born}{1 + person // 660 % 28:02}",
            surname="BENCH", given_names="VISITOR",
        )
    )  # fmt: skip
    return "\r".join((*lines, ""))


async def measure(port: int, cookie: str, people: list[int]) -> list[dict[str, float]]:
    """Return the times of each person's scan, the warm-up left out."""
    async with async_playwright() as program:
        browser = await program.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        url = f"http://127.0.0.1:{port}"
        seen = {"width": 1366, "height": 768}
        place = await browser.new_context(viewport=seen, base_url=url)
        name, value = cookie.split("=", 1)
        await place.add_cookies([{"name": name, "value": value, "url": url}])
        await place.add_init_script(WATCH)
        place.set_default_timeout(PATIENCE_MS)
        page = await place.new_page()
        cdp = await place.new_cdp_session(page)
        found = [await _one(page, cdp, zone(person)) for person in people]
        await browser.close()
    return found[WARM_UP:]


async def _one(page: Any, cdp: Any, text: str) -> dict[str, float]:
    """Scan and decide once.

    A machine under load cannot type as evenly as a reader does; what the desk then
    calls unreadable is typed again and does not count.
    """
    for _try in range(TRIES):
        await _emptied(page)
        await typing.scan(cdp, text)
        await _until(page, ANSWERED)
        if await page.evaluate(FORM):
            break
    form = await _shown(page, "whom")
    await page.keyboard.press("Enter")
    decision = await _shown(page, "decide")
    both = form + decision
    return {"form": form, "decision": decision, "scan_to_decision": both}


async def _until(page: Any, what: str) -> None:
    """Wait for something to be true in the page; its policy forbids the usual way.

    Raises:
        TimeoutError: It did not come true in a minute.
    """
    for _try in range(PATIENCE_MS // 20):
        with suppress(Error):  # the page may be loading anew
            if await page.evaluate(what):
                return
        await asyncio.sleep(0.02)
    raise TimeoutError(what)


async def _emptied(page: Any) -> None:
    """Begin with a desk on which nothing lies, loaded anew."""
    await page.goto("/gate/desk/")
    await page.wait_for_selector(".js-enabled .dk")
    if await page.get_attribute("#desk-work", "data-step") != "who":
        await page.keyboard.press("Alt+x")
        await page.wait_for_selector(STEP.format("who"))
    await page.focus("#scan-text")
    await page.evaluate("window.times = {}")


async def _shown(page: Any, step: str) -> float:
    """Wait for a step of the desk; return when its frame came after the last key."""
    await page.wait_for_selector(STEP.format(step))
    await _until(page, f"window.times['{step}'] !== undefined")
    took: float = await page.evaluate(f"window.times['{step}']")
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visitors", type=int, default=1_000_000)
    parser.add_argument("--visits", type=int, default=5_000_000)
    parser.add_argument("--scans", type=int, default=60)
    options = parser.parse_args()
    size = population.Size(options.visitors, options.visits)
    bench.use_database(size, told=print)
    contacts = (population.contact(n, size) for n in range(population.used(), 10**9))
    here = (person for place, _prisoner, person in contacts if place == 0)
    people = [next(here) for _ in range(options.scans + WARM_UP)]
    cookie = http.cookies(1)[0]
    with http.serving() as port:
        times = asyncio.run(measure(port, cookie, people))
    report: dict[str, Any] = {"visitors": size.visitors, "visits": size.visits}
    report |= {"scans": len(times), "load": round(os.getloadavg()[0], 2)}
    for name in times[0]:
        taken = [one[name] for one in times]
        cuts = statistics.quantiles(taken, n=20)
        report[name] = {"p50": round(cuts[9], 1), "p95": round(cuts[18], 1)}
    print(json.dumps(report))


if __name__ == "__main__":
    main()
