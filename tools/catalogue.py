"""The Spanish catalogue: `python -m tools.catalogue update|check|compile`.

Made with Babel, because gettext's own tools are not on every machine. The file has no dates and
no line numbers, so it changes only when a text does.
"""

import argparse
import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tools import placeholders

BASE = Path(__file__).resolve().parent.parent
FOLDER = BASE / "locale" / "es" / "LC_MESSAGES"
PO, MO = FOLDER / "django.po", FOLDER / "django.mo"
NOT_ROOMS = {"tests", "tools", "benchmarks"}
NO_DATE = datetime(2020, 12, 21, tzinfo=UTC)
MODULE = "django.utils.translation"
HEADER = """\
# Spanish texts of the portal, made by `python -m tools.catalogue update`; translated by hand.
msgid ""
msgstr ""
"Language: es\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
# Function -> where its arguments hold the texts, as Babel writes it; "c" marks the context.
_PLAIN, _PLURAL = None, (1, 2)
_CONTEXT, _CONTEXT_PLURAL = ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "gettext": _PLAIN,
    "gettext_lazy": _PLAIN,
    "gettext_noop": _PLAIN,
    "ngettext": _PLURAL,
    "ngettext_lazy": _PLURAL,
    "pgettext": _CONTEXT,
    "pgettext_lazy": _CONTEXT,
    "npgettext": _CONTEXT_PLURAL,
    "npgettext_lazy": _CONTEXT_PLURAL,
}


def sources() -> list[Path]:
    """Every Python file of the rooms and every template, in the order of their paths."""
    rooms = [p.parent for p in BASE.glob("*/__init__.py") if p.parent.name not in NOT_ROOMS]
    files = [f for room in rooms for f in room.rglob("*.py") if "migrations" not in f.parts]
    templates = [f for f in (BASE / "templates").rglob("*") if f.suffix in (".html", ".txt")]
    return sorted(files + templates)


def extracted(path: Path) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    """Each text of a file to be translated, and its context. Plural texts are pairs."""
    source = path.read_text(encoding="utf-8")
    names = KEYWORDS
    if path.suffix == ".py":
        names = _imported_names(source)
    else:
        lines = templatize(source, origin=str(path)).splitlines()
        source = "\n".join(line.strip() for line in lines)  # it is no program: indents mean nothing
    keywords = list(names)
    for _line, function, texts, _comments in extract_python(
        io.BytesIO(source.encode()), keywords, [], {"encoding": "utf-8"}
    ):
        found = _message(names[function], texts)
        if found:
            yield found


def _imported_names(source: str) -> dict:
    """The names under which a file imports translating functions, `_` most often."""
    names = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == MODULE:
            for alias in node.names:
                if alias.name in KEYWORDS:
                    names[alias.asname or alias.name] = KEYWORDS[alias.name]
    return names


def _message(spec, texts):
    texts = texts if isinstance(texts, (tuple, list)) else (texts,)
    places = spec or (1,)
    context = texts[0] if isinstance(places[0], tuple) else None
    indexes = [place for place in places if isinstance(place, int)]
    chosen = [texts[i - 1] if len(texts) >= i else None for i in indexes]
    if not chosen or not all(chosen):
        return None  # a variable, not a text
    return (tuple(chosen) if len(chosen) > 1 else chosen[0]), context


def template() -> Catalog:
    """What the code asks for now."""
    catalog = Catalog(locale="es")
    for path in sources():
        place = [(str(path.relative_to(BASE)), 0)]
        for text, context in extracted(path):
            catalog.add(text, context=context, locations=place)
    return catalog


def stored() -> Catalog:
    if not PO.exists():
        return read_po(io.StringIO(HEADER), locale="es")
    with PO.open("rb") as file:
        return read_po(file, locale="es")


def entries(catalog: Catalog) -> dict:
    """Messages by key; the header is none."""
    return {catalog._key_for(m.id, m.context): m for m in catalog if m.id}


def update() -> None:
    """Write what the code asks for, with the translations that are there; drop what nobody asks."""
    known, wanted = entries(stored()), template()
    for key, message in entries(wanted).items():
        old = known.get(key)
        if old and isinstance(old.id, type(message.id)):
            message.string = old.string
            message.flags |= old.flags & {"fuzzy"}
    body = io.BytesIO()
    write_po(body, wanted, width=100, omit_header=True, sort_by_file=True, include_lineno=False)
    FOLDER.mkdir(parents=True, exist_ok=True)
    PO.write_text(HEADER + body.getvalue().decode().lstrip("\n"), encoding="utf-8")


def compile_() -> None:
    """Write the .mo that Django reads: what is whole, with no date of today in it."""
    whole = Catalog(locale="es", creation_date=NO_DATE, revision_date=NO_DATE)
    for message in entries(stored()).values():
        if placeholders.is_whole(message):
            whole.add(message.id, message.string, context=message.context)
    with MO.open("wb") as file:
        write_mo(file, whole)


def check() -> list[str]:
    """Sentences that say what is wrong with the catalogue; empty when nothing is."""
    there, wanted = entries(stored()), entries(template())
    problems = [f"missing: {_short(wanted[key])}" for key in wanted.keys() - there.keys()]
    problems += [f"not used any more: {_short(there[key])}" for key in there.keys() - wanted.keys()]
    problems += [f"obsolete: {_short(m)}" for m in stored().obsolete.values()]
    for message in there.values():
        problems += [f"{problem}: {_short(message)}" for problem in placeholders.problems(message)]
    if _compiled() != {k: _texts(m) for k, m in there.items() if placeholders.is_whole(m)}:
        problems.append("django.mo is not the compiled django.po: run compile")
    return sorted(problems)


def _compiled() -> dict:
    if not MO.exists():
        return {}
    with MO.open("rb") as file:
        catalog = read_mo(file)
    for message in catalog:  # Babel leaves the contexts of a compiled file in bytes
        if isinstance(message.context, bytes):
            message.context = message.context.decode()
    return {catalog._key_for(m.id, m.context): _texts(m) for m in catalog if m.id}


def _texts(message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _short(message) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return f"“{text[:70]}” ({', '.join(sorted({name for name, _line in message.locations}))})"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("update", "check", "compile"))
    what = parser.parse_args().what
    if what == "update":
        update()
    if what in ("update", "compile"):
        compile_()
        return 0
    problems = check()
    sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
