"""100,000 published contributions, the same on every database: Spanish words in Zipf's proportion.

Run inside a copy's environment: `python -m benchmarks.many 100000`. Rows are written in bulk, with
what publishing would have written of each; going through the workflow would take hours.
"""

import itertools
import random
import re
import sys
from datetime import date, timedelta

import django

WORDS = re.findall(
    r"\w+",
    "agua quebrada municipio vereda cuándo obra proyecto recursos visita árboles río comunidad "
    "corporación permiso plan cuántos dinero planta acueducto bosque tala licencia minería "
    "páramo control vertimiento basuras informe alcaldía predio ambiental contaminación "
    "inversión contratación resultados vía escuela niños calidad aire ruido especies fauna "
    "peces erosión sequía incendio forestal campesinos cultivo ganado cantera explotación "
    "multa sanción concesión caudal nacimiento ronda reforestación educación taller vigilancia "
    "denuncia queja respuesta acta compromiso audiencia presupuesto vigencia convenio contrato "
    "interventoría estudio cuenca ordenamiento humedal laguna olores relleno sanitario aguas "
    "residuales tratamiento alcantarillado pozo séptico construcción urbanización puente dragado "
    "inundación riesgo deslizamiento emergencia monitoreo estación laboratorio muestras",
)
EMPTY = re.findall(
    r"\w+",
    "de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o "
    "este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo "
    "nos durante todos uno les ni contra otros ese eso ante ellos e esto antes algunos qué unos",
)
SYLLABLES = [
    a + b
    for a in ("b", "c", "d", "f", "g", "ch", "l", "m", "n", "p", "r", "s", "t", "v", "br", "tr")
    for b in "aeiou"
]
BATCH = 1000


class Speaker:
    """Says Spanish-looking texts; two with the same seed say the same."""

    def __init__(self, places: list[str], seed: int = 18):
        self.random = random.Random(seed)
        made = random.Random(7)
        rare = ["".join(made.choices(SYLLABLES, k=made.randint(2, 4))) for _ in range(20_000)]
        words = [*WORDS, *rare]
        self.words = words
        self.steps = list(itertools.accumulate(1 / (rank + 40) for rank in range(len(words))))
        self.places = places

    def text(self, least: int, most: int) -> str:
        """As many words as that; every second one says something."""
        number = self.random.randint(least, most) // 2
        said = self.random.choices(self.words, cum_weights=self.steps, k=number)
        small = self.random.choices(EMPTY, k=number)
        pairs = " ".join(f"{a} {b}" for a, b in zip(small, said, strict=True))
        return f"{pairs.capitalize()} en {self.random.choice(self.places)}?"


def fill(number: int) -> None:
    """Publish `number` contributions beside what is there."""
    from entity.registry import registry

    snapshot = registry()
    speaker = Speaker([m.name for m in snapshot.municipalities])
    chance = random.Random(3)
    for start in range(0, number, BATCH):
        _write(range(start, min(start + BATCH, number)), snapshot, speaker, chance)


def _write(numbers, snapshot, speaker, chance) -> None:
    from django.db import transaction

    from portal.base import search
    from portal.base.models import SearchEntry
    from questions.models import PetitionType, Question

    usual = PetitionType.usual()
    questions = [_question(1_000_000 + n, usual, snapshot, speaker, chance) for n in numbers]
    with transaction.atomic():
        questions = Question.objects.bulk_create(questions)
        entries = []
        for question in questions:
            answer = speaker.text(60, 160) if question.status == "answered" else ""
            body = f"{question.public_text}\n{answer}"
            entries.append(
                SearchEntry(
                    kind="question",
                    object_id=question.pk,
                    path=f"/preguntas/{question.number}-{question.slug}/",
                    title=question.title,
                    body=body,
                    label=f"{question.place} · {question.topic.name}",
                    dated_on=question.filed_on,
                    title_stems=" ".join(search.stems(question.title)),
                    body_stems=" ".join(search.stems(body)),
                )
            )
        SearchEntry.objects.bulk_create(entries)


def _question(number, petition, snapshot, speaker, chance):
    from django.utils import timezone

    from questions.models import Question

    day = date(2019, 1, 1) + timedelta(days=(number - 1_000_000) // 40)
    text = speaker.text(24, 80)
    status = chance.choices(["answered", "assigned", "received", "transferred"], [80, 10, 5, 5])[0]
    return Question(
        number=number, reference=f"RC-B-{number}", petition=petition, original_text=text,
        public_text=text, title=text[:70], slug=f"pregunta-{number}", status=status,
        topic=chance.choice(snapshot.topics), municipality=chance.choice(snapshot.municipalities),
        office=chance.choice(snapshot.offices), visibility="published",
        submitted_at=timezone.now(), filed_on=day, due_on=day + timedelta(days=21),
        legal_due_on=day + timedelta(days=21), counted_from=day, counted_days=15,
        closed_on=day + timedelta(days=15) if status in ("answered", "transferred") else None,
        code_digest="0" * 64, filing_key=f"bench-{number}",
    )  # fmt: skip


def main() -> None:
    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
    fill(int(sys.argv[1]))
    with connection.cursor() as cursor:
        # What PostgreSQL's own housekeeping does within minutes.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


if __name__ == "__main__":
    main()
