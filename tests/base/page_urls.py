"""Addresses of the tests of public pages: small views that count how often they are rendered."""

from django.http import Http404, HttpResponse
from django.urls import path, re_path

from portal.base.public_pages import public_page
from portal.base.same_origin import same_origin_post

rendered = []
TEXT = "Rendición de cuentas. " * 200


def answer(name, request):
    rendered.append(name)
    words = (f"{key}={request.GET[key]}" for key in request.GET)
    return HttpResponse(f"<p>{name} reading={request.reading.value} {' '.join(words)}</p>{TEXT}")


@public_page()
def home(request):
    request.session["seen"] = 1  # a public page that tries to set a cookie
    return answer("home", request)


@public_page("tema", "pagina", free=("q",))
def listing(request):
    return answer("listing", request)


@public_page(per_event=True)
def event(request, event_slug):
    return answer(event_slug, request)


@public_page()
def missing(request):
    raise Http404


def private(request):
    return answer("private", request)


@same_origin_post
def support(request):
    return HttpResponse("gracias")


def error(request, exception=None):
    return HttpResponse(f"error {type(exception).__name__}", status=404)


def unavailable(request):
    return HttpResponse("resting", status=503)


handler404 = error
handler503 = unavailable

urlpatterns = [
    path("", home),
    path("en/", home),
    path("lista/", listing),
    re_path(r"^eventos/(?P<event_slug>[a-z0-9-]+)/$", event),
    path("falta/", missing),
    path("privada/", private),
    path("apoyo/", support),
]
