"""A family at its telephone: code, day, time, booked, changed, cancelled; no script."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser import deskhouse, houses

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE = {"width": 360, "height": 740}
AXE = deskhouse.ROOT / "node_modules" / "axe-core" / "axe.min.js"
BROKEN = """axe.run().then((found) => found.violations.map((one) => one.id))"""
GIVE = """
from datetime import timedelta
from django.utils import timezone
from darbaza.accounts.types import system
from darbaza.appointments import services
from darbaza.appointments.models import Access
from darbaza.appointments.types import Contact
access = Access.objects.order_by("given_at")[3]
by = system("test", access.institution_id)
given = services.give_code(access.prisoner_id, access.person_id,
    Contact("+996 700 111222"), by=by, at=timezone.now())
print(given.code, access.prisoner.number, access.prisoner.person.surname, sep="|")
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    home = houses.home(tmp_path_factory, "demonstration")
    code, *secrets = deskhouse.run(home, "shell", "-v0", "-c", GIVE).strip().split("|")
    with deskhouse.served(home) as url:
        yield url, code, secrets


class Phone:
    """One telephone; every page it sees is looked at."""

    def __init__(self, chromium: Any, url: str, language: str, *, script: bool) -> None:
        context = chromium.new_context(
            viewport=PHONE, java_script_enabled=script, bypass_csp=True
        )
        self.page, self.url, self.script = context.new_page(), url, script
        self.page.goto(f"{url}/family/")
        self.page.locator(f"button[value={language}]").first.click()
        self.page.wait_for_selector(f"html[lang={language}]", state="attached")
        self.seen: list[str] = []

    def press(self, selector: str, number: int = 0) -> None:
        with self.page.expect_navigation():
            self.page.locator(selector).nth(number).click()
        self.look()

    def look(self) -> None:
        self.seen.append(self.page.content())
        if not self.script:
            return
        self.page.evaluate(Path(AXE).read_text())
        assert self.page.evaluate(BROKEN) == []
        assert self.page.evaluate("document.documentElement.scrollWidth") <= 360

    def reference(self) -> str:
        return str(self.page.locator(".ticket .mono").inner_text())


@pytest.mark.parametrize(
    ("language", "script"), [("ky", False), ("ru", True), ("en", True)]
)
def test_a_package_is_booked_changed_and_cancelled(house, chromium, language, script):
    url, code, secrets = house
    phone = Phone(chromium, url, language, script=script)
    phone.press(".way--first")
    phone.page.fill("[name=code]", "0000 1111 2222")
    phone.press("main form button")
    assert phone.page.locator("[role=alert]").count() == 1
    phone.page.fill("[name=code]", code.lower())
    phone.press("main form button")
    phone.press(".way--first", 1)  # a package
    phone.press("main .way")  # the first day
    phone.press("main .way")  # the first time
    phone.press("main form button")
    first = phone.reference()
    assert re.fullmatch(r"[0-9A-Z]{3}-[0-9A-Z]{4}", first)
    phone.press("a[href*='instead']")
    phone.press("main .way", 1)
    phone.press("main .way", 1)
    phone.press("main form button")
    assert phone.reference() != first
    phone.press("a[href$='/cancel/']")
    phone.press("main form button")
    assert phone.page.locator("a[href$='/cancel/']").count() == 0
    assert not [word for page in phone.seen for word in secrets if word in page]
