"""The results of an event as rows for a spreadsheet."""

from events.models import Result

COLUMNS = (
    "numero", "tipo", "programa", "meta", "unidad", "planeado", "alcanzado",
    "dinero_planeado", "dinero_ejecutado", "corte", "oficina", "dificultad", "fuente", "ancla",
)  # fmt: skip


def _plain(value):
    """12.50 → 12,5: what a spreadsheet in Spanish takes for a number."""
    if value is None:
        return ""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def line(result: Result) -> tuple:
    numbers = (
        result.planned, result.reached, result.money_planned, result.money_executed,
    )  # fmt: skip
    return (
        result.number, result.get_kind_display(), result.programme, result.goal, result.unit,
        *map(_plain, numbers), result.cutoff_on, result.office.name if result.office else "",
        result.difficulty, result.source.title if result.source else "", result.anchor,
    )  # fmt: skip
