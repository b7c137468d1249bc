"""The small copy of a picture: its size, its ground, and what has none."""

import io

import pytest
from PIL import Image

from portal.base.pictures import small_copy
from portal.base.uploads import CleanFile
from tests.base import files


def drawn(data, content_type="image/png"):
    small = small_copy(CleanFile("foto.png", content_type, data))
    assert small.content_type == "image/jpeg"
    return Image.open(io.BytesIO(small.data))


@pytest.mark.parametrize(
    ("size", "small"), [((1600, 1200), (480, 360)), ((30, 4000), (4, 480)), ((40, 30), (40, 30))]
)
def test_it_fits_into_480_dots_and_never_grows(size, small):
    assert drawn(files.picture("PNG", size)).size == small


def test_what_can_be_seen_through_is_white():
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    assert drawn(out.getvalue()).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (files.pdf(), "application/pdf"),
        (b"no picture at all", "image/png"),
        (files.SVG, "image/png"),
        (files.png_bomb(), "image/png"),
    ],
)
def test_what_is_none_has_no_small_copy(data, content_type):
    assert small_copy(CleanFile("x", content_type, data)) is None
