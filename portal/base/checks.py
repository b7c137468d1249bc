"""System checks of the base: what the machine lacks, and what follows from it."""

from django.core import checks

from portal.base import pdf


@checks.register
def pango_is_installed(app_configs, **_options):
    """Without pango the portal runs, and offers the printed page where it would offer a PDF."""
    if pdf.is_available():
        return []
    return [
        checks.Warning(
            "pango is not installed: no PDF can be drawn, pages can only be printed.",
            hint="On Debian or Ubuntu: apt-get install "
            "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation",
            id="portal.W001",
        )
    ]
