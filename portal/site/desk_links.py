"""From the desk to the public page of a thing ("view on site"), for who may open the thing there.

Django asks for a login alone. So anybody of the staff would be told the address, and with it the
title, of what was taken off the public pages or belongs to another office.
"""

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch


def _public_page(request, content_type_id: str, object_id: str):
    if not content_type_id.isdecimal():
        raise Http404
    model = get_object_or_404(ContentType, pk=content_type_id).model_class()
    if not admin.site.is_registered(model):
        raise Http404
    model_admin = admin.site.get_model_admin(model)
    shown = model_admin.has_view_permission(request) and model_admin.get_object(request, object_id)
    if not shown or not hasattr(shown, "get_absolute_url"):
        raise Http404
    try:
        return HttpResponseRedirect(shown.get_absolute_url())
    except NoReverseMatch as error:  # it never was on the public pages
        raise Http404 from error


to_public_page = admin.site.admin_view(_public_page)
