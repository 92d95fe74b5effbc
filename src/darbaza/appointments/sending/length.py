"""How long a text is as an SMS: signs, parts, and which alphabet it needs.

Source: 3GPP TS 23.038, section 6.2.1 (GSM 7 bit default alphabet and its extension)
and TS 23.040, section 9.2.3.24.1 (what the header of a joined message takes away).
"""

from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_DOUBLE = frozenset("\f^{}\\[~]|€")
PARTS_AT_MOST = 3
"""More than this nobody reads, and each costs."""


@dataclass(frozen=True, slots=True)
class Length:
    """Signs as the network counts them, and how many parts are paid for."""

    signs: int
    parts: int
    latin: bool


def length(text: str) -> Length:
    """Count a text: 160 Latin signs in one part, 153 in each of several; 70 and 67."""
    latin = all(sign in _BASIC or sign in _DOUBLE for sign in text)
    if latin:
        signs, alone, joined = sum(1 + (s in _DOUBLE) for s in text), 160, 153
    else:  # UTF-16: a picture counts two
        signs, alone, joined = len(text.encode("utf-16-le")) // 2, 70, 67
    parts = 1 if signs <= alone else -(-signs // joined)
    return Length(signs, parts, latin)
