"""What became of the mails of the mailbox: read only, and without a word of them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from portal.base.admin import ReadOnlyAdmin
from questions.models import InboundMessage


@admin.register(InboundMessage)
class InboundMessageAdmin(ReadOnlyAdmin):
    """A mail that could not be filed stays in the inbox with a flag: somebody has to look there."""

    list_display = ("received_at", "result", "contribution", "attempts", "error", "read_at")
    list_filter = ("result",)
    list_select_related = ("question",)
    search_fields = ("question__reference",)
    fields = ("result", "contribution", "received_at", "read_at", "attempts", "error")

    @admin.display(description=_("contribution"), empty_value="–")
    def contribution(self, message):
        return message.question and message.question.reference
