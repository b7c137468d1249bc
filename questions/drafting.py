"""Drafts between the steps of the form: found by their token, in the session or in the form."""

from django.db import transaction

from portal.base.models import StoredFile
from questions.models import Draft


def find_draft(token: str) -> Draft | None:
    return Draft.objects.filter(token=token).first() if token else None


def forget_draft(draft: Draft) -> None:
    """Delete a draft that was not filed, with the files that came with it."""
    files = list(StoredFile.objects.filter(pk__in=draft.data.get("files", [])))
    with transaction.atomic():
        draft.delete()
        for stored in files:
            stored.delete()
    for stored in files:
        stored.content.delete(save=False)
