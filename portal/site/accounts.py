"""Accounts are for the staff; an administrator makes them."""

import logging
import uuid

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.base import mail_words, outbox

logger = logging.getLogger(__name__)

PASSWORD_RESET = "account/email/password_reset_key"  # noqa: S105 - the name of a letter


class StaffAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: citizens need no account. Mail goes through the portal's own outbox."""

    def is_open_for_signup(self, request):
        return False

    def get_reset_password_from_key_url(self, key):
        """Absolute by the setting: the `Host` of a request never reaches a letter."""
        user, secret = key.split("-", 1)
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": user, "key": secret})
        return f"{settings.SITE_URL}{path}"

    def send_mail(self, template_prefix, email, context):
        """Queue the one letter the portal writes about accounts; unknown addresses get none."""
        if template_prefix != PASSWORD_RESET:
            logger.info("no letter for %s", template_prefix)
            return
        link = context["password_reset_url"]
        outbox.queue(
            f"account:password_reset:{uuid.uuid4().hex}",
            to=email,
            compose=lambda: _password_reset_letter(link),
        )


mail_words.register("account", lambda parts: _("A new password for the accountability portal"))


def _password_reset_letter(link) -> outbox.Letter:
    return outbox.Letter(
        subject=_("A new password for the accountability portal"),
        paragraphs=[
            _("Somebody asked for a new password for your account, from the sign-in page."),
            _("If it was you, open the link and write the new one. It can be used once."),
            _("If it was not you, do nothing: your password stays the same."),
        ],
        action=_("Choose a new password"),
        link=link,
        secrets=[link],
    )
