"""From the counts of the audience to the attendance of a record."""

from accountability.models import Attendance, SessionRecord
from events.models import AudienceCount
from events.people import selectors as people

# Where what was counted by channel goes in the record; the rest is another channel.
CHANNELS = {
    AudienceCount.Channel.ROOM: Attendance.Channel.IN_PERSON,
    AudienceCount.Channel.ZOOM: Attendance.Channel.ZOOM,
    AudienceCount.Channel.FACEBOOK_LIVE: Attendance.Channel.FACEBOOK_LIVE,
    AudienceCount.Channel.YOUTUBE: Attendance.Channel.YOUTUBE,
}


def bring_counts(record: SessionRecord) -> bool:
    """Write the most people counted in each channel into a record without attendance.

    False where it has its attendance already, or nobody was counted.
    """
    if record.attendance.exists():
        return False
    counts = {}
    for peak in people.peaks(record.event):
        channel = CHANNELS.get(peak["channel"], Attendance.Channel.OTHER)
        counts[channel] = counts.get(channel, 0) + peak["people"]
    record.attendance.bulk_create(
        Attendance(record=record, channel=channel, count=n) for channel, n in counts.items()
    )
    return bool(counts)
