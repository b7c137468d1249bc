"""Mails as citizens' programs write them."""

import itertools
from email.message import EmailMessage
from email.policy import SMTP

_numbers = itertools.count(1)


def message(text="¿Cuándo limpian la quebrada?", **heads) -> EmailMessage:
    """A mail of Ana; `heads` are headers with _ for -, None leaves one out."""
    values = {
        "From": "Ana Pérez <ana@correo.example>",
        "To": "direccion@cas.example",
        "Subject": "Quebrada La Mona",
        "Message-ID": f"<{next(_numbers)}@correo.example>",
        "Date": "Mon, 21 Dec 2020 09:00:00 -0500",
        **{name.replace("_", "-"): value for name, value in heads.items()},
    }
    mail = EmailMessage(policy=SMTP)
    for name, value in values.items():
        if value is not None:
            mail[name] = value
    mail.set_content(text)
    return mail


def letter(text="¿Cuándo limpian la quebrada?", **heads) -> bytes:
    return message(text, **heads).as_bytes()


def with_files(*files: tuple[str, str, bytes]) -> bytes:
    """A mail with files: (name, type, content)."""
    mail = message()
    for name, kind, data in files:
        main, sub = kind.split("/")
        mail.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return mail.as_bytes()


def raw(*lines: str | bytes) -> bytes:
    """A mail written line by line, for what no honest program writes."""
    encoded = (line if isinstance(line, bytes) else line.encode() for line in lines)
    return b"\r\n".join(encoded) + b"\r\n"


def report(message_id: str, action: str = "failed") -> bytes:
    """What a mail server writes that could not deliver."""
    return raw(
        "Return-Path: <>", "From: MAILER-DAEMON@correo.example", "To: rendicion@localhost",
        "Subject: Undelivered Mail", "Auto-Submitted: auto-replied", "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', "",
        "--b", "Content-Type: text/plain", "", "No such user", "",
        "--b", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; x", "",
        "Final-Recipient: rfc822; ana@correo.example", f"Action: {action}", "Status: 5.1.1", "",
        "--b", "Content-Type: message/rfc822", "", f"Message-ID: {message_id}",
        "Subject: Recibimos", "", "texto", "--b--",
    )  # fmt: skip
