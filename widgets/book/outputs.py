"""What the output of a code cell becomes on a page.

Registered under the entry points ``myst_nb.renderers`` and ``myst_nb.mime_renderers``.
"""

from __future__ import annotations

import html
import json
from typing import Any, ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer

PLOTLY = "application/vnd.plotly.v1+json"
WIDGET = "application/vnd.jupyter.widget-view+json"


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
        alt = meta.get("alt", "").strip() if isinstance(meta, dict) else ""
        if not alt:
            renderer.logger.warning(
                'this figure has no text alternative: fig.update_layout(meta={"alt": "..."})',
                subtype="figure_alt",
                line=data.line,
            )
        text = json.dumps({"data": figure.get("data", []), "layout": layout, "alt": alt}, separators=(",", ":"))
        element = (
            '<il6-figure><script type="application/json">'
            + text.replace("<", "\\u003c")
            + f"</script><noscript><p>{html.escape(alt)}</p></noscript></il6-figure>"
        )
        return [nodes.raw("", element, format="html")]
