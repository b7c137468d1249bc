"""Run inside a copy's environment: what is filed twice and what waits in the outbox, as JSON."""

import json

import django

django.setup()

from django.db.models import Count  # noqa: E402
from django.utils import timezone  # noqa: E402

from portal.base.models import OutgoingMail  # noqa: E402
from questions.models import Question  # noqa: E402

Status = OutgoingMail.Status


def main() -> None:
    # As if the five minutes were over that a dead worker keeps what it had in hand. A living one
    # that is sending loses nothing by it: a second look comes only when nothing is queued.
    if not OutgoingMail.objects.filter(status=Status.QUEUED).exists():
        OutgoingMail.objects.filter(status=Status.SENDING).update(due_at=timezone.now())
    texts = Question.objects.filter(author__email__endswith="@example.org").values("original_text")
    filed = texts.filter(original_text__contains="vertimiento número")
    sent = OutgoingMail.objects.filter(status=Status.SENT)
    keys = set(OutgoingMail.objects.values_list("key", flat=True))
    numbers = filed.values_list("number", flat=True)
    facts = {
        "repeated": filed.annotate(number=Count("pk")).filter(number__gt=1).count(),
        "unqueued": sum(f"question:{number}:received:0:author" not in keys for number in numbers),
        "unsent": OutgoingMail.objects.exclude(status__in=(Status.SENT, Status.CANCELLED)).count(),
        "sent": dict(sent.values_list("message_id", "attempts")),
    }
    print(json.dumps(facts))


main()
