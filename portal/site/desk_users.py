"""Accounts of the staff, kept by the administration without power over superusers.

Whoever sets the password of an account can act as that account. So accounts that can do more
than roles allow (superusers, single permissions, groups made by hand) are the superusers' to keep.
"""

from django import forms
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from portal.base.admin import DeskMixin
from portal.site.roles import ROLES

LABELS = {
    "moderation": _("Moderation"),
    "moderation_blind": _("Moderation without identity"),
    "office": _("Office"),
    "approval": _("Approval"),
    "communications": _("Communications"),
    "internal_control": _("Internal control"),
    "administration": _("Administration"),
}


DAYS = ("last_login", "date_joined")
OWN_POWER = ("is_active", "is_staff", "groups")


def within_roles(users):
    """Accounts that can do what their roles allow and nothing else."""
    loose = Group.objects.exclude(name__in=ROLES)
    return users.filter(is_superuser=False, user_permissions=None).exclude(groups__in=loose)


class RoleField(forms.ModelMultipleChoiceField):
    """Roles by the names that people use."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group):
        return LABELS.get(group.name, group.name)


class StaffUserAdmin(DeskMixin, UserAdmin):
    """Django's own, with less for who is no superuser.

    The administration makes people of the staff and gives them roles; single permissions, the
    power of a superuser and the accounts that have it are out of its reach.
    """

    list_display = ("username", "email", "first_name", "last_name", "is_active")
    list_filter = ("is_active", "groups")
    filter_horizontal = ()
    _fieldsets_of_administration = (
        (None, {"fields": ("username", "password")}),
        (_("Personal info"), {"fields": ("first_name", "last_name", "email")}),
        (_("Roles"), {"fields": ("is_active", "is_staff", "groups")}),
        (_("Important dates"), {"fields": ("last_login", "date_joined")}),
    )

    def get_queryset(self, request):
        people = super().get_queryset(request)
        return people if request.user.is_superuser else within_roles(people)

    def get_fieldsets(self, request, obj=None):
        if obj is None or request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        return self._fieldsets_of_administration

    def get_readonly_fields(self, request, obj=None):
        """Nobody gives themselves roles, nor locks themselves out."""
        is_own = obj == request.user and not request.user.is_superuser
        return (*DAYS, *OWN_POWER) if is_own else DAYS

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name != "groups":
            return super().formfield_for_manytomany(db_field, request=request, **kwargs)
        groups = Group.objects.order_by("pk")
        if not request.user.is_superuser:
            groups = groups.filter(name__in=ROLES)
        return RoleField(groups, label=_("Roles"), required=False)

    def save_model(self, request, obj, form, change):
        """Accounts are for the staff: who is made here may enter the desk."""
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)
