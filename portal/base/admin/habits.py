"""What a member of the staff chooses for themselves: whether the digest comes."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.base.admin.parents import ReadOnlyAdmin
from portal.base.models import StaffPreference


class DigestForm(forms.ModelForm):
    class Meta:
        model = StaffPreference
        fields = ("digest_on",)


@admin.register(StaffPreference)
class StaffPreferenceAdmin(ReadOnlyAdmin):
    """One page for everybody at the desk, with the own row alone; the digest leads to it."""

    def has_view_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        own = StaffPreference.objects.filter(user=request.user).first()
        form = DigestForm(
            request.POST if request.method == "POST" else None,
            instance=own or StaffPreference(user=request.user),
        )
        if form.is_valid():
            self._keep(request, wanted=form.cleaned_data["digest_on"])
            return HttpResponseRedirect(request.path, status=303)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Daily digest"),
            "form": form,
            "address": request.user.email,
        }
        return render(request, "admin/base/digest.html", context)

    def _keep(self, request, *, wanted: bool) -> None:
        StaffPreference.objects.update_or_create(user=request.user, defaults={"digest_on": wanted})
        said = _("The digest will come.") if wanted else _("The digest will not come any more.")
        self.message_user(request, said, messages.SUCCESS)
