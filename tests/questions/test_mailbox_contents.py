"""What mails hold: words in any shape, files of any type, machines that write, and attacks."""

import time

import pytest

from portal.base.models import OutgoingMail, StoredFile
from questions.mailbox import contents, parsing
from questions.mailbox.reading import read_mailbox
from questions.models import Author, Question, QuestionFile
from tests.base.files import pdf, pdf_with_object_stream, picture
from tests.questions.mails import letter, message, raw, with_files

pytestmark = pytest.mark.django_db

UNREADABLE = "(correo que no se pudo leer; está adjunto)"


@pytest.fixture(autouse=True)
def everything(entity, mailbox):
    """Each test has an entity and a mailbox of its own."""


def filed(mailbox, mail: bytes) -> Question:
    mailbox.deliver(mail)
    assert read_mailbox() == {"filed": 1}
    return Question.objects.get()


def kept(question) -> list[tuple[str, str, bool]]:
    files = question.files.select_related("stored").order_by("pk")
    assert {file.source for file in files} <= {"mail"}
    return [(f.stored.name, f.stored.content_type, f.stored.is_checked) for f in files]


def test_files_of_any_type_are_kept(mailbox):
    mail = with_files(
        ("informe.pdf", "application/pdf", pdf()),
        ("foto.png", "image/png", picture("PNG")),
        ("carta.docx", "application/vnd.ms-word", b"PK\x03\x04carta"),
        ("voz.ogg", "audio/ogg", b"OggS"),
        ("activo.pdf", "application/pdf", pdf_with_object_stream()),
        ("winmail.dat", "application/ms-tnef", b"\x78\x9f\x3e\x22"),
        ("../../.ssh/authorized_keys", "text/plain", b"ssh-rsa"),
    )
    assert kept(filed(mailbox, mail)) == [
        ("informe.pdf", "application/pdf", True),
        ("foto.png", "image/png", True),
        ("carta.docx", "application/octet-stream", False),
        ("voz.ogg", "application/octet-stream", False),
        ("activo.pdf", "application/octet-stream", False),
        ("winmail.dat", "application/octet-stream", False),
        ("ssh authorized_keys", "application/octet-stream", False),
    ]


def test_a_file_is_a_download_for_who_may_see_files(mailbox, client, staff):
    page = b"<html><script>alert(1)</script>"
    question = filed(mailbox, with_files(("hola.html", "text/html", page)))
    file = question.files.get()
    address = f"/gestion/questions/question/{question.pk}/file/{file.pk}/"
    address = next(iter(_links(client, staff, question)), address)
    response = client.get(address)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="hola.html"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert b"".join(response.streaming_content) == page
    client.force_login(staff.internal_control)
    assert client.get(address).status_code == 403


def _links(client, staff, question) -> list[str]:
    """Addresses of the files on the review page, which warns of what was not reviewed."""
    client.force_login(staff.moderation)
    text = client.get(f"/gestion/questions/question/{question.pk}/change/").content.decode()
    assert "No fue revisado: ábralo con cuidado." in text
    start = f"/gestion/questions/question/{question.pk}/"
    return [part.split('"')[0] for part in text.split('href="') if part.startswith(start + "a")]


def test_a_forwarded_mail_is_a_file_and_not_a_text(mailbox):
    mail = message("Reenvío la queja")
    mail.add_attachment(message("Texto de otro", Subject="Queja vieja"))
    question = filed(mailbox, mail.as_bytes())
    assert "Texto de otro" not in question.original_text
    assert [name for name, _type, _checked in kept(question)] == ["Queja vieja.eml"]
    assert b"Texto de otro" in StoredFile.objects.get().content.read()


def test_pictures_within_the_text_are_kept(mailbox):
    mail = message("Vea la foto")
    mail.add_alternative("<p>Vea <img src='cid:f'></p>", subtype="html")
    mail.get_payload()[1].add_related(picture("JPEG"), "image", "jpeg", cid="<f>")
    question = filed(mailbox, mail.as_bytes())
    assert question.original_text == "Quebrada La Mona\n\nVea la foto"
    assert [kind for _name, kind, _checked in kept(question)] == ["image/jpeg"]


def test_the_words_of_an_html_mail_are_kept_with_their_links(mailbox):
    html = (
        "<html><head><title>no</title><style>p{}</style></head><body><p>Señores&nbsp;CAS:</p>"
        "<div>uno<br>dos &lt;tres&gt;</div><script>alert(1)</script>"
        '<ul><li>a</li><li>b</li></ul><p><a href="https://x.co/?a=1&amp;b=2">aquí</a></p></body>'
    )
    mail = message()
    mail.clear_content()
    mail.set_content(html, subtype="html")
    assert filed(mailbox, mail.as_bytes()).original_text == (
        "Quebrada La Mona\n\nSeñores CAS:\n\nuno\ndos <tres>\n\na\nb\n\naquí (https://x.co/?a=1&b=2)"
    )


HEAD = ("From: ana@correo.example", "Message-ID: <1@x>", "MIME-Version: 1.0")


@pytest.mark.parametrize(
    ("charset", "data", "read"),
    [
        ("iso-8859-1", b"a\xf1o", "año"),
        ("utf-8", b"a\xf1o", "año"),
        ("us-ascii", b"a\xc3\xb1o", "año"),
        ("x-no-existe", b"a\xc3\xb1o", "año"),
        ("utf-8", b"a\x07\xe2\x80\xaeb", "ab"),
        ("utf-7", b"+2AA-hola", "hola"),
        ("utf-8", "👩🏽‍🌾 aña".encode(), "👩🏽‍🌾 aña"),
    ],
)
def test_any_charset_is_read(mailbox, charset, data, read):
    mail = raw(*HEAD, f"Content-Type: text/plain; charset={charset}", "", data)
    assert filed(mailbox, mail).original_text == read


@pytest.mark.parametrize(
    ("subject", "read"),
    [
        (b"=?utf-8?b?wr9DdcOhbmRvPw==?=", "¿Cuándo?"),
        ("¿Cuándo?".encode(), "¿Cuándo?"),
        (b"=?x-no?q?hola?=", "hola"),
        (b"=?utf-8?b?%%%?=", "=?utf-8?b?%%%?="),
        (b"=?utf-8?q?uno=0D=0ABcc:_x@y.z?=", "uno Bcc: x@y.z"),
    ],
)
def test_any_subject_is_read_and_adds_no_header(mailbox, subject, read):
    question = filed(mailbox, raw(*HEAD, b"Subject: " + subject, "", ""))
    assert question.original_text == read
    assert "\n" not in OutgoingMail.objects.get().subject


def test_invisible_words_are_no_words(mailbox):
    assert (
        filed(mailbox, raw(*HEAD, "", "\u200b\u200d \u2060")).original_text == "(correo sin texto)"
    )


@pytest.mark.parametrize(
    ("sender", "name", "email"),
    [
        ("Pérez, Ana <ana@correo.example>", "", ""),
        ('"Pérez, Ana" <ana@correo.example>', "Pérez, Ana", "ana@correo.example"),
        ("=?utf-8?q?P=C3=A9rez=2C_Ana?= <ana@correo.example>", "Pérez, Ana", "ana@correo.example"),
        ("ana@correo.example", "", "ana@correo.example"),
        ("x" * 300 + "@correo.example", "", ""),
        ("nadie", "", ""),
    ],
)
def test_the_sender_becomes_the_author(mailbox, sender, name, email):
    question = filed(mailbox, raw(f"From: {sender}", "Message-ID: <1@x>", "", "Hola"))
    author = Author.objects.filter(question=question).first()
    assert (author.name if author else "", author.email if author else "") == (name, email)
    if not email:
        assert [file[0] for file in kept(question)] == ["correo.eml"], "its sender is in there"
        assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    "head",
    [
        "Auto-Submitted: auto-replied (vacation)", "Auto-Submitted: auto-generated; x=1",
        "Precedence: bulk", "Precedence: List", "Precedence: junk", "List-Id: <x.example>",
        "X-Auto-Response-Suppress: All", "Return-Path: <>", "From: MAILER-DAEMON@x.example",
        "From: Postmaster@x.example", "From: Portal <rendicion@localhost>", "own",
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
    ],
)  # fmt: skip
def test_machines_are_neither_filed_nor_answered(mailbox, head):
    head = f"From: x <{mailbox.name.upper()}>" if head == "own" else head
    sender = () if head.startswith("From") else ("From: ana@correo.example",)
    mailbox.deliver(raw(*sender, head, "Message-ID: <1@x>", "Subject: Fuera", "", "No estoy"))
    assert read_mailbox() == {"skipped": 1}
    assert not Question.objects.exists() and not OutgoingMail.objects.exists()
    assert mailbox.flags("Automaticos") == [{"\\Seen", "Radicado"}]


def test_people_are_not_taken_for_machines(mailbox):
    heads = {"Auto_Submitted": "no", "Precedence": "normal", "Return_Path": "<ana@correo.example>"}
    filed(mailbox, letter(X_Auto_Response_Suppress="None", **heads))


def test_one_sender_gets_five_receipts_an_hour(mailbox):
    for number in range(7):
        mailbox.deliver(letter(f"Otra {number}", From="Ana@correo.example"))
    assert read_mailbox() == {"filed": 7}
    assert Question.objects.count() == 7
    assert OutgoingMail.objects.count() == 5


def test_a_long_mail_is_kept_whole_beside_its_beginning(mailbox):
    mail = letter("palabra " * 4000)
    question = filed(mailbox, mail)
    assert question.original_text.endswith("palabr\n\n(sigue en el correo adjunto)")
    assert len(question.original_text) < contents.MAX_TEXT + 50
    assert [file[0] for file in kept(question)] == ["correo.eml"]
    assert StoredFile.objects.get().content.read() == mail


def test_more_files_than_are_taken_are_in_the_whole_mail(mailbox):
    mail = with_files(*((f"{n}.txt", "text/plain", b"x") for n in range(25)))
    names = [file[0] for file in kept(filed(mailbox, mail))]
    assert names == [f"{n}.txt" for n in range(20)] + ["correo.eml"]


def test_of_a_mail_that_is_too_large_the_words_are_read(mailbox, settings):
    settings.PRIVATE_MAX_BYTES = 2 * 1024 * 1024
    question = filed(mailbox, with_files(("video.mp4", "video/mp4", b"x" * 3_000_000)))
    assert question.original_text == "Quebrada La Mona\n\n¿Cuándo limpian la quebrada?"
    assert not QuestionFile.objects.exists()
    assert "El correo pesa 4 MB; el portal recibe hasta 2" in question.notes.get().text
    assert mailbox.flags("Radicados") == [{"\\Seen", "Radicado"}]


def nested(depth: int) -> bytes:
    lines = [*HEAD, "Subject: Muñeca rusa"]
    for level in range(depth):
        lines += [f'Content-Type: multipart/mixed; boundary="b{level}"', "", f"--b{level}"]
    return raw(*lines, "Content-Type: text/plain", "", "adentro")


def rfc822(depth: int) -> bytes:
    return raw(
        *HEAD, "Subject: Muñeca rusa", *("Content-Type: message/rfc822", "") * depth, "adentro"
    )


ATTACKS = {
    "10,000 multiparts deep": nested(10_000),
    "10,000 mails deep": rfc822(10_000),
    "a header of semicolons": raw(
        *HEAD, "Subject: Muñeca rusa", "Content-Type: multipart/mixed; a=" + ";" * 3_000_000, "",
        "x",
    ),
    "a million parts": raw(
        *HEAD, "Subject: Muñeca rusa", "Content-Type: multipart/mixed; boundary=b", "",
        b"--b\r\n\r\n\r\n" * 1_000_000,
    ),
}  # fmt: skip


@pytest.mark.parametrize("mail", ATTACKS.values(), ids=ATTACKS.keys())
def test_what_can_not_be_read_is_kept_whole(mailbox, mail, monkeypatch):
    monkeypatch.setattr(parsing.PIECES, "seconds", 3)
    begin = time.monotonic()
    question = filed(mailbox, mail)
    assert time.monotonic() - begin < 60
    assert question.original_text.startswith("Muñeca rusa")
    assert UNREADABLE in question.original_text
    assert "correo.eml" in [file[0] for file in kept(question)]
    file = question.files.get(stored__name="correo.eml")
    assert file.stored.content.read() == mail


@pytest.mark.parametrize(
    "mail",
    [
        b"", b"\x00", b"\r\n\r\n", b"hola", b"From", b":" * 5000, b"\xff\xfe" * 900,
        raw(*HEAD, "Content-Type: text/plain; charset*=utf-8''%%; name*0*=x", "", "hola"),
        raw(*HEAD, 'Content-Disposition: attachment; filename*=utf-9\'\'%E2%82', "", "hola"),
        raw(*HEAD, "Content-Type: multipart/mixed", "", "hola"),
        raw(*HEAD, "Content-Transfer-Encoding: base64", "", "a"),
        raw(*HEAD, "Content-Type: text/html", "", "<div>" * 50_000, "hola"),
        raw(*HEAD, "Subject: " + "=?utf-8?q?a?= " * 50_000, "", "hola"),
        raw("From: " + "(" * 100_000, "Message-ID: <1@x>", "", "hola"),
        raw("References: " + "<a@b> " * 100_000, *HEAD, "", "hola"),
        raw("X-Largo: " + "a" * 2_000_000, *HEAD, "", "hola"),
        raw(*HEAD, "Content-Type: message/delivery-status", "", "\xff"),
        raw(*HEAD, "Content-Type: message/external-body", "", "a\xff"),
    ],
    ids=range(18),
)  # fmt: skip
def test_no_bytes_break_it(mail, monkeypatch):
    monkeypatch.setattr(parsing.PIECES, "seconds", 3)
    found = parsing.read(mail)
    everything = found.text + "".join(str(data) for _name, data in found.files) + found.subject
    assert "hola" in everything or not found.is_whole or b"hola" not in mail
