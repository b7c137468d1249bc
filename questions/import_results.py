"""What the page of a list shows of its dry run: kept with the list, so that a look costs little."""

from datetime import datetime

from django.utils.text import Truncator

from questions import codes, imports
from questions.models import ImportBatch, Question

SHOWN_WRONG, SHOWN_RIGHT, SHOWN_LETTERS = 300, 30, 160


def note(batch: ImportBatch, at=None) -> None:
    """Try the list and keep what its page shows."""
    batch.result = _result_of(imports.tried(batch, at))
    batch.save(update_fields=["result"])


def shown(batch: ImportBatch) -> dict:
    """The dry run of a list as it was kept; tried anew where a filing stopped half-way."""
    result = batch.result
    if not batch.filed_at and (not result or _is_begun(batch)):
        result = _result_of(imports.tried(batch))
    right = [
        {**row, "received_at": datetime.fromisoformat(row["received_at"])}
        for row in result.get("right_rows", ())
    ]
    return {**result, "right_rows": right}


def _is_begun(batch) -> bool:
    """Rows are filed in their order: where the first one is, a filing was begun."""
    key = codes.filing_key(batch.result["first"])
    return Question.objects.filter(filing_key=key).exists()


def _result_of(found: imports.Tried) -> dict:
    right, wrong = found.right, found.wrong
    return {
        "rows": len(found.rows),
        "right": len(right),
        "wrong": len(wrong),
        "filed": len(found.filed),
        "with_email": found.with_email,
        "first": right[0].token if right else "",
        "right_rows": [_right(row) for row in right[:SHOWN_RIGHT]],
        "wrong_rows": [
            {"number": row.number, "problems": [(name, str(words)) for name, words in row.problems]}
            for row in wrong[:SHOWN_WRONG]
        ],
    }


def _right(row: imports.Row) -> dict:
    return {
        "number": row.number,
        "channel": str(row.channel),
        "received_at": row.form.received_at.isoformat(),
        "words": Truncator(row.words).chars(SHOWN_LETTERS),
        "notes": [str(words) for words in row.notes],
    }
