"""Sphinx extension that makes the book a fast, accessible site that asks no other host for anything.

Each concern has a module of its own: :mod:`~widgets.book.assets` (styles, scripts, models),
:mod:`~widgets.book.formulas` (KaTeX), :mod:`~widgets.book.outputs` (what a code cell leaves on the page),
:mod:`~widgets.book.drawing`, :mod:`~widgets.book.self_check` and :mod:`~widgets.book.data_table` (directives),
:mod:`~widgets.book.model_pages` (a page a model),
:mod:`~widgets.book.citations` (names of authors),
:mod:`~widgets.book.backlinks` (to the chapters that use a term or a model),
:mod:`~widgets.book.launch` (Binder and JupyterHub),
:mod:`~widgets.book.tips` (definitions on hover) and :mod:`~widgets.book.finish` (the last pass over the pages).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from widgets.book import (
    assets,
    backlinks,
    citations,
    data_table,
    drawing,
    finish,
    formulas,
    launch,
    model_pages,
    self_check,
    tips,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["setup"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything with Sphinx.

    Parameters
    ----------
    app
        The running Sphinx application.

    Returns
    -------
    ExtensionMetadata
        Version and safety flags, as Sphinx asks for.
    """
    parts = (citations, model_pages, backlinks, assets, formulas, drawing, self_check, data_table, launch, tips, finish)
    for part in parts:
        part.register(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
