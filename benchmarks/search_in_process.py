"""Run inside a copy's environment that `benchmarks.many` filled: seconds of each query as JSON."""

import json
import time

import django

django.setup()

from benchmarks.many import WORDS, Speaker  # noqa: E402
from entity.registry import registry  # noqa: E402
from portal.base import search, search_parts  # noqa: E402
from questions.forms import QuestionFilterForm  # noqa: E402
from questions.selectors_lists import QuestionList, listed  # noqa: E402
from questions.similar import similar_published  # noqa: E402

ROUNDS, PER_PAGE = 5, 20
COMMON = WORDS[0]
# As people type them: a common word, a rare one, two, a place, a number, nothing found.
QUERIES = [
    *WORDS[1:30:3], "dragado", "retroexcavadora", "Oiba", "San Gil", "Puerto Wilches", "xilófono",
    "agua potable", "vertimientos quebrada", "tala de árboles", "licencia minería páramo",
    "relleno sanitario olores", "contratación 2020", "río Suárez contaminación", "RC-2020-00018",
    "¿cuándo visitan la vereda?", "multas", "inversiones por municipio", "educación ambiental",
    "calidad del aire en Barbosa", "cantera polvo niños", "bocachico", "informe de interventoría",
]  # fmt: skip


def page_of_search(query: str) -> None:
    search.entries_in_order(search_parts.newest(query).keys[:PER_PAGE])


def page_of_questions(query: str) -> None:
    found = QuestionList(QuestionFilterForm({"q": query}))
    list(found.states)
    listed(found.keys[:PER_PAGE])


def timed(call, given) -> list[float]:
    """Median, 95th percentile and slowest, in milliseconds, the best round of each."""
    best = []
    for one in given:
        times = []
        for _round in range(ROUNDS):
            start = time.perf_counter()
            call(one)
            times.append((time.perf_counter() - start) * 1000)
        best.append(min(times))
    best.sort()
    return [best[len(best) // 2], best[int(len(best) * 0.95)], best[-1]]


def main() -> None:
    speaker = Speaker([m.name for m in registry().municipalities], seed=99)
    texts = [speaker.text(16, 60) for _number in range(40)]
    found = {
        "search": timed(page_of_search, QUERIES),
        "hardest": timed(page_of_search, [COMMON]),
        "list": timed(page_of_questions, QUERIES),
        "similar": timed(similar_published, texts),
    }
    print(json.dumps(found))


main()
