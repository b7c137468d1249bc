from django.urls import path, re_path

from events.urls import SLUG
from questions.views import ask, author, public

ASK_STEPS = [
    ("", ask.step_question, "ask"),
    ("datos/", ask.step_author, "ask_author"),
    ("revisar/", ask.step_review, "ask_review"),
    ("listo/", ask.receipt, "ask_receipt"),
]

urlpatterns = [
    path("pregunte/", ask.short_way, name="ask_short"),
    *[
        re_path(rf"^eventos/{SLUG}/preguntar/{tail}$", view, name=name)
        for tail, view, name in ASK_STEPS
    ],
    *[
        path(f"preguntar/{tail}", view, name=name.replace("ask", "ask_open", 1))
        for tail, view, name in ASK_STEPS
    ],
    re_path(rf"^eventos/{SLUG}/preguntas/$", public.event_questions, name="event_questions"),
    path("preguntas/", public.questions, name="questions"),
    path("preguntas/<int:number>/", public.question_number, name="question_number"),
    path("preguntas/<int:number>-<slug:slug>/", public.question, name="question"),
    path("mi-pregunta/", author.my_question, name="my_question"),
    path("mi-pregunta/salir/", author.leave, name="my_question_leave"),
    path("mi-pregunta/aclarar/", author.clarify, name="my_question_clarify"),
    path("mi-pregunta/retirar/", author.withdraw, name="my_question_withdraw"),
    path("mi-pregunta/reabrir/", author.reopen, name="my_question_reopen"),
    path("mi-pregunta/enlace/<str:token>/", author.follow_link, name="follow_link"),
]
