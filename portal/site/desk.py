"""The staff desk: Django's admin in the portal's dress, behind the login of the accounts."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


def dress_admin() -> None:
    """Name the admin, take its side bar away, and send its login through allauth.

    The site stays Django's own; two of its methods are wrapped: what every page shows (the
    navigation with what waits) and what the home page shows.
    """
    from portal.site import desk_home, desk_nav

    site = admin.site
    site.site_header = _("Accountability")
    site.site_title = _("Staff desk")
    site.index_title = _("Home")
    site.enable_nav_sidebar = False
    site.login = secure_admin_login(site.login)
    site.each_context = desk_nav.with_navigation(site.each_context)
    site.index = desk_home.with_home(site.index)
