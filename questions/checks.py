"""System checks of contributions: settings that can't work."""

from django.core import checks

from questions.mailbox.place import WrongAddress, own_place


@checks.register
def mailbox_address(app_configs, **_options):
    """IMAP_URL is read once a minute by a worker whose log nobody looks at: say it at the start."""
    try:
        own_place()
    except WrongAddress as error:
        return [
            checks.Error(
                f"IMAP_URL can't be used: {error}.",
                hint="imaps://user:password@host:993/INBOX, with %40 for an @ in the user name",
                id="questions.E001",
            )
        ]
    return []
