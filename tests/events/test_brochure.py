"""Nothing that the invitation of 2020 said is missing from the page of that event."""

import html
import re
import tempfile
from datetime import datetime
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone

from entity import registry
from portal.base import versions
from portal.site import demo

pytestmark = pytest.mark.django_db  # before the tests that empty the tables
LOADED_AT = timezone.make_aware(datetime(2026, 11, 22, 16, 30))
FACTS = """
Tercera Jornada de Rendición de Cuentas por medios electrónicos
Diciembre de 2020
Lunes, 9:00 a. m. a 12:00 m.
Conexión por Zoom y Facebook Live
¡Más cerca de la participación, mejor conectados con la transparencia!
«Rendir cuentas hace parte de nuestro compromiso con el diálogo ciudadano
Nos aporta en el camino hacia la transformación, el mejoramiento continuo y la eficiencia»
Ley Estatutaria de Transparencia y Acceso a la Información. Ley 1712 de 2014
Modelo Integrado de Planeación y Gestión. Ley 1753 de 2015
Mejor conectados 4.0, respuesta eficiente y cultura de la corresponsabilidad
¿Por qué a través de medios electrónicos?
medida de cuidado y prevención frente al riesgo de contagio del COVID-19
dándole voz y visibilidad a más actores
estar más cerca y mejor conectada con sus usuarios
¿Cuándo se debe rendir cuentas?
Entrega constante de información a través de canales de comunicación
Interacciones en el buzón electrónico de PQRD
Interacciones en las redes sociales, con seguidores usuarios
a través de la ventanilla de atención al público y en las sedes regionales
tercera jornada comunicativa del año 2020
En el primer trimestre del 2021 se realizará una Audiencia Pública
Seguimiento, evaluación, reporte y publicación de indicadores
Entrega de informes a instituciones, entidades y organismos de control
¿En qué consiste la jornada?
dentro del ajuste institucional en época de pandemia
envío de preguntas, observaciones y sugerencias
lunes 21 de diciembre de 2020, de 9:00 a. m. a 12:00 m.
Se originará desde el auditorio de la CAS
principales avances y logros de la Corporación Autónoma Regional de Santander
11 meses del año de la pandemia
corte al 30 de noviembre
¿Quiénes pueden participar?
La invitación es abierta a la comunidad en general
veedurías
administraciones municipales
instituciones del sector
organismos de control
medios de comunicación
juntas comunales
avances, logros y dificultades que ha tenido la CAS durante estos 11 meses de pandemia
www.cas.gov.co
información sobre el Plan de Acción 2020-2023, las metas, los proyectos, el presupuesto
noticias sobre el accionar de la CAS durante el aislamiento por COVID-19
Envíe sus aportes, sugerencias y documentos
direccion@cas.gov.co
https://bit.ly/2VMsWPe
Conéctese el día 21 de diciembre
Facebook y Zoom, para retroalimentar los informes, preguntar y dialogar directamente
¿Cómo será?
jornada interactiva y virtual, desde las 9:00 a. m. hasta las 12:00 m.
apertura, instalación, lectura del orden del día y de las reglas de participación
presentación e informes por parte del Director, subdirecciones y sedes
responder preguntas preinscritas y para el diálogo con los actores externos
Un momento de compromisos de mejora
Un momento de evaluación
¿Qué sigue después?
el registro de la jornada y el acta con los compromisos que se generen
serán publicados en la web oficial
Audiencia General de Rendición de Cuentas
""".strip().splitlines()


@pytest.fixture(scope="module")
def text(django_db_setup, django_db_blocker):
    """What a citizen reads on the page of 2020, on one line; nothing stays in the database."""
    with django_db_blocker.unblock(), tempfile.TemporaryDirectory() as folder:
        return _page_of_2020(Path(folder))


def _page_of_2020(folder: Path) -> str:
    with override_settings(DATA_DIR=folder, HOST="127.0.0.1"), transaction.atomic():
        _forget()
        demo.load(at=LOADED_AT)
        content = Client().get("/eventos/2020-12-21-jornada/").content.decode()
        transaction.set_rollback(True)
    _forget()
    return _words(content)


def _forget():
    versions.forget()
    registry.forget()
    for cache in caches.all(initialized_only=True):
        cache.clear()


def _words(content: str) -> str:
    """The text of a page: an inline element breaks no word, a block breaks a line."""
    main = content.split("<main")[1].split("</main")[0]
    inline = re.sub(r"</?(?:strong|a|b|em|span)\b[^>]*>", "", main)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", inline)).split())


@pytest.mark.parametrize("fact", FACTS)
def test_the_page_of_2020_tells_all_of_the_brochure(text, fact):
    assert " ".join(fact.split()) in text
