from django.urls import path, re_path

from events.urls import SLUG
from questions.views import (
    ask,
    ask_now,
    author,
    files,
    follow_mail,
    paper,
    public,
    tables,
    voices,
)

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
    re_path(rf"^eventos/{SLUG}/preguntar/ya/$", ask_now.ask_now, name="ask_now"),
    re_path(rf"^eventos/{SLUG}/preguntar/formulario\.pdf$", paper.blank_form, name="blank_form"),
    path("preguntar/formulario.pdf", paper.blank_form, name="blank_form_open"),
    re_path(rf"^eventos/{SLUG}/preguntas/$", public.event_questions, name="event_questions"),
    re_path(rf"^eventos/{SLUG}/preguntas/matriz\.csv$", tables.event_matrix, name="event_matrix"),
    path("preguntas/", public.questions, name="questions"),
    path("preguntas/<number:number>/", public.question_number, name="question_number"),
    path("preguntas/<number:number>-<slug:slug>/", public.question, name="question"),
    path("preguntas/<number:number>/anexos/<number:pk>/", files.answer_file, name="answer_file"),
    path(
        "preguntas/<number:number>/anexos/<number:pk>/pequena/",
        files.answer_picture,
        name="answer_picture",
    ),
    path("preguntas/<number:number>/pregunta.pdf", public.question_pdf, name="question_pdf"),
    path("preguntas/<number:number>/me-interesa/", voices.interest, name="question_interest"),
    path("preguntas/<number:number>/respondio/", voices.verdict, name="question_verdict"),
    path("preguntas/<number:number>/seguir/", follow_mail.follow, name="question_follow"),
    path("mi-pregunta/", author.my_question, name="my_question"),
    path("mi-pregunta/salir/", author.leave, name="my_question_leave"),
    path("mi-pregunta/aclarar/", author.clarify, name="my_question_clarify"),
    path("mi-pregunta/retirar/", author.withdraw, name="my_question_withdraw"),
    path("mi-pregunta/mas-tiempo/", author.more_time, name="my_question_more_time"),
    path("mi-pregunta/respondio/", author.verdict, name="my_question_verdict"),
    path("mi-pregunta/enlace/<str:token>/", author.follow_link, name="follow_link"),
]
