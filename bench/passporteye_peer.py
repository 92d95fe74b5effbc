"""PassportEye as a program that speaks JSON lines; started by read_documents.py.

    python -m venv peer && peer/bin/pip install PassportEye==2.2.2
    python bench/read_documents.py FOLDER --peer peer/bin/python

Runs in that environment, not in ours: it imports nothing of ours. A line in is the
path of a picture; a line out the fields as read_documents.py names them, whether
PassportEye calls the zone valid, and the seconds. Needs the tesseract program.
"""

import json
import sys
import time

from passporteye import read_mrz

FIELDS = {
    "document_code": "type",
    "issuer": "country",
    "number": "number",
    "birth": "date_of_birth",
    "sex": "sex",
    "expiry": "expiration_date",
    "nationality": "nationality",
    "surname": "surname",
    "given": "names",
    "optional2": "optional2",
}


def main(models: str) -> None:
    """Answer until the input ends; the ``mrz`` model lies in the folder ``models``."""
    options = f"--tessdata-dir {models} -l mrz"
    for line in sys.stdin:
        start = time.perf_counter()
        try:
            found = read_mrz(json.loads(line), extra_cmdline_params=options)
        except Exception:  # noqa: BLE001 - a peer that fails on a page has not read it
            found = None
        seconds = time.perf_counter() - start
        told = found.to_dict() if found is not None else {}
        values = {ours: plain(told.get(theirs)) for ours, theirs in FIELDS.items()}
        optional = told.get("optional1") or told.get("personal_number")
        values["optional1"] = plain(optional)
        valid = bool(found is not None and found.valid)
        answer = {"fields": values, "valid": valid, "seconds": seconds}
        print(json.dumps(answer), flush=True)


def plain(value: str | None) -> str:
    """Return a field without fillers, as our truth files have it."""
    return (value or "").replace("<", " ").strip()


if __name__ == "__main__":
    main(sys.argv[1])
