"""The program behind `portal.base.pictures`: a picture on its input, a small one on its output.

It runs with `python -I` and knows neither Django nor the settings.
"""

import io
import sys

from PIL import Image

SIDE = 480


def drawn_small(data: bytes) -> bytes:
    """A JPEG on white ground of at most 480 dots on each side."""
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
        picture.draft("RGB", (SIDE, SIDE))
        picture.thumbnail((SIDE, SIDE))
        see_through = picture.convert("RGBA")
    flat = Image.new("RGB", see_through.size, "white")
    flat.paste(see_through, mask=see_through)
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=75, optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(drawn_small(sys.stdin.buffer.read()))
