"""The menu "Participa" of a year, and its links as a table. The same for everybody."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accountability.archive import exports
from accountability.archive.material import Material, public_events, year_in_focus, year_of
from accountability.archive.participa import items
from portal.base import csv_lines, ods
from portal.base.public_pages import public_page


@public_page("anio")
def participa(request):
    """The eight items of a year, each with the links that prove it."""
    events = public_events()
    years = list(dict.fromkeys(map(year_of, events)))
    asked = request.GET.get("anio", "")
    if asked and asked not in map(str, years):
        return redirect(request.path)  # kept once, not for every invented year
    year = int(asked) if asked else year_in_focus(events)
    found = items(_of_year(events, year))
    context = {
        "title": _("The menu Participa"),
        "trail": [(_("The menu Participa"), "")],
        "items": found,
        "done": sum(not item.is_pending for item in found),
        "year": year,
        "years": years,
        "section": "archive",
    }
    return render(request, "accountability/participa.html", context)


def _of_year(events, year) -> Material:
    return Material([event for event in events if year_of(event) == year])


def _asked_for(request) -> Material | None:
    """The events of the year in the address, or all; None for a year without any."""
    events, asked = public_events(), request.GET.get("anio", "")
    material = Material([event for event in events if asked in ("", str(year_of(event)))])
    return material if material.events or not asked else None


@public_page("anio")
def links_csv(request):
    """Every link with its absolute address, to be pasted or imported elsewhere."""
    material = _asked_for(request)
    if material is None:
        return redirect(request.path)
    lines = csv_lines.lines(exports.COLUMNS, exports.rows(material))
    return HttpResponse(b"".join(lines), content_type="text/csv; charset=utf-8")


@public_page("anio")
def links_ods(request):
    """The same as an open spreadsheet."""
    material = _asked_for(request)
    if material is None:
        return redirect(request.path)
    book = ods.book("Participa", exports.COLUMNS, exports.rows(material))
    return HttpResponse(book, content_type=ods.CONTENT_TYPE)
