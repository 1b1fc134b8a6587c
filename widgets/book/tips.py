"""Definitions on hover: sphinx-tippy, loaded when needed, with stable file names, whole on a partial build."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sphinx_tippy

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

#: What the pages of earlier builds offer, for pages that are built alone.
STORE = "il6-tips.pickle"


def register(app: Sphinx) -> None:
    """Make file names stable and keep what earlier builds collected."""
    # sphinx-tippy names each file by a fresh UUID: builds would differ, and old files would pile up.
    sphinx_tippy.uuid4 = lambda: "tips"
    # After sphinx-tippy has added its scripts to the page (450).
    app.connect("html-page-context", load_when_needed, priority=460)
    # Before sphinx-tippy writes (500).
    app.connect("build-finished", complete_tips, priority=450)
    app.connect("build-finished", remove_caches, priority=550)


def load_when_needed(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Name the scripts in a meta element; :file:`book.js` loads them when the reader reaches a link."""
    scripts = context.get("script_files", [])
    ours = [script for script in scripts if "tippy/" in str(getattr(script, "filename", ""))]
    for script in ours:
        scripts.remove(script)
    context["il6_tips"] = [script.filename for script in ours]


def complete_tips(app: Sphinx, error: Exception | None) -> None:
    """Add the pages that were not built this time.

    sphinx-tippy knows only the pages that were written in this run, so a chapter that is built alone would
    lose the definitions that stand in the glossary.
    """
    if error or app.builder.format != "html":
        return
    pages: dict[str, Any] = sphinx_tippy.get_tippy_data(app)["pages"]
    store = Path(app.doctreedir) / STORE
    if store.exists():
        # Written by this function, in the build folder.
        earlier: dict[str, Any] = pickle.loads(store.read_bytes())
        for name, page in earlier.items():
            if name in app.env.all_docs:
                pages.setdefault(name, page)
    for page in pages.values():
        # It is a set, whose order would change from build to build.
        page["refs_in_page"] = sorted(page["refs_in_page"], key=lambda ref: (ref[0] or "", ref[1] or ""))
    store.write_bytes(pickle.dumps(pages))


def remove_caches(app: Sphinx, error: Exception | None) -> None:
    """Remove the empty caches of fetched tips; nothing is fetched here."""
    for kind in ("wiki", "doi", "rtd"):
        Path(app.outdir, f"tippy_{kind}_cache.json").unlink(missing_ok=True)
