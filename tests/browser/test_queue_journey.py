"""A family takes a number, an officer calls, the display shows and hears it."""

import os
import re
import signal
import subprocess
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.browser import deskhouse, houses
from tests.browser.walking import AXE

WIDE = {"width": 1366, "height": 768}
pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIZE = {"width": 1280, "height": 720}
STALE_MS = 60_000


def sign_in(page: Any, url: str, username: str) -> None:
    page.goto(f"{url}/try-it/")
    button = page.locator(f"button[name=username][value='{username}']").first
    button.evaluate("b => b.click()")
    page.wait_for_url(lambda address: "try-it" not in address)


def screen(
    chromium: Any, url: str, admin: Any, kind: str, name: str, **more: Any
) -> Any:
    """Set a screen up as the supervisor does, and open it in a browser of its own."""
    admin.goto(f"{url}/gate/queue/set-up/")
    admin.fill("input[name=name]", f"{name} {uuid4().hex[:6]}")
    admin.select_option("select[name=kind]", kind)
    admin.locator("form:has(input[name=name]) button").last.click()
    secret = admin.locator("[role=status] b.mono").first.inner_text()
    page = chromium.new_context(viewport=SIZE, **more).new_page()
    page.goto(f"{url}/gate/screen/")
    page.fill("input[name=secret]", secret)
    page.locator("main button").click()
    page.wait_for_url(re.compile(f"/gate/{kind}/"))
    return page


def test_from_the_kiosk_to_the_window_with_display(demonstration, chromium):
    url = demonstration
    admin = chromium.new_context().new_page()
    sign_in(admin, url, "shift-27")
    kiosk = screen(chromium, url, admin, "kiosk", "Kiosk of the test")
    display = screen(chromium, url, admin, "display", "Display of the test")
    officer = chromium.new_context(viewport=WIDE).new_page()
    sign_in(officer, url, "gate-27")
    officer.goto(f"{url}/sites/my-post/")
    officer.check("#post-1")
    officer.locator("main button").last.click()

    kiosk.locator(".kiosk__lane").first.click()
    number = kiosk.locator(".kiosk__number").inner_text()
    assert re.fullmatch(r"V-\d{3}", number)

    officer.goto(f"{url}/gate/desk/")
    if officer.locator("#queue-bar [data-key='Alt+H']").count():
        with officer.expect_navigation():
            officer.keyboard.press("Alt+H")  # whoever the story called did not come
    officer.goto(f"{url}/gate/queue/")
    line = officer.locator("ol.qp__list li", has_text=number)
    with officer.expect_navigation():
        line.locator("button").first.click()
    assert officer.locator("#queue-bar .qb__number").inner_text() == number

    display.wait_for_selector(f"#calls .first b:has-text('{number}')", timeout=15_000)
    sounded = int(display.locator("body").get_attribute("data-sounded") or 0)
    officer.keyboard.press("Alt+V")  # once more: the display sounds again
    display.wait_for_selector(f"body[data-sounded='{sounded + 1}']", timeout=15_000)
    text = display.locator("main").inner_text()
    assert not re.search("асан|asan", text, re.IGNORECASE)


def test_with_scripts_off_the_display_refreshes_itself(demonstration, chromium):
    url = demonstration
    admin = chromium.new_context().new_page()
    sign_in(admin, url, "shift-27")
    page = screen(
        chromium, url, admin, "display", "Display without scripts",
        java_script_enabled=False,
    )  # fmt: skip
    with page.expect_navigation(timeout=20_000):
        pass
    assert page.locator("#calls").count() == 1


def test_the_display_of_a_killed_server_is_stale_and_recovers_by_itself(
    tmp_path_factory, chromium
):
    home = houses.home(tmp_path_factory, "demonstration")
    port = deskhouse.free_port()
    url = f"http://127.0.0.1:{port}"
    server = served(home, port)
    admin = chromium.new_context().new_page()
    sign_in(admin, url, "shift-27")
    page = screen(chromium, url, admin, "display", "Display that is cut off")
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    page.wait_for_selector("#stale:not([hidden])", timeout=STALE_MS)
    assert page.locator("#since").inner_text()
    again = served(home, port)
    try:
        page.wait_for_selector("#stale[hidden]", state="attached", timeout=STALE_MS)
    finally:
        os.killpg(again.pid, signal.SIGTERM)
        again.wait(20)


def served(home: Path, port: int) -> "subprocess.Popen[bytes]":
    """Serve a house at a port of its own, until somebody kills the process."""
    with (home / "server.log").open("w") as log:
        server = subprocess.Popen(
            [*deskhouse.COMMAND, "serve", "--port", str(port)],
            env=deskhouse.environment(home), cwd=deskhouse.ROOT, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    deskhouse.wait(port, server, home / "server.log")
    return server


def test_kiosk_number_and_display_keep_nobody_out(demonstration, chromium):
    url = demonstration
    admin = chromium.new_context().new_page()
    sign_in(admin, url, "shift-27")
    kiosk = screen(chromium, url, admin, "kiosk", "Kiosk for everybody")
    display = screen(chromium, url, admin, "display", "Display for everybody")
    accessible(kiosk)
    kiosk.locator(".kiosk__lane").first.click()
    kiosk.wait_for_selector(".kiosk__number")
    accessible(kiosk)
    accessible(display)


def accessible(page: Any) -> None:
    """Let axe-core look, in light and in the dark, at a narrow and a wide page."""
    for scheme, width in (("light", 1280), ("dark", 360)):
        page.set_viewport_size({"width": width, "height": 720})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(AXE)
        found = page.evaluate("axe.run(document)")["violations"]
        wrong = [(v["id"], [n["html"][:140] for n in v["nodes"]]) for v in found]
        assert wrong == [], f"{page.url} {scheme}"


def tops_in(page: Any, language: str, selector: str) -> list[int]:
    """Return how far from the top each visible thing stands, in a language."""
    cookie = {"name": "django_language", "value": language, "url": page.url}
    page.context.add_cookies([cookie])
    page.reload()
    assert page.locator("html").get_attribute("lang") == language
    found: list[int] = page.eval_on_selector_all(
        selector,
        "all => all.filter(e => e.checkVisibility())"
        ".map(e => Math.round(e.getBoundingClientRect().top))",
    )
    return found


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_bar_above_the_desk_is_one_line(demonstration, chromium, language):
    officer = chromium.new_context(viewport=WIDE).new_page()
    sign_in(officer, demonstration, "gate-27")
    officer.goto(f"{demonstration}/sites/my-post/")
    officer.check("#post-1")
    officer.locator("main button").last.click()
    officer.goto(f"{demonstration}/gate/desk/")
    if not officer.locator("#queue-bar .qb__number").count():
        with officer.expect_navigation():
            officer.keyboard.press("Alt+Q")
    tops = tops_in(officer, language, "#queue-bar button")
    assert len(tops) >= 4
    assert len(set(tops)) == 1


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize("username", ["gate-27", "shift-27", "director-27", "admin-27"])
def test_the_main_menu_is_one_line(demonstration, chromium, username, language):
    page = chromium.new_context(viewport=WIDE).new_page()
    sign_in(page, demonstration, username)
    tops = tops_in(page, language, ".site-nav a, .site-nav summary")
    assert len(tops) >= 8
    assert len(set(tops)) == 1
