"""What only one file may do: trusted HTML, POST without a token, the writing of a status."""

import ast

from tests.house.sources import name_of, names_used, python_files, tree_of

TRUSTED_HTML = {"mark_safe", "SafeString", "SafeText", "SafeData", "safestring"}
STATUS_COLUMNS = {"status", "visibility"}
# The outbox is no state machine of a case: its rows are claimed and marked by the worker.
STATUS_WRITERS = {"portal/base/machine.py", "portal/base/outbox.py"}


def users_of(wanted: set[str]) -> set[str]:
    return {name_of(path) for path in python_files() if wanted & names_used(tree_of(path))}


def test_one_file_makes_trusted_html():
    assert users_of(TRUSTED_HTML) == {"portal/base/safe_html.py"}


def test_one_file_takes_posts_without_a_token():
    """The decorator of same-origin posts, and the one-click stop of mail programs (RFC 8058)."""
    assert users_of({"csrf_exempt"}) == {
        "portal/base/same_origin.py", "portal/site/follows.py", "events/invitations/views.py",
    }  # fmt: skip


def test_nothing_pretends_to_be_a_cache():
    for path in python_files():
        strings = [n.value for n in ast.walk(tree_of(path)) if isinstance(n, ast.Constant)]
        assert not any(isinstance(s, str) and "DummyCache" in s for s in strings), path


def is_workflow(name: str) -> bool:
    parts = name.split("/")
    return parts[-1] == "workflow.py" or "workflow" in parts[:-1]


def written_columns(tree) -> set[tuple[int, str]]:
    """Columns of a status written past the machine: `.update(status=…)`, `row.status = …`."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "update":
                found |= {(node.lineno, k.arg) for k in node.keywords if k.arg in STATUS_COLUMNS}
            if node.func.attr == "bulk_update":
                found |= {
                    (node.lineno, n.value)
                    for n in ast.walk(node)
                    if isinstance(n, ast.Constant) and n.value in STATUS_COLUMNS
                }
        targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            found |= {
                (node.lineno, target.attr)
                for target in targets
                if isinstance(target, ast.Attribute) and target.attr in STATUS_COLUMNS
            }
    return found


def test_a_status_is_written_by_its_workflow():
    offenders = {}
    for path in python_files():
        name = name_of(path)
        if name in STATUS_WRITERS or is_workflow(name):
            continue
        columns = written_columns(tree_of(path))
        if columns:
            offenders[name] = sorted(columns)
    assert offenders == {}
