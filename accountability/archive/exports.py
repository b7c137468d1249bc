"""The links of the menu "Participa" as a table, to be put into the menu of Transparency."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import translation

from accountability.archive.material import Material, year_of
from accountability.archive.participa import Item, items
from portal.base.dates import iso

COLUMNS = (
    "literal",
    "requisito",
    "menu",
    "jornada",
    "anio",
    "enlace",
    "fecha",
    "detalle",
    "direccion",
)
PARTICIPA = "Participa / Rendición de cuentas"
# Resolución 1519 de 2020, Anexo 2: where reports stand in the menu of Transparency.
TRANSPARENCY = "Transparencia / Planeación, presupuesto e informes"
REPORTS = "D"


def rows(material: Material) -> Iterator[tuple]:
    """A tuple in the order of COLUMNS for each proof; a pending item has one without address."""
    with translation.override(settings.LANGUAGE_CODE):
        for item in items(material):
            yield from _rows(item)


def _rows(item: Item) -> Iterator[tuple]:
    menu = TRANSPARENCY if item.letter == REPORTS else PARTICIPA
    for proof in item.proofs:
        yield (
            item.letter, item.title, menu, proof.event.full_name, year_of(proof.event),
            proof.title, iso(proof.on) if proof.on else "", proof.note, _absolute(proof.address),
        )  # fmt: skip
    if item.is_pending:
        yield (item.letter, item.title, menu, "", "", "Información pendiente", "", "", "")


def _absolute(address: str) -> str:
    return settings.SITE_URL + address if address.startswith("/") else address
