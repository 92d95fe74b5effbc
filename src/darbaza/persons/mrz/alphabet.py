"""Characters of a zone, their values, check digits, and which ones look alike."""

FILLER = "<"
UNKNOWN = "?"
DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
VALUES = {c: v for v, c in enumerate(DIGITS + LETTERS)} | {FILLER: 0}
_WEIGHTS = (7, 3, 1)

# Pairs that readers confuse. The first line was counted on drawn pages, the others
# are the usual shapes of a letter and a digit, or of two letters, in OCR-B. Pairs of
# digits are left out but for one: each makes another date or number that also fits.
_PAIRS = (
    *(("O", "0"), ("8", "B"), ("M", "H"), ("N", "M"), ("Z", "2"), ("I", "1")),
    *(("3", "0"), ("S", "5"), ("G", "6"), ("D", "0"), ("Q", "0"), ("T", "7")),
    *(("A", "4"), ("L", "1"), ("O", "D"), ("O", "Q"), ("I", "L"), ("C", "G")),
    *(("U", "V"), ("V", "Y"), ("K", "X"), ("E", "F"), ("P", "R"), ("H", "N")),
)


def _neighbours() -> dict[str, str]:
    found: dict[str, str] = {}
    for one, other in _PAIRS:
        found[one] = found.get(one, "") + other
        found[other] = found.get(other, "") + one
    return found


LOOKALIKES = _neighbours()

# What a letter stands for where only a digit can be, and the other way round.
AS_DIGIT = dict(zip("OQDUILZSGTBA", "000011256784", strict=True))
AS_LETTER = dict(zip("0125678", "OIZSGTB", strict=True)) | {"4": "A"}


def check_digit(text: str) -> str:
    """Return the check digit of ``text`` (weights 7, 3, 1; Doc 9303-3, section 4.9).

    Raises:
        KeyError: ``text`` holds a character outside A-Z, 0-9 and ``<``.
    """
    weighed = (VALUES[c] * _WEIGHTS[i % 3] for i, c in enumerate(text))
    return str(sum(weighed) % 10)
