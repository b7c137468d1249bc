"""The authorisation to use personal data, as a part of any form that asks for them.

Ley 1581 de 2012 arts. 9 and 12, D. 1377/2013 arts. 7 and 8: express, informed, never marked
beforehand, and kept as proof with exactly the notice that was shown.
"""

from django import forms
from django.utils import timezone

from entity.models import Consent, PrivacyNotice
from entity.registry import registry


class ConsentMixin(forms.Form):
    """Two fields: the box, and which notice stood on the page when it was opened."""

    consent = forms.BooleanField(required=False)
    notice = forms.CharField(required=False, widget=forms.HiddenInput)

    def show_notice(self, at=None) -> None:
        """Put the notice beside the box. Call it at the end of `__init__`."""
        shown = self.data.get("notice") if self.is_bound else None
        self.shown_notice = self._notice(shown) or registry().notice_in_force(at)
        if self.shown_notice:
            self.fields["consent"].label = self.shown_notice.consent_label
            self.initial["notice"] = self.shown_notice.pk

    @staticmethod
    def _notice(pk) -> PrivacyNotice | None:
        """The notice that stood on the page when it was opened, even if a newer one is in force."""
        begun = (n for n in registry().notices if n.in_force_from <= timezone.now())
        return next((notice for notice in begun if str(notice.pk) == str(pk or "")), None)

    def clean_notice(self):
        """What is kept is the notice that was shown, whatever was sent."""
        return self.shown_notice.pk if self.shown_notice else None


def keep(kind: str, object_id: int, notice: PrivacyNotice, *, purpose: str, means: str, at) -> None:
    """Write the proof of a consent, in the transaction of what it is about."""
    Consent.objects.create(
        kind=kind,
        object_id=object_id,
        notice=notice,
        notice_sha256=notice.sha256,
        purpose=purpose,
        means=means,
        given_at=at,
    )
