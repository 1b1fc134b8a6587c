"""Links back: from a glossary term, and from a model's page, to the chapters that use it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

GLOSSARY = "chapters/glossary"

_TERM = re.compile(r"\{term\}`(?:[^`<]*<([^`>]+)>|([^`<]+))`")
_MODEL = re.compile(r"""explore\(\s*["'](\w+)["']""")
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Chapter:
    """A chapter, and what it uses: terms in lower case, models by name."""

    document: str
    title: str
    terms: frozenset[str]
    models: frozenset[str]


def register(app: Sphinx) -> None:
    """Connect the hooks that add the links to the glossary."""
    app.connect("env-get-outdated", glossary_with_changed_uses)
    app.connect("doctree-read", link_terms)


def chapters(source: Path) -> list[Chapter]:
    """Read which chapter uses what, in the order of their numbers.

    Parameters
    ----------
    source
        Folder of the book; the chapters are ``chapters/NN-name.md`` in it.
    """
    found = []
    for file in sorted(source.glob("chapters/[0-9]*.md")):
        text = file.read_text(encoding="utf-8")
        title = _TITLE.search(text)
        found.append(
            Chapter(
                f"chapters/{file.stem}",
                title[1].strip() if title else file.stem,
                frozenset((target or plain).strip().lower() for target, plain in _TERM.findall(text)),
                frozenset(_MODEL.findall(text)),
            )
        )
    return found


def glossary_with_changed_uses(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Read the glossary again when a chapter has begun or ceased to use a term."""
    if GLOSSARY not in env.all_docs and GLOSSARY not in added:
        return []
    uses = [(one.document, one.title, sorted(one.terms)) for one in chapters(Path(app.srcdir))]
    digest = hashlib.sha256(repr(uses).encode()).hexdigest()
    if getattr(env, "il6_uses", None) == digest:
        return []
    env.il6_uses = digest  # type: ignore[attr-defined]
    return [GLOSSARY]


def link_terms(app: Sphinx, doctree: nodes.document) -> None:
    """Add "In: ..." to each definition of the glossary."""
    if app.env.docname != GLOSSARY:
        return
    known = chapters(Path(app.srcdir))
    for item in doctree.findall(nodes.definition_list_item):
        terms = {term.astext().strip().lower() for term in item.findall(nodes.term)}
        using = [one for one in known if terms & one.terms]
        definition = next(iter(item.findall(nodes.definition)), None)
        if using and definition is not None:
            definition += _links(using)


def _links(using: Iterable[Chapter]) -> nodes.paragraph:
    paragraph = nodes.paragraph("", "In: ", classes=["il6-uses"])
    for k, one in enumerate(using):
        if k:
            paragraph += nodes.Text(", ")
        link = addnodes.pending_xref(
            "", nodes.inline("", one.title), refdomain="std", reftype="doc", reftarget=f"/{one.document}",
            refexplicit=True, refwarn=True, refdoc=GLOSSARY,
        )  # fmt: skip
        paragraph += link
    return paragraph
