"""The columns of a list that is imported, and what people write in them."""

import re

from django.utils.translation import gettext as _

from entity.registry import registry
from portal.base import tables
from portal.base.search import fold
from questions.models import Question

MOST_ROWS = 2000
# The names of the columns are Spanish, as the people who fill them in.
FIELDS = {
    "canal": "channel", "lugar": "received_place", "fecha": "received_on",
    "hora": "received_time", "tipo": "kind", "texto": "text", "tema": "topic",
    "municipio": "municipality", "nombre": "name", "correo": "email",
    "organizacion": "organisation", "autoriza": "consent", "como_aparece": "display",
    "numero_externo": "external_reference",
}  # fmt: skip
COLUMNS = tuple(FIELDS)
NEEDED = ("canal", "fecha", "texto", "tema", "municipio")
C, K, D = Question.Channel, Question.Kind, Question.Display
CHANNELS = {
    "telefono": C.PHONE, "llamada": C.PHONE, "ventanilla": C.OFFICE_WINDOW,
    "presencial": C.OFFICE_WINDOW, "papel": C.PAPER, "formulario": C.PAPER, "correo": C.EMAIL,
    "correo electronico": C.EMAIL, "redes": C.SOCIAL_NETWORK, "red social": C.SOCIAL_NETWORK,
    "zoom": C.ZOOM_CHAT, "chat de zoom": C.ZOOM_CHAT, "facebook": C.FACEBOOK_CHAT,
    "chat de facebook": C.FACEBOOK_CHAT, "sala": C.ROOM, "salon": C.ROOM, "auditorio": C.ROOM,
}  # fmt: skip
KINDS = {
    "": K.QUESTION,
    "pregunta": K.QUESTION,
    "observacion": K.REMARK,
    "sugerencia": K.SUGGESTION,
}
DISPLAYS = {
    "": D.ANONYMOUS, "anonimo": D.ANONYMOUS, "anonima": D.ANONYMOUS, "municipio": D.MUNICIPALITY,
    "nombre": D.NAME, "organizacion": D.NAME,
}  # fmt: skip
YES, NO = ("si", "s", "x", "1", "verdadero"), ("", "no", "n", "0", "falso")
_HOUR = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s*(?:([ap])\.?\s*m\.?)?", re.IGNORECASE)
_WITH_HOUR = re.compile(r"(\S+)[ T](\d{1,2}:\d{2})(?::\d{2})?")


def read(upload) -> list[dict]:
    """The filled rows of an uploaded list: `{"n": row number, "data": {column: text}}`.

    Raises TableRefused where it is no list of ours.
    """
    rows = tables.rows_of(upload, most_rows=MOST_ROWS + 1)
    numbered = [(n, row) for n, row in enumerate(rows, start=1) if any(row)]
    if len(numbered) < 2:
        raise tables.TableRefused(_("The list is empty. Begin with the template."))
    names = [fold(name).replace(" ", "_") for name in numbered[0][1]]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise tables.TableRefused(
            _("These columns are missing: %(names)s. Begin with the template.")
            % {"names": ", ".join(missing)}
        )
    places = {name: names.index(name) for name in COLUMNS if name in names}
    return [
        {"n": n, "data": {c: row[i] for c, i in places.items() if i < len(row) and row[i]}}
        for n, row in numbered[1:]
    ]


def form_data(data: dict) -> tuple[dict, list[str]]:
    """What the form of one contribution is given for a row, and notes for who imports it."""
    cells, notes = {column: data.get(column, "") for column in COLUMNS}, []
    moment = _WITH_HOUR.fullmatch(cells["fecha"])
    if moment:
        cells["fecha"], cells["hora"] = moment[1], cells["hora"] or moment[2]
    if fold(cells["autoriza"]) in NO:
        if any(cells[name] for name in ("nombre", "correo", "organizacion")):
            notes.append(_("Not authorised: name, e-mail and organisation are not kept."))
        cells.update(nombre="", correo="", organizacion="")
        if DISPLAYS.get(fold(cells["como_aparece"])) == D.NAME:
            cells["como_aparece"] = ""
    shown = {FIELDS[column]: text for column, text in cells.items()}
    shown |= {
        "channel": _chosen(cells["canal"], CHANNELS, C),
        "kind": _chosen(cells["tipo"], KINDS, K),
        "display": _chosen(cells["como_aparece"], DISPLAYS, D),
        "received_time": hour_of(cells["hora"]),
        "topic": _topic(cells["tema"]),
        "municipality": _municipality(cells["municipio"]),
        "consent": "on" if fold(cells["autoriza"]) in YES else "",
    }
    return shown, notes


def _chosen(text: str, words: dict, choices) -> str:
    """The value of a word people use, of a label, or of the value itself; else what was written."""
    folded = fold(text)
    labels = {fold(str(label)): value for value, label in choices.choices}
    return words.get(folded) or labels.get(folded) or text


def hour_of(text: str) -> str:
    """`14:30` of "2:30 p. m.", "14.30", "2 pm"; what cannot be read stays as it is."""
    match = _HOUR.fullmatch(text.strip())
    if not match:
        return text
    hour, minutes, half = int(match[1]), match[2] or "00", (match[3] or "").lower()
    if half and not 1 <= hour <= 12:
        return text
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{minutes}"


def _topic(text: str) -> str:
    folded = fold(text)
    names = {fold(topic.name): topic.slug for topic in registry().topics}
    return names.get(folded, text)


def _municipality(text: str) -> str:
    place = registry().municipality_by_code.get(text)
    return place.name if place else text
