"""Small copies of pictures for pages: whoever pays for data opens the large one by choice."""

from pathlib import Path

from portal.base import apart
from portal.base.uploads import CleanFile

# A picture of a few megabytes may need a hundred times as much to be drawn.
_drawer = apart.Program(
    Path(__file__).with_name("picture_drawer.py"), seconds=8, memory=800 * apart.MEGABYTE
)


def small_copy(file: CleanFile) -> CleanFile | None:
    """A picture's small copy; None for what is none, or where it can't be drawn just now.

    Takes up to seconds: call it outside a transaction.
    """
    if not file.content_type.startswith("image/"):
        return None
    try:
        return CleanFile(file.name, "image/jpeg", _drawer.run(file.data))
    except (apart.Busy, apart.Failed):
        return None
