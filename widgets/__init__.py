"""Mini-models of IL-6 biology that run in Python, in a notebook and on a static page.

>>> import widgets
>>> run = widgets.load("jak_stat3").simulate(IL6=10)
>>> run["pSTAT3"].max().round(2)
np.float64(8.54)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from widgets.model import Model, ModelError, catalogue, load

if TYPE_CHECKING:
    from widgets.explorer import Explorer

__all__ = ["Model", "ModelError", "catalogue", "explore", "load"]


def explore(
    name: str,
    *,
    sliders: list[str] | None = None,
    plots: list[str] | None = None,
    scenario: str | None = None,
    compact: bool = False,
    **values: float | str,
) -> Explorer:
    """Show a live mini-model: a widget in a kernel, the same explorer on a built page.

    Parameters
    ----------
    name
        A model of :func:`catalogue`.
    sliders, plots
        Ids to show at once, in this order; the others stay one click away. All by default.
    scenario
        Id of the scenario to start from.
    compact
        Show the chart, the sliders, the scenarios and the summary only.
    **values
        Starting values of sliders, in the unit of the slider or as text with a unit
        (``IL6="10 pg/mL"``); ``end`` is the time shown.

    Returns
    -------
    Explorer
        An ipywidget. ``explorer.values`` follows the sliders, ``explorer.run`` is the same
        run solved in Python.

    Raises
    ------
    ModelError
        For a name or value that the model does not know or allow.
    """
    # The widget needs ipywidgets; the models alone do not, so it is imported when it is used.
    from widgets.explorer import Explorer

    return Explorer(name, sliders=sliders, plots=plots, scenario=scenario, compact=compact, values=values)
