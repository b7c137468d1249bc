"""Addresses of what came by other channels: entry, paper forms, imported lists."""

import functools

from django.urls import path

from questions.admin import entry, importing, paper


def urls(model_admin) -> list:
    """The pages under the list of contributions, for who is signed in at the desk."""
    pages = (
        ("nuevo/", entry.enter, "enter"),
        ("nuevo/<number:pk>/", entry.done, "entered"),
        ("nuevo/<number:pk>/comprobante/", entry.receipt, "receipt"),
        ("nuevo/<number:pk>/comprobante.pdf", entry.receipt_pdf, "receipt_pdf"),
        ("formularios/", paper.reserve, "paper"),
        ("formularios/<number:first>-<number:last>/", paper.reserved, "paper_reserved"),
        ("formularios/<number:first>-<number:last>/hojas/", paper.sheets, "paper_sheets"),
        ("formularios/<number:first>-<number:last>.pdf", paper.sheets_pdf, "paper_pdf"),
        ("importar/", importing.upload, "import"),
        ("importar/plantilla.<str:kind>", importing.template, "import_template"),
        ("importar/<number:pk>/", importing.batch, "import_batch"),
    )
    return [
        path(address, _wrapped(view, model_admin), name=f"questions_question_{name}")
        for address, view, name in pages
    ]


def _wrapped(view, model_admin):
    @functools.wraps(view)
    def page(request, **kwargs):
        return view(request, model_admin, **kwargs)

    return model_admin.admin_site.admin_view(page)
