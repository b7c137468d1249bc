"""Files that fit into a head: at most 300 lines of Python, 400 in a test."""

from tests.house.sources import ROOT, all_files, name_of, python_files, text_of

BANNED_FILES = {"utils.py", "helpers.py"}
BANNED_FOLDERS = {"utils", "helpers", "common"}


def lines_of(path):
    return text_of(path).count("\n")


def test_python_files_are_short():
    long = {}
    for path in python_files(tests=True):
        limit = 400 if path.relative_to(ROOT).parts[0] == "tests" else 300
        if lines_of(path) > limit:
            long[name_of(path)] = lines_of(path)
    assert long == {}


def test_no_file_is_named_after_nothing():
    """A module that is called utils says nothing, and everything ends in it."""
    found = [
        name_of(path)
        for path in all_files()
        if path.name in BANNED_FILES or BANNED_FOLDERS & set(path.relative_to(ROOT).parts[:-1])
    ]
    assert found == []
