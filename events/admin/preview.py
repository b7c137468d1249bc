"""“Preview”: the Markdown of an event's page as the public will see it, before it is saved."""

from events.models import EventSection, ParticipationWay

BUTTON = "_preview"


class Unsaved:
    """A form that is checked and drawn again, and never saved."""

    def is_valid(self):
        super().is_valid()
        return False


class PreviewingAdmin:
    """For the admin of events: a button draws the page again with its texts rendered below."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if BUTTON in request.POST:
            return type(form)(form.__name__, (Unsaved, form), {})
        return form

    def render_change_form(self, request, context, *args, **kwargs):
        if BUTTON in request.POST:
            context["previews"] = list(previews(context))
            context["files_lost"] = bool(request.FILES)
        return super().render_change_form(request, context, *args, **kwargs)


def previews(context):
    """Heading and Markdown of each text that somebody typed."""
    form = context["adminform"].form
    for name in ("about", "rules"):
        if name in form.fields and form[name].value():
            yield form.fields[name].label, form[name].value()
    for inline in context["inline_admin_formsets"]:
        if inline.formset.model in (EventSection, ParticipationWay):
            yield from _of_rows(inline.formset)


def _of_rows(formset):
    for row in formset.forms:
        if row["body"].value() and not row["DELETE"].value():
            yield row["title"].value(), row["body"].value()
