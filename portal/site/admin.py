"""Accounts in the desk: what keeps the administration from gaining more power than its role.
And the one control that every form of Django's admin draws without a label.

Whoever sets the password of an account can act as that account. So accounts that can do more
than roles allow (superusers, single permissions, groups made by hand) are the superusers' to keep.
"""

from django.contrib import admin
from django.contrib.admin.options import FORMFIELD_FOR_DBFIELD_DEFAULTS
from django.contrib.admin.widgets import AdminSplitDateTime
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group, User
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.site.desk_users import StaffUserAdmin
from portal.site.roles import ROLES

DAYS = ("last_login", "date_joined")
OWN_POWER = ("is_active", "is_staff", "groups")


class LabelledDateTime(AdminSplitDateTime):
    """Day and hour, each with a name for who does not see the words beside it."""

    def __init__(self, attrs=None):
        super().__init__(attrs)
        for widget, label in zip(self.widgets, (_("Day"), _("Hour")), strict=True):
            widget.attrs["aria-label"] = label


# Read when an admin is registered. This module is the first of all admins: see INSTALLED_APPS.
FORMFIELD_FOR_DBFIELD_DEFAULTS[models.DateTimeField]["widget"] = LabelledDateTime


def within_roles(users):
    """Accounts that can do what their roles allow and nothing else."""
    loose = Group.objects.exclude(name__in=ROLES)
    return users.filter(is_superuser=False, user_permissions=None).exclude(groups__in=loose)


class AccountAdmin(StaffUserAdmin):
    """Accounts with their roles."""

    def get_queryset(self, request):
        people = super().get_queryset(request)
        return people if request.user.is_superuser else within_roles(people)

    def get_readonly_fields(self, request, obj=None):
        """Nobody gives themselves roles, nor locks themselves out."""
        is_own = obj == request.user and not request.user.is_superuser
        return (*DAYS, *OWN_POWER) if is_own else DAYS


class RoleAdmin(GroupAdmin):
    """Groups are the roles that the code gives; only a superuser touches them by hand."""

    filter_horizontal = ()

    def _is_superuser(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser

    has_module_permission = has_add_permission = _is_superuser
    has_view_permission = has_change_permission = has_delete_permission = _is_superuser


admin.site.unregister([User, Group])
admin.site.register(User, AccountAdmin)
admin.site.register(Group, RoleAdmin)
