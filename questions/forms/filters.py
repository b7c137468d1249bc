"""Filters of the lists of published contributions."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from entity.registry import registry
from portal.base.forms import CleanCharField, PortalForm

STATES = (
    ("respondidas", pgettext_lazy("questions", "Answered")),
    ("en-respuesta", _("Being answered")),
    ("atrasadas", _("Late")),
    ("cerradas", _("Joined, transferred or closed")),
    ("vencen-esta-semana", _("Due this week")),
    ("respondidas-a-tiempo", _("Answered on time")),
    ("respondidas-tarde", _("Answered after the term")),
)
ORDERS = (
    ("recientes", _("Newest")),
    ("apoyadas", _("Most supported")),
    ("respondidas", _("Last answered")),
)


class QuestionFilterForm(PortalForm):
    """Every value is optional; one that is not in a list finds nothing and says so."""

    q = CleanCharField(
        label=_("Word"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    tema = forms.ChoiceField(label=_("Topic"), required=False)
    municipio = forms.ChoiceField(label=_("Municipality"), required=False)
    oficina = forms.ChoiceField(label=_("Office"), required=False)
    sobre = CleanCharField(required=False, max_length=30, widget=forms.HiddenInput)
    estado = forms.ChoiceField(required=False, choices=[("", _("All")), *STATES])
    orden = forms.ChoiceField(label=_("Order"), required=False, choices=ORDERS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        snapshot = registry()
        self.fields["tema"].choices = [
            ("", pgettext_lazy("topics", "All")), *((t.slug, t.name) for t in snapshot.topics)
        ]  # fmt: skip
        self.fields["municipio"].choices = [
            ("", pgettext_lazy("municipalities", "All")),
            *((m.code, m.name) for m in snapshot.municipalities),
        ]  # fmt: skip
        self.fields["oficina"].choices = [
            ("", pgettext_lazy("offices", "All")), *((o.code, o.name) for o in snapshot.offices)
        ]  # fmt: skip
