"""A new room starts in the shape that the tests of the house ask for."""

import ast

import pytest

from darbaza.config import new_app


def test_a_new_room_has_every_module_and_says_what_it_is(tmp_path):
    made = new_app.make("lost_things", package=tmp_path, tests=tmp_path / "tests")

    modules = [path for path in made if path.suffix == ".py" and path.stat().st_size]
    assert {"services.py", "policies.py", "apps.py"} <= {p.name for p in modules}
    assert all(ast.get_docstring(ast.parse(p.read_text())) for p in modules)
    apps = (tmp_path / "lost_things" / "apps.py").read_text()
    assert "class LostThings(AppConfig):" in apps


@pytest.mark.parametrize("name", ["", "Parcels", "two words", "../up", "x"])
def test_a_name_that_is_no_plain_word_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match="plain lower-case"):
        new_app.make(name, package=tmp_path, tests=tmp_path / "tests")
    assert list(tmp_path.iterdir()) == []


def test_a_room_that_exists_is_left_alone(tmp_path):
    (tmp_path / "visits").mkdir()
    with pytest.raises(FileExistsError):
        new_app.make("visits", package=tmp_path, tests=tmp_path / "tests")
    assert list((tmp_path / "visits").iterdir()) == []
