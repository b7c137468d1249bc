"""Roles of the staff, as groups with permissions. `manage.py setup_roles` makes them."""

MODERATION_BLIND = {
    "questions.view_question",
    "questions.view_all_questions",
    "questions.moderate_question",
    "questions.enter_question",
    "questions.view_answer",
    "events.view_event",
    "events.view_topicproposal",
    "events.change_topicproposal",
    "events.review_topicproposal",
    "events.run_live_session",
    "evaluation.view_survey",
    "evaluation.run_survey",
}
MODERATION = MODERATION_BLIND | {"questions.view_identity", "questions.view_questionfile"}
OFFICE = {
    "questions.view_question",
    "questions.answer_own_office",
    "questions.view_answer",
    "questions.change_answer",
    "questions.add_answer",
    "questions.view_questionfile",
    "events.view_event",
    "accountability.view_commitment",
    "accountability.view_commitmentupdate",
    "accountability.add_commitmentupdate",
    "accountability.change_commitmentupdate",
    "accountability.view_evidence",
    "accountability.add_evidence",
    "accountability.change_evidence",
    "accountability.delete_evidence",
    "base.add_storedfile",
}
APPROVAL = {
    "questions.view_question",
    "questions.view_all_questions",
    "questions.approve_question",
    "questions.view_answer",
    "events.view_event",
    "accountability.view_commitment",
    "accountability.change_commitment",
    "accountability.approve_commitment",
    "accountability.view_commitmentupdate",
    "accountability.view_minutes",
    "accountability.view_sessionrecord",
    "accountability.publish_record",
}
_CONTENT = (
    "events.event",
    "events.agendaitem",
    "events.eventsection",
    "events.participationway",
    "events.streamlink",
    "events.document",
    "events.halladdress",
    "events.reportdelivery",
    "events.result",
    "accountability.sessionrecord",
    "accountability.attendance",
    "accountability.minutes",
    "accountability.minutessection",
    "accountability.signatory",
    "accountability.commitment",
    "accountability.commitmentupdate",
    "accountability.evidence",
    "evaluation.survey",
    "evaluation.surveyquestion",
    "evaluation.choice",
)
DIRECTORY = {
    "events.view_contact",
    "events.add_contact",
    "events.change_contact",
    "events.delete_contact",
    "events.export_contacts",
    "events.view_invitation",
}
COMMUNICATIONS = {
    f"{name.split('.')[0]}.{action}_{name.split('.')[1]}"
    for name in _CONTENT
    for action in ("view", "add", "change")
} | {
    "events.announce_event",
    "events.run_live_session",
    "evaluation.run_survey",
    "evaluation.delete_surveyquestion",
    "evaluation.delete_choice",
    "events.manage_people",
    "events.view_people_contact",
    *DIRECTORY,
    "events.send_invitations",
    "events.view_dutyproof",
    "events.add_dutyproof",
    "events.change_checklistmark",
    "events.view_topicproposal",
    "events.change_topicproposal",
    "events.review_topicproposal",
    "questions.enter_question",
    "events.delete_agendaitem",
    "events.delete_eventsection",
    "events.delete_participationway",
    "events.delete_streamlink",
    "events.delete_document",
    "events.delete_halladdress",
    "events.delete_result",
    "accountability.delete_minutessection",
    "accountability.delete_signatory",
    "accountability.delete_attendance",
    "accountability.publish_record",
    "base.add_storedfile",
}
INTERNAL_CONTROL = {
    "questions.view_question",
    "questions.view_all_questions",
    "questions.view_answer",
    "questions.view_inboundmessage",
    "events.view_event",
    "events.view_dutyproof",
    "events.view_reportdelivery",
    "events.view_result",
    "events.view_topicproposal",
    "events.view_contact",
    "events.view_invitation",
    "accountability.view_commitment",
    "accountability.view_commitmentupdate",
    "accountability.view_minutes",
    "accountability.view_sessionrecord",
    "evaluation.view_survey",
    "base.view_outgoingmail",
    "base.view_transition",
    "base.view_accessentry",
}
_SETTINGS = (
    "entity.entity",
    "entity.office",
    "entity.officemember",
    "entity.topic",
    "entity.municipality",
    "entity.closingday",
    "entity.privacynotice",
    "entity.processmoment",
    "events.eventkind",
    "events.contactgroup",
    "questions.petitiontype",
    "questions.texttemplate",
    "questions.topicrule",
    "auth.user",
)
ADMINISTRATION = (
    DIRECTORY
    | {
        f"{name.split('.')[0]}.{action}_{name.split('.')[1]}"
        for name in _SETTINGS
        for action in ("view", "add", "change")
    }
    | {
        "entity.delete_closingday",
        "entity.delete_officemember",
        "questions.delete_topicrule",
        "entity.view_consent",
        "questions.view_inboundmessage",
        "base.view_outgoingmail",
        "base.change_outgoingmail",
        "events.view_event",
    }
)

ROLES: dict[str, set[str]] = {
    "moderation": MODERATION,
    "moderation_blind": MODERATION_BLIND,
    "office": OFFICE,
    "approval": APPROVAL,
    "communications": COMMUNICATIONS,
    "internal_control": INTERNAL_CONTROL,
    "administration": ADMINISTRATION,
}
