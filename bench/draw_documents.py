"""Draw pages of invented documents with the faults of real scans, and their truth.

    python bench/draw_documents.py FOLDER --count 200 --seed 7

Fresh seeds keep anybody from tuning the reader to one set of pictures. The pages are
drawn by ``page_art`` and spoiled by ``page_faults``; neither shares anything with the
specimens of the demonstration. Needs Debian's fonts-ocr-b, fonts-noto, fonts-dejavu
and fonts-liberation. The truth file has the form that read_documents.py reads.
"""

import argparse
import json
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import cv2
import page_art
import page_faults

from darbaza.persons import mrz
from darbaza.persons.mrz.types import Document, Format

SURNAMES = (
    *("ABDYLDAEV", "TOKTOGULOV", "OSMONOV", "ISAKOV", "BEKTUROVA", "KIM", "LI", "O"),
    *("OROZBEKOVA", "MUELLER", "PETROVA", "SHAKHNAZAROVA", "ZHEENBEKOV", "YILMAZ"),
    *("DE LA CRUZ", "ERIKSSON", "NGUYEN", "VAN DER BERG", "DZHUMAKADYROVA", "WU"),
)
GIVEN = (
    *("AIBEK", "AIZADA", "NURGUL", "OLGA", "DMITRII", "ZHYLDYZ", "KUBANYCHBEK"),
    *("MEERIM", "XIU", "ANNA", "IZOLDA", "SHAKHBOZBEK", "JAMILA", "BORIS", "QUINN"),
    *("MARIA", "JOSE", "HAMID", "FELIX", "WILHELMINA", "GULBARCHYN"),
)
ISSUERS = ("KGZ",) * 10 + (
    *("KAZ", "UZB", "TJK", "RUS", "TUR", "CHN", "D", "UKR", "FRA", "NLD", "UTO"),
    *("IND", "USA", "GBR", "POL", "XXA"),
)
LOOKALIKE_ISSUERS = {"FRA", "NLD", "D", "UTO", "XXA"}  # numbers such as 8Z47O11B3
FORMATS = ("TD3",) * 4 + ("TD1",) * 4 + ("TD2", "TD2", "MRVA", "MRVB")
CODES = {"TD3": ("P", "P", "PD", "PS"), "MRVA": ("V",), "MRVB": ("V",)}


def _number(issuer: str, chance: Random) -> str:
    digits = f"{chance.randrange(10_000_000):07}"
    if issuer == "KGZ":
        return chance.choice(("AC", "AN", "ID", "PE")) + digits
    if issuer in LOOKALIKE_ISSUERS:
        return "".join(chance.choice("0O1IBZ28S5G6CDK47") for _ in range(9))
    letters = "".join(chance.choice("ABCEHKLMNPRTXYZ") for _ in range(2))
    return (letters[: chance.randrange(3)] + digits)[: chance.choice((8, 9, 9))]


def invented(chance: Random) -> Document:
    """Return a document of a person who does not exist."""
    form = Format(chance.choice(FORMATS))
    issuer = chance.choice(ISSUERS)
    sex = chance.choice("MF")
    born = date(1945, 1, 1) + timedelta(days=chance.randrange(28_000))
    ends = date(2024, 1, 1) + timedelta(days=chance.randrange(4_500))
    serial = f"{chance.randrange(100_000):05}"
    personal = ("1" if sex == "F" else "2") + f"{born:%d%m%Y}" + serial
    has_personal = issuer == "KGZ" and form in {Format.TD1, Format.TD3}
    other = serial if chance.random() < 0.2 else ""
    return Document(
        format=form,
        document_code=chance.choice(CODES.get(form, ("ID", "I", "AC", "C"))),
        issuer=issuer,
        document_number=_number(issuer, chance),
        birth_date=f"{born:%y%m%d}",
        sex=sex,
        expiry_date=f"{ends:%y%m%d}",
        nationality=issuer,
        surname=chance.choice(SURNAMES),
        given_names=" ".join(chance.sample(GIVEN, chance.choice((1, 1, 1, 2, 2, 3)))),
        optional1=personal if has_personal else other,
    )


def drawn(number: int, chance: Random, folder: Path) -> dict[str, Any]:
    """Draw one page into the folder; return its entry of the truth file."""
    made = invented(chance)
    lines = mrz.write(made)
    document = mrz.parse("\n".join(lines))
    fault = page_faults.FAULTS[number % len(page_faults.FAULTS)]
    image = fault(page_art.draw(document, chance), chance)
    file = f"{number:03}_{fault.__name__}_{made.format}.jpg".lower()
    quality = [cv2.IMWRITE_JPEG_QUALITY, chance.randrange(60, 90)]
    cv2.imwrite(str(folder / file), image, quality)
    fields = {
        "number": document.document_number,
        "birth": document.birth_date,
        "expiry": document.expiry_date,
        "given": document.given_names,
    }
    same = ("document_code", "issuer", "sex", "nationality", "surname")
    same += ("optional1", "optional2")
    fields |= {
        name: getattr(document, name) for name in (*same, "optional1", "optional2")
    }
    condition = {"condition": fault.__name__, "kind": str(made.format)}
    return {"file": file, "lines": list(lines), "fields": fields} | condition


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    chance = Random(wanted.seed)
    truth = [drawn(i, chance, wanted.folder) for i in range(wanted.count)]
    (wanted.folder / "truth.json").write_text(json.dumps(truth, indent=1))


if __name__ == "__main__":
    main()
