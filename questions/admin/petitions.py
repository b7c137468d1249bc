"""Kinds of petition and their terms: data that an administrator edits."""

from django.contrib import admin

from portal.base.admin import PublicModelAdmin
from questions.models import PetitionType


@admin.register(PetitionType)
class PetitionTypeAdmin(PublicModelAdmin):
    """A changed term counts for what is filed from then on; due days that were given stay."""

    list_display = ("name", "working_days", "is_default", "order")

    def get_readonly_fields(self, request, obj=None):
        return ("code",) if obj else ()
