"""Keys as a wedge reader and a hand send them, under four keyboard layouts.

A reader plays a US keyboard: the physical code is that of the US layout, the letter
is whatever the layout in force makes of it. Code and key are sent apart, as Chromium's
own ``Input.dispatchKeyEvent`` allows.
"""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

ROWS = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
CYRILLIC = ("йцукенгшщз", "фывапролд", "ячсмить")
LETTERS = {
    latin: cyrillic
    for latins, cyrillics in zip(ROWS, CYRILLIC, strict=True)
    for latin, cyrillic in zip(latins, cyrillics, strict=True)
}
LAYOUTS = ("us", "russian", "kyrgyz", "german")
SHIFT = 8
SIGNS = {
    "<": ("Comma", True),
    ":": ("Semicolon", True),
    "\r": ("Enter", False),
}
PACE = 0.006
"""Seconds between two keys of a reader, as it says itself."""


def key_on(layout: str, code: str, *, shift: bool) -> str:
    """Return what a physical key types under a layout."""
    if code.startswith("Key"):
        letter = code[3].lower()
        if layout in {"russian", "kyrgyz"}:
            letter = LETTERS[code[3]]
        elif layout == "german":
            letter = {"y": "z", "z": "y"}.get(letter, letter)
        return letter.upper() if shift else letter
    if code.startswith("Digit"):
        return code[5]
    if code == "Comma":
        shifted = {"us": "<", "german": ";"}.get(layout, "Б")
        plain = "б" if layout in {"russian", "kyrgyz"} else ","
        return shifted if shift else plain
    if code == "Semicolon":
        return {"us": ":", "german": "Ö"}.get(layout, "Ж")
    return {"Enter": "Enter", "Tab": "Tab"}[code]


def physical(text: str) -> Iterator[tuple[str, bool]]:
    """Yield physical key and shift for each character of a zone."""
    for char in text:
        if char.isalpha():
            yield f"Key{char}", True
        elif char.isdigit():
            yield f"Digit{char}", False
        else:
            yield SIGNS[char]


def events(text: str, layout: str) -> list[dict[str, Any]]:
    """Return the key events of one scan, with the reader's own clock."""
    found: list[dict[str, Any]] = []
    at = time.time()
    for code, shift in physical(text):
        key = key_on(layout, code, shift=shift)
        at += PACE
        event = {
            "code": code, "key": key, "modifiers": SHIFT if shift else 0,
            "timestamp": at, "windowsVirtualKeyCode": 13 if code == "Enter" else 65,
        }  # fmt: skip
        typed = "\r" if code == "Enter" else key
        found.append({**event, "type": "keyDown", "text": typed})
        found.append({**event, "type": "keyUp"})
    return found


async def scan(cdp: Any, text: str, layout: str = "us") -> None:
    """Type a zone as a reader does: no key waits for the answer to the one before."""
    sends = [cdp.send("Input.dispatchKeyEvent", e) for e in events(text, layout)]
    await asyncio.gather(*sends)


@dataclass
class Hand:
    """The officer's hand: every key that it presses is counted."""

    page: Any
    keys: int = 0
    log: list[tuple[str, int, float]] = field(default_factory=list)

    async def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self.keys += 1
            await self.page.keyboard.press(key)

    async def type(self, text: str) -> None:
        """Type a word."""
        self.keys += len(text)
        await self.page.keyboard.type(text)

    def note(self, what: str, began: float, keys: int) -> None:
        """Keep how many keys and seconds a step took."""
        self.log.append((what, self.keys - keys, round(time.monotonic() - began, 2)))
