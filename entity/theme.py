"""The colours an entity may choose, and the contrast each pair must keep (WCAG 1.4.3, 1.4.6)."""

import re

from django.utils.translation import gettext_lazy as _

# CSS token -> field of Entity
FIELDS = {
    "bosque": "forest",
    "accion": "action",
    "accion-osc": "action_dark",
    "guayacan": "sun",
    "menta": "mint",
    "canon": "clay",
}
LABELS = {
    "bosque": _("ground of poster and footer"),
    "accion": _("buttons"),
    "accion-osc": _("buttons under the pointer"),
    "guayacan": _("main button and second ribbon"),
    "menta": _("soft text on the ground and first ribbon"),
    "canon": _("third ribbon"),
}
DEFAULTS = {
    "bosque": "#0b3a2d",
    "accion": "#0e5b45",
    "accion-osc": "#0a4635",
    "guayacan": "#ffc42e",
    "menta": "#bfe5d0",
    "canon": "#e9743a",
}
INK, PAPER = "#12211b", "#ffffff"

# token -> [(the colour it is seen with, least ratio)]: text at AAA, shapes at 3:1
PAIRS = {
    "bosque": [(PAPER, 7.0)],
    "accion": [(PAPER, 7.0)],
    "accion-osc": [(PAPER, 7.0)],
    "guayacan": [(INK, 7.0), ("bosque", 4.5)],
    "menta": [("bosque", 7.0)],
    "canon": [("bosque", 3.0)],
}


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 (black) to 1 (white), as WCAG 2.x defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def contrast_problems(colours: dict[str, str]) -> dict[str, str]:
    """For each token that reads badly, a sentence that says with what and by how much."""
    problems = {}
    if not all(re.fullmatch(r"#[0-9a-fA-F]{6}", value) for value in colours.values()):
        return problems  # the field's own validator speaks
    for token, pairs in PAIRS.items():
        for other, least in pairs:
            against = colours.get(other, other)
            ratio = contrast(colours[token], against)
            if ratio < least:
                problems[token] = _(
                    "Its contrast with %(other)s is %(ratio)s; it needs %(least)s."
                ) % {"other": against, "ratio": f"{ratio:.2f}", "least": least}
    return problems


def stylesheet(colours: dict[str, str]) -> str:
    """The tokens that differ from the defaults, as a stylesheet; empty when none does."""
    own = {t: c.lower() for t, c in colours.items() if c.lower() != DEFAULTS[t]}
    if not own:
        return ""
    return ":root{" + ";".join(f"--{token}:{value}" for token, value in own.items()) + "}"
