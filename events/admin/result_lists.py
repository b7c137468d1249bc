"""Importing results: a whole list or nothing."""

from django.utils.translation import gettext_lazy, ngettext

from events.admin.list_import import ListImport
from events.results import columns, trying


def _told(count: int) -> str:
    words = ngettext("%(n)s result was imported.", "%(n)s results were imported.", count)
    return words % {"n": count}


LISTS = ListImport(
    columns, trying, trying.import_list, _told,
    title=gettext_lazy("Import results"),
    dry_title=gettext_lazy("Dry run of the results"),
    help_text=gettext_lazy("CSV, XLSX or ODS. Up to 2 MB and 500 rows."),
    template_name="plantilla-resultados",
)  # fmt: skip
