"""What the output of a code cell becomes on a page.

Registered under the entry points ``myst_nb.renderers`` and ``myst_nb.mime_renderers``.
"""

from __future__ import annotations

import base64
import html
import json
import math
from typing import Any, ClassVar

import numpy as np
from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer

PLOTLY = "application/vnd.plotly.v1+json"
WIDGET = "application/vnd.jupyter.widget-view+json"

#: On the node of a named figure: the ids of its points, for the table that it is linked to.
FIGURE_IDS = "il6_points"

#: Of a number in a chart.
FIGURES = 6


class BookRenderer(NbElementRenderer):  # type: ignore[misc]
    """The usual renderer, without the state of the widgets.

    No kernel and no widget manager reads that state on a page, and it would be the largest part of it.
    """

    def render_nb_finalise(self, metadata: dict[str, Any]) -> None:
        """Leave the state of the widgets out of the page."""


class PageOutputs:
    """Chooses what a page shows of a Plotly figure and of a live widget."""

    mime_priority_overrides: ClassVar[list[tuple[str, str, int | None]]] = [
        ("html", PLOTLY, 1),
        # A widget's text/html is the element that works without a kernel.
        ("*", WIDGET, None),
    ]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """Turn a Plotly figure into ``<il6-figure>``.

        Parameters
        ----------
        renderer
            The renderer of the chapter, which also logs.
        data
            One output in one format.
        inline
            Whether it stands in a line of text.

        Returns
        -------
        list of nodes or None
            The nodes of the page; None leaves the output to myst-nb.
        """
        if data.mime_type == WIDGET:
            return []
        if data.mime_type != PLOTLY:
            return None
        figure = data.content if isinstance(data.content, dict) else json.loads(data.string)
        layout = {key: value for key, value in figure.get("layout", {}).items() if key not in ("template", "meta")}
        meta = figure.get("layout", {}).get("meta")
        meta = meta if isinstance(meta, dict) else {}
        alt, name = meta.get("alt", "").strip(), meta.get("name", "")
        if not alt:
            renderer.logger.warning(
                'this figure has no text alternative: fig.update_layout(meta={"alt": "..."})',
                subtype="figure_alt",
                line=data.line,
            )
        traces = [unpacked(trace) for trace in figure.get("data", [])]
        node = nodes.raw("", "", format="html")
        if name:
            _name(node, name, traces, renderer, data)
        identity = f' id="{node["ids"][0]}"' if name else ""
        text = json.dumps({"data": traces, "layout": layout, "alt": alt}, separators=(",", ":"))
        element = (
            f'<il6-figure{identity}><script type="application/json">'
            + text.replace("<", "\\u003c")
            + f"</script><noscript><p>{html.escape(alt)}</p></noscript></il6-figure>"
        )
        node.append(nodes.Text(element))
        return [node]


def _name(node: nodes.raw, name: str, traces: list[Any], renderer: NbElementRenderer, data: MimeData) -> None:
    """Give a figure its id, and note the ids of its points."""
    if nodes.make_id(name) != name:
        renderer.logger.warning(
            f'the figure name "{name}" cannot be an id: lower-case letters, digits and single hyphens can',
            subtype="figure_name",
            line=data.line,
        )
    document = renderer.renderer.document
    node["names"].append(nodes.fully_normalize_name(name))
    node[FIGURE_IDS] = sorted({str(key) for trace in traces for key in trace.get("ids") or []})
    node.source, node.line = document["source"], data.line
    # Warns of a name that something else on the page has.
    document.note_explicit_target(node)


def unpacked(value: Any) -> Any:
    """Turn the arrays that Plotly packed in base64 into lists, of numbers as long as a chart can show.

    All digits of all points would be the largest part of a page; and the points of a trace with ids come and
    go one by one, so the page needs them one by one.

    Parameters
    ----------
    value
        A trace, or a part of one.

    Returns
    -------
    Any
        The same, with numbers of six figures; a missing number is None, as in JSON.
    """
    if isinstance(value, list):
        return [unpacked(item) for item in value]
    if isinstance(value, float):
        return float(f"{value:.{FIGURES}g}") if math.isfinite(value) else None
    if not isinstance(value, dict):
        return value
    if "bdata" not in value:
        return {key: unpacked(item) for key, item in value.items()}
    array = np.frombuffer(base64.b64decode(value["bdata"]), dtype=np.dtype(value["dtype"]).newbyteorder("<"))
    if "shape" in value:
        array = array.reshape([int(size) for size in str(value["shape"]).split(",")])
    return unpacked(array.tolist())
