"""Pictures from outside: only their pixels stay, and limits hold before decoding."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from darbaza.kernel.errors import Invalid
from darbaza.pages import pictures
from darbaza.pages.pictures import Limits

LIMITS = Limits(
    too_large="large", too_small="small", unreadable="broken", megabytes=1,
    pixels=1_000_000, side_at_least=10,
)  # fmt: skip
ORIENTATION, MAKER = 0x0112, 0x010F


def file(image: Image.Image, kind: str, **more) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def cleaned(data: bytes, limits: Limits = LIMITS, side: int = 100) -> Image.Image:
    return pictures.on_white(data, limits, field="picture", side=side)


def test_a_picture_stands_upright_and_says_nothing_of_its_camera():
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6, "Telephone of a visitor"
    lying = Image.new("RGB", (400, 200), "red")

    data = pictures.jpeg(cleaned(file(lying, "JPEG", exif=exif, comment=b"secret")))

    found = Image.open(io.BytesIO(data))
    assert found.size == (50, 100)
    assert not found.getexif()
    assert b"Telephone" not in data
    assert b"secret" not in data


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_behind_glass_is_white_paper(kind):
    image = cleaned(file(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), kind))
    assert image.mode == "RGB"
    assert image.getpixel((5, 5)) == (255, 255, 255)
    assert pictures.png(image).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xd8" + b"0" * 1024 * 1024, "large"),
        (file(Image.new("1", (2000, 2000)), "PNG"), "large"),
        (file(Image.new("RGB", (9, 300)), "PNG"), "small"),
        (file(Image.new("RGB", (20, 20)), "BMP"), "broken"),
        (file(Image.new("RGB", (300, 300)), "PNG")[:-40], "broken"),
        ("🎒".encode(), "broken"),
        (b"", "broken"),
    ],
    ids=["bytes", "pixels", "tiny", "other kind", "cut", "text", "nothing"],
)
def test_what_is_beyond_the_limits_is_refused_by_its_code(data, code):
    with pytest.raises(Invalid) as refused:
        cleaned(data)
    assert (refused.value.code, refused.value.figures["field"]) == (code, "picture")


def test_each_room_says_what_kinds_it_takes():
    data = file(Image.new("RGB", (20, 20), "red"), "BMP")
    assert cleaned(data, replace(LIMITS, formats=("BMP",))).size == (20, 20)
