"""Accounts and groups in the desk, and the one control that Django draws without a label."""

from django.contrib import admin
from django.contrib.admin.options import FORMFIELD_FOR_DBFIELD_DEFAULTS
from django.contrib.admin.widgets import AdminSplitDateTime
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group, User
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.base.admin import DeskMixin
from portal.site.desk_users import StaffUserAdmin


class LabelledDateTime(AdminSplitDateTime):
    """Day and hour, each with a name for who does not see the words beside it."""

    def __init__(self, attrs=None):
        super().__init__(attrs)
        for widget, label in zip(self.widgets, (_("Day"), _("Hour")), strict=True):
            widget.attrs["aria-label"] = label


# Read when an admin is registered. This module is the first of all admins: see INSTALLED_APPS.
FORMFIELD_FOR_DBFIELD_DEFAULTS[models.DateTimeField]["widget"] = LabelledDateTime


class RoleAdmin(DeskMixin, GroupAdmin):
    """Groups are the roles that the code gives; only a superuser touches them by hand."""

    filter_horizontal = ()

    def _is_superuser(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser

    has_module_permission = has_add_permission = _is_superuser
    has_view_permission = has_change_permission = has_delete_permission = _is_superuser


admin.site.unregister([User, Group])
admin.site.register(User, StaffUserAdmin)
admin.site.register(Group, RoleAdmin)
