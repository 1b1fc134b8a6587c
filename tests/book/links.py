"""Finds links of a built site that lead nowhere inside it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup


def broken_links(site: Path) -> list[str]:
    """Check pages, files and fragments.

    Returns
    -------
    list of str
        ``page: link`` for each dead one.
    """
    pages = {
        path.resolve(): BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in site.rglob("*.html")
        if path.relative_to(site).parts[0] not in ("_static", "_sources")
    }
    anchors = {path: {tag["id"] for tag in soup.find_all(id=True)} for path, soup in pages.items()}
    dead = []
    for path, soup in pages.items():
        for tag, attribute in [("a", "href"), ("img", "src"), ("script", "src"), ("link", "href")]:
            for element in soup.find_all(tag, {attribute: True}):
                link = str(element[attribute])
                parts = urlsplit(link)
                if parts.scheme or parts.netloc or link.startswith("#pst-") or not link.strip("#"):
                    continue
                if live := re.match(r"#il6-(\w+)(?:\.\d+)?:", link):
                    # Settings for a model that stands on the page.
                    if not soup.find("il6-explorer", model=live[1]):
                        dead.append(f"{path.relative_to(site.resolve())}: {link}")
                    continue
                target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
                lost = parts.fragment and target in anchors and unquote(parts.fragment) not in anchors[target]
                if lost or not target.exists():
                    dead.append(f"{path.relative_to(site.resolve())}: {link}")
    return dead
