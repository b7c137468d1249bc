"""Packages are asked for here, built by the worker, and each stays as it was built."""

import logging
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from accountability.models import ArchivePackage
from accountability.package import bag, ledger
from accountability.package.machine import PACKAGE
from events.models import Event
from portal.base import clock, versions
from portal.base.machine import MoveRefused, Overtaken
from portal.base.models import Transition

logger = logging.getLogger(__name__)

P = ArchivePackage.Status
BUILD = "accountability.build_package"
LEASE = timedelta(hours=1)
MOST_TRIES = 3
KEPT = 2  # editions whose folder stays; of older ones only the line stays


@transaction.atomic
def ask_package(*, actor, event=None, year=None, at=None) -> ArchivePackage:
    """Ask for the next edition of an event's package, or of a whole year's.

    Raises MoveRefused for a draft event, a year without events, and while one waits already.
    """
    if not actor.has_perm(BUILD):
        raise PermissionDenied
    if year is not None and not Event.objects.public().filter(starts_at__year=year).exists():
        raise MoveRefused(_("No public event was held in that year."))
    if event is not None and event.status == Event.Status.DRAFT:
        raise MoveRefused(_("Its event is not public yet."))
    return _ask(event, year, actor, at)


def ask_after_publishing(event: Event, *, actor, at=None) -> ArchivePackage | None:
    """A published record makes a package by itself, unless one waits already."""
    try:
        with transaction.atomic():
            return _ask(event, None, actor, at)
    except MoveRefused:
        return None


def _ask(event, year, actor, at) -> ArchivePackage:
    same = ArchivePackage.objects.filter(event=event, year=year)
    if same.filter(status__in=(P.QUEUED, P.BUILDING)).exists():
        raise MoveRefused(_("There is already a package being built."))
    last = same.aggregate(last=Max("edition"))["last"] or 0
    try:
        with transaction.atomic():
            return ArchivePackage.objects.create(
                event=event, year=year, edition=last + 1, asked_at=clock.now(at), asked_by=actor
            )
    except IntegrityError as error:  # somebody asked at the same moment
        raise MoveRefused(_("There is already a package being built.")) from error


@transaction.atomic
def retry_package(package, *, actor, at=None) -> ArchivePackage:
    """Try once more what failed."""
    if not actor.has_perm(BUILD):
        raise PermissionDenied
    return PACKAGE.move(package, "retry_package", actor=actor, at=at, problem="")


def build_due(at=None) -> ArchivePackage | None:
    """Build the package that waits longest, or that a dead worker left; called by the worker."""
    package = _claim(clock.now(at))
    if package is None:
        return None
    try:
        built = bag.build(package, at)
    except bag.NotBuilt as error:
        return _fail(package, str(error), at)
    except OSError as error:
        logger.exception("package %s could not be written", package.pk)
        return _fail(package, _("It could not be written: %(why)s") % {"why": error.strerror}, at)
    return _finish(package, built, at)


def _claim(now) -> ArchivePackage | None:
    waits = Q(status=P.QUEUED) | Q(status=P.BUILDING, leased_until__lt=now)
    package = ArchivePackage.objects.filter(waits).order_by("asked_at", "pk").first()
    if package is None:
        return None
    try:
        with transaction.atomic():
            if _tries(package) >= MOST_TRIES:
                return _give_up(package, now)
            return PACKAGE.move(package, "begin_package", at=now, leased_until=now + LEASE)
    except Overtaken:
        return None  # another worker has it


def _tries(package) -> int:
    """How often it was begun since it was last asked for."""
    moves = Transition.objects.of("package", package.pk).order_by("-pk")
    names = list(moves.values_list("move", flat=True)[: MOST_TRIES + 1])
    return names.index("retry_package") if "retry_package" in names else len(names)


def _give_up(package, now) -> None:
    problem = _("It was begun three times and never finished. Look at the space and the memory.")
    PACKAGE.move(package, "fail_package", at=now, problem=problem)


@transaction.atomic
def _fail(package, problem: str, at) -> ArchivePackage:
    return PACKAGE.move(package, "fail_package", at=at, problem=problem[:240], reason=problem[:240])


def _finish(package, built: bag.Built, at) -> ArchivePackage:
    """Make it public, with its entry in the log; then folders of old editions go."""
    with transaction.atomic():
        PACKAGE.move(
            package, "finish_package", at=at, built_at=clock.now(at), folder=built.folder,
            files=built.files, size=built.size, sha256=built.sha256, leased_until=None,
        )  # fmt: skip
        ledger.package_built(package, at=at)
        if package.event_id:
            versions.content_changed(package.event.slug)
        else:
            versions.everything_changed()
    forget_old(package)
    return package


def forget_old(package) -> int:
    """Take the folders of editions before the last two from the disk; says how many."""
    same = ArchivePackage.objects.filter(event=package.event_id, year=package.year)
    old = same.filter(status=P.READY).exclude(folder="").order_by("-edition")[KEPT:]
    for edition in old:
        ArchivePackage.objects.filter(pk=edition.pk).update(folder="")
        bag.remove(edition.folder)
    return len(old)
