"""Draw pages of invented documents with the faults of real scans, and their truth.

    python bench/draw_documents.py FOLDER --count 100 --seed 7

Fresh seeds keep anybody from tuning the reader to one set of pictures. Needs Debian's
fonts-ocr-b and fonts-noto. The truth file has the form that read_documents.py reads.
"""

import argparse
import json
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import cv2
import numpy as np

from darbaza.demo import drawing
from darbaza.persons import mrz
from darbaza.persons.mrz.types import Document, Format

FONTS = drawing.Fonts(
    zone=Path("/usr/share/fonts/opentype/ocr-b/OCRB.otf"),
    text=Path("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"),
)
SURNAMES = (
    *("ABDYLDAEV", "TOKTOGULOV", "OSMONOV", "ISAKOV", "BEKTUROVA", "KIM", "LI"),
    *("OROZBEKOVA", "MUELLER", "PETROVA", "SHAKHNAZAROVA", "ZHEENBEKOV", "YILMAZ"),
)
GIVEN = (
    *("AIBEK", "AIZADA", "NURGUL", "OLGA", "DMITRII", "ZHYLDYZ", "KUBANYCHBEK"),
    *("MEERIM", "XIU", "ANNA", "IZOLDA", "SHAKHBOZBEK", "JAMILA", "BORIS"),
)
ISSUERS = ("KGZ",) * 12 + ("KAZ", "UZB", "TJK", "RUS", "TUR", "CHN", "D", "UKR")
FORMATS = ("TD3",) * 4 + ("TD1",) * 4 + ("TD2", "MRVA")


def invented(chance: Random) -> Document:
    """Return a document of a person who does not exist."""
    form = Format(chance.choice(FORMATS))
    issuer = chance.choice(ISSUERS)
    sex = chance.choice("MF")
    born = date(1945, 1, 1) + timedelta(days=chance.randrange(28_000))
    ends = date(2024, 1, 1) + timedelta(days=chance.randrange(4_500))
    series = chance.choice(("AC", "AN", "ID", "PE")) if issuer == "KGZ" else "ZZ"
    digits = f"{chance.randrange(10_000_000):07}"
    serial = f"{chance.randrange(100_000):05}"
    personal = ("1" if sex == "F" else "2") + f"{born:%d%m%Y}" + serial
    has_personal = issuer == "KGZ" and form in {Format.TD1, Format.TD3}
    return Document(
        format=form,
        document_code={"TD3": "P", "MRVA": "V"}.get(form, "ID"),
        issuer=issuer,
        document_number=series + digits,
        birth_date=f"{born:%y%m%d}",
        sex=sex,
        expiry_date=f"{ends:%y%m%d}",
        nationality=issuer,
        surname=chance.choice(SURNAMES),
        given_names=" ".join(chance.sample(GIVEN, chance.choice((1, 1, 2)))),
        optional1=personal if has_personal else "",
    )


def clean(page: np.ndarray, _chance: Random) -> np.ndarray:
    return page


def skew(page: np.ndarray, chance: Random) -> np.ndarray:
    height, width = page.shape[:2]
    angle = chance.uniform(-10, 10)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 0.85)
    return cv2.warpAffine(page, turn, (width, height), borderValue=(90, 90, 90))


def turned(page: np.ndarray, chance: Random) -> np.ndarray:
    return np.ascontiguousarray(np.rot90(page, chance.choice((1, 2, 3))))


def blur(page: np.ndarray, chance: Random) -> np.ndarray:
    return cv2.GaussianBlur(page, (0, 0), chance.uniform(1.0, 1.9))


def noise(page: np.ndarray, chance: Random) -> np.ndarray:
    grain = np.random.default_rng(chance.randrange(1 << 30))
    added = page + grain.normal(0, chance.uniform(14, 24), page.shape)
    return added.clip(0, 255).astype(np.uint8)


def glare(page: np.ndarray, chance: Random) -> np.ndarray:
    height, width = page.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width]
    x, y = chance.uniform(0.2, 0.8) * width, chance.uniform(0.6, 0.95) * height
    far = ((columns - x) / (0.16 * width)) ** 2 + ((rows - y) / (0.12 * height)) ** 2
    light = (chance.uniform(0.6, 0.85) * np.exp(-far))[..., None]
    return (page * (1 - light) + 255 * light).astype(np.uint8)


def perspective(page: np.ndarray, chance: Random) -> np.ndarray:
    height, width = page.shape[:2]
    corners = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    moved = corners + np.float32(
        [
            [
                chance.uniform(-1, 1) * 0.05 * width,
                chance.uniform(-1, 1) * 0.05 * height,
            ]
            for _ in corners
        ]
    )
    bent = cv2.getPerspectiveTransform(corners, moved * 0.86 + 0.07 * width)
    return cv2.warpPerspective(page, bent, (width, height), borderValue=(60, 60, 60))


def lowres(page: np.ndarray, chance: Random) -> np.ndarray:
    share = chance.uniform(78, 120) / drawing.DPI
    return cv2.resize(page, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)


FAULTS = (clean, skew, turned, blur, noise, glare, perspective, lowres)


def drawn(number: int, chance: Random, folder: Path) -> dict[str, Any]:
    """Draw one page into the folder; return its entry of the truth file."""
    made = invented(chance)
    lines = mrz.write(made)
    document = mrz.parse("\n".join(lines))
    page = drawing.draw(document, title="SPECIMEN", cyrillic="", fonts=FONTS)
    fault = FAULTS[number % len(FAULTS)]
    image = fault(cv2.cvtColor(np.asarray(page), cv2.COLOR_RGB2BGR), chance)
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
