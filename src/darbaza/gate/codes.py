"""What stands in the QR code of a pass: a random number and a signature, nothing else.

``DZ1:`` + 16 characters of number + 8 of signature, all Crockford base 32, so that a
keyboard-wedge scanner types it under any layout and a person can read it aloud. The
number is random (80 bits); the signature (40 bits) lets a desk refuse a forged code
before it asks the database.
"""

import hmac
from functools import cache
from hashlib import sha256

from django.conf import settings

from darbaza.kernel import ids

PREFIX = "DZ1:"
NUMBER, SIGNATURE = 16, 8
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def new_number() -> str:
    """Return a number that nobody can guess."""
    return ids.random_code(NUMBER)


def printed(number: str) -> str:
    """Return the text of the QR code for a pass number."""
    return f"{PREFIX}{number}{_signature(number)}"


def spoken(number: str) -> str:
    """Return number and signature in groups of four, to be read and typed."""
    return ids.spoken(number + _signature(number))


def number_of(text: str) -> str | None:
    """Return the pass number in scanned or typed text; None if it is no code of ours.

    Spaces, hyphens and lower case are forgiven, and I, L, O as people write 1, 1, 0.
    Both parts are compared in constant time.
    """
    bare = "".join(c for c in text[:80].upper() if c.isalnum() or c == ":")
    prefix, _colon, bare = bare.translate(_READ_AS).rpartition(":")
    if prefix not in {"", PREFIX[:-1]}:
        return None
    if not prefix and len(bare) == len(PREFIX) - 1 + NUMBER + SIGNATURE:
        bare = bare.removeprefix(PREFIX[:-1])  # another layout typed the colon
    if len(bare) != NUMBER + SIGNATURE or not set(bare) <= set(ids.ALPHABET):
        return None
    number, signature = bare[:NUMBER], bare[NUMBER:]
    return number if hmac.compare_digest(signature, _signature(number)) else None


def _signature(number: str) -> str:
    digest = hmac.new(_secret(), number.encode("ascii"), sha256).digest()
    bits = int.from_bytes(digest[:5], "big")
    return "".join(
        ids.ALPHABET[bits >> shift & 31] for shift in range(5 * (SIGNATURE - 1), -1, -5)
    )


@cache
def _secret() -> bytes:
    return sha256(b"darbaza.gate.pass:" + settings.SECRET_KEY.encode()).digest()
