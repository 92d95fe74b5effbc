"""Zones are told from other text by the grid on which their characters stand."""

import pytest

pytest.importorskip("cv2")

import cv2
import numpy as np
from PIL import Image

from darbaza.demo.specimens import SPECIMENS
from darbaza.persons.mrz import finder


@pytest.fixture
def page():
    return np.array(Image.open(SPECIMENS[0].path).convert("L"))


def test_the_likeliest_zone_has_the_lines_of_the_document_one_below_the_other(page):
    zone = finder.zones(page)[0]

    assert len(zone.lines) == len(SPECIMENS[0].lines)
    heights = [line.left[1] for line in zone.lines]
    assert heights == sorted(heights)
    assert zone.regularity() > 0.2


def test_a_stamp_across_the_zone_does_not_tie_its_lines_together(page):
    zone = finder.zones(page)[0]
    first, last = zone.lines[0], zone.lines[-1]
    for shift in (0.3, 0.5):
        x = int(first.left[0] + first.length * shift)
        top, bottom = int(first.left[1]) - 30, int(last.left[1]) + 30
        cv2.line(page, (x, top), (x + 40, bottom), 60, 5)

    found = finder.zones(page)[0]

    assert len(found.lines) == len(zone.lines)
    for line, before in zip(found.lines, zone.lines, strict=True):
        assert abs(line.left[1] - before.left[1]) < before.height


def test_a_zone_whose_grid_cannot_be_seen_is_offered_all_the_same(page, monkeypatch):
    on_grid = finder.zones(page)[0]
    monkeypatch.setattr(finder, "_LEAST_REGULARITY", 1.0)

    found = finder.zones(page)[0]

    assert (on_grid.on_grid, found.on_grid) == (True, False)
    assert len(found.lines) == len(SPECIMENS[0].lines)


def test_stripes_are_no_zone():
    page = np.full((700, 1000), 230, np.uint8)
    for row in range(100, 600, 40):
        page[row : row + 20, 60:900] = 90

    assert not any(zone.on_grid for zone in finder.zones(page))


def test_an_empty_page_has_none():
    assert finder.zones(np.full((600, 800), 255, np.uint8)) == []
