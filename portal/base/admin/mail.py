"""The outbox at the desk: what was sent, what waits, what failed and why."""

import re

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.base import mail_words, outbox
from portal.base.admin.moving import move_each
from portal.base.admin.parents import ReadOnlyAdmin
from portal.base.models import OutgoingMail

Status = OutgoingMail.Status


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    """Reads; the one thing a person may do is to try again what failed.

    An address is personal data: here it is masked, and so is every link that opens something.
    """

    list_display = ("about", "masked_to", "status", "attempts", "fault", "created_at", "sent_at")
    list_filter = ("status",)
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-pk",)
    search_fields = ("key",)
    search_help_text = _("A contribution's number or filing number")
    actions = ("try_again",)
    fields = (
        "about", "masked_to", "status", "attempts", "fault", "created_at", "due_at", "sent_at",
        "language", "subject", "masked_text",
    )  # fmt: skip

    @admin.display(description=_("What it tells"), ordering="key")
    def about(self, mail):
        return mail_words.about(mail.key)

    @admin.display(description=_("To"))
    def masked_to(self, mail):
        return mail_words.masked(mail.to)

    @admin.display(description=_("Last fault"))
    def fault(self, mail):
        return mail_words.fault(mail.error)

    @admin.display(description=_("Text"))
    def masked_text(self, mail):
        return outbox.masked(mail.text, mail.secrets)

    def changelist_view(self, request, extra_context=None):
        title = self.opts.verbose_name_plural.capitalize()
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context |= {"title": mail_words.about(obj.key), "subtitle": None}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def has_retry_permission(self, request):
        return request.user.has_perm("base.change_outgoingmail")

    @admin.action(description=_("Try again"), permissions=["retry"])
    def try_again(self, request, queryset):
        """Each chosen message that failed; of any other it says why not."""
        outcome = move_each(queryset, lambda mail: outbox.retry(mail, actor=request.user))
        for mail, sentence in outcome.refused:
            words = f"{mail_words.about(mail.key)}: {sentence}"
            self.message_user(request, words, messages.WARNING)
        if queued := len(outcome.moved):
            words = ngettext("%(n)s will be sent again.", "%(n)s will be sent again.", queued)
            self.message_user(request, words % {"n": queued}, messages.SUCCESS)

    def get_search_results(self, request, queryset, search_term):
        """By the case: the last number of what was typed, "18" as well as "RC-2020-00018"."""
        numbers = re.findall(r"\d+", search_term[:40])
        if not search_term.strip():
            return queryset, False
        if not numbers:
            return queryset.none(), False
        return queryset.filter(key__startswith=f"question:{int(numbers[-1])}:"), False
