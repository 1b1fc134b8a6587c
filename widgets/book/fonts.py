"""Cuts the theme's icon fonts from 300 KB to the few icons that the pages show."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from fontTools import subset as font_subset
from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

#: Icons that scripts and styles put on the page, which therefore stand in no built page.
_UNSEEN = ("chevron-down", "chevron-right", "chevron-up", "circle-question", "xmark")

_RULE = re.compile(r'((?:\.fa-[\w-]+:{1,2}before,?\s*)+)\{content:"([^"]+)"', re.DOTALL)

# It reports each step of each font.
logging.getLogger("fontTools").setLevel(logging.WARNING)


def subset(static: Path, pages: Iterable[str]) -> None:
    """Overwrite the icon fonts with ones that hold only the icons in use.

    Sphinx copies the theme's fonts anew for each build, so the outcome does not depend on earlier builds.

    Parameters
    ----------
    static
        The ``_static`` folder of the site.
    pages
        Text of every page.

    Raises
    ------
    ValueError
        When the theme's style sheet no longer has the icons in the form that is read here.
    """
    style = (static / "styles" / "pydata-sphinx-theme.css").read_text(encoding="utf-8")
    known = icons(style)
    if "magnifying-glass" not in known:
        raise ValueError("no icons found in the theme's style sheet")
    wanted = set(_UNSEEN)
    for page in pages:
        wanted |= set(re.findall(r"\bfa-([a-z0-9-]+)", page))
    letters = {known[name] for name in wanted if name in known}
    letters |= {_letter(value) for value in re.findall(r"--pst-icon-[\w-]+:\s*\"([^\"]+)\"", style)}
    options = font_subset.Options(flavor="woff2", notdef_outline=True)
    for file in static.glob("vendor/fontawesome/webfonts/*"):
        if file.suffix != ".woff2":
            file.unlink()
            continue
        with TTFont(file) as font:
            cutter = font_subset.Subsetter(options)
            cutter.populate(unicodes=[ord(letter) for letter in letters])
            cutter.subset(font)
            font.flavor = "woff2"
            font.save(file)


def icons(style: str) -> dict[str, str]:
    """Read the letter of each icon from a style sheet.

    Parameters
    ----------
    style
        Text of the style sheet.

    Returns
    -------
    dict
        Name of the icon, without ``fa-``, to its letter in the font.
    """
    found: dict[str, str] = {}
    for selectors, value in _RULE.findall(style):
        for name in re.findall(r"\.fa-([\w-]+):", selectors):
            found[name] = _letter(value)
    return found


def _letter(value: str) -> str:
    """Turn the value of a CSS ``content`` into its letter."""
    value = value.strip()
    return chr(int(value.lstrip("\\"), 16)) if value.startswith("\\") and len(value) > 2 else value[-1]
