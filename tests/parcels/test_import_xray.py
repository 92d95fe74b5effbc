"""Pictures from the device's folder are taken once, whatever else lies there."""

import pytest
from django.core.management import CommandError, call_command

from darbaza.parcels.models import Picture
from tests.parcels.inspecting import picture

pytestmark = pytest.mark.django_db


def run(folder, capsys, code="901") -> str:
    call_command("import_xray", folder, institution=code, every=0.0, once=True)
    return capsys.readouterr().out


def test_each_picture_is_taken_once_and_the_rest_is_left(colony, tmp_path, capsys):
    (tmp_path / "scan-1.png").write_bytes(picture())
    (tmp_path / "copy 🎒.PNG").write_bytes(picture())
    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    (tmp_path / "empty.png").touch()
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "link.png").symlink_to(tmp_path / "scan-1.png")
    (tmp_path / "folder.png").mkdir()

    said = run(tmp_path, capsys)

    row = Picture.objects.get()
    assert (row.kind, row.bag, row.taken_by) == ("xray", None, "import-xray")
    assert said.splitlines() == [
        "broken.jpg: not taken (picture_unreadable_here)",
        "copy 🎒.PNG: taken",
        "scan-1.png: known",
    ]
    assert "taken" not in run(tmp_path, capsys).replace("not taken", "")
    assert Picture.objects.count() == 1


@pytest.mark.parametrize("code", ["", "999"])
def test_the_institution_must_be_one(colony, other_colony, tmp_path, capsys, code):
    with pytest.raises(CommandError, match="number"):
        run(tmp_path, capsys, code)


def test_what_is_no_folder_is_refused(colony, tmp_path, capsys):
    with pytest.raises(CommandError, match="no folder"):
        run(tmp_path / "nowhere", capsys)
