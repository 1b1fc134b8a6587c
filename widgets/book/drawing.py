"""The ``{drawing}`` directive: an SVG file as part of the page.

An SVG in an ``<img>`` cannot follow the page's colours. Written into the page it can, and its text stays text.

.. code-block:: markdown

    ```{drawing} figures/receptors.svg
    :name: fig-receptors
    :alt: Two routes by which IL-6 reaches gp130.

    The caption.
    ---
    The long description, for readers who do not see the drawing.
    ```
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from docutils.parsers.rst.states import RSTState
    from sphinx.application import Sphinx

SVG = "{http://www.w3.org/2000/svg}"


def register(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("drawing", Drawing)


def parse_blocks(state: RSTState, text: StringList, offset: int) -> list[nodes.Node]:
    """Parse lines of a directive as blocks.

    Parameters
    ----------
    state
        The parser's state.
    text
        The lines.
    offset
        Line number of the first of them.

    Returns
    -------
    list of nodes
        The parsed blocks.
    """
    holder = nodes.Element()
    state.nested_parse(text, offset, holder)
    return holder.children


class DrawingError(ValueError):
    """A drawing that cannot stand in a page as it is."""


def page_svg(source: str, name: str, alt: str, description: str) -> str:
    """Make an SVG file fit to stand in a page.

    Parameters
    ----------
    source
        Text of the file.
    name
        Name of the drawing; every id in the file must start with it, since ids are shared with the page.
    alt
        Short text alternative, becomes the ``title``.
    description
        Long text alternative, becomes the ``desc`` unless the file has one.

    Returns
    -------
    str
        The ``<svg>`` element.

    Raises
    ------
    DrawingError
        When the file is not SVG, has no ``viewBox``, runs scripts, loads files or uses foreign ids.
    """
    try:
        root = ET.fromstring(source)
    except ET.ParseError as error:
        raise DrawingError(f"is not well-formed: {error}") from error
    if root.tag != f"{SVG}svg":
        raise DrawingError("is not an SVG file")
    if "viewBox" not in root.attrib:
        raise DrawingError("has no viewBox")
    for element in root.iter():
        _check(element, name)
    for attribute in ("width", "height"):
        root.attrib.pop(attribute, None)
    found = root.find(f"{SVG}desc")
    for child in [child for child in root if child.tag in (f"{SVG}title", f"{SVG}desc")]:
        root.remove(child)
    texts = {"title": alt, "desc": description if found is None else "".join(found.itertext())}
    for index, (tag, text) in enumerate(texts.items()):
        child = ET.Element(f"{SVG}{tag}", {"id": f"{name}-{tag}"})
        child.text = " ".join(text.split())
        root.insert(index, child)
    root.attrib.update(
        {
            "role": "img",
            "aria-labelledby": f"{name}-title",
            "aria-describedby": f"{name}-desc",
            "focusable": "false",
        }
    )
    ET.register_namespace("", SVG.strip("{}"))
    return ET.tostring(root, encoding="unicode")


def _check(element: ET.Element, name: str) -> None:
    if element.tag in (f"{SVG}script", f"{SVG}foreignObject", f"{SVG}image"):
        raise DrawingError(f"holds a <{element.tag.removeprefix(SVG)}>")
    for key, value in element.attrib.items():
        if key.startswith("on"):
            raise DrawingError(f"has a script in {key}")
        if key.rpartition("}")[2] == "href" and not value.startswith("#"):
            raise DrawingError(f"refers to another file: {value}")
        if key == "id" and not value.startswith(f"{name}-"):
            raise DrawingError(f'has the id "{value}", which should start with "{name}-"')


class Drawing(SphinxDirective):
    """An SVG file, its caption and its description in words."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar = {"name": directives.unchanged, "alt": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Read the file and build a numbered figure.

        Returns
        -------
        list of nodes
            One figure.
        """
        inner, path = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(inner)
        for missing in [key for key in ("name", "alt") if not self.options.get(key)]:
            raise self.error(f"the drawing {inner} needs :{missing}:")
        caption, description = self._parts()
        words = " ".join(node.astext() for node in description)
        try:
            source = Path(path).read_text(encoding="utf-8")
            svg = page_svg(source, Path(path).stem, self.options["alt"], words)
        except OSError as error:
            raise self.error(f"the drawing {inner} cannot be read: {error.strerror}") from error
        except DrawingError as error:
            raise self.error(f"the drawing {inner} {error}") from error
        figure = nodes.figure(classes=["il6-drawing"])
        figure += nodes.raw("", svg, format="html")
        figure += caption
        if description:
            open_ = "<details><summary>The drawing in words</summary>"
            figure += nodes.legend(
                "",
                nodes.raw("", open_, format="html"),
                *description,
                nodes.raw("", "</details>", format="html"),
            )
        self.set_source_info(figure)
        self.add_name(figure)
        return [figure]

    def _parts(self) -> tuple[nodes.caption, list[nodes.Node]]:
        """Split the content into the caption and the description after ``---``."""
        lines = list(self.content)
        cut = next((i for i, line in enumerate(lines) if re.fullmatch(r"-{3,}\s*", line)), len(lines))
        first = parse_blocks(self.state, self.content[:cut], self.content_offset)
        if len(first) != 1 or not isinstance(first[0], nodes.paragraph):
            raise self.error("a drawing needs a caption of one paragraph")
        caption = nodes.caption(first[0].rawsource, "", *first[0].children)
        self.set_source_info(caption)
        rest = parse_blocks(self.state, self.content[cut + 1 :], self.content_offset + cut + 1)
        return caption, rest
