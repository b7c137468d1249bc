"""Five thousand invitations to a real SMTP server; the event page is asked before and meanwhile."""

import http.client
import statistics
import subprocess
import sys
import time
from urllib.parse import urlsplit

from benchmarks import server
from tests.base.mail_server import MailServer
from tests.base.mail_server import running as mail_running

CONTACTS, ASKED, MOST = 5000, 400, 1.5
PAUSE = 0.02  # a reader fifty times a second at most, as no flood would hide what is slow
LONGEST = 900
START = f"""
from django.contrib.auth.models import User
from events.invitations import workflow
from events.models import Contact, ContactGroup, Event
Contact.objects.bulk_create(
    Contact(group_id="media", organisation=f"Org {{n}}", email=f"n{{n}}@example.org")
    for n in range({CONTACTS})
)
event = Event.objects.filter(status="announced").order_by("starts_at").last()
actor = next(u for u in User.objects.all() if u.has_perm(workflow.SEND))
groups = ContactGroup.objects.filter(code="media")
workflow.start_round(event, actor=actor, key="benchmark-round", groups=groups)
print(event.get_absolute_url())
"""


def measure(_running: server.Running) -> None:
    """Print p95 of the event page before and while they leave, and how many arrived."""
    print("database     before p95 ms   meanwhile p95 ms   ratio   arrived   seconds")
    for name, changes in server.databases():
        inbox = MailServer()
        with mail_running(inbox) as port:
            mail = {"EMAIL_URL": f"smtp://127.0.0.1:{port}"}
            with server.portal(**changes, **mail) as portal:
                print(f"{name:11} {_one(portal, inbox)}", flush=True)


def _one(portal: server.Running, inbox: MailServer) -> str:
    drain(portal, inbox)
    path = server.python("-c", f"import django; django.setup()\n{START}", env=portal.env).strip()
    kept = len(inbox.inbox)
    before = p95(portal.base, path, lambda asked: asked < ASKED)
    started = time.monotonic()
    worker = subprocess.Popen(
        [sys.executable, "-W", "ignore", "manage.py", "worker"], env=portal.env, cwd=server.ROOT
    )

    def sending(asked):
        in_time = time.monotonic() - started < LONGEST
        return worker.poll() is None and len(inbox.inbox) - kept < CONTACTS and in_time

    try:
        meanwhile = p95(portal.base, path, sending)
    finally:
        worker.terminate()
        worker.wait(30)
    took = time.monotonic() - started
    arrived = len({message["To"] for message in inbox.inbox[kept:]})
    mark = "" if meanwhile <= MOST * before and arrived >= CONTACTS else "  FAILED"
    ratio = meanwhile / before
    return f"{before:14.1f}  {meanwhile:17.1f}  {ratio:6.2f}  {arrived:8}  {took:8.0f}{mark}"


def drain(portal: server.Running, inbox: MailServer) -> None:
    """Send what the demo left in its outbox, so that only the invitations are measured."""
    command = "import django; django.setup()\nfrom portal.base import outbox\n"
    server.python("-c", f"{command}while outbox.send_due(): pass", env=portal.env)


def p95(base: str, path: str, goes_on) -> float:
    """Milliseconds that 95 of 100 requests stay below; every answer has to be a 200."""
    took: list[float] = []
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=30)
    while goes_on(len(took)) or len(took) < 50:
        started = time.perf_counter()
        connection.request("GET", path, headers={"Accept-Encoding": "br"})
        response = connection.getresponse()
        response.read()
        if response.status != http.client.OK:
            raise AssertionError(response.status)
        took.append((time.perf_counter() - started) * 1000)
        time.sleep(PAUSE)
    connection.close()
    return statistics.quantiles(took, n=20)[18]
