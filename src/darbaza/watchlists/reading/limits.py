"""What a list may hold at most, and how its texts are cleaned."""

import re
import unicodedata

from darbaza.kernel.errors import Invalid

BYTES = 12 * 1024 * 1024
"""The whole consolidated list of the United Nations is about 2 MB."""
ENTRIES = 20_000
DEPTH = 12
ELEMENTS = 2_000_000
NAMES, BIRTHS, PAPERS = 60, 20, 40
"""Of one entry."""
LETTERS = 1_000
"""A longer text in a cell or element is cut; names are shorter."""
NAME_LETTERS = 200
_UNSEEN = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)


def fits(data: bytes) -> None:
    """Refuse a file that is empty or too large.

    Raises:
        Invalid: With the field ``file``.
    """
    if not data.strip():
        raise Invalid("watch_file_empty", field="file")
    if len(data) > BYTES:
        most = BYTES // 1024**2
        raise Invalid("watch_file_too_large", field="file", megabytes=most)


def line(text: str | None, most: int = LETTERS) -> str:
    """Return one clean line: composed, without unseen signs or double spaces."""
    if not text:
        return ""
    seen = _UNSEEN.sub(" ", text[: 4 * most])
    return unicodedata.normalize("NFC", " ".join(seen.split()))[:most].strip()
