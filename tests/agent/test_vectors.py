"""Page and agent make the same of the same bytes (see parts.test.mjs)."""

import json
import re
from pathlib import Path

import pytest

from darbaza.agent.frames import Frames
from darbaza.agent.types import Weight
from darbaza.agent.weights import weight

VECTORS = Path(__file__).parents[1] / "vectors"


def vectors(name: str):
    return json.loads((VECTORS / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize(("line", "said"), vectors("scale_lines"))
def test_a_line_of_a_scale_is_a_weight(line, said):
    assert weight(line) == (Weight(**said) if said else None)


@pytest.mark.parametrize("case", vectors("serial_frames"), ids=lambda c: c["what"])
def test_bytes_of_a_serial_line_are_scans(case):
    frames, found = Frames(), []
    for piece in case["pieces"]:
        data = None if piece is None else piece.encode("latin-1")
        found += frames.pause() if data is None else frames.push(data)
    texts = [re.sub("[\x02\x03\r\n]+", "\n", f.text) for f in found if f.complete]
    assert [text.strip("\n") for text in texts] == case["scans"]
