"""A visit in a real browser: reader, picture and keyboard, never a mouse."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.async_api")

from darbaza.demo import specimens
from tests.browser import desk, deskhouse, typing

pytestmark = [pytest.mark.browser, pytest.mark.slow]
REFUSED = {
    "ky": "Жолугушууга уруксат берилген жок",
    "ru": "В свидании отказано",
    "en": "The visit was refused",
}
PASSES = {"ky": "Келүүчүнүн өткөрмөсү", "ru": "Пропуск посетителя"}
GATE = ".ig__result--{}"
FIRST_MOMENT = """
// Before the browser takes any key, right after an answer was put in its place.
document.addEventListener("htmx:afterRequest", () => {
  const step = document.getElementById("desk-work")?.dataset.step;
  (window.moments ??= []).push([step, document.activeElement?.dataset.key ?? ""]);
});
"""


def test_a_reader_is_understood_under_every_layout(prison):
    async def journey() -> None:
        async with desk.signed_in(prison) as seat:
            for layout in typing.LAYOUTS:
                await seat.step("who")
                await seat.read("asanova-passport", layout)
                words = await seat.page.inner_text(".dk-guest")
                assert "АСАНОВА" in words
                assert "ZZ0000017" in words
                left = await seat.page.input_value("#scan-text")
                assert left == "", f"{layout}: keys of the reader ran into a field"
                await seat.hand.press("Alt+x")

    desk.play(journey())


PASTE = """(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const how = { clipboardData, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", how));
}"""


def test_a_zone_in_the_box_is_read_by_enter_and_a_pasted_one_at_once(prison):
    async def journey() -> None:
        async with desk.signed_in(prison) as seat:
            text = desk.ZONES["asanova-passport"].strip().replace("\r", "\n")
            await seat.page.fill("#scan-text", text)
            await seat.hand.press("Enter")
            await seat.step("whom")
            await seat.hand.press("Alt+x")
            await seat.step("who")
            await seat.page.fill("#scan-text", "NO ZONE")
            await seat.hand.press("Enter", "Enter")
            await seat.sees(".dk-trouble")
            await seat.page.evaluate(PASTE, text)
            await seat.step("whom")
            assert "ZZ0000017" in await seat.page.inner_text(".dk-guest")

    desk.play(journey())


def test_no_key_falls_between_a_new_page_and_its_listening(prison):
    async def journey() -> None:
        async with desk.signed_in(prison, before=FIRST_MOMENT) as seat:
            await seat.step("who")
            await seat.read("asanova-passport")
            moments = await seat.page.evaluate("window.moments")
            assert ["whom", "1"] in moments, "the first contact has the keyboard"
            assert ["whom", ""] not in moments
            await seat.hand.press("Alt+x")
            await seat.step("who")

    desk.play(journey())


def test_a_search_that_answers_too_late_does_not_silence_the_reader(prison):
    async def journey() -> None:
        async with desk.signed_in(prison) as seat:
            await seat.read("toktomamatov-passport")
            answered = asyncio.Event()

            async def late(route: Any) -> None:
                answer = await route.fetch()
                await answered.wait()
                await route.fulfill(response=answer)

            await seat.page.route("**/gate/desk/options/**", late)
            async with seat.page.expect_request("**/gate/desk/options/**"):
                await seat.hand.type("0412")
            await seat.hand.press("Enter")
            await seat.step("decide")
            async with seat.page.expect_response("**/gate/desk/options/**"):
                answered.set()
            await seat.hand.press("Alt+x")
            await seat.step("who")
            await seat.read("asanova-passport")
            assert seat.page.url.endswith("/gate/desk/"), "a place to reload"

    desk.play(journey())


def test_a_visit_from_the_passport_to_the_exit_by_keyboard_alone(prison, tmp_path):
    desk.play(_day(prison, tmp_path))


async def _day(prison: str, tmp_path: Path) -> None:
    async with desk.signed_in(prison, *desk.CAMERA) as seat:
        await seat.step("who")
        code = await _known(seat)
        await _stranger_is_refused(seat)
        await _new_with_rank(seat)
        await _picture(seat)
        await _called_and_brought(seat)
        await _in_and_out(seat, code)
        await _back_in_the_block(seat)
        hand = seat.hand
        report = [{"step": w, "keys": k, "seconds": s} for w, k, s in hand.log]
        text = json.dumps(report, ensure_ascii=False, indent=1)
        (tmp_path / "desk-journey.json").write_text(text)
        print(text)  # noqa: T201 - the report of the journey
        keys = {r["step"]: r["keys"] for r in report}
        assert keys["known visitor, scan to printed pass"] == 2
        assert keys["in, by the pass"] == 0
        assert keys["out, by the pass and the photograph"] <= 2


async def _known(seat: desk.Seat) -> str:
    """Register a known visitor, and take her photograph; return what the pass says."""
    began, keys = time.monotonic(), seat.hand.keys
    await seat.shows("desk-empty")
    await seat.read("asanova-passport", "russian")
    await seat.shows("desk-whom")
    await seat.hand.press("Enter")
    await seat.step("decide")
    await _photograph(seat)
    photograph = seat.hand.log[-1]
    began, keys = began + photograph[2], keys + photograph[1]  # told by itself
    await seat.shows("desk-decide")
    await seat.hand.press("Enter")
    await seat.sees(".dk-done--registered")
    (address,) = await seat.papers(1)
    seat.hand.note("known visitor, scan to printed pass", began, keys)
    await seat.shows("desk-done")
    words, paper = await seat.printed(address)
    assert desk.says(words, PASSES["ky"])
    assert "ASANOVA" not in words, "a pass names nobody"
    reference = await seat.page.inner_text(".dk-done__word .mono")
    assert desk.says(words, reference)
    (code,) = desk.codes(paper)
    assert code.startswith("DZ1:")
    _words, made = await seat.pdf(address.replace("/?", ".pdf?"))
    assert desk.codes(made) == [code], "both papers open the same gate"
    return code


async def _photograph(seat: desk.Seat) -> None:
    began, keys = time.monotonic(), seat.hand.keys
    await seat.hand.press("Alt+p")
    await seat.until("document.activeElement?.matches('[data-camera-take]')")
    await seat.shows("desk-camera")
    await seat.hand.press("Enter")
    await seat.sees(".dk-guest__photo img")
    await seat.until("document.activeElement?.value === 'register'")
    seat.hand.note("photograph by the camera", began, keys)


async def _stranger_is_refused(seat: desk.Seat) -> None:
    began, keys = time.monotonic(), seat.hand.keys
    await seat.read("toktomamatov-passport", "kyrgyz")
    await seat.hand.type("0412")
    await seat.hand.press("Enter")
    await seat.step("decide")
    assert await seat.page.query_selector("[data-code=contact_missing]")
    assert await seat.page.query_selector("[value=register]") is None
    await seat.shows("desk-red")
    await seat.hand.press("F8")
    await seat.sees(".dk-done--refused")
    _pass, address = await seat.papers(2)
    seat.hand.note("new visitor, refused", began, keys)
    await seat.shows("desk-refused")
    for language, title in REFUSED.items():
        told = f"{address.split('?')[0]}?language={language}"
        words, _paper = await seat.printed(told)
        assert desk.says(words, title)
        made = told.replace("/?", ".pdf?")
        assert desk.says((await seat.pdf(made))[0], title)


async def _new_with_rank(seat: desk.Seat) -> None:
    began, keys = time.monotonic(), seat.hand.keys
    await seat.read("toktomamatov-passport", "german")
    await seat.hand.type("осмон")
    await seat.sees("#whom-options [data-option]")
    await seat.hand.press("ArrowDown", "Enter")
    await seat.step("decide")
    await seat.hand.press("Alt+o")
    await seat.sees(".dk-aside[open]")
    await seat.until("document.activeElement?.id === 'as-why'")
    await seat.hand.type("Тууган экенин күбөлүк менен далилдеди")
    await seat.hand.press("Tab")
    await seat.hand.type("chief")
    await seat.hand.press("Tab")
    await seat.hand.type(deskhouse.PASSWORD)
    await seat.hand.press("Enter")
    await seat.sees("[value=register]")
    assert "Салтанат Исаева" in await seat.page.inner_text(".dk-aside")
    await seat.until("document.activeElement?.value === 'register'")
    await seat.shows("desk-lifted")
    await seat.hand.press("Enter")
    await seat.sees(".dk-done--registered")
    await seat.papers(3)
    seat.hand.note("new visitor, by the supervisor's word", began, keys)


async def _picture(seat: desk.Seat) -> None:
    began, keys = time.monotonic(), seat.hand.keys
    one = next(s for s in specimens.SPECIMENS if s.key == "beishenaliev-card")
    read = ", ".join(desk.READY.format(n) for n in ("compare", "ask", "whom"))
    await seat.drop_until(one.path, read)
    await seat.shows("desk-picture")
    if await seat.page.query_selector(desk.READY.format("compare")):
        assert await seat.page.query_selector(".dk-crop")
        await seat.hand.press("Enter")
        await seat.sees("[data-step=ask], [data-step=whom]")
    if await seat.page.query_selector(desk.READY.format("ask")):
        assert "Бейшеналиев Нурлан" in await seat.page.inner_text(".dk-option")
        await seat.shows("desk-ask")
        await seat.hand.press("1")
    await seat.step("whom")
    await seat.hand.press("Enter")
    await seat.step("decide")
    await seat.hand.press("Enter")
    await seat.sees(".dk-done--registered")
    *_before, address = await seat.papers(4)
    seat.hand.note("picture of an identity card", began, keys)
    words, paper = await seat.printed(address)
    assert desk.says(words, PASSES["ru"]), "the pass speaks the language of its bearer"
    assert len(desk.codes(paper)) == 1


async def _called_and_brought(seat: desk.Seat) -> None:
    began, keys = time.monotonic(), seat.hand.keys
    await seat.hand.press("Alt+b")
    await seat.sees(".js-enabled table")
    row = "tr:has(a:text('Асанов Бакыт'))"
    key = await seat.page.inner_text(f"{row} kbd")
    await seat.shows("calls")
    for done in ("call", "brought"):
        form = f".js-enabled {row} form[action$='/call/{done}/']"
        await seat.sees(form)
        await seat.hand.press(key)
        await seat.sees(form, state="detached")
        await seat.sees(".js-enabled table")
    await seat.shows("calls-brought")
    seat.hand.note("prisoner called and brought", began, keys)


async def _in_and_out(seat: desk.Seat, code: str) -> None:
    await seat.hand.press("Alt+i")
    await seat.sees(GATE.format("ready"))
    await seat.until("window.htmx !== undefined")
    await seat.shows("gate-ready")
    began, keys = time.monotonic(), seat.hand.keys
    await seat.scan(f"{code}\r", GATE.format("in"), "russian")
    seat.hand.note("in, by the pass", began, keys)
    await seat.shows("gate-in")
    began, keys = time.monotonic(), seat.hand.keys
    # So soon after the way in a scan counts as the same one, unless one says "out".
    await seat.hand.press("F4")
    assert await seat.page.is_checked("[name=way][value=out]")
    await seat.scan(f"{code}\r", GATE.format("compare"), "kyrgyz")
    await _large(seat)
    await seat.shows("gate-compare")
    await seat.until("document.activeElement?.matches('.ig-yes')")
    await seat.hand.press("Enter")
    await seat.sees(GATE.format("out"))
    seat.hand.note("out, by the pass and the photograph", began, keys)
    await seat.shows("gate-out")
    await seat.hand.press("F2")
    await seat.scan(f"{code}\r", GATE.format("refused"))
    await seat.shows("gate-used")


async def _large(seat: desk.Seat) -> None:
    """The photograph of the entrance is there, and takes a good part of the screen."""
    image = await seat.sees(".ig-photo img")
    await seat.until("e => e.complete && e.naturalWidth > 0", image)
    box = await image.bounding_box()
    assert box is not None
    assert box["height"] >= 768 * 0.45
    assert box["y"] + box["height"] <= 768, "seen without scrolling"


async def _back_in_the_block(seat: desk.Seat) -> None:
    began, keys = time.monotonic(), seat.hand.keys
    await seat.hand.press("Alt+d")
    await desk.at_desk(seat)
    await seat.hand.press("Alt+b")
    await seat.sees(".js-enabled table")
    row = "tr:has(a:text('Асанов Бакыт'))"
    await seat.hand.press(await seat.page.inner_text(f"{row} kbd"))
    await seat.sees(f"{row} form", state="detached")
    seat.hand.note("prisoner back in the block", began, keys)


def test_the_desk_has_no_accessibility_violation(prison):
    async def journey() -> None:
        async with desk.signed_in(prison) as seat:
            for name in ("who", "whom", "decide", "compare"):
                await _to(seat, name)
                for width, theme in ((1366, "light"), (360, "dark")):
                    await _sound(seat, f"{name} {width}", width, theme)
            await seat.hand.press("Escape")
            await seat.step("decide")
            await seat.hand.press("Alt+x")
            await seat.step("who")

    desk.play(journey())


async def _sound(seat: desk.Seat, name: str, width: int, theme: Any) -> None:
    await seat.page.set_viewport_size({"width": width, "height": 768})
    await seat.page.emulate_media(color_scheme=theme)
    await seat.page.evaluate(desk.AXE.read_text())
    found = await seat.page.evaluate("axe.run(document)")
    wrong = [
        (v["id"], [n["html"][:140] for n in v["nodes"]]) for v in found["violations"]
    ]
    assert wrong == [], name
    wide = await seat.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, name


async def _to(seat: desk.Seat, name: str) -> None:
    if name == "whom":
        await seat.read("asanova-passport")
    elif name == "decide":
        await seat.hand.press("1")
    elif name == "compare":
        await seat.hand.press("F3")
    await seat.step(name)
