"""The explorer: an ipywidget in a kernel, a custom element on a built page, from one cell."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from widgets.compile import module
from widgets.figures import still
from widgets.model import ModelError, load
from widgets.schema import nearest
from widgets.simulate import Run, simulate

STATIC = Path(__file__).parent / "static"


class Explorer(anywidget.AnyWidget):
    """A live mini-model. Make one with :func:`widgets.explore`.

    Attributes
    ----------
    values : dict of str to float
        Every slider's value and ``end``, in the units of the model. Follows the sliders; can be
        set in full or in part, and observed (``explorer.observe(f, names="values")``).
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    spec_name = traitlets.Unicode().tag(sync=True)
    options = traitlets.Dict().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        name: str,
        *,
        values: dict[str, float | str] | None = None,
        sliders: list[str] | None = None,
        plots: list[str] | None = None,
        scenario: str | None = None,
        compact: bool = False,
    ) -> None:
        model = load(name)
        about = model.about
        _known(name, "slider", sliders, model.sliders)
        _known(name, "plot", plots, [*(plot.id for plot in about.plots), *(view.id for view in about.views)])
        scenarios = {one.id: one.set for one in about.scenarios}
        _known(name, "scenario", [scenario] if scenario else None, list(scenarios))
        defaults = {key: model.parameters[key].value for key in model.sliders}
        defaults["end"] = about.time.end
        start = scenarios[scenario] if scenario else {}
        self.model = model
        self._given = {**start, **model.values(values or {})}
        self._run: Run | None = None
        options = {"sliders": sliders, "plots": plots, "scenario": scenario, "compact": compact}
        super().__init__(
            _esm=_asset("widget.js") + "\n" + module(model),
            _css=_asset("il6.css"),
            spec_name=name,
            options={key: value for key, value in options.items() if value},
            values=defaults | self._given,
        )
        self.on_msg(self._answer)

    @property
    def run(self) -> Run:
        """The run at the present values, solved by libRoadRunner when it is first asked for."""
        if self._run is None:
            settings = dict(self.values)
            self._run = simulate(self.model, settings, end=settings.pop("end"))
        return self._run

    def to_dataframe(self) -> Any:
        """Return the present run as a table; see :meth:`widgets.simulate.Run.to_dataframe`."""
        return self.run.to_dataframe()

    @traitlets.validate("values")
    def _check_values(self, proposal: dict[str, Any]) -> dict[str, float]:
        """Check every value; names that are left out keep what they have."""
        try:
            checked = self.model.values(proposal["value"])
        except ModelError as error:
            raise traitlets.TraitError(str(error)) from error
        other = [key for key in checked if key not in (*self.model.sliders, "end")]
        if other:
            raise traitlets.TraitError(
                f"{self.model.name}: {other[0]} has no slider. Sliders: {', '.join(self.model.sliders)}"
            )
        return {**self.values, **checked}

    @traitlets.observe("values")
    def _forget_run(self, change: dict[str, Any]) -> None:
        self._run = None

    def _answer(self, widget: Explorer, content: dict[str, Any], buffers: list[bytes]) -> None:
        """Send Plotly to a page that asks for it: once a page, not once a widget."""
        if content.get("kind") == "plotly":
            source = (STATIC / "plotly-basic.min.js").read_bytes()
            self.send({"kind": "plotly"}, [source])

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Add the page's form of the explorer, which the book shows instead of the widget."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data, *rest = bundle if isinstance(bundle, tuple) else (bundle,)
        data = {**(data or {}), "text/html": self.element()}
        return (data, *rest) if rest else data

    def element(self) -> str:
        """Return the custom element with its still figure, as it stands on a built page."""
        attributes = {"model": self.model.name}
        if self._given:
            attributes["set"] = json.dumps(self._given)
        for key, value in self.options.items():
            attributes[key] = " ".join(value) if isinstance(value, list) else str(value)
        if self.options.get("compact"):
            attributes["compact"] = ""
        written = " ".join(f'{key}="{html.escape(value)}"' for key, value in attributes.items())
        shown = self.options.get("plots") or []
        # Only a plot of the run can stand still; a view needs the solver.
        plot = next((each.id for each in self.model.about.plots if each.id in shown), None)
        figure = still(self.run, plot)
        note = html.escape(self.model.about.question)
        return (
            f"<il6-explorer {written}>"
            f'<figure class="il6-fallback">{figure}<figcaption>{note} A still picture of the '
            "model; with JavaScript it is live.</figcaption></figure></il6-explorer>"
        )


def _asset(name: str) -> str:
    """Read a file of the built front end."""
    path = STATIC / name
    if not path.exists():
        raise ModelError(f"the front end is not built ({path.name} is missing): run 'pip install -e .' again")
    return path.read_text(encoding="utf-8")


def _known(name: str, kind: str, given: list[str] | None, known: list[str]) -> None:
    for key in given or []:
        if key not in known:
            raise ModelError(
                f"{name} has no {kind} '{key}'.{nearest(key, known)} {kind.capitalize()}s: {', '.join(known)}"
            )
