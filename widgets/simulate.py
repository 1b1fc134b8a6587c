"""Solves a mini-model in Python with libRoadRunner (CVODE)."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libsbml
import numpy as np
import numpy.typing as npt
import roadrunner

from widgets.model import Model, ModelError
from widgets.schema import nearest
from widgets.system import initializer, rest_constants, system

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

Array = npt.NDArray[np.float64]

# The browser's absolute tolerance is set for drawing; the reference run is this much tighter.
ATOL_FACTOR = 1e-4
# After a dose CVODE may ask for less absolute accuracy than it was given; then it gets so much less.
SLACK = (1, 10, 100)


@dataclass(frozen=True)
class Run:
    """One solved time course.

    Attributes
    ----------
    model : Model
        What was solved.
    values : dict of str to float
        Every constant, in the units of ``model.parameters``.
    time : numpy.ndarray, shape (points,)
        In ``model.about.time.unit``.
    series : dict of str to numpy.ndarray, shape (points,)
        States and derived quantities, in the units of ``model.series``.
    rested : bool
        Whether the resting state was found anew for these values before the run.
    """

    model: Model
    values: dict[str, float]
    time: Array
    series: dict[str, Array]
    rested: bool

    def __getitem__(self, name: str) -> Array:
        if name not in self.series:
            raise ModelError(f"{self.model.name} has no series '{name}'.{nearest(name, self.series)}")
        return self.series[name]

    def to_dataframe(self) -> pd.DataFrame:
        """Return the run as a table, one row a time point, indexed by time."""
        import pandas as pd

        index = pd.Index(self.time, name=f"time ({self.model.about.time.unit})")
        return pd.DataFrame(self.series, index=index)

    def figure(self, plot: str | None = None) -> go.Figure:
        """Return a Plotly figure of one of the model's plots (the first by default)."""
        from widgets.figures import time_course

        return time_course(self, plot)


def simulate(
    model: Model,
    values: Mapping[str, float | str],
    *,
    end: float | str | None = None,
    points: int | None = None,
    times: Sequence[float] | Array | None = None,
    rest: bool = True,
) -> Run:
    """Solve a model from time 0 to ``end``.

    Parameters
    ----------
    model
        The model.
    values
        Settings of parameters, in their units or as text with a unit; the rest keep defaults.
    end
        Horizon; the model's own by default.
    points
        Number of equally spaced time points, at least 2.
    times
        Time points of your own, from 0 upwards; then ``end`` and ``points`` count for nothing.
    rest
        Find the resting state anew where a setting moves it, as on the page. With ``False`` the
        run starts from the file's own start, as if the setting changed at time 0.

    Raises
    ------
    ModelError
        For a setting that is not allowed, or equations that CVODE cannot solve at it.
    """
    settings = model.values({**values, **({} if end is None else {"end": end})})
    horizon = settings.pop("end", model.about.time.end)
    count = model.about.time.points if points is None else points
    if isinstance(count, bool) or not isinstance(count, int) or count < 2:
        raise ModelError(f"points = {points!r}: must be a whole number, at least 2")
    constants = {key: p.value for key, p in model.parameters.items()} | settings
    rested = rest and moves_rest(model, constants)
    start = _start(model, constants)
    if rested:
        start |= _rest(model, constants, start)
    own = None if times is None else [float(time) for time in times]
    if own is not None and (own[:1] != [0.0] or any(b <= a for a, b in itertools.pairwise(own))):
        raise ModelError("times: must start at 0 and rise from point to point")
    ids = list(model.series)
    columns = ["time", *(f"[{key}]" if key in model.states else key for key in ids)]
    table = _solve(model, constants, start, own or (horizon, count), columns)
    series = {key: table[:, i + 1].copy() for i, key in enumerate(ids)}
    return Run(model, constants, table[:, 0].copy(), series, rested)


def moves_rest(model: Model, constants: Mapping[str, float]) -> bool:
    """Say whether these constants have another resting state than the defaults."""
    return any(constants[key] != model.parameters[key].value for key in rest_constants(model))


def sbml_at(model: Model, values: Mapping[str, float | str]) -> str:
    """Return SBML with settings written into it. See :meth:`widgets.model.Model.sbml`."""
    settings = model.values({key: value for key, value in values.items() if key != "end"})
    constants = {key: p.value for key, p in model.parameters.items()} | settings
    document = libsbml.readSBMLFromString(model.sbml())
    sbml = document.getModel()
    for key, value in constants.items():
        if sbml.getCompartment(key):
            sbml.getCompartment(key).setSize(value)
        else:
            sbml.getParameter(key).setValue(value)
    if moves_rest(model, constants):
        for key, value in _rest(model, constants, _start(model, constants)).items():
            sbml.removeInitialAssignment(key)
            sbml.getSpecies(key).setInitialConcentration(value)
    return str(libsbml.writeSBMLToString(document))


def final_state(model: Model, values: Mapping[str, float | str], end: float) -> dict[str, float]:
    """Return every state at a time that may lie beyond the model's longest horizon."""
    constants = {key: p.value for key, p in model.parameters.items()} | model.values(values)
    start = _start(model, constants)
    if moves_rest(model, constants):
        start |= _rest(model, constants, start)
    return _last(model, constants, start, end)


def _start(model: Model, constants: Mapping[str, float]) -> dict[str, float]:
    """Start values of inputs and states."""
    one = system(model)
    numbers = initializer(model)(*(constants[key] for key in one.constants))
    return dict(zip((*one.inputs, *one.states), numbers, strict=True))


def _rest(model: Model, constants: Mapping[str, float], start: Mapping[str, float]) -> dict[str, float]:
    """Run without stimulus and without events until nothing moves; return the states."""
    rest = model.about.rest
    assert rest is not None
    quiet = {key: constants[key] for key in rest_constants(model)}
    quiet |= {key: value for key, value in rest.set.items() if key in constants}
    begin = {key: rest.set.get(key, value) for key, value in start.items()}
    return dict(_rest_state(model, tuple(quiet.items()), tuple(begin.items())))


@functools.lru_cache(maxsize=256)
def _rest_state(
    model: Model, quiet: tuple[tuple[str, float], ...], begin: tuple[tuple[str, float], ...]
) -> tuple[tuple[str, float], ...]:
    """Solve for the resting state; kept, because a dose-response asks for the same one at every dose."""
    rest = model.about.rest
    assert rest is not None
    defaults = {key: p.value for key, p in model.parameters.items()}
    settled = _last(model, defaults | dict(quiet), dict(begin), rest.duration, with_events=False)
    return tuple(settled.items())


def _last(
    model: Model,
    constants: Mapping[str, float],
    start: Mapping[str, float],
    end: float,
    *,
    with_events: bool = True,
) -> dict[str, float]:
    """Every state at the end of a run."""
    columns = [f"[{key}]" for key in model.states]
    table = _solve(model, constants, start, (end, 2), ["time", *columns], with_events=with_events)
    return dict(zip(model.states, (float(value) for value in table[-1, 1:]), strict=True))


@functools.cache
def _engine(model: Model, *, with_events: bool) -> roadrunner.RoadRunner:
    """Build and keep a simulator; building one compiles the model, which takes a while."""
    document = libsbml.readSBMLFromString(model.sbml())
    if not with_events:
        document.getModel().getListOfEvents().clear()
    engine = roadrunner.RoadRunner(libsbml.writeSBMLToString(document))
    engine.integrator.relative_tolerance = model.about.solver.reference_rtol
    engine.integrator.maximum_num_steps = 1_000_000
    return engine


def _set(
    model: Model,
    engine: roadrunner.RoadRunner,
    constants: Mapping[str, float],
    start: Mapping[str, float],
) -> None:
    """Put constants, inputs and states into a simulator, at time 0 with its events armed."""
    engine.reset()
    numbers = {**constants, **{key: start[key] for key in system(model).inputs}}
    for key, value in numbers.items():
        engine[key] = value
    for key in model.states:
        engine[f"[{key}]"] = start[key]


def _solve(
    model: Model,
    constants: Mapping[str, float],
    start: Mapping[str, float],
    grid: tuple[float, int] | list[float],
    columns: list[str],
    *,
    with_events: bool = True,
) -> Array:
    """Run to a horizon with so many points, or through given times."""
    engine = _engine(model, with_events=with_events)
    for slack in SLACK:
        engine.integrator.absolute_tolerance = model.about.solver.atol * ATOL_FACTOR * slack
        _set(model, engine, constants, start)
        try:
            if isinstance(grid, list):
                table = engine.simulate(times=grid, selections=columns)
            else:
                table = engine.simulate(0, *grid, columns)
            return np.asarray(table, dtype=np.float64)
        except RuntimeError as error:
            failure = error
            if "CV_TOO_MUCH_ACC" not in str(error):
                break
    text = " ".join(str(failure).split())
    raise ModelError(f"{model.name} could not be solved at these values: {text}") from failure
