"""The ``{data-table}`` directive: a CSV file as a table that the reader can search, filter and sort.

The page holds the whole table as HTML; the browser only adds the controls, so nothing is lost without
JavaScript, in print or in another format. A table may be linked to a Plotly figure whose layout has that
name (``meta={"name": "fig-trials", "alt": "..."}``): points carry the ids of the rows in their trace's
``ids``, and follow the filters of the table.

.. code-block:: markdown

    ```{data-table} data/trials.csv
    :name: tab-trials
    :filter: Cancer, Evidence
    :columns: Cancer, Patients, "HR (95% CI, adjusted)", source
    :figure: fig-trials

    The caption, with its sources {cite:p}`doe2020`.
    ```

The first row of the file holds the names of the columns, as shown; cells are Markdown. Three columns have a
meaning of their own: ``id`` (unlike in each row, not shown unless asked for), ``source`` (keys of the
bibliography with spaces between them, or Markdown links) and ``read`` (how the source was read).
"""

from __future__ import annotations

import html
import json
import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from widgets.book.data_file import SPECIAL, DataError, DataFile, choose, is_numeric, read_data, source_markdown
from widgets.book.drawing import parse_blocks
from widgets.book.outputs import FIGURE_IDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

log = logging.getLogger(__name__)

#: From this many letters in a cell on, its column is kept from becoming narrow.
LONG = 32

#: Nothing in it can be Markdown, so the parser is spared the greater part of most tables.
_PLAIN = re.compile(r"(?:[A-Za-z0-9 ,;()%+/=–−-]|(?<=\d)\.(?=\d))*")


class DataTable(nodes.table):
    """A table with ids and filters on its rows; for all but HTML a table like any other."""


def register(app: Sphinx) -> None:
    """Add the directive, its node and the check of the links to figures."""
    app.add_directive("data-table", DataTableDirective)
    app.add_enumerable_node(DataTable, "table", html=(write_html, leave_html))
    app.connect("doctree-read", check_figures)


class DataTableDirective(SphinxDirective):
    """A CSV file, its caption, and what of it is shown."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar = {
        "name": directives.unchanged,
        "filter": directives.unchanged,
        "columns": directives.unchanged,
        "figure": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Read the file and build the table.

        Returns
        -------
        list of nodes
            One table.
        """
        inner, path = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(inner)
        try:
            table = self._table(Path(path).read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise self.error(f"the data table {inner} cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise self.error(f"the data table {inner} is not UTF-8 at byte {error.start}") from error
        except DataError as error:
            raise self.error(f"the data table {inner} {error}") from error
        # Copied into the site with the other downloads.
        table["download"] = self.env.dlfiles.add_file(self.env.docname, inner)
        self.set_source_info(table)
        self.add_name(table)
        return [table]

    def _table(self, text: str) -> DataTable:
        data = read_data(text)
        shown = [name for name in data.columns if name != "id"]
        if "columns" in self.options:
            shown = choose("columns", self.options["columns"], data.columns)
        filters: list[str] = []
        if "filter" in self.options:
            allowed = [name for name in data.columns if name not in ("id", "source")]
            filters = choose("filter", self.options["filter"], allowed)
        figure = self.options.get("figure", "")
        if figure and "id" not in data.columns:
            raise DataError("is linked to a figure and needs a column id")
        if not self.options.get("name"):
            raise DataError("needs :name:")
        table = DataTable("", self._caption(), filters=[SPECIAL.get(name, name) for name in filters], figure=figure)
        table += self._group(data, shown, filters)
        return table

    def _caption(self) -> nodes.title:
        blocks = parse_blocks(self.state, self.content, self.content_offset)
        if len(blocks) != 1 or not isinstance(blocks[0], nodes.paragraph):
            raise DataError("needs a caption of one paragraph")
        caption = nodes.title(blocks[0].rawsource, "", *blocks[0].children)
        self.set_source_info(caption)
        return caption

    def _group(self, data: DataFile, shown: Sequence[str], filters: Sequence[str]) -> nodes.tgroup:
        heads = [self._entry(SPECIAL.get(name, name)) for name in shown]
        rows = []
        columns: list[list[nodes.entry]] = [[] for _ in shown]
        for index in range(len(data.rows)):
            entries = {name: self._entry(_markdown(data, index, name)) for name in dict.fromkeys([*shown, *filters])}
            row = nodes.row("", *(entries[name] for name in shown))
            for column, name in zip(columns, shown, strict=True):
                column.append(entries[name])
            row["filters"] = [entries[name].astext() for name in filters]
            if "id" in data.columns:
                row["id"] = data.cell(index, "id")
            rows.append(row)
        group = nodes.tgroup("", cols=len(shown))
        for index, column in enumerate(columns):
            texts = [entry.astext() for entry in column]
            kind = ["il6-number"] if is_numeric(texts) else ["il6-long"] if max(map(len, texts)) >= LONG else []
            for entry in (heads[index], *column):
                entry["classes"] = kind
            # For LaTeX and text: wide enough for what is in it, within reason.
            group += nodes.colspec("", colwidth=min(max(map(len, [heads[index].astext(), *texts])), LONG))
        group += nodes.thead("", nodes.row("", *heads))
        group += nodes.tbody("", *rows)
        return group

    def _entry(self, markdown: str) -> nodes.entry:
        if _PLAIN.fullmatch(markdown):
            return nodes.entry("", nodes.paragraph("", markdown))
        found, messages = self.parse_inline(markdown, lineno=self.lineno)
        return nodes.entry("", nodes.paragraph(markdown, "", *found, *messages))


def _markdown(data: DataFile, row: int, column: str) -> str:
    cell = data.cell(row, column)
    return source_markdown(cell) if column == "source" else cell


def check_figures(app: Sphinx, document: nodes.document) -> None:
    """Warn of a table whose figure is not on its page, and of points that have no row.

    Parameters
    ----------
    app
        The running Sphinx application.
    document
        A page that was read.
    """
    figures: dict[str, list[str]] = {
        raw["ids"][0]: raw[FIGURE_IDS] for raw in document.findall(nodes.raw) if FIGURE_IDS in raw
    }
    for table in document.findall(DataTable):
        name = table["figure"]
        if not name:
            continue
        if name not in figures:
            there = ", ".join(f'"{figure}"' for figure in figures) or "none"
            log.warning('no figure here has the meta name "%s"; named are: %s', name, there, location=table)
            continue
        rows = {row["id"] for row in table.findall(nodes.row) if "id" in row}
        lost = sorted(set(figures[name]) - rows)
        if not figures[name]:
            log.warning('no trace of the figure "%s" has ids, so no filter can reach it', name, location=table)
        elif lost:
            log.warning('points of the figure "%s" have no row: %s', name, ", ".join(lost), location=table)


def write_html(writer: HTML5Translator, table: DataTable) -> None:
    """Write the whole table as HTML.

    Parameters
    ----------
    writer
        The writer of the page, which also writes what stands in the cells.
    table
        The table.

    Raises
    ------
    SkipNode
        Always: nothing is left to write.
    """
    caption, group = table.children
    assert isinstance(caption, nodes.title) and isinstance(group, nodes.tgroup)
    *_, head, body = group.children
    assert isinstance(head, nodes.thead) and isinstance(body, nodes.tbody)
    name, *more = table["ids"]
    write = writer.body.append
    linked = {"data-figure": table["figure"]} if table["figure"] else {}
    filters = {"data-filters": json.dumps(table["filters"], ensure_ascii=False)} if table["filters"] else {}
    write(_tag("figure", {"class": "il6-data", "id": name, **linked, **filters}))
    write("".join(_tag("span", {"id": other}) + "</span>" for other in more))
    write("<figcaption><p>")
    write(_tag("span", {"id": f"{name}-caption"}))
    writer.add_fignumber(table)
    write('<span class="caption-text">')
    _inline(writer, caption)
    write("</span></span>")
    writer.add_permalink_ref(table, "Link to this table")
    write("</p></figcaption>\n")
    label = {"aria-labelledby": f"{name}-caption"}
    write(_tag("div", {"class": "il6-data-box", "role": "group", "tabindex": "0", **label}))
    write(_tag("table", label) + "\n<thead>")
    _row(writer, head.children[0], "col")
    write("</thead>\n<tbody>\n")
    for row in body.children:
        _row(writer, row, "row")
    write("</tbody>\n</table></div>\n")
    count = f"{len(body)} rows" if len(body) > 1 else "1 row"
    address = posixpath.join(writer.builder.dlpath, quote(table["download"]))
    write(f'<p class="il6-data-file">{_tag("a", {"href": address, "download": ""})}Download the {count} as CSV</a></p>')
    write("</figure>\n")
    raise nodes.SkipNode


def leave_html(writer: HTML5Translator, table: DataTable) -> None:
    """Do nothing: Sphinx asks for a function, but `write_html` skips it."""


def _row(writer: HTML5Translator, row: Any, scope: str) -> None:
    """Write a row: of headers for the columns, or of cells after a header for the row."""
    data = {"data-id": row["id"]} if "id" in row else {}
    if row.get("filters"):
        data["data-filters"] = json.dumps(row["filters"], ensure_ascii=False)
    writer.body.append(_tag("tr", data))
    for index, entry in enumerate(row.children):
        # A header without text would be read out as nothing.
        header = scope == "col" or (index == 0 and entry.astext() != "")
        kind = {"class": " ".join(entry["classes"])} if entry["classes"] else {}
        writer.body.append(_tag("th", {"scope": scope, **kind}) if header else _tag("td", kind))
        for paragraph in entry.children:
            _inline(writer, paragraph)
        writer.body.append("</th>" if header else "</td>")
    writer.body.append("</tr>\n")


def _inline(writer: HTML5Translator, node: nodes.Node) -> None:
    for child in node.children:
        child.walkabout(writer)


def _tag(name: str, attributes: dict[str, str]) -> str:
    return "".join([f"<{name}", *(f' {key}="{html.escape(value)}"' for key, value in attributes.items()), ">"])
