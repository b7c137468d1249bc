"""Several people at the same instant: each act in a thread and a connection of its own."""

import threading

from django.db import connection

from portal.base.machine import MoveRefused


def at_once(*acts) -> tuple[list[str], list[Exception]]:
    """Run them together: the sentences of those who were refused, and any other fault."""
    start, refused, faults = threading.Barrier(len(acts)), [], []

    def one(act):
        try:
            start.wait(10)
            act()
        except MoveRefused as refusal:
            refused.append(str(refusal))
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return refused, faults
