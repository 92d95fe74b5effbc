"""A second desk on the network: its own authority, everything over HTTPS."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

pytest.importorskip("playwright.async_api")

from tests.browser import desk, deskhouse, houses

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NAME, ADDRESS = "gate.prison27", "127.0.0.2"
PASSWORD = "correct-horse-battery"
FOUNDING = [
    *("init", "--code", "27", "--kind", "colony", "--password-stdin"),
    *("--name-ky", "№ 27 мекеме", "--name-ru", "Учреждение № 27"),
    *("--name-en", "Institution No. 27", "--language", "ru"),
    *("--username", "admin", "--full-name", "Гүлнара Сатыбалдиева"),
]
HERE = """async () => ({
    secure: window.isSecureContext,
    camera: Boolean(navigator.mediaDevices?.getUserMedia),
    serial: "serial" in navigator,
})"""


@dataclass
class House:
    """A founded house that is served, and the home of a desk that trusts it."""

    url: str
    home: Path
    desk_home: Path


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    if not Path(desk.CHROMIUM).exists():
        pytest.skip("no Chromium")
    home = houses.home(tmp_path_factory, "migrated")
    deskhouse.run(home, *FOUNDING, given=f"{PASSWORD}\n")
    deskhouse.run_module(home, "tests.browser.deskhouse")
    made = deskhouse.run(home, "certificate", "--host", NAME, "--host", ADDRESS)
    assert "authority.crt" in made
    desk_home = _trusting(tmp_path_factory.mktemp("desk"), home)
    with deskhouse.served(home, name=NAME) as url:
        yield House(url, home, desk_home)


def _trusting(desk_home: Path, home: Path) -> Path:
    """Give a desk the authority of the house, once, as the guide says."""
    program = shutil.which("certutil")
    if not program:
        pytest.skip("no certutil (libnss3-tools)")
    store = desk_home / ".pki" / "nssdb"
    store.mkdir(parents=True)
    base = [program, "-d", f"sql:{store}"]
    authority = str(home / "tls" / "authority.crt")
    for words in (
        ["-N", "--empty-password"],
        ["-A", "-t", "C,,", "-n", "Darbaza", "-i", authority],
    ):
        subprocess.run([*base, *words], check=True, capture_output=True)
    return desk_home


def _desk(house: House, *flags: str, trusting: bool = True) -> Any:
    """A browser on another computer: it knows the house by name only."""
    home = house.desk_home if trusting else house.desk_home / "stranger"
    return desk.chromium(
        f"--host-resolver-rules=MAP {NAME} {ADDRESS}", *flags, env={"HOME": str(home)}
    )


def test_a_desk_that_was_not_given_the_authority_refuses(house):
    async def journey() -> None:
        async with _desk(house, trusting=False) as browser:
            page = await browser.new_page()
            with pytest.raises(desk.playwright.Error, match="ERR_CERT_AUTHORITY"):
                await page.goto(house.url)

    desk.play(journey())


def test_a_founded_house_has_an_officer_who_registers_on_the_second_desk(house):
    desk.play(_first_day(house))


async def _first_day(house: House) -> None:
    async with _desk(house, *desk.CAMERA) as browser:
        async with desk.opened(browser, house.url) as seat:
            await desk.sign_in(seat, "admin", PASSWORD)
            await _second_factor(seat)
            once = await _make_officer(seat)
        async with desk.opened(browser, house.url) as seat:
            await desk.sign_in(seat, "aibek", once)
            await _own_password(seat, once)
            assert await seat.page.evaluate(HERE) == {
                "secure": True, "camera": True, "serial": True,
            }  # fmt: skip
            await _cookies_are_secure(seat)
            await _register(seat)


async def _second_factor(seat: desk.Seat) -> None:
    """The administrator is led to the second factor before anything else."""
    secret = await (await seat.sees("code.mono")).inner_text()
    await seat.shows("https-second-factor")
    code = format_hotp_value(hotp_value(secret.strip(), int(time.time()) // 30))
    await seat.until("document.activeElement?.id === 'id_code'")
    await seat.hand.type(code)
    await seat.hand.press("Enter")
    await seat.page.wait_for_url("**/recovery-codes/")
    await seat.shows("https-recovery-codes")


async def _make_officer(seat: desk.Seat) -> str:
    await seat.page.goto(f"{seat.url}/accounts/new/")
    await seat.page.focus("[name=username]")
    await seat.hand.type("aibek")
    await seat.page.focus("[name=full_name]")
    await seat.hand.type("Айбек Турдубаев")
    await seat.page.check("input[name=language][value=ky]", force=True)
    await seat.page.check("input[name=roles][value=gate_officer]", force=True)
    await seat.shows("https-new-user")
    await seat.page.focus("[name=full_name]")
    await seat.hand.press("Enter")
    once: str = await (await seat.sees(".code-word")).inner_text()
    await seat.shows("https-one-time-password")
    return once.strip()


async def _own_password(seat: desk.Seat, once: str) -> None:
    await seat.sees("[name=oldpassword]")
    await seat.shows("https-own-password")
    own = "vier zufaellige Woerter"
    for word in (once, own, own):
        await seat.hand.type(word)
        await seat.hand.press("Tab")
    await seat.hand.press("Enter")
    await seat.page.wait_for_url(lambda url: "password" not in url)
    await seat.page.goto(f"{seat.url}/gate/desk/")
    await desk.at_desk(seat)


async def _cookies_are_secure(seat: desk.Seat) -> None:
    cookies = await seat.page.context.cookies()
    assert cookies
    assert [c["name"] for c in cookies if not c["secure"]] == []
    readable = [c["name"] for c in cookies if not c["httpOnly"]]
    assert "sessionid" not in readable
    answer = await seat.page.reload()
    assert answer is not None
    assert "max-age" in answer.headers["strict-transport-security"]


async def _register(seat: desk.Seat) -> None:
    await seat.step("who")
    await seat.read("asanova-passport", "kyrgyz")
    await seat.hand.press("Enter")
    await seat.step("decide")
    await seat.hand.press("Enter")
    await seat.sees(".dk-done--registered")
    (address,) = await seat.papers(1)
    assert address.startswith(seat.url)
    _words, paper = await seat.printed(address)
    assert len(desk.codes(paper)) == 1
    await seat.shows("https-registered")
