"""Joins the style sheets of a page into one: a browser paints nothing before the last of them has arrived.

The sheets of the theme and the extensions stay where they are, as the source of the joined one in later partial
builds; each page remembers which ones it is made of.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from pathlib import Path

from sphinx.errors import ExtensionError

#: Folder of the joined sheets, below ``_static``.
FOLDER = "sheets"

_LINK = re.compile(r'<link\b(?=[^>]*\brel="stylesheet")[^>]*>\s*')
_HREF = re.compile(r'\bhref="(?P<root>[^":]*_static/)(?P<sheet>[^"?]+)')
_PARTS = re.compile(r'\bdata-sheets="([^"]+)"')
_IMPORT = re.compile(r"""@import\s+(?:url\()?["']?([^"')\s;]+)["']?\)?\s*;""")
_URL = re.compile(r"""url\(\s*(["']?)(?!data:|#|[a-z]+:)([^"')]+)\1\s*\)""")


def join_sheets(text: str, static: Path) -> tuple[str, Path | None]:
    """Let a page ask for one sheet instead of many; safe to repeat.

    Parameters
    ----------
    text
        The page.
    static
        The ``_static`` folder of the site, where the sheets are.

    Returns
    -------
    text : str
        The page with one link, in the place of the first.
    sheet : Path or None
        The file that it asks for; None where it asks for no sheet.

    Raises
    ------
    ExtensionError
        For a sheet that is not below ``_static``, which the site's policy or a reader without network would miss.
    """
    links = _LINK.findall(text)
    if not links:
        return text, None
    root = ""
    parts: list[str] = []
    for link in links:
        href = _HREF.search(link)
        if not href:
            raise ExtensionError(f"this style sheet is not one of the site's own: {link.strip()}")
        root = href["root"]
        before = _PARTS.search(link)
        parts += before[1].split() if before else [href["sheet"]]
    css = "".join(_rebased(static, part) for part in dict.fromkeys(parts))
    file = static / FOLDER / f"{hashlib.sha256(css.encode()).hexdigest()[:12]}.css"
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.write_text(css, encoding="utf-8")
    joined = f'<link rel="stylesheet" href="{root}{FOLDER}/{file.name}" data-sheets="{" ".join(parts)}" />\n'
    first = True

    def place(_: re.Match[str]) -> str:
        nonlocal first
        kept, first = (joined if first else ""), False
        return kept

    return _LINK.sub(place, text), file


def _rebased(static: Path, sheet: str) -> str:
    """Return a sheet, what it imports included, with addresses as seen from the folder of the joined sheets."""
    folder = posixpath.dirname(sheet)

    def here(address: str) -> str:
        return posixpath.normpath(posixpath.join(folder, address))

    own = re.sub(r"@charset[^;]*;", "", (static / sheet).read_text(encoding="utf-8"))
    parts = _IMPORT.split(own)
    for k, part in enumerate(parts):
        if k % 2:
            parts[k] = _rebased(static, here(part))
        else:
            parts[k] = _URL.sub(lambda found: f'url("{posixpath.relpath(here(found[2]), FOLDER)}")', part)
    return "".join(parts) + "\n"
