"""Cuts the theme's style sheets to the classes that the book uses: from 52 KB to 20, gzipped.

Most of the theme is a general web framework. A rule goes when it asks for a class that is named nowhere in
the pages and nowhere in the scripts, which may add classes later.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tinycss2.ast import Node

#: The largest sheet, below ``_static``.
THEME = "styles/pydata-sphinx-theme.css"
#: All that are cut.
SHEETS = (THEME, "mystnb.*.css")

#: Bootstrap puts these together from parts, as in ``"bs-tooltip-" + side``.
_ASSEMBLED = re.compile(r"bs-|collaps|tooltip|fade$|show$")

_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_NOT = re.compile(r":not\((?:[^()]|\([^()]*\))*\)")


def cut_styles(static: Path, pages: Iterable[str], more: Iterable[str]) -> None:
    """Cut the sheets in place; cutting them again changes nothing.

    Sphinx copies the theme's sheets anew whenever it writes a page.

    Parameters
    ----------
    static
        The ``_static`` folder of the site.
    pages
        Text of every page.
    more
        Classes to keep besides.
    """
    words = set(more)
    scripts = (file.read_text(encoding="utf-8") for file in static.rglob("*.js") if "plotly" not in file.name)
    for text in (*pages, *scripts):
        words.update(re.findall(r"[\w-]+", text))
    for pattern in SHEETS:
        for file in static.glob(pattern):
            before = file.read_text(encoding="utf-8")
            after = _cut(tinycss2.parse_stylesheet(before, skip_comments=True, skip_whitespace=True), words)
            if after != before:
                file.write_text(after, encoding="utf-8")


def _cut(rules: list[Node], words: set[str]) -> str:
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [one for one in _split(tinycss2.serialize(rule.prelude)) if _used(one, words)]
            if selectors:
                kept.append(f"{','.join(selectors)}{{{tinycss2.serialize(rule.content)}}}")
        elif rule.type == "at-rule" and rule.content is not None and rule.lower_at_keyword in ("media", "supports"):
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            text = _cut(inner, words)
            if text:
                kept.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{text}}}")
        else:
            kept.append(rule.serialize())
    return "".join(kept)


def _used(selector: str, words: set[str]) -> bool:
    """Tell whether every class that the selector asks for may be on a page."""
    asked = _CLASS.findall(_NOT.sub("", selector))
    return all(name in words or _ASSEMBLED.match(name) for name in asked)


def _split(selectors: str) -> list[str]:
    """Split a list of selectors at its commas, but not at those inside brackets."""
    parts, depth = [""], 0
    for letter in selectors:
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts
