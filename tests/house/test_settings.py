"""Every variable of the environment is explained where people look for it."""

import ast

import pytest

from tests.house.sources import ROOT, name_of, names_used, python_files, text_of, tree_of

READERS = ("portal/settings.py", "portal/modes.py", "portal/serve.py")
# Callables of ours whose first argument is the name of a variable.
ASKING = {
    "str",
    "bool",
    "int",
    "list",
    "get",
    "getenv",
    "db_url",
    "cache_url",
    "email_url",
    "number",
}
ASKING |= {"_required", "float", "json", "pop", "setdefault"}


def is_variable(node) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isupper()


def variables() -> set[str]:
    """Names in capitals that are asked from the environment in the files that may read it."""
    found = set()
    for name in READERS:
        for node in ast.walk(tree_of(ROOT / name)):
            if isinstance(node, ast.Call) and node.args and is_variable(node.args[0]):
                asked = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if asked in ASKING:
                    found.add(node.args[0].value)
            elif isinstance(node, ast.Subscript) and is_variable(node.slice):
                asked = getattr(node.value, "attr", getattr(node.value, "id", ""))
                if asked == "environ":
                    found.add(node.slice.value)
    return found


def test_the_search_finds_them():
    assert {"DATA_DIR", "PORT", "SECRET_KEY", "EMAIL_URL", "WEB_WORKERS"} <= variables()


@pytest.mark.parametrize("name", sorted(variables()))
def test_the_variable_is_in_the_table_of_the_readme(name):
    rows = [line for line in text_of(ROOT / "README.md").splitlines() if line.startswith("|")]
    assert any(f"`{name}`" in row.split("|")[1] for row in rows), f"add {name} to README.md"


@pytest.mark.parametrize("name", sorted(variables()))
def test_the_variable_is_in_the_example_with_a_comment(name):
    lines = text_of(ROOT / ".env.example").splitlines()
    places = [i for i, line in enumerate(lines) if line.lstrip("# ").startswith(f"{name}=")]
    assert places, f"add {name} to .env.example"
    assert lines[places[0] - 1].startswith("# "), f"say what {name} is for"


def test_the_example_names_nothing_else():
    lines = text_of(ROOT / ".env.example").splitlines()
    named = {line.lstrip("# ").split("=")[0] for line in lines if "=" in line.split(" ")[-1]}
    assert {name for name in named if name.isupper()} <= variables()


def test_nobody_else_reads_the_environment():
    """A variable that is read elsewhere would be in no table."""
    allowed = {*READERS, "manage.py", "portal/web.py", "portal/wsgi.py"}
    readers = set()
    for path in python_files():
        name = name_of(path)
        if name.split("/")[0] in ("tools", "benchmarks") or name in allowed:
            continue
        if {"environ", "getenv"} & names_used(tree_of(path)):
            readers.add(name)
    assert readers == set()
