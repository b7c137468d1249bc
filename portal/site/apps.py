from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    """Pages over all rooms: home, search, permanent pages, health, the staff's home."""

    name = "portal.site"
    label = "site"
    verbose_name = _("Site")

    def ready(self):
        from portal.base import clock
        from portal.site import desk, news, selectors  # noqa: F401 - registers the topic "news"

        desk.dress_admin()
        clock.register_marks(selectors.notice_marks)
