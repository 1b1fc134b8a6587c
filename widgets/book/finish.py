"""The last pass over the built pages: what the theme leaves that a strict site cannot have.

Every replacement is safe to repeat, so partial builds need no bookkeeping.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import ExtensionError
from sphinx.util import logging

from widgets.book import fonts, one_sheet, styles
from widgets.book.assets import BUNDLE

if TYPE_CHECKING:
    from sphinx.application import Sphinx

log = logging.getLogger(__name__)

#: Sent as a meta element too, so that hosts which set no headers are covered.
POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
_META = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'

#: Calls that book.js answers in place of inline handlers.
_CALLS = ("window.print()", "toggleFullScreen()")

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL)
_DESIGN = re.compile(r"<link[^>]*/sphinx-design[^>]*>|<script[^>]*/design-tabs\.js[^>]*></script>")
#: What sets the colours of a page before anything is drawn.
_FIRST = re.compile(r"<script data-cfasync=\"false\">(.*?)</script>", re.DOTALL)
_JAVASCRIPT = re.compile(r'type="(?:text/javascript|application/javascript|module)"')


def register(app: Sphinx) -> None:
    """Run after everything else has written its files."""
    app.connect("build-finished", finish, priority=900)


def finish(app: Sphinx, error: Exception | None) -> None:
    """Mend every page, then cut fonts and styles to what the pages use.

    Parameters
    ----------
    app
        The running Sphinx application.
    error
        Set when the build failed; then nothing is done.
    """
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    static = out / "_static"
    before = {
        page: page.read_text(encoding="utf-8")
        for page in out.rglob("*.html")
        if page.relative_to(out).parts[0] not in ("_static", "_sources")
    }
    after: dict[Path, str] = {}
    used: set[Path] = set()
    for page, text in before.items():
        after[page], scripts = mend(text, out, page)
        used |= scripts
    for stale in set((static / "inline").glob("*.js")) - used:
        stale.unlink()
    # The source maps and icon scripts that no page loads.
    for pattern in ("scripts/fontawesome.js*", "**/*.map"):
        for file in static.glob(pattern):
            file.unlink()
    fonts.cut_icons(static, after.values())
    styles.cut_styles(static, after.values(), (f"fa-{name}" for name in fonts.UNSEEN))
    fonts.cut_formulas(BUNDLE / "katex" / "fonts", static / "katex" / "fonts", after.values())
    sheets: set[Path | None] = set()
    for page, text in after.items():
        final, sheet = one_sheet.join_sheets(text, static)
        sheets.add(sheet)
        if final != before[page]:
            page.write_text(final, encoding="utf-8")
    for stale in set((static / one_sheet.FOLDER).glob("*.css")) - sheets:
        stale.unlink()


def mend(text: str, out: Path, page: Path) -> tuple[str, set[Path]]:
    """Mend one page.

    Parameters
    ----------
    text
        The page as it is.
    out
        Folder of the built site.
    page
        The file of the page, below `out`.

    Returns
    -------
    text : str
        The page as it should be.
    scripts : set of Path
        Files that hold what were inline scripts.

    Raises
    ------
    ExtensionError
        For an inline handler that :file:`book.js` does not know.
    """
    text = text.replace("<head>", f"<head>{_META}", 1) if _META not in text else text
    # Without JavaScript nothing turns "auto" into one of the two that have colours.
    text = re.sub(r'(<html[^>]*) data-theme="auto"', r'\1 data-theme="light"', text, count=1)
    # axe: a label that hides the visible text of "Show code cell source".
    text = text.replace('<summary aria-label="Toggle hidden content">', "<summary>")
    # The arrow that opens a branch of the contents has no text of its own.
    text = text.replace(
        '<summary><span class="toctree-toggle"',
        '<summary aria-label="Show or hide the pages below"><span class="toctree-toggle"',
    )
    # axe: list and entry roles without the children, or on the elements, that ARIA asks for.
    text = text.replace('<div role="list" class="citation-list">', '<div class="citation-list">')
    text = re.sub(r'(<div [^>]*?class="citation"[^>]*?) role="doc-biblioentry"', r"\1", text)
    # axe: the empty corner of a pandas table is no header.
    text = re.sub(r"<th(?: class=\"[^\"]*\")?>\s*</th>", "<td></td>", text)
    text = re.sub(r'(?<![-\w])onclick="([^"]*)"', lambda match: _data_call(match[1], page), text)
    if not re.search(r'class="(?:[^"]* )?sd-', text):
        # Tabs, cards and badges: 11 KB that most pages do not use.
        text = _DESIGN.sub("", text)
    # Together at the place of the first: a script behind the style sheets would wait for all of them.
    early = _FIRST.findall(text)
    places = iter([f'<script data-cfasync="false">{"".join(early)}</script>', *[""] * len(early)])
    text = _FIRST.sub(lambda _: next(places), text)
    scripts: set[Path] = set()

    def move(match: re.Match[str]) -> str:
        attributes, body = match["attributes"], match["body"].strip()
        if " src=" in attributes:
            name = re.search(r'src="[^"]*?_static/inline/([0-9a-f]+\.js)"', attributes)
            if name:
                scripts.add(out / "_static" / "inline" / name[1])
            return f"<script{_deferred(attributes)}></script>"
        if not body or ("type=" in attributes and not _JAVASCRIPT.search(attributes)):
            return match[0]
        file = out / "_static" / "inline" / f"{hashlib.sha256(body.encode()).hexdigest()[:12]}.js"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(body + "\n", encoding="utf-8")
        scripts.add(file)
        root = "../" * (len(page.relative_to(out).parts) - 1)
        address = f' src="{root}_static/inline/{file.name}"'
        return f"<script{_deferred(attributes + address)}></script>"

    return _SCRIPT.sub(move, text), scripts


def _deferred(attributes: str) -> str:
    """Let a script wait for the page, in its place in the order, unless it sets the colours of the page."""
    return attributes if re.search(r"\bdefer\b|data-cfasync", attributes) else f" defer{attributes}"


def _data_call(call: str, page: Path) -> str:
    if call not in _CALLS:
        raise ExtensionError(f"{page.name} has an inline handler that the site's policy blocks: {call}")
    return f'data-call="{call}"'
