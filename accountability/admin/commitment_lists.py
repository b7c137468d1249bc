"""Importing commitments, as drafts."""

from django.utils.translation import gettext_lazy, ngettext

from accountability.commitments import columns, importing
from events.admin.list_import import ListImport


def _told(count: int) -> str:
    words = ngettext(
        "%(n)s commitment was imported as a draft.",
        "%(n)s commitments were imported as drafts.",
        count,
    )
    return words % {"n": count}


LISTS = ListImport(
    columns, importing, importing.import_list, _told,
    title=gettext_lazy("Import commitments"),
    dry_title=gettext_lazy("Dry run of the commitments"),
    help_text=gettext_lazy("CSV, XLSX or ODS. Up to 2 MB and 200 rows."),
    template_name="plantilla-compromisos", query="&status__exact=draft", may_be_partial=True,
)  # fmt: skip
