"""Figures of a run: Plotly for notebooks and pages, a still SVG for print and pages without scripts."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from widgets.schema import ModelError, Plot, nearest
from widgets.summary import sentence

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from widgets.simulate import Run

# Okabe and Ito's colour-blind safe set, without the yellow that vanishes on white.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
# Matplotlib's names for the same dashes.
STROKES = ("-", "--", ":", "-.", (0, (8, 3)), (0, (8, 3, 2, 3)))


def time_course(run: Run, plot: str | None = None) -> go.Figure:
    """Return one of the model's plots as a Plotly figure with its text alternative.

    Parameters
    ----------
    run
        What to draw.
    plot
        Id of a plot of the model; the first by default.

    Raises
    ------
    ModelError
        For an unknown plot.
    """
    import plotly.graph_objects as go

    one, about = _plot(run, plot), run.model.about
    figure = go.Figure()
    for i, key in enumerate(one.series):
        line = {"color": COLOURS[i % len(COLOURS)], "dash": DASHES[i % len(DASHES)]}
        name = run.model.series[key].label or key
        figure.add_scatter(x=run.time, y=run[key], name=name, mode="lines", line=line)
    figure.update_layout(
        xaxis_title=f"{about.time.label} ({about.time.unit})",
        yaxis_title=one.y,
        showlegend=len(one.series) > 1,
        meta={"alt": f"{one.description} {sentence(run)}"},
    )
    return figure


def still(run: Run, plot: str | None = None) -> str:
    """Return one of the model's plots as an SVG element that follows the colour of the text.

    Returns
    -------
    str
        ``<svg ...>...</svg>`` with ``role="img"`` and a title; its ids start with the model's
        name, so that several fit on one page.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    one, about = _plot(run, plot), run.model.about
    style: dict[Any, Any] = {
        "svg.fonttype": "none",  # text stays text: small, selectable, in the page's own font
        "svg.hashsalt": f"{run.model.name}-{one.id}",
        "svg.id": f"{run.model.name}-{one.id}",
        "font.family": "sans-serif",
        "font.size": 11,
        "path.simplify_threshold": 0.3,
    }
    with mpl.rc_context(style):
        figure = Figure(figsize=(7.2, 3.6), layout="constrained")
        axes = figure.subplots()
        for i, key in enumerate(one.series):
            axes.plot(
                run.time,
                run[key],
                color=COLOURS[i % len(COLOURS)],
                linestyle=STROKES[i % len(STROKES)],
                linewidth=2,
                label=run.model.series[key].label or key,
            )
        axes.set_xlabel(f"{about.time.label} ({about.time.unit})")
        axes.set_ylabel(one.y)
        axes.set_ylim(bottom=0)
        axes.margins(x=0)
        axes.spines[["top", "right"]].set_visible(False)
        if len(one.series) > 1:
            axes.legend(frameon=False)
        file = io.StringIO()
        # Without a date the same run gives the same file, so that builds can be compared.
        figure.savefig(file, format="svg", transparent=True, metadata={"Date": None})
    return _inline(file.getvalue(), f"{about.title}. {sentence(run)}")


def _inline(svg: str, title: str) -> str:
    """Cut the SVG out of its file and let it take size, font and colour from the page."""
    body = svg[svg.index("<svg") :]
    start = body.index(">") + 1
    view = body[body.index('viewBox="') :].split('"')[1]
    opening = f'<svg viewBox="{view}" role="img" class="il6-still" xmlns:xlink="http://www.w3.org/1999/xlink">'
    safe = title.replace("&", "&amp;").replace("<", "&lt;")
    inner = body[start:]
    # The file's metadata block names its maker and is of no use to a reader.
    if "<metadata>" in inner:
        inner = inner[: inner.index("<metadata>")] + inner[inner.index("</metadata>") + 11 :]
    # The file styles every element of its document; on a page that must stay inside the figure.
    inner = inner.replace('<style type="text/css">*{', "<style>.il6-still *{")
    for black in ("#000000", "black"):
        inner = inner.replace(f"stroke: {black}", "stroke: currentColor")
        inner = inner.replace(f"fill: {black}", "fill: currentColor")
    inner = inner.replace("<text ", '<text fill="currentColor" ')
    return f"{opening}<title>{safe}</title>{inner}"


def _plot(run: Run, plot: str | None) -> Plot:
    plots = {one.id: one for one in run.model.about.plots}
    if plot is None:
        return run.model.about.plots[0]
    if plot not in plots:
        raise ModelError(f"{run.model.name} has no plot '{plot}'.{nearest(plot, plots)} Plots: {', '.join(plots)}")
    return plots[plot]
