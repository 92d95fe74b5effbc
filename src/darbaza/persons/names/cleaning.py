"""Typed names made safe: what is stored, and what is compared."""

import re
import unicodedata

#: Longest name that is stored, in characters.
MAX_LENGTH = 120
#: Never look at more of a hostile text than this.
BOUND = 1_000
_SPACES = re.compile(r"\s+")
_KEEP_AS_SPACE = frozenset("\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029")
_APOSTROPHES = dict.fromkeys(map(ord, '`´ʻʼʽ‘’‛′ʹʺ″"“”ˈ'), "'")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")


def clean(text: str) -> str:
    """Return a typed name as it is stored.

    NFC; control, zero-width, bidirectional and private characters gone; every run of
    white space one space; at most 120 characters. Letters are never rewritten.
    """
    kept = "".join(map(_visible, unicodedata.normalize("NFC", text[:BOUND])))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", kept).strip())[
        :MAX_LENGTH
    ].rstrip()


def comparable(text: str) -> str:
    """Return a cleaned name in lower case with one apostrophe and one hyphen."""
    folded = clean(text).translate(_APOSTROPHES).translate(_DASHES).lower()
    return unicodedata.normalize("NFC", folded)


def _visible(char: str) -> str:
    if char in _KEEP_AS_SPACE:
        return " "
    # Cc control, Cf format (zero width, bidi), Cs surrogate, Co private, Cn unknown.
    return "" if unicodedata.category(char)[0] == "C" else char
