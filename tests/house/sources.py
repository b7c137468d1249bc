"""The portal's own source files, for the tests that hold the rules of the house."""

import ast
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".venv", ".git", "var", "node_modules", "__pycache__"}


@lru_cache
def all_files() -> tuple[Path, ...]:
    """Every file of the tree that somebody of the house wrote or may have written."""
    found, folders = [], [ROOT]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            if path.is_dir() and path.name not in NOT_OURS and not path.name.endswith("_cache"):
                folders.append(path)
            elif path.is_file():
                found.append(path)
    return tuple(found)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def python_files(*, migrations=False, tests=False) -> list[Path]:
    """Our Python files; those of migrations and tests only where they are asked for."""
    chosen = []
    for path in all_files():
        parts = path.relative_to(ROOT).parts
        if path.suffix != ".py":
            continue
        if ("migrations" in parts and not migrations) or (parts[0] == "tests" and not tests):
            continue
        chosen.append(path)
    return chosen


def templates() -> list[Path]:
    return [p for p in all_files() if p.suffix == ".html" and "templates" in p.parts]


@lru_cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@lru_cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path), filename=str(path))


def names_used(tree) -> set[str]:
    """Every name that a file imports, calls or reaches through a dot."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
        elif isinstance(node, ast.ImportFrom):
            names.update(alias.name for alias in node.names)
            names.update((node.module or "").split("."))
        elif isinstance(node, ast.Import):
            names.update(part for alias in node.names for part in alias.name.split("."))
    return names
