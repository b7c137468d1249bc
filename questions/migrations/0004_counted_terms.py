"""What terms are counted from, for contributions that were filed before it was stored."""

from django.db import migrations

from entity.calendar import calendar_of
from questions.terms import reply_by


def fill(apps, schema_editor):
    Question = apps.get_model("questions", "Question")
    Clarification = apps.get_model("questions", "Clarification")
    days = apps.get_model("entity", "ClosingDay").objects.values_list("date", "reason")
    calendar = calendar_of(days)
    for question in Question.objects.filter(counted_from__isnull=True).iterator():
        start = question.reopened_on or question.filed_on
        question.counted_from = start
        question.counted_days = calendar.count(start, question.due_on)
        question.legal_due_on = question.due_on
        question.save(update_fields=["counted_from", "counted_days", "legal_due_on"])
    for clarification in Clarification.objects.filter(reply_by__isnull=True).iterator():
        clarification.reply_by = reply_by(clarification.asked_at.date())
        clarification.save(update_fields=["reply_by"])


class Migration(migrations.Migration):
    dependencies = [("questions", "0003_contributions")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
