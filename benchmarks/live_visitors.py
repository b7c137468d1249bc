"""Visitors who follow a session: each asks for the fragment of the live page every ten seconds.

A process of its own, so that it takes no turn of the portal's threads or of the operators:
`python -m benchmarks.live_visitors base path visitors seconds` prints what happened as JSON.

Requests leave evenly, at instants that are fixed beforehand, and their time counts from that
instant: a server that is slow for a second cannot hide it by being asked later. Connections are
kept, as browsers and the proxy in front keep them.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from urllib.parse import urlsplit

EVERY = 10  # seconds between two requests of a visitor
CONNECTIONS = 60
LONGEST = 30


class Visitor:
    """A browser that has the fragment it got last, with its mark."""

    def __init__(self, number: int):
        self.address = f"10.8.{number // 250}.{number % 250 + 1}"
        self.etag = ""


class Crowd:
    """All visitors, the connections they share, and what they were answered."""

    def __init__(self, base: str, path: str, visitors: int):
        parts = urlsplit(base)
        self.host, self.port, self.path = parts.hostname, parts.port, path
        self.visitors = [Visitor(number) for number in range(visitors)]
        self.free: asyncio.LifoQueue = asyncio.LifoQueue()
        for _number in range(CONNECTIONS):
            self.free.put_nowait(None)
        self.took: list[float] = []
        self.answers: Counter = Counter()
        self.bytes: Counter = Counter()
        self.marks: set[str] = set()
        self.problems: Counter = Counter()

    async def run(self, seconds: float) -> dict:
        start = time.perf_counter() + 0.2
        pace = EVERY / len(self.visitors)
        asked = [
            asyncio.create_task(
                self._visit(self.visitors[n % len(self.visitors)], start + n * pace)
            )
            for n in range(int(seconds / pace))
        ]
        await asyncio.gather(*asked)
        return {
            "took": self.took,
            "answers": self.answers,
            "bytes": self.bytes,
            "marks": len(self.marks),
            "problems": self.problems,
        }

    async def _visit(self, visitor: Visitor, at: float) -> None:
        await asyncio.sleep(at - time.perf_counter())
        try:
            async with asyncio.timeout(LONGEST):
                status, size = await self._ask(visitor)
        except (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError) as error:
            self.problems[type(error).__name__] += 1
            return
        self.took.append((time.perf_counter() - at) * 1000)
        self.answers[str(status)] += 1
        self.bytes[str(status)] += size
        if status not in (200, 304):
            self.problems[str(status)] += 1

    async def _ask(self, visitor: Visitor) -> tuple[int, int]:
        connection = await self.free.get()
        kept = None
        try:
            if connection is not None:
                try:
                    answer = await self._exchange(connection, visitor)
                except (OSError, asyncio.IncompleteReadError):
                    # A kept connection that the server closed meanwhile: browsers try once more.
                    connection[1].close()
                    connection = None
            if connection is None:
                connection = await asyncio.open_connection(self.host, self.port)
                answer = await self._exchange(connection, visitor)
            status, size, is_open = answer
            kept = connection if is_open else None
            return status, size
        finally:
            if kept is None and connection is not None:
                connection[1].close()
            self.free.put_nowait(kept)

    async def _exchange(self, connection, visitor: Visitor) -> tuple[int, int, bool]:
        reader, writer = connection
        asked = [
            f"GET {self.path} HTTP/1.1",
            f"Host: {self.host}:{self.port}",
            "Accept-Encoding: gzip, br",
            f"X-Forwarded-For: {visitor.address}",
        ]
        if visitor.etag:
            asked.append(f"If-None-Match: {visitor.etag}")
        writer.write("\r\n".join([*asked, "", ""]).encode())
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        status = int(lines[0].split()[1])
        fields = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        length = 0 if status == 304 else int(fields["content-length"])
        await reader.readexactly(length)
        marks = [line.split(": ", 1)[1] for line in lines if line.lower().startswith("etag: ")]
        if marks and status in (200, 304):
            visitor.etag = marks[0]
            self.marks.add(marks[0])
        return status, len(head) + length, fields.get("connection") != "close"


def main() -> None:
    base, path, visitors, seconds = sys.argv[1:]
    crowd = Crowd(base, path, int(visitors))
    print(json.dumps(asyncio.run(crowd.run(float(seconds)))))


if __name__ == "__main__":
    main()
