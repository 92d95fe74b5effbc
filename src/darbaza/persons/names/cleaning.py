"""Typed names made safe: what is stored, and what is compared."""

import re
import unicodedata

#: Longest name that is stored, in characters.
MAX_LENGTH = 120
#: Never look at more of a hostile text than this.
BOUND = 1_000
#: Accents piled on one letter beyond these are no name.
_MOST_MARKS = 2
_KEEP_AS_SPACE = frozenset("\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029")
_ONE_FORM = {
    **dict.fromkeys(map(ord, '`´ʻʼʽ‘’‛′ʹʺ″"“”ˈ'), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-"),
}
_CYRILLIC, _LATIN = re.compile(r"[\u0400-\u052f]"), re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[^\s<\-]+")
#: Latin letters that look like Cyrillic ones, for words typed in both at once.
_LOOK_ALIKE = str.maketrans("ABCEHKMOPTXYaceopxyk", "АВСЕНКМОРТХУасеорхук")


def clean(text: str) -> str:
    """Return a typed name as it is stored.

    NFC; control, zero-width, bidirectional and private characters gone; every run of
    white space one space; at most 120 characters. Letters are never rewritten.
    """
    text = unicodedata.normalize("NFC", text[:BOUND])
    if not text.isprintable():
        text = "".join(map(_visible, text))
    if not _letters_alone(text):
        text = unicodedata.normalize("NFC", _few_marks(text))
    return " ".join(text.split())[:MAX_LENGTH].rstrip()


def comparable(text: str) -> str:
    """Return a cleaned name in lower case, without loose accents, in one script a word.

    Apostrophes of all kinds become ``'``, hyphens ``-``.
    """
    if text.isascii():
        return text.lower().translate(_ONE_FORM)
    if _LATIN.search(text) and _CYRILLIC.search(text):
        text = _WORD.sub(_one_script, text)
    text = unicodedata.normalize("NFKC", text.translate(_ONE_FORM).lower())
    if _letters_alone(text):
        return text
    return "".join(char for char in text if not unicodedata.combining(char))


def _letters_alone(text: str) -> bool:
    """Tell quickly that a text has no loose accents."""
    return text.isascii() or text.replace(" ", "").isalpha()


def _visible(char: str) -> str:
    if char in _KEEP_AS_SPACE:
        return " "
    # Cc control, Cf format (zero width, bidi), Cs surrogate, Co private, Cn unknown.
    return "" if unicodedata.category(char)[0] == "C" else char


def _few_marks(text: str) -> str:
    kept, marks = [], 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def _one_script(word: re.Match[str]) -> str:
    """Make Cyrillic of a word that hides Latin look-alikes (Acaнoв)."""
    text = word.group()
    if not _CYRILLIC.search(text):
        return text
    other = text.translate(_LOOK_ALIKE)
    return text if _LATIN.search(other) else other
