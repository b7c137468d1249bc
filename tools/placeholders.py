"""What can be wrong with one entry of a catalogue."""

import re
from collections import Counter

_PERCENT = re.compile(r"%(?:\((\w+)\))?([sdrifx%])")
_BRACES = re.compile(r"\{(\w*)\}")


def problems(message) -> list[str]:
    """Fuzzy, untranslated, or with other placeholders than the original."""
    if message.fuzzy:
        return ["fuzzy"]
    if not is_whole(message):
        return ["not translated"]
    return ["other placeholders than the original"] if not _same_placeholders(message) else []


def is_whole(message) -> bool:
    """Translated in every form, and not marked as a guess."""
    forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return all(forms) and not message.fuzzy


def found(text: str) -> Counter:
    """The places of a text that are filled in when it is used."""
    named = Counter(f"%({name}){kind}" for name, kind in _PERCENT.findall(text))
    return named + Counter(f"{{{name}}}" for name in _BRACES.findall(text))


def _same_placeholders(message) -> bool:
    """A singular may say "one" instead of its number; nothing else may be left out or added."""
    if isinstance(message.id, str):
        return found(message.string) == found(message.id)
    one, many = (found(text) for text in message.id)
    first, *others = (found(text) for text in message.string)
    return first <= one | many and all(form == many for form in others)
