"""The specimen documents of the demonstration."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from darbaza.demo.specimens import FOLDER, SPECIMENS
from darbaza.persons.mrz.types import Trust


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda specimen: specimen.key)
def test_every_specimen_is_whole_and_nobodys(specimen):
    document = specimen.document

    assert document.trust is Trust.SURE
    assert document.document_number.startswith("ZZ")
    assert specimen.path.stat().st_size < 150_000
    assert set(specimen.description) == {"en", "ky", "ru"}
    assert all(specimen.description.values())


def test_no_picture_and_no_number_twice():
    files = {path.name for path in FOLDER.glob("*.jpg")}

    assert files == {specimen.file for specimen in SPECIMENS}
    assert len({s.document.document_number for s in SPECIMENS}) == len(SPECIMENS)


def test_drawing_without_the_fonts_says_which_is_missing(tmp_path):
    with pytest.raises(CommandError, match="no font at"):
        call_command("draw_specimens", zone_font=tmp_path / "none.otf", to=tmp_path)


@pytest.mark.slow
def test_the_specimens_can_be_drawn_again(tmp_path):
    font = Path("/usr/share/fonts/opentype/ocr-b/OCRB.otf")
    if not font.is_file():
        pytest.skip("fonts-ocr-b is not installed")

    call_command("draw_specimens", to=tmp_path)

    assert len(list(tmp_path.glob("*.jpg"))) == len(SPECIMENS)
