"""Texts that are used often, kept by the administration."""

from django import forms
from django.contrib import admin
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.base.admin import DeskMixin
from portal.base.texts import clean_text
from questions.models import TextTemplate
from questions.text_templates import FIELDS, unknown_fields

_IN_BRACES = ", ".join(f"{{{name}}}" for name in FIELDS)


class TextTemplateForm(forms.ModelForm):
    """A field that nobody knows would reach an author as it stands, so it is refused here."""

    def clean_text(self):
        text = clean_text(self.cleaned_data["text"])
        unknown = unknown_fields(text)
        if unknown:
            words = {"unknown": ", ".join(f"{{{name}}}" for name in unknown), "known": _IN_BRACES}
            raise forms.ValidationError(
                _("%(unknown)s is not a field. Write one of these: %(known)s."), params=words
            )
        return text


@admin.register(TextTemplate)
class TextTemplateAdmin(DeskMixin, admin.ModelAdmin):
    """One that is not wanted any more is switched off: nothing that was written with it changes."""

    form = TextTemplateForm
    list_display = ("title", "use", "office", "first_words", "is_active")
    list_filter = ("use", "is_active")
    search_fields = ("title", "text")
    list_select_related = ("office",)

    def get_form(self, request, obj=None, change=False, **kwargs):
        known = _("Fields that are filled in: %(known)s.") % {"known": _IN_BRACES}
        return super().get_form(request, obj, change, help_texts={"text": known}, **kwargs)

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("text"))
    def first_words(self, template):
        return Truncator(template.text).chars(80)
