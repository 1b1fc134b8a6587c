"""Cuts fonts to what the pages show: the theme's icons from 300 KB to 6, those of the formulas to a third."""

from __future__ import annotations

import html
import logging
import re
from typing import TYPE_CHECKING

from fontTools import subset
from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

#: Icons that scripts and styles put on the page, which therefore stand in no built page.
UNSEEN = ("chevron-down", "chevron-right", "chevron-up", "circle-question", "xmark")

_RULE = re.compile(r'((?:\.fa-[\w-]+:{1,2}before,?\s*)+)\{content:"([^"]+)"\}')
#: Where the visible half of a formula ends at the latest.
_AFTER_FORMULA = re.compile(r"</(?:p|li|td|th|dd|div|figcaption|h\d)>")

# It reports each step of each font.
logging.getLogger("fontTools").setLevel(logging.WARNING)


def cut_icons(static: Path, pages: Iterable[str]) -> None:
    """Leave only the icons in use in the icon fonts.

    Sphinx copies the fonts anew whenever it writes a page, so earlier builds do not matter.

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
    wanted = set(UNSEEN)
    for page in pages:
        wanted |= set(re.findall(r"\bfa-([a-z0-9-]+)", page))
    letters = {known[name] for name in wanted if name in known}
    letters |= {_letter(value) for value in re.findall(r"--pst-icon-[\w-]+:\s*\"([^\"]+)\"", style)}
    for file in static.glob("vendor/fontawesome/webfonts/*"):
        if file.suffix == ".woff2":
            _cut(file, file, letters)
        else:
            file.unlink()


def cut_formulas(source: Path, target: Path, pages: Iterable[str]) -> None:
    """Write the fonts of the formulas with only the letters that the formulas use.

    Parameters
    ----------
    source
        Folder of the whole fonts.
    target
        Folder of the site's fonts.
    pages
        Text of every page.
    """
    letters: set[str] = set()
    for page in pages:
        for formula in page.split('class="katex-html"')[1:]:
            letters |= set(html.unescape(re.sub(r"<[^>]*>", "", _AFTER_FORMULA.split(formula, 1)[0])))
    # What the fonts were cut to; cutting twenty fonts again would slow down every build.
    record = target / "letters.txt"
    now = "".join(sorted(letters))
    if record.exists() and record.read_text(encoding="utf-8") == now:
        return
    target.mkdir(parents=True, exist_ok=True)
    for file in source.glob("*.woff2"):
        _cut(file, target / file.name, letters)
    record.write_text(now, encoding="utf-8")


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
    return {
        name: _letter(value)
        for selectors, value in _RULE.findall(style)
        for name in re.findall(r"\.fa-([\w-]+):", selectors)
    }


def _cut(source: Path, target: Path, letters: set[str]) -> None:
    with TTFont(source) as font:
        cutter = subset.Subsetter(subset.Options(notdef_outline=True))
        cutter.populate(unicodes=[ord(letter) for letter in letters])
        cutter.subset(font)
        font.flavor = "woff2"
        font.save(target)


def _letter(value: str) -> str:
    """Turn the value of a CSS ``content`` into its letter."""
    value = value.strip()
    return chr(int(value.lstrip("\\"), 16)) if value.startswith("\\") and len(value) > 2 else value[-1]
