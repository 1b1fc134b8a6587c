"""Puts styles, scripts, fonts and generated models where the pages find them."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ExtensionError
from sphinx.util import logging

from widgets.compile import write_assets

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
PACKAGE = HERE.parent
#: What `npm run build` makes; not in git.
BUNDLE = PACKAGE / "static"

#: What needs il6.js on a page.
_LIVE = re.compile(r"<il6-explorer|<il6-figure|class=\"il6-(?:check|data)\"")


def register(app: Sphinx) -> None:
    """Connect the asset hooks."""
    app.connect("config-inited", add_folders)
    app.connect("env-get-outdated", notebooks_with_changed_code)
    app.connect("html-page-context", add_page_scripts)
    # Before the pages are written, so that Sphinx puts the checksum of each file into its address.
    app.connect("builder-inited", copy_assets)


def add_folders(app: Sphinx, config: Config) -> None:
    """Add our templates, styles and scripts to the theme's."""
    config.templates_path.insert(0, str(HERE / "templates"))
    config.html_static_path.append(str(HERE / "static"))
    app.add_css_file("book.css", priority=900)
    app.add_css_file("il6/il6.css", priority=901)
    # After Sphinx's own options (200) and before the search tools read them.
    app.add_js_file("book.js", priority=300)


def notebooks_with_changed_code(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Name the chapters to run again because the code or the models that they show have changed.

    Sphinx sees a change in a chapter's text only.

    Parameters
    ----------
    app, env, added, changed, removed
        As Sphinx gives them to ``env-get-outdated``.

    Returns
    -------
    list of str
        Names of documents that have code cells, or nothing.
    """
    files = sorted([*PACKAGE.glob("*.py"), *PACKAGE.glob("models/*"), HERE / "outputs.py"])
    digest = hashlib.sha256()
    for file in files:
        if file.is_file():
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    before = getattr(env, "il6_code", None)
    env.il6_code = digest.hexdigest()  # type: ignore[attr-defined]
    if before in (None, digest.hexdigest()):
        return []
    return [name for name in env.found_docs if "kernelspec" in env.metadata.get(name, {})]


def add_page_scripts(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load il6.js on the pages that have something for it to do."""
    if _LIVE.search(context.get("body", "")):
        # Without defer the elements would start before their children are there.
        app.add_js_file("il6/il6.js", loading_method="defer")


def copy_assets(app: Sphinx) -> None:
    """Copy the bundle and write the models into ``_static``.

    Raises
    ------
    ExtensionError
        When the bundle has not been built.
    """
    if app.builder.format != "html":
        return
    if not (BUNDLE / "il6.js").exists():
        raise ExtensionError("The page bundle is missing: run `npm ci && npm run build` in widgets/frontend.")
    static = Path(app.outdir, "_static")
    for name in ("il6.js", "views.js", "il6.css", "plotly-basic.min.js"):
        _copy(BUNDLE / name, static / "il6" / name)
    # The fonts of the formulas are cut to what the pages use, see fonts.py.
    for file in (BUNDLE / "katex" / "katex.min.css", *(BUNDLE / "tippy").iterdir()):
        _copy(file, static / file.relative_to(BUNDLE))
    models = static / "il6" / "models"
    written = {path.resolve() for path in write_assets(models)}
    for file in models.iterdir():
        if file.resolve() not in written:
            file.unlink()


def _copy(source: Path, target: Path) -> None:
    if target.exists() and target.read_bytes() == source.read_bytes():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
