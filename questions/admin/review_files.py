"""Files that came with a contribution, for who may open them."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from portal.base.downloads import download
from questions.models import Question, QuestionFile

FILES = "questions.view_questionfile"


def files_of(user, question):
    """The files of a contribution, or None for a role that may not open them."""
    if not user.has_perm(FILES):
        return None
    return question.files.select_related("stored")


def question_file(request, pk, file_pk):
    """A file of a contribution, as a download that cannot act in the browser."""
    if not request.user.has_perm(FILES):
        raise PermissionDenied
    visible = Question.objects.visible_to(request.user)
    attached = get_object_or_404(
        QuestionFile.objects.filter(question__in=visible, question=pk).select_related("stored"),
        pk=file_pk,
    )
    return download(attached.stored)
