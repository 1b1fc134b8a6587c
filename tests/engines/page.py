"""A bare page, opened from disk, with one live model on it."""

from __future__ import annotations

import shutil
from pathlib import Path

from widgets.compile import write_assets
from widgets.explorer import STATIC


def page_of(model: str, folder: Path) -> str:
    """Write the page and everything that it loads; return its address."""
    for name in ("il6.js", "views.js", "il6.css", "plotly-basic.min.js"):
        shutil.copy(STATIC / name, folder)
    write_assets(folder / "models", [model])
    page = folder / "index.html"
    page.write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>solver</title>'
        '<link rel="stylesheet" href="il6.css"><script src="il6.js" defer></script>'
        f'<il6-explorer model="{model}"></il6-explorer>',
        encoding="utf-8",
    )
    return page.as_uri()
