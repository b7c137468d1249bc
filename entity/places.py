"""The municipality somebody may name in a form, found among those of the region."""

from django import forms
from django.utils.translation import gettext_lazy as _

from entity.registry import registry
from portal.base.forms import CleanCharField
from portal.base.search import fold


class MunicipalityField(CleanCharField):
    """A name as people type it; gives its row, or None where nothing was written."""

    default_error_messages = {
        "unknown": _("We did not find “%(typed)s”. Check the name, or leave it empty.")
    }

    def __init__(self, **kwargs):
        attributes = {
            "list": "municipios", "autocomplete": "address-level2", "class": "control--medio",
        }  # fmt: skip
        widget = forms.TextInput(attrs=attributes)
        super().__init__(**{"max_length": 80, "required": False, "widget": widget, **kwargs})

    @property
    def names(self) -> list[str]:
        """What the list below the field offers."""
        return [municipality.name for municipality in registry().municipalities]

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return None
        if found := registry().municipality_by_fold.get(fold(typed)):
            return found
        raise forms.ValidationError(
            self.error_messages["unknown"], code="unknown", params={"typed": typed}
        )
