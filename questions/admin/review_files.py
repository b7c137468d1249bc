"""Files that came with a contribution, for who may open them."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

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
    stored = attached.stored
    try:
        content = stored.content.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        content, as_attachment=True, filename=stored.name, content_type=stored.content_type
    )
    response._csp_replace = {"default-src": ["'none'"], "sandbox": [""]}
    return response
