"""The front end in Chromium: scans, keys, dropped pictures, and axe on every sample."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page

from darbaza.pages import build
from tests.browser import desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
# A reader sends physical keys; "key" is what the switched-on layout makes of them.
TYPE = """
([text, layout]) => {
  const russian = Object.fromEntries([..."QWERTYUIOPASDFGHJKLZXCVBNM"].map((c, i) =>
    [c, "йцукенгшщзфывапролдячсмить"[i]]));
  const letter = (c) => {
    if (layout === "russian") return russian[c];
    if (layout === "german") return ({ Y: "z", Z: "y" })[c] ?? c.toLowerCase();
    return c;
  };
  const comma = layout === "us" ? "<" : ";";
  const passed = [];
  for (const c of text) {
    let code, key, shiftKey = false;
    if (c === "\\r") [code, key] = ["Enter", "Enter"];
    else if (c === "<") [code, key, shiftKey] = ["Comma", comma, true];
    else if (c === ":") [code, key, shiftKey] = ["Semicolon", ":", true];
    else if (/\\d/.test(c)) [code, key] = [`Digit${c}`, c];
    else [code, key, shiftKey] = [`Key${c}`, letter(c), true];
    const target = document.activeElement;
    const event = new KeyboardEvent("keydown",
      { code, key, shiftKey, bubbles: true, cancelable: true });
    if (target.dispatchEvent(event)) {
      passed.push(key);
      if (key.length === 1 && "value" in target) target.value += key;
    }
  }
  return passed;
}
"""
LISTEN = """() => {
  window.scans = [];
  document.addEventListener("darbaza:scan", (event) => {
    event.preventDefault();
    window.scans.push({ ...event.detail, at: performance.now() });
  });
}"""

REQUEST = """() => {
  window.request = new EventTarget();
  const detail = { xhr: window.request };
  document.dispatchEvent(new CustomEvent("htmx:beforeSend", { detail }));
}"""


def until(page: Page, words: str) -> None:
    """Wait for something to be true; the policy of the page forbids the usual way."""
    for _try in range(200):
        if page.evaluate(words):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {words}")


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Browser:
    """The browser, with the front end made from its sources."""
    build.build()
    return chromium


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    """A page of 1366 by 768 that fails on any error of a script or of the policy."""
    with override_settings(DARBAZA_DEMO=True):
        opened = browser.new_page(
            base_url=live_server.url, viewport={"width": 1366, "height": 768}
        )
        wrong: list[str] = []
        opened.on("pageerror", lambda error: wrong.append(str(error)))
        opened.on(
            "console",
            lambda line: wrong.append(line.text) if line.type == "error" else None,
        )
        yield opened
        opened.close()
        assert wrong == []


@pytest.mark.parametrize("layout", ["us", "russian", "german"])
def test_a_scan_anywhere_is_caught_and_the_focused_field_stays_as_it_was(page, layout):
    page.goto("/styleguide/desk/")
    page.evaluate(LISTEN)
    page.fill("#who", "Аса")

    passed = page.evaluate(TYPE, ["\r".join(TD3) + "\r", layout])

    until(page, "window.scans.length === 1")
    assert page.evaluate("window.scans[0].text") == "\n".join(TD3)
    assert page.input_value("#who") == "Аса"
    assert len(passed) == 6
    assert page.url.endswith("/desk/")
    assert page.inner_text("#scan-live")


def test_a_real_keyboard_burst_is_a_scan_and_slow_typing_is_not(page):
    page.add_init_script(desk.PATIENCE)  # 400 ms: tests share the processor
    page.goto("/styleguide/desk/")
    page.evaluate(LISTEN)
    page.focus("#who")
    page.keyboard.type("SADYKOV", delay=450)
    assert page.input_value("#who") == "SADYKOV"
    page.wait_for_timeout(450)

    for line in TD3:
        page.keyboard.type(line)
        page.keyboard.press("Enter")

    until(page, "window.scans.length === 1")
    assert page.evaluate("window.scans[0].kind") == "mrz"
    assert page.input_value("#who") == "SADYKOV"


def test_quick_typing_with_enter_reaches_its_field_and_form(page):
    page.goto("/styleguide/desk/")
    page.focus("#who")
    page.keyboard.type("NURLANBEKOVA")
    page.keyboard.press("Enter")
    page.wait_for_url("**who=NURLANBEKOVA**")


def test_a_scan_fills_and_sends_the_form_that_waits_for_it(page):
    page.goto("/styleguide/desk/")
    page.evaluate(TYPE, ["DZ1:0123456789ABCDEFGHJKMNPQ\r", "us"])
    page.wait_for_url("**text=DZ1%3A0123456789ABCDEFGHJKMNPQ**")


def test_scans_during_a_request_wait_and_follow_in_order(page):
    page.goto("/styleguide/desk/")
    page.evaluate(LISTEN)
    page.evaluate(REQUEST)
    for code in ("DZ1:AAAAAAAAAAAAAAAAAAAAAAAA\r", "DZ1:BBBBBBBBBBBBBBBBBBBBBBBB\r"):
        page.evaluate(TYPE, [code, "us"])
    page.wait_for_timeout(150)
    assert page.evaluate("window.scans.length") == 0
    page.evaluate("window.request.dispatchEvent(new Event('loadend'))")
    until(page, "window.scans.length === 2")
    assert page.evaluate("window.scans.map((s) => s.text[4])") == ["A", "B"]


def test_keys_press_their_buttons_and_a_question_mark_lists_them(page):
    page.goto("/styleguide/desk/")
    refuse = "document.querySelector('[data-key=F8]')"
    page.evaluate(f"{refuse}.onclick = () => {{ window.refused = true; }}")
    page.focus("#who")
    page.keyboard.press("F8")
    assert page.evaluate("window.refused")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Shift+Slash")
    assert "F8" in page.inner_text("#key-list")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "who"
    page.keyboard.type("a/b?", delay=80)
    assert page.input_value("#who") == "a/b?"


def test_a_dropped_picture_is_announced_and_the_page_stays(page):
    page.goto("/styleguide/desk/")
    dropped = page.evaluate(
        """() => {
          document.querySelector("form[data-scan]").dataset.image = "";
          const data = new DataTransfer();
          data.items.add(new File(["x"], "note.txt", { type: "text/plain" }));
          data.items.add(new File(["x"], "scan.pdf", { type: "application/pdf" }));
          let name = "";
          document.addEventListener("darbaza:image", (event) => {
            event.preventDefault();
            name = event.detail.file.name;
          });
          const drop = new DragEvent(
            "drop", { dataTransfer: data, bubbles: true, cancelable: true });
          const stayed = !document.body.dispatchEvent(drop);
          return [name, stayed];
        }"""
    )
    assert dropped == ["scan.pdf", True]


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize("width", [1366, 360])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_breaks_the_rules_of_accessibility(
    browser, live_server, language, width, theme
):
    axe = (build.ROOT / "node_modules/axe-core/axe.min.js").read_text()
    cookies = {"django_language": language, "darbaza_theme": theme}
    with override_settings(DARBAZA_DEMO=True):
        page = browser.new_page(
            bypass_csp=True, viewport={"width": width, "height": 768}
        )
        page.context.add_cookies(
            [
                {"name": n, "value": v, "url": live_server.url}
                for n, v in cookies.items()
            ]
        )
        for path in ("", "desk/", "public/"):
            page.goto(f"{live_server.url}/styleguide/{path}")
            if not path:
                page.click("form[enctype] button[data-key]")
            page.evaluate(axe)
            found = page.evaluate("axe.run()")
            assert [v["id"] for v in found["violations"]] == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            if folder := os.environ.get("DARBAZA_SHOTS"):
                name = (
                    f"style-{path.strip('/') or 'all'}-{language}-{theme}-{width}.png"
                )
                page.screenshot(path=Path(folder) / name, full_page=True)
        page.close()
