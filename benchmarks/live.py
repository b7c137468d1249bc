"""A session that many follow: 2,000 visitors, five questions a second, two operators at work.

The visitors are a process of their own (`benchmarks/live_visitors.py`); citizens and operators are
threads of this one. For a try: `BENCH_SECONDS=10 make bench ARGS=live`.
"""

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from itertools import chain

from benchmarks import server
from benchmarks.live_operators import HOST, MODERATOR, Asker, Operator

VISITORS, QUESTIONS = 2000, 5  # questions a second
SECONDS = int(os.environ.get("BENCH_SECONDS", "60"))
MOST_MS, MOST_ACT_MS = 250, 400
PROCESSES = 2  # of the web server: each draws a changed fragment once
START = """
import json
from datetime import timedelta
from django.contrib.auth.models import User
from events.models import Event
from events.publishing import event_changed
from events.session import workflow
from portal.base import clock
now = clock.now()
event = Event.objects.filter(status="announced").order_by("starts_at").first()
event.starts_at, event.ends_at = now - timedelta(minutes=5), now + timedelta(hours=3)
event.save()
event_changed(event)
actor = next(user for user in User.objects.all() if user.has_perm(workflow.RUN))
workflow.open_session(workflow.session_for(event), actor=actor)
print(json.dumps([event.pk, event.get_absolute_url()]))
"""
FILED = """
from collections import Counter
from questions.models import Question
said = Question.objects.filter(original_text__contains="que vemos desde la sala hoy")
texts = Counter(said.values_list("original_text", flat=True))
print(len(texts), sum(texts.values()))
"""
HEAD = (
    f"fragments: p95 ≤ {MOST_MS} ms, operators' acts: p95 ≤ {MOST_ACT_MS} ms; {SECONDS} s\n"
    "database    fragments  errors    p50    p95    max   304   stored  "
    "  acts  refused    p50    p95    max   filed/found   p95"
)


def measure(_running: server.Running) -> None:
    """Print a line for each database, and what went wrong below it."""
    print(HEAD)
    for name, changes in server.databases():
        changes = {**changes, "TRUSTED_PROXY_COUNT": "1", "FLOOD_PER_MINUTE": "10000"}
        with server.portal(**changes) as portal:
            print(f"{name:11} {_session(portal)}", flush=True)


def _session(portal: server.Running) -> str:
    pk, path = json.loads(_in_copy(portal, START))
    folder = portal.env["DATA_DIR"]
    operators = [
        Operator(portal.base, folder, "moderation", pk, MODERATOR),
        Operator(portal.base, folder, "communications", pk, HOST),
    ]
    for operator in operators:
        operator.sign_in()
    asker = Asker(portal.base, f"{path}preguntar/ya/", QUESTIONS)
    seen = _all_at_once(portal.base, path, operators, asker)
    return _line(seen, operators, asker, _in_copy(portal, FILED).split())


def _in_copy(portal: server.Running, program: str) -> str:
    return server.python("-c", f"import django; django.setup()\n{program}", env=portal.env)


def _all_at_once(base, path, operators, asker) -> dict:
    """What the visitors' process saw while the others worked."""
    command = [sys.executable, "-m", "benchmarks.live_visitors", base, f"{path}vivo/"]
    visitors = subprocess.Popen(
        [*command, str(VISITORS), str(SECONDS)],
        cwd=server.ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    end = time.monotonic() + SECONDS
    threads = [threading.Thread(target=asker.run, args=(end,))]
    threads += [
        threading.Thread(target=operator.work, args=(end, number))
        for number, operator in enumerate(operators)
    ]
    for thread in threads:
        thread.start()
    seen = json.loads(visitors.communicate()[0])
    for thread in threads:
        thread.join()
    return seen


def _line(seen, operators, asker, found) -> str:
    """The figures of a run, what went wrong, and MISSED or LOST where a promise was not kept."""
    answers, errors = seen["answers"], sum(seen["problems"].values())
    total = sum(answers.values())
    same = answers.get("304", 0)
    stored = max(0, answers.get("200", 0) - PROCESSES * seen["marks"])
    acts = list(chain.from_iterable(operator.took for operator in operators))
    done = sum((operator.done for operator in operators), Counter())
    wrong = sum((operator.problems for operator in operators), Counter())
    problems = Counter(seen["problems"]) + asker.problems + wrong
    fragments, pressed, filed = _times(seen["took"]), _times(acts), _times(asker.took)
    is_late = fragments[1] > MOST_MS or pressed[1] > MOST_ACT_MS
    is_lost = [str(asker.filed)] * 2 != found
    marks = ("  MISSED" if is_late or problems else "") + ("  LOST" if is_lost else "")
    return (
        f"{total:9}  {errors:6}  {_three(fragments)}  {same / total:4.0%}  {stored / total:6.0%}  "
        f"{len(acts):6}  {done['refused']:7}  {_three(pressed)}  "
        f"{asker.filed:6}/{'='.join(sorted(set(found))):6}  {filed[1]:4.0f}{marks}\n"
        f"            {_bytes(seen)}; acts: {dict(done)}; problems: {dict(problems)}"
    )


def _bytes(seen) -> str:
    sizes = [
        f"{status}: {seen['bytes'][status] / number:,.0f} B"
        for status, number in sorted(seen["answers"].items())
    ]
    return f"an answer with its head, {', '.join(sizes)}"


def _times(took: list[float]) -> tuple[float, float, float]:
    """Median, 95th percentile and longest, in milliseconds."""
    if len(took) < 2:
        return (0.0, float("inf"), 0.0)
    cuts = statistics.quantiles(took, n=20, method="inclusive")
    return cuts[9], cuts[18], max(took)


def _three(times: tuple[float, float, float]) -> str:
    return "  ".join(f"{time:5.0f}" for time in times)
