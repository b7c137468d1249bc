"""What a citizen has typed so far, between the steps of the form."""

import hashlib
import json
import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    """128 random bits; whoever holds them may go on with the draft."""
    return secrets.token_urlsafe(16)


class Draft(models.Model):
    """The fields of the form by step. Deleted when filed, purged a day after its last change."""

    token = models.CharField(max_length=32, primary_key=True, default=new_token)
    data = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("draft of a contribution")
        verbose_name_plural = _("drafts of contributions")
        indexes = [models.Index(fields=["changed_at"], name="draft_changed")]

    def __str__(self):
        return f"{self.changed_at:%Y-%m-%d %H:%M}"

    @property
    def mark(self) -> str:
        """Changes with what the review page shows: another tab may write over the draft."""
        shown = {name: value for name, value in self.data.items() if name != "started"}
        text = json.dumps(shown, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]
