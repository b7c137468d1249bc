"""Permanent pages: how to take part, accessibility, personal data, corrections, site map."""

from datetime import date

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from entity.models import PrivacyNotice
from entity.registry import registry
from events.selectors import events_by_year
from portal.base import clock
from portal.base.public_pages import public_page
from portal.site import selectors
from questions import terms
from questions.models import PetitionType, Question

ACCESSIBILITY_REVIEWED_ON = date(2026, 11, 22)
CORRECTIONS_PER_PAGE = 20
MOST_MINUTES = 20


def _page(request, name, title, **context):
    """Raises NotSetUp before `setup_entity`: every one of these pages names the entity."""
    registry()
    context = {"title": title, "trail": [(title, "")], **context}
    return render(request, f"site/{name}.html", context)


@public_page()
def how_to_take_part(request):
    """Ways to take part, what happens with a question, terms, moderation."""
    return _page(
        request,
        "how_to_take_part",
        _("How to take part"),
        section="help",
        petition_types=PetitionType.objects.all(),
        review_days=terms.REVIEW_DAYS,
        clarification_days=terms.CLARIFICATION_DAYS,
        closes_at=clock.at_hour(clock.local_day(), registry().entity.closing_hour),
        withhold_reasons=Question.WithholdReason.labels,
    )


@public_page()
def accessibility(request):
    """The accessibility statement."""
    reviewed_on = ACCESSIBILITY_REVIEWED_ON
    return _page(request, "accessibility", _("Accessibility"), reviewed_on=reviewed_on)


@public_page()
def personal_data(request):
    """The privacy notice in force, with its version and the hash of its text."""
    notice = PrivacyNotice.objects.in_force()
    return _page(request, "personal_data", _("Treatment of personal data"), notice=notice)


@public_page("pagina")
def corrections(request):
    """How to ask for a correction, and those that were made."""
    paginator = Paginator(selectors.corrected_answers(), CORRECTIONS_PER_PAGE)
    page = paginator.get_page(request.GET.get("pagina"))
    return _page(
        request,
        "corrections",
        _("Corrections"),
        page=page,
        page_range=paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        minutes=selectors.corrected_minutes()[:MOST_MINUTES] if page.number == 1 else (),
    )


@public_page()
def site_map(request):
    """Every public page of the portal, with the events under their years."""
    return _page(request, "site_map", _("Site map"), years=events_by_year())
