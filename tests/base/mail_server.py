"""A real mail server on loopback, which does what the test says."""

import random
import socket
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class MailServer:
    """Keeps what it accepts in `inbox`. `answers` maps a recipient to an SMTP refusal."""

    def __init__(self):
        self.inbox = []
        self.answers = {}
        self.broken = False

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.broken:
            server.transport.abort()
            return "451 gone"
        message = message_from_bytes(envelope.content, policy=policy.default)
        message.recipients = list(envelope.rcpt_tos)
        message.raw = envelope.content
        self.inbox.append(message)
        return "250 OK"


def free_port() -> int:
    """A port below those the system gives out, so no other test gets it meanwhile."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


@contextmanager
def running(handler: MailServer):
    """The port of `handler`, served until the block ends."""
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
