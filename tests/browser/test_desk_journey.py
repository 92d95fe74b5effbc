"""A morning at the desk in a real browser: reader, picture and keyboard, no mouse."""

import asyncio
import base64
import io
import json
import time
from collections.abc import Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from darbaza.demo import specimens
from tests.browser import deskhouse, typing

playwright = pytest.importorskip("playwright.async_api")
pypdf = pytest.importorskip("pypdf")
zxing = pytest.importorskip("zxingcpp")

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
AXE = deskhouse.ROOT / "node_modules" / "axe-core" / "axe.min.js"
ZONES = {one.key: one.text for one in specimens.SPECIMENS}
READY = "#desk-work[data-step={}]"


@pytest.fixture(scope="module")
def house(tmp_path_factory: Any) -> Iterator[str]:
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium")
    with deskhouse.serving(tmp_path_factory.mktemp("house")) as url:
        yield url


@asynccontextmanager
async def signed_in(url: str, **context: Any):
    """Open a browser, sign the officer in by keyboard, give page, CDP and hand."""
    async with playwright.async_playwright() as program:
        browser = await program.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        place = await browser.new_context(
            viewport={"width": 1366, "height": 768}, **context
        )
        # A browser without a screen has no printer: the paper is noted, not sent.
        await place.add_init_script(
            "window.papers = []; document.addEventListener('darbaza:printing', (e) =>"
            " { e.preventDefault(); window.papers.push(e.detail.url); });"
        )
        page = await place.new_page()
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        await page.goto(f"{url}/gate/desk/")
        await page.focus("[name=login]")
        await page.keyboard.type("officer")
        await page.keyboard.press("Tab")
        await page.keyboard.type(deskhouse.PASSWORD)
        await page.keyboard.press("Enter")
        await page.wait_for_selector(".js-enabled .dk")
        await page.wait_for_function("window.htmx !== undefined")
        yield page, await place.new_cdp_session(page), typing.Hand(page)
        assert troubles == []
        await browser.close()


async def step(page: Any, name: str) -> None:
    await page.wait_for_selector(READY.format(name), timeout=15_000)


async def read(page: Any, cdp: Any, key: str, layout: str = "us") -> None:
    """Scan a specimen until it is read, as an officer does.

    On a machine under load the test itself cannot type as evenly as a reader does.
    """
    for _try in range(4):
        await typing.scan(cdp, ZONES[key], layout)
        try:
            await page.wait_for_selector(READY.format("whom"), timeout=8_000)
        except playwright.TimeoutError:
            await page.fill("#scan-text", "")
        else:
            return
    pytest.fail(f"{key} was not read under the layout {layout}")


async def drop(page: Any, path: Path) -> None:
    """Drop a picture on the page, as the hand of somebody with a mouse would."""
    data = base64.b64encode(path.read_bytes()).decode()
    await page.evaluate(
        """([data, name]) => {
            const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
            const files = new DataTransfer();
            files.items.add(new File([bytes], name, { type: "image/jpeg" }));
            const init = { dataTransfer: files, bubbles: true, cancelable: true };
            document.body.dispatchEvent(new DragEvent("drop", init));
        }""",
        [data, path.name],
    )


async def prints(page: Any) -> list[str]:
    """Return the addresses of the papers of what was done last."""
    found: list[str] = await page.eval_on_selector_all(
        "[data-reprints] a[href]:not([href=''])", "all => all.map(a => a.href)"
    )
    return found


async def paper(page: Any, address: str) -> tuple[str, bytes]:
    answer = await page.context.request.get(address)
    assert answer.status == 200, await answer.text()
    data = await answer.body()
    reader = pypdf.PdfReader(io.BytesIO(data))
    return "\n".join(p.extract_text() for p in reader.pages), data


def code_of(pdf: bytes) -> str:
    """Read the QR code of a pass back, from the drawn page."""
    fitz = pytest.importorskip("pypdfium2")
    page = fitz.PdfDocument(pdf)[0]
    image = page.render(scale=3).to_pil().convert("L")
    found = zxing.read_barcodes(image)
    assert found, "no code on the pass"
    return str(found[0].text)


@pytest.mark.parametrize("layout", typing.LAYOUTS)
def test_a_reader_is_understood_under_every_layout(house, layout):
    async def journey() -> None:
        async with signed_in(house) as (page, cdp, hand):
            await step(page, "who")
            await read(page, cdp, "asanova-passport", layout)
            words = await page.inner_text(".dk-guest")
            assert "АСАНОВА" in words
            assert "ZZ0000017" in words
            left = await page.input_value("#scan-text")
            assert left == "", "keys of the reader ran into a field"
            await hand.press("Alt+x")
            await step(page, "who")

    asyncio.run(journey())


def test_a_morning_at_the_desk_by_keyboard_alone(house, tmp_path):
    asyncio.run(_morning(house, tmp_path))


async def _morning(house: str, tmp_path: Path) -> None:
    async with signed_in(house) as (page, cdp, hand):
        await step(page, "who")
        await _known(page, cdp, hand)
        await _stranger_is_refused(page, cdp, hand)
        await _new_with_rank(page, cdp, hand)
        await _picture(page, hand)
        report = [{"step": w, "keys": k, "seconds": s} for w, k, s in hand.log]
        text = json.dumps(report, ensure_ascii=False, indent=1)
        (tmp_path / "desk-journey.json").write_text(text)
        print(text)  # noqa: T201 - the report of the journey
        known = next(r for r in report if r["step"] == "known visitor")
        assert known["keys"] == 2


async def _known(page: Any, cdp: Any, hand: typing.Hand) -> None:
    began, keys = time.monotonic(), hand.keys
    await read(page, cdp, "asanova-passport", "russian")
    await hand.press("Enter")
    await step(page, "decide")
    await hand.press("Enter")
    await page.wait_for_selector(".dk-done--registered")
    hand.note("known visitor", began, keys)
    (address,) = await prints(page)
    await page.wait_for_function("window.papers.length === 1")
    words, pdf = await paper(page, address)
    assert "ASANOVA" not in words, "a pass names nobody"
    reference = await page.inner_text(".dk-done__word .mono")
    assert reference in words
    assert code_of(pdf).startswith("DZ1:")


async def _stranger_is_refused(page: Any, cdp: Any, hand: typing.Hand) -> None:
    began, keys = time.monotonic(), hand.keys
    await read(page, cdp, "toktomamatov-passport", "kyrgyz")
    await hand.type("0412")
    await hand.press("Enter")
    await step(page, "decide")
    assert await page.query_selector("[data-code=contact_missing]")
    assert await page.query_selector("[value=register]") is None
    await hand.press("F8")
    await page.wait_for_selector(".dk-done--refused")
    hand.note("new visitor, refused", began, keys)
    (address,) = await prints(page)
    seen = set()
    for language in ("ky", "ru", "en"):
        words, _pdf = await paper(page, f"{address.split('?')[0]}?language={language}")
        seen.add(words[:400])
    assert len(seen) == 3, "the refusal reads the same in two languages"


async def _new_with_rank(page: Any, cdp: Any, hand: typing.Hand) -> None:
    began, keys = time.monotonic(), hand.keys
    await read(page, cdp, "toktomamatov-passport", "german")
    await hand.type("осмон")
    await page.wait_for_selector("#whom-options [data-option]")
    await hand.press("ArrowDown", "Enter")
    await step(page, "decide")
    await hand.press("Alt+o")
    await page.wait_for_selector(".dk-aside[open]")
    await page.wait_for_function("document.activeElement?.id === 'as-why'")
    await hand.type("Тууган экенин күбөлүк менен далилдеди")
    await hand.press("Tab")
    await hand.type("chief")
    await hand.press("Tab")
    await hand.type(deskhouse.PASSWORD)
    await hand.press("Enter")
    await page.wait_for_selector("[value=register]")
    assert "Салтанат Исаева" in await page.inner_text(".dk-aside")
    await page.wait_for_function("document.activeElement?.value === 'register'")
    await hand.press("Enter")
    await page.wait_for_selector(".dk-done--registered")
    hand.note("new visitor, by the supervisor's word", began, keys)


async def _picture(page: Any, hand: typing.Hand) -> None:
    began, keys = time.monotonic(), hand.keys
    one = next(s for s in specimens.SPECIMENS if s.key == "beishenaliev-card")
    await drop(page, one.path)
    await page.wait_for_selector(
        "[data-step=compare], [data-step=ask], [data-step=whom]", timeout=30_000
    )
    if await page.query_selector(READY.format("compare")):
        assert await page.query_selector(".dk-crop")
        await hand.press("Enter")
        await page.wait_for_selector("[data-step=ask], [data-step=whom]")
    if await page.query_selector(READY.format("ask")):
        assert "Бейшеналиев Нурлан" in await page.inner_text(".dk-option")
        await hand.press("1")
    await step(page, "whom")
    await hand.press("Enter")
    await step(page, "decide")
    await hand.press("Enter")
    await page.wait_for_selector(".dk-done--registered")
    hand.note("picture of an identity card", began, keys)


@pytest.mark.parametrize(("width", "theme"), [(1366, "light"), (360, "dark")])
def test_the_desk_has_no_accessibility_violation(house, width, theme):
    async def journey() -> None:
        async with signed_in(house, color_scheme=theme) as (page, cdp, hand):
            await page.set_viewport_size({"width": width, "height": 768})
            for name in ("who", "whom", "decide", "compare"):
                await _to(page, cdp, hand, name)
                await page.evaluate(AXE.read_text())
                found = await page.evaluate("axe.run(document)")
                wrong = [
                    (v["id"], [n["html"][:140] for n in v["nodes"]])
                    for v in found["violations"]
                ]
                assert wrong == [], name
                wide = await page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, name
            await hand.press("Escape")
            await step(page, "decide")
            await hand.press("Alt+x")
            await step(page, "who")

    asyncio.run(journey())


async def _to(page: Any, cdp: Any, hand: typing.Hand, name: str) -> None:
    if name == "whom":
        await read(page, cdp, "asanova-passport")
    elif name == "decide":
        await hand.press("1")
    elif name == "compare":
        await hand.press("F3")
    await step(page, name)
