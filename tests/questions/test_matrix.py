"""Who may make which move from which state: the triples are written by hand, all others refused.

The table is that of the architecture: states × moves × roles, through the real workflow functions,
with arguments that would do if the move were legal. A refusal is PermissionDenied or MoveRefused
with a sentence, and writes nothing.
"""

import itertools
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from entity.models import Office, Topic
from portal.base.machine import MoveRefused
from portal.base.models import OutgoingMail, Transition
from questions import workflow
from questions.models import Answer, Clarification, PetitionType, Question

NOW = datetime(2020, 12, 9, 10, tzinfo=ZoneInfo("America/Bogota"))
LATER = NOW + timedelta(days=90)
DESK = ("moderation", "moderation_blind")
ROLES = (
    *DESK, "office", "other_office", "approval", "communications", "internal_control",
    "administration",
)  # fmt: skip
STATES = (
    "received", "assigned", "needs_clarification", "answered", "merged", "transferred",
    "moved_to_pqrsd", "archived", "withdrawn", "lapsed",
)  # fmt: skip

# move -> {role: states from which it may be made}
STAFF = {
    "assign_question": dict.fromkeys(DESK, "received assigned"),
    "return_to_moderation": dict.fromkeys((*DESK, "office"), "assigned"),
    "ask_for_clarification": {
        **dict.fromkeys(DESK, "received assigned"),
        "office": "assigned",
    },
    "extend_clarification": dict.fromkeys(DESK, "needs_clarification"),
    "lapse_question": dict.fromkeys(DESK, "needs_clarification"),
    "merge_question": dict.fromkeys(DESK, "received assigned"),
    "split_question": dict.fromkeys(DESK, "merged"),
    "transfer_question": dict.fromkeys(DESK, "received assigned"),
    "move_to_pqrsd": dict.fromkeys(DESK, "received assigned"),
    "propose_archive": dict.fromkeys(DESK, "received"),
    "archive_question": {"approval": "received"},
    "decline_archive": {"approval": "received"},
    "restore_question": {"approval": "archived"},
    "extend_term": {"approval": "received assigned"},
    "classify_question": dict.fromkeys(DESK, "received assigned needs_clarification"),
}
AUTHOR = {
    "answer_clarification": "needs_clarification",
    "extend_clarification": "needs_clarification",
    "withdraw_question": "received assigned needs_clarification",
    "reopen_question": "answered",
}
# what may be published or taken off, by visibility and by the case's state
VISIBLE = {
    "publish_text": ("unmoderated withheld", set(STATES) - {"withdrawn", "archived"}),
    "withhold": ("unmoderated published", set(STATES)),
}
ANSWERS = {
    "request_approval": ({"office"}, "draft"),
    "return_answer": ({"approval"}, "awaiting_approval scheduled"),
    "schedule_answer": ({"approval"}, "awaiting_approval"),
    "publish_answer": ({"approval"}, "awaiting_approval scheduled"),
}


@pytest.fixture
def into(make_question):
    return make_question(at=NOW)


@pytest.fixture
def put(make_question, into, staff):
    """A contribution that stands in any state, as if its story had led there."""
    question = make_question(at=NOW)
    own = staff.office.office_memberships.get().office
    asked = Clarification.objects.create(
        question=question, asked="¿Dónde?", asked_at=NOW, reply_by=date(2021, 1, 9)
    )

    def stand(state, visibility="unmoderated", *, proposed_by=None):
        with_office = state in ("assigned", "answered", "needs_clarification")
        Question.objects.filter(pk=question.pk).update(
            status=state, visibility=visibility, public_text="Texto", title="Texto", slug="texto",
            office=own if with_office else None,
            merged_into=into if state == "merged" else None,
            paused_days_left=10 if state == "needs_clarification" else None,
            archive_proposal="Insultos" if proposed_by else "", archive_proposed_by=proposed_by,
        )  # fmt: skip
        fresh = Question.objects.get(pk=question.pk)
        fresh.asked = asked
        return fresh

    return stand


def make(move, question, actor, into):
    """Call the workflow function with what it needs."""
    at = LATER if move == "lapse_question" else NOW
    needs = {
        "assign_question": {"office": Office.objects.get(code="regional-velez")},
        "return_to_moderation": {"reason": "No es nuestra"},
        "ask_for_clarification": {"asked": "¿Dónde?"},
        "merge_question": {"into": into},
        "transfer_question": {"body": "CDMB", "letter": "10-2"},
        "move_to_pqrsd": {"reference": "P-1"},
        "propose_archive": {"reason": "Insultos"},
        "decline_archive": {"reason": "Es dura, no irrespetuosa"},
        "extend_term": {"reason": "Visita", "until": question.due_on + timedelta(days=3)},
        "classify_question": {
            "topic": Topic.objects.get(slug="mineria"),
            "petition": PetitionType.objects.get(pk="consultation"),
        },
    }
    return getattr(workflow, move)(question, actor=actor, at=at, **needs.get(move, {}))


def allowed(act) -> bool:
    """Whether it went through; a refusal says why and leaves no trace. Undone in any case."""
    point = transaction.savepoint()
    before = Transition.objects.count(), OutgoingMail.objects.count()
    try:
        act()
    except PermissionDenied:
        passed = False
    except MoveRefused as refused:
        passed = False
        assert len(str(refused)) > 10
    else:
        passed = True
    if not passed:
        assert (Transition.objects.count(), OutgoingMail.objects.count()) == before
    transaction.savepoint_rollback(point)
    return passed


@pytest.mark.parametrize("role", ROLES)
def test_staff(put, into, staff, role):
    actor = staff[role]
    for move, state in itertools.product(STAFF, STATES):
        expected = state in STAFF[move].get(role, "").split()
        proposed = staff.moderation if move in ("archive_question", "decline_archive") else None

        def act(move=move, state=state, proposed=proposed):
            make(move, put(state, proposed_by=proposed), actor, into)

        assert allowed(act) is expected, (state, move, role)


@pytest.mark.parametrize("role", ROLES)
def test_what_the_public_may_read(put, staff, role):
    actor = staff[role]
    for move, (sources, states) in VISIBLE.items():
        for visibility, state in itertools.product(Question.Visibility.values, STATES):
            expected = role in DESK and visibility in sources.split() and state in states
            words = {"public_text": "Texto"} if move == "publish_text" else {"reason": "insults"}

            def act(move=move, state=state, visibility=visibility, words=words):
                question = put(state, visibility)
                getattr(workflow, move)(question, actor=actor, at=NOW, **words)

            assert allowed(act) is expected, (visibility, state, move, role)


@pytest.mark.parametrize("move", AUTHOR)
def test_the_author(put, move):
    needs = {"answer_clarification": {"reply": "En Oiba"}, "reopen_question": {"reason": "Falta"}}
    for state in STATES:

        def act(state=state):
            getattr(workflow, move)(put(state), at=NOW, **needs.get(move, {}))

        assert allowed(act) is (state in AUTHOR[move].split()), (state, move)


@pytest.mark.parametrize("role", ROLES)
def test_answers(put, staff, role):
    actor = staff[role]
    question = put("assigned", "published")
    answer = Answer.objects.create(
        question=question, office=question.office, summary="Sí", body="Sí", drafted_by=staff.office
    )
    for move, state in itertools.product(ANSWERS, Answer.Status.values):
        roles, sources = ANSWERS[move]
        needs = {
            "return_answer": {"comment": "Falta"},
            "schedule_answer": {"release_at": NOW + timedelta(days=1)},
        }.get(move, {})

        def act(move=move, state=state, needs=needs):
            Answer.objects.filter(pk=answer.pk).update(status=state)
            fresh = Answer.objects.select_related("question__office", "office").get(pk=answer.pk)
            getattr(workflow, move)(fresh, actor=actor, at=NOW, **needs)

        expected = role in roles and state in sources.split()
        assert allowed(act) is expected, (state, move, role)


@pytest.mark.parametrize("role", ROLES)
def test_drafting(put, staff, role):
    for state in STATES:

        def act(state=state):
            workflow.draft_answer(put(state), actor=staff[role], summary="Sí", body="Sí", at=NOW)

        expected = role == "office" and state in ("assigned", "answered")
        assert allowed(act) is expected, (state, role)


@pytest.mark.parametrize("role", ROLES)
def test_entering(make_question, staff, role):
    def act():
        filing = workflow.Filing(
            token=f"entered by {role}", text="¿Cuándo?", topic=Topic.objects.first(),
            channel=Question.Channel.PHONE,
        )  # fmt: skip
        workflow.submit_question(filing, actor=staff[role], at=NOW)

    assert allowed(act) is (role in (*DESK, "communications"))


def test_who_proposes_to_archive_does_not_sign(put, staff):
    both = staff.moderation
    both.groups.add(*staff.approval.groups.all())
    question = put("received", proposed_by=both)
    with pytest.raises(PermissionDenied):
        workflow.archive_question(question, actor=type(both).objects.get(pk=both.pk))


def test_who_drafts_does_not_approve(put, staff):
    both = staff.office
    both.groups.add(*staff.approval.groups.all())
    question = put("assigned")
    answer = Answer.objects.create(
        question=question, office=question.office, summary="Sí", body="Sí", drafted_by=both,
        status=Answer.Status.AWAITING_APPROVAL,
    )  # fmt: skip
    for move in (
        lambda actor: workflow.publish_answer(answer, actor=actor),
        lambda actor: workflow.return_answer(answer, actor=actor, comment="No"),
        lambda actor: workflow.schedule_answer(
            answer, actor=actor, release_at=datetime.now(NOW.tzinfo) + timedelta(days=1)
        ),
    ):
        with pytest.raises(PermissionDenied):
            move(type(both).objects.get(pk=both.pk))
