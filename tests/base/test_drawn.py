"""Fields that are drawn once for everybody, and never what somebody wrote."""

import pytest
from django import forms
from django.core.cache import caches
from django.template import engines
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.base import versions
from portal.base.forms import PortalForm
from portal.base.models import ContentVersion

pytestmark = pytest.mark.django_db


class Form(PortalForm):
    name = forms.CharField(label=_("Your name"))


def draw(form):
    template = engines["django"].from_string("{{ form.name|drawn }}")
    return template.render({"form": form})


def kept():
    return [key for key in caches["pages"]._cache if "field:" in key]


def test_an_untouched_field_is_drawn_once_for_a_language():
    first = draw(Form())
    assert draw(Form()) == first
    assert len(kept()) == 1
    with translation.override("en"):
        assert "Your name" in draw(Form())
    assert len(kept()) == 2
    assert "Your name" not in first


@pytest.mark.parametrize(
    "form", [lambda: Form(initial={"name": "Petronila"}), lambda: Form({"name": "Petronila"})]
)
def test_what_somebody_wrote_is_drawn_and_not_kept(form):
    assert "Petronila" in draw(form())
    assert kept() == []


def test_errors_are_drawn_and_not_kept():
    assert "error" in draw(Form({}))
    assert kept() == []


def test_it_is_drawn_anew_when_something_that_every_page_shows_changes():
    draw(Form())
    versions.everything_changed()
    assert ContentVersion.objects.get(name=versions.EVERYTHING)
    draw(Form())
    assert len(kept()) == 2


def test_another_label_is_another_field():
    form = Form()
    form.fields["name"].label = "Otro rótulo"
    draw(Form())
    assert "Otro rótulo" in draw(form)
