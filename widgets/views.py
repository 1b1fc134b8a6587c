"""Checks of ``[[views]]``: the pictures beside the plots, of which each kind has keys of its own.

=============  =============================================================================
Kind           Keys, besides ``id``, ``title``, ``description`` and ``set``
=============  =============================================================================
scan           ``parameter``, ``series``; ``quantity``, ``at``, ``normalise``, ``hill``, ``x_log``, ``y_log``
phase          ``x``, ``y``; ``x_state``, ``y_state``, ranges and logs, ``nullclines``, ``directions``,
               ``others``, ``inputs``
bifurcation    ``parameter``, ``series``; ``starts``, ``inputs``, ``x_log``, ``y_log``, ``y_range``
surface        ``x``, ``y``, ``series``; ``quantity``, ``at``, logs, ``reference``, ``levels``,
               ``additivity``, ``bliss``
panels         ``plots``
=============  =============================================================================
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from widgets.schema import ModelError, View, nearest

if TYPE_CHECKING:
    from widgets.model import Model
    from widgets.system import System

_COMMON = {"id", "title", "kind", "description", "set"}
_AXES = {"x_log", "y_log"}
_READ = {"quantity", "at"}
_PLANE = {"x_state", "y_state", "x_range", "y_range", "nullclines", "directions", "others", "inputs"}
REQUIRED: dict[str, set[str]] = {
    "scan": {"parameter", "series"},
    "phase": {"x", "y"},
    "bifurcation": {"parameter", "series"},
    "surface": {"x", "y", "series"},
    "panels": {"plots"},
}
OPTIONAL: dict[str, set[str]] = {
    "scan": {"normalise", "hill"} | _READ | _AXES,
    "phase": _PLANE | _AXES,
    "bifurcation": {"starts", "inputs", "y_range"} | _AXES,
    "surface": {"reference", "levels", "additivity", "bliss"} | _READ | _AXES,
    "panels": set(),
}


def view_facts(view: View) -> dict[str, Any]:
    """Return what the browser needs of a view: the keys of its kind."""
    keys = _COMMON | REQUIRED[view.kind] | OPTIONAL[view.kind]
    return {key: value for key, value in dataclasses.asdict(view).items() if key in keys}


def check_views(model: Model) -> None:
    """Check every view of a model.

    Raises
    ------
    ModelError
        For a key that is missing or belongs to another kind, or a name that the model does not have.
    """
    taken = {plot.id for plot in model.about.plots}
    for view in model.about.views:
        if view.id in taken:
            raise ModelError(f"{model.name}.toml: views.{view.id}: a plot or view of this id is there already")
        taken.add(view.id)
        _Checker(model, view).check()


def check_autonomous(model: Model, system: System) -> None:
    """Refuse phase planes and steady states of equations in which the time itself stands."""
    from widgets.system import TIME

    for view in model.about.views:
        if view.kind in ("phase", "bifurcation") and any(TIME in rate.free_symbols for rate in system.rates.values()):
            raise ModelError(
                f"{model.name}.toml: views.{view.id}: the rates of {model.name} depend on the time itself, "
                f"so it has no {'phase plane' if view.kind == 'phase' else 'steady states'}"
            )


class _Checker:
    """The checks of one view."""

    def __init__(self, model: Model, view: View) -> None:
        self.model, self.view = model, view
        self.where = f"{model.name}.toml: views.{view.id}"

    def check(self) -> None:
        self._keys()
        self.model.values(self.view.set)
        self._each("series", self.view.series, "series", self.model.series)
        getattr(self, f"_{self.view.kind}")()

    def _keys(self) -> None:
        view, kind = self.view, self.view.kind
        for one in dataclasses.fields(view):
            value = getattr(view, one.name)
            default = one.default_factory() if one.default_factory is not dataclasses.MISSING else one.default
            given = value != default
            if one.name in REQUIRED[kind] and not given:
                self._fail(f"a {kind} view needs '{one.name}'")
            if given and one.name not in _COMMON | REQUIRED[kind] | OPTIONAL[kind]:
                self._fail(f"a {kind} view has no '{one.name}'")

    def _scan(self) -> None:
        self._slider("parameter", self.view.parameter)
        self._reading()

    def _phase(self) -> None:
        view = self.view
        for axis in ("x", "y"):
            shown, state = getattr(view, axis), getattr(view, f"{axis}_state")
            self._each(axis, [shown], "series", self.model.series)
            self._each(f"{axis}_state", [state] if state else [], "state", self.model.states)
            if shown not in self.model.states and state is None:
                self._fail(f"'{shown}' is derived: name the state under it as {axis}_state")
            self._range(f"{axis}_range", getattr(view, f"{axis}_range"), log=getattr(view, f"{axis}_log"))
        states = [view.x_state or view.x, view.y_state or view.y]
        if states[0] == states[1]:
            self._fail("x and y must be two states")
        for key in view.nullclines or []:
            if key not in states:
                self._fail(f"nullclines: '{key}' must be one of {', '.join(map(str, states))}")
        self._inputs()

    def _bifurcation(self) -> None:
        self._slider("parameter", self.view.parameter)
        self._one_series()
        for start in self.view.starts:
            self._each("starts", start, "state", self.model.states)
        self._range("y_range", self.view.y_range, log=self.view.y_log)
        self._inputs()

    def _surface(self) -> None:
        view = self.view
        self._slider("x", view.x)
        self._slider("y", view.y)
        if view.x == view.y:
            self._fail("x and y must be two sliders")
        self._one_series()
        self._reading()
        if not view.levels or not all(0 < level < 100 for level in view.levels):
            self._fail("levels must be percentages between 0 and 100")
        if view.additivity == "loewe" and 50 not in view.levels:
            self._fail("additivity is drawn at 50 %, so levels must hold 50")
        if view.bliss and view.reference != "origin":
            self._fail("bliss compares effects with no drug at all: reference must be 'origin'")

    def _panels(self) -> None:
        self._each("plots", self.view.plots, "plot", [plot.id for plot in self.model.about.plots])

    def _reading(self) -> None:
        if (self.view.quantity == "value") != (self.view.at is not None):
            self._fail("'at' is the time of quantity = \"value\": give both or neither")
        longest = self.model.about.time.max
        if self.view.at is not None and not 0 <= self.view.at <= longest:
            self._fail(f"at = {self.view.at:g}: must be from 0 to {longest:g} {self.model.about.time.unit}")

    def _one_series(self) -> None:
        if len(self.view.series) != 1:
            self._fail(f"a {self.view.kind} view draws one series, not {len(self.view.series)}")

    def _inputs(self) -> None:
        if self.view.inputs == "rest" and self.model.about.rest is None:
            self._fail('inputs = "rest" needs a [rest] table')

    def _slider(self, key: str, name: str | None) -> None:
        self._each(key, [name], "slider", self.model.sliders)
        if self.model.parameters[str(name)].choices:
            self._fail(f"{key}: '{name}' is a choice, not a range")

    def _range(self, key: str, ends: list[float] | None, *, log: bool) -> None:
        if ends is None:
            return
        if len(ends) != 2 or not ends[0] < ends[1]:
            self._fail(f"{key} must be two numbers, the lower one first")
        if log and ends[0] <= 0:
            self._fail(f"{key} of a log axis must be above 0")

    def _each(self, key: str, names: Collection[str | None], kind: str, known: Collection[str]) -> None:
        for name in names:
            if name not in known:
                self._fail(f"{key}: no {kind} '{name}'.{nearest(str(name), known)}")

    def _fail(self, what: str) -> None:
        raise ModelError(f"{self.where}: {what}")
