"""Followers of an event, and of all news, hear of its minutes once."""

import pytest

from accountability.minutes import workflow as editions
from portal.base import announcements, follows
from portal.base.models import OutgoingMail

pytestmark = pytest.mark.django_db


def test_published_minutes_are_told_once_to_each(draft_minutes, staff):
    follows.add(f"event:{draft_minutes.event.slug}", "ana@example.org", "es-co")
    follows.add(follows.NEWS, "ana@example.org", "es-co")
    follows.add(follows.NEWS, "bea@example.org", "en")
    editions.approve_minutes(draft_minutes, actor=staff.approval)
    editions.publish_minutes(draft_minutes, actor=staff.approval)
    announcements.expand_due()
    mails = OutgoingMail.objects.order_by("to")
    assert [mail.to for mail in mails] == ["ana@example.org", "bea@example.org"]
    assert mails[0].subject.startswith("Acta publicada: ")
    assert f"/eventos/{draft_minutes.event.slug}/acta/" in mails[0].text
    assert mails[1].subject.startswith("Minutes published: ")
