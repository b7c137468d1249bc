"""Every permission that the code names exists: a typo would be a door that never opens.

Looked for in calls that ask for one (the constants they are given included), in anything that
reads like a permission of one of our apps, in the roles, and in `perms.` of templates.
"""

import ast
import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission

from portal.site.roles import ROLES
from tests.house.sources import ROOT, name_of, python_files, templates, text_of, tree_of

FILES = (".toml", ".csv", ".pdf", ".png")  # names of files have a dot too
ASKING = {"has_perm", "has_perms", "demand", "_demand", "permission_required", "with_perm"}
IN_TEMPLATE = re.compile(r"\bperms\.([a-z_]+)\.([a-z_]+)")
QUOTED_IN_TEMPLATE = re.compile(r"""['"]([a-z]+\.[a-z]+_[a-z_]+)['"]\s+in\s+perms""")


def our_labels() -> set[str]:
    own = (c for c in apps.get_app_configs() if (ROOT / c.name.replace(".", "/")).is_dir())
    return {config.label for config in own} | {"auth"}


def texts_in(node) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and type(n.value) is str}


def asked_for(trees) -> set[str]:
    """What is given to a function that asks for a permission, named constants followed."""
    found, constants = set(), set()
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if called in ASKING:
                    for argument in node.args:
                        found |= {text for text in texts_in(argument) if text.count(".") == 1}
                        constants |= {n.id for n in ast.walk(argument) if isinstance(n, ast.Name)}
    for tree in trees:
        for node in tree.body:
            names = {getattr(target, "id", "") for target in getattr(node, "targets", [])}
            if names & constants and isinstance(node, ast.Assign):
                found |= {text for text in texts_in(node.value) if text.count(".") == 1}
    return found


def class_attributes(trees) -> set[str]:
    """`permission_required = "…"` of class-based views."""
    return {
        text
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and any(getattr(target, "id", "") == "permission_required" for target in node.targets)
        for text in texts_in(node.value)
    }


def read_like_one(trees) -> set[str]:
    pattern = re.compile(rf"^({'|'.join(our_labels())})\.[a-z]+_[a-z_]+$")
    return {text for tree in trees for text in texts_in(tree) if pattern.match(text)}


def in_templates() -> set[str]:
    found = set()
    for path in templates():
        found |= {".".join(match) for match in IN_TEMPLATE.findall(text_of(path))}
        found |= set(QUOTED_IN_TEMPLATE.findall(text_of(path)))
    return found


def named_permissions() -> set[str]:
    trees = [tree_of(path) for path in python_files() if not name_of(path).startswith("tools/")]
    return (
        asked_for(trees)
        | class_attributes(trees)
        | read_like_one(trees)
        | in_templates()
        | set().union(*ROLES.values())
    )


@pytest.fixture
def known(db) -> set[str]:
    return {f"{label}.{name}" for label, name in Permission.objects.values_list(
        "content_type__app_label", "codename"
    )}  # fmt: skip


def test_every_permission_that_is_named_exists(known):
    named = {text for text in named_permissions() if not text.endswith(FILES)}
    assert sorted(named - known) == []


def test_the_search_finds_them():
    assert {"questions.moderate_question", "accountability.publish_record"} <= named_permissions()


def test_every_permission_of_our_own_is_asked_for_somewhere():
    """One that is declared and given to roles but never asked for protects nothing."""
    trees = [tree_of(path) for path in python_files() if "site/roles" not in name_of(path)]
    asked = asked_for(trees) | class_attributes(trees) | read_like_one(trees) | in_templates()
    declared = {
        f"{model._meta.app_label}.{codename}"
        for model in apps.get_models()
        if model._meta.app_label in our_labels()
        for codename, _label in model._meta.permissions
    }
    assert sorted(declared - asked) == []


def test_every_action_of_the_desk_declares_its_permission():
    """An action of ours without one would be open to everybody who may see the list."""
    loose = []
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label not in our_labels():
            continue
        for name in model_admin.actions or ():
            action = name if callable(name) else getattr(model_admin, name, None)
            if not getattr(action, "allowed_permissions", ()):
                loose.append(f"{model._meta.label}: {name}")
    assert loose == []
