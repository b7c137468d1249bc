"""Which public documents search could read, and another try for those that it could not."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.base import document_texts
from portal.base.admin.moving import move_each
from portal.base.admin.parents import ReadOnlyAdmin
from portal.base.models import DocumentText


@admin.register(DocumentText)
class DocumentTextAdmin(ReadOnlyAdmin):
    """One line for each file that is public now: the names of what was withdrawn are not shown."""

    list_display = ("document", "status", "pages", "tried")
    list_display_links = None
    list_filter = ("status",)
    list_per_page = 50
    ordering = ("-read_at", "-pk")
    actions = ("try_again",)
    fields = ("document", "status", "pages", "tried")

    @admin.display(description=_("Document"))
    def document(self, text):
        return text.stored.name

    @admin.display(description=_("Last try"), ordering="read_at")
    def tried(self, text):
        return text.read_at

    def get_queryset(self, request):
        public = document_texts.public_documents()
        return super().get_queryset(request).filter(stored__in=public).select_related("stored")

    def has_retry_permission(self, request):
        return request.user.has_perm("base.change_documenttext")

    @admin.action(description=_("Read again"), permissions=["retry"])
    def try_again(self, request, queryset):
        """The worker reads within a minute; what was read already is left as it is."""
        outcome = move_each(queryset, document_texts.read_again)
        for text, sentence in outcome.refused:
            self.message_user(request, f"{text.stored.name}: {sentence}", messages.WARNING)
        if waiting := len(outcome.moved):
            words = ngettext("%(n)s will be read again.", "%(n)s will be read again.", waiting)
            self.message_user(request, words % {"n": waiting}, messages.SUCCESS)
