"""The states of a package."""

from accountability.models import ArchivePackage
from portal.base.machine import Machine

P = ArchivePackage.Status

PACKAGE = Machine(
    "package",
    "status",
    {
        # From "building" too: a worker that died left it behind with its lease.
        "begin_package": ((P.QUEUED, P.BUILDING), P.BUILDING),
        "finish_package": ((P.BUILDING,), P.READY),
        "fail_package": ((P.QUEUED, P.BUILDING), P.FAILED),
        "retry_package": ((P.FAILED,), P.QUEUED),
    },
)
