"""The municipality of a contribution, as people write it."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from entity.registry import registry
from portal.base.forms import CleanCharField, PortalForm
from portal.base.search import fold
from questions import place_names
from questions.models import Question


class PlaceForm(PortalForm):
    """A form with a municipality, the whole region, or "outside"; `scope` and `place` say which."""

    municipality = CleanCharField(
        label=_("In which municipality?"),
        max_length=80,
        error_messages={"required": _("Write the municipality, for example Oiba")},
        widget=forms.TextInput(
            attrs={
                "list": "municipios",
                "autocomplete": "address-level2",
                "class": "control--medio",
            }
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        entity = registry().entity
        self.outside_name = _t("Outside %(department)s") % {"department": entity.department}
        self.fields["municipality"].help_text = _t(
            "If it is about the whole region, write “%(region)s”. "
            "If it is elsewhere, “%(outside)s”."
        ) % {"region": entity.region_name, "outside": self.outside_name}
        self.scope, self.place = Question.Scope.MUNICIPALITY, None

    @property
    def place_names(self) -> list[str]:
        """What the list of the municipality field offers."""
        snapshot = registry()
        names = [m.name for m in snapshot.municipalities]
        return [snapshot.entity.region_name, self.outside_name, *names]

    def clean_municipality(self):
        typed = self.cleaned_data["municipality"]
        snapshot, folded = registry(), fold(typed)
        by_name = snapshot.municipality_by_fold
        alone = place_names.without_department(typed, snapshot.entity.department)
        self.place = by_name.get(folded) or by_name.get(alone)
        if self.place:
            return self.place.name
        if not typed or folded == fold(snapshot.entity.region_name):
            self.scope = Question.Scope.REGION
            return snapshot.entity.region_name if typed else ""
        if folded == fold(self.outside_name):
            self.scope = Question.Scope.OUTSIDE
            return self.outside_name
        raise self._unknown_place(typed, place_names.meant(alone, by_name))

    def _unknown_place(self, typed, near):
        if near:
            return forms.ValidationError(
                _("We can't find “%(typed)s”. Did you mean %(name)s?"),
                params={"typed": typed, "name": registry().municipality_by_fold[near].name},
            )
        return forms.ValidationError(
            _("We can't find “%(typed)s”. If it is not in %(department)s, write “%(outside)s”."),
            params={
                "typed": typed,
                "department": registry().entity.department,
                "outside": self.outside_name,
            },
        )
