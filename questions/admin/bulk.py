"""What is done with many contributions at once: one by one through the workflow.

Each row is moved by itself, with the revision that its row was drawn with; what is refused is told
with its number, and the others go on. What went through can be undone with one button.
"""

from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from entity.models import Office, Topic
from entity.registry import registry
from portal.base.admin import as_drawn
from portal.base.machine import MoveRefused
from questions import workflow
from questions.admin import undoing
from questions.admin.forms import offices
from questions.findings import findings_in
from questions.models import Question
from questions.suggestions import suggested_office


def topics():
    return [("", _("Choose a topic")), *((t.pk, t.name) for t in registry().topics)]


class BarForm(ActionForm):
    """The bar above the list: what an action is told. A list that is left alone says nothing."""

    office = forms.ChoiceField(label=gettext_lazy("Office"), required=False, choices=offices)
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False, choices=topics)
    reason = forms.ChoiceField(
        label=gettext_lazy("Why is it not published?"),
        required=False,
        choices=[("", gettext_lazy("Choose a reason")), *Question.WithholdReason.choices],
    )
    return_reason = forms.CharField(
        label=gettext_lazy("Why is it not for this office?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 36}),
    )


def act(request, questions, move: Callable, done: Callable[[int], str]) -> None:
    """Make `move(question)` row by row, and tell what was done and what was refused.

    `done` gives the sentence for a number of rows.
    """
    moved, refusals = [], {}
    for question in questions.order_by("number"):
        try:
            workflow.leases.refuse_to_others(question, actor=request.user)
            move(as_drawn(request, question))
        except MoveRefused as refused:
            refusals.setdefault(str(refused), []).append(question)
        except PermissionDenied:
            refusals.setdefault(_("Your role may not do that."), []).append(question)
        else:
            moved.append(question)
    if moved:
        messages.success(request, done(len(moved)))
    for sentence, refused in refusals.items():
        messages.warning(request, _told(refused, sentence))
    undoing.offer(request, moved, back=request.get_full_path())


def _told(questions, sentence: str) -> str:
    """ "44, 45: it was withdrawn", each number a link."""
    links = ((reverse("admin:questions_question_change", args=[q.pk]), q.number) for q in questions)
    return format_html("{}: {}", format_html_join(", ", '<a href="{}">{}</a>', links), sentence)


def _chosen(request, model, field: str):
    """The row that a list of the bar names, if it is there and in use."""
    key = request.POST.get(field, "")
    number = int(key) if key.isdecimal() and len(key) <= 18 else 0
    return model.objects.filter(pk=number, is_active=True).first()


def _text_of(question) -> str:
    return question.public_text or question.original_text


def personal_data(question) -> list[str]:
    """What nobody decided about yet in a text that is not public: "E-mail", "Telephone"."""
    if question.public_text:  # it was published once: somebody decided about what it says
        return []
    return list(dict.fromkeys(found.label for found in findings_in(question.original_text)))


def text_to_publish(question) -> str:
    """The public text that stands, else what was written. Raises MoveRefused with personal data."""
    if found := personal_data(question):
        words = {"data": ", ".join(found)}
        raise MoveRefused(_("personal data that nobody hid (%(data)s). Review it alone.") % words)
    return _text_of(question)


@admin.action(description=gettext_lazy("Publish"), permissions=["moderate"])
def publish(model_admin, request, questions):
    """Publish the public text that stands, else what was written; never with personal data."""

    def move(question):
        text = text_to_publish(question)
        workflow.publish_text(question, actor=request.user, public_text=text, title=question.title)

    def done(n):
        words = ngettext(
            "%(n)s contribution was published.", "%(n)s contributions were published.", n
        )
        return words % {"n": n}

    act(request, questions, move, done)


@admin.action(description=gettext_lazy("Publish and assign"), permissions=["moderate"])
def publish_and_assign(model_admin, request, questions):
    """Publish, and give each to the office that the rules of its topic suggest."""

    def move(question):
        text, office = text_to_publish(question), suggested_office(question)
        if office is None:
            raise MoveRefused(_("No rule says which office answers its topic. Assign it by hand."))
        workflow.publish_and_assign(
            question, actor=request.user, public_text=text, title=question.title, office=office
        )

    def done(n):
        words = ngettext(
            "%(n)s contribution was published and assigned.",
            "%(n)s contributions were published and assigned.",
            n,
        )
        return words % {"n": n}

    act(request, questions, move, done)


@admin.action(description=gettext_lazy("Assign to office"), permissions=["moderate"])
def assign_to_office(model_admin, request, questions):
    office = _chosen(request, Office, "office")
    if office is None:
        messages.warning(request, _("Choose the office that answers."))
        return

    def move(question):
        workflow.assign_question(question, actor=request.user, office=office)

    def done(n):
        words = ngettext(
            "%(n)s contribution was assigned to %(office)s.",
            "%(n)s contributions were assigned to %(office)s.",
            n,
        )
        return words % {"n": n, "office": office.name}

    act(request, questions, move, done)


@admin.action(description=gettext_lazy("Change the topic"), permissions=["moderate"])
def change_topic(model_admin, request, questions):
    topic = _chosen(request, Topic, "topic")
    if topic is None:
        messages.warning(request, _("Choose a topic."))
        return

    def move(question):
        workflow.classify_question(
            question, actor=request.user, topic=topic, petition=question.petition
        )

    def done(n):
        words = ngettext(
            "%(n)s contribution is about %(topic)s now.",
            "%(n)s contributions are about %(topic)s now.",
            n,
        )
        return words % {"n": n, "topic": topic.name}

    act(request, questions, move, done)


@admin.action(description=gettext_lazy("Join them"), permissions=["moderate"])
def merge(model_admin, request, questions):
    """Join the chosen ones to that with the lowest number: it was there first."""
    first = questions.order_by("number").first()
    others = questions.exclude(pk=first.pk) if first else questions
    if not others.exists():
        messages.warning(request, _("Choose at least two contributions to join."))
        return

    def move(question):
        workflow.merge_question(question, actor=request.user, into=first)

    def done(n):
        words = ngettext(
            "%(n)s contribution was joined to %(number)s.",
            "%(n)s contributions were joined to %(number)s.",
            n,
        )
        return words % {"n": n, "number": first.number}

    act(request, others, move, done)


@admin.action(description=gettext_lazy("Don't publish"), permissions=["moderate"])
def withhold(model_admin, request, questions):
    def move(question):
        workflow.withhold(question, actor=request.user, reason=request.POST.get("reason", ""))

    def done(n):
        words = ngettext(
            "%(n)s contribution is not public. Its author is still answered.",
            "%(n)s contributions are not public. Their authors are still answered.",
            n,
        )
        return words % {"n": n}

    act(request, questions, move, done)


@admin.action(description=gettext_lazy("Return to moderation"), permissions=["send_back"])
def send_back(model_admin, request, questions):
    """The desk takes them from the offices, or an office gives its own back."""

    def move(question):
        reason = request.POST.get("return_reason", "")
        workflow.return_to_moderation(question, actor=request.user, reason=reason)

    def done(n):
        words = ngettext(
            "%(n)s contribution went back to moderation.",
            "%(n)s contributions went back to moderation.",
            n,
        )
        return words % {"n": n}

    act(request, questions, move, done)


@admin.action(description=gettext_lazy("Close without a clarification"), permissions=["moderate"])
def lapse(model_admin, request, questions):
    """Close those whose author let the month, or both, pass without a reply (art. 17)."""

    def move(question):
        workflow.lapse_question(question, actor=request.user)

    def done(n):
        words = ngettext(
            "%(n)s contribution was closed: the clarification did not come.",
            "%(n)s contributions were closed: the clarifications did not come.",
            n,
        )
        return words % {"n": n}

    act(request, questions, move, done)


ACTIONS = (
    publish, publish_and_assign, assign_to_office, change_topic, merge, withhold, send_back, lapse,
)  # fmt: skip
