"""Questions asked of a model: readouts, scans, dose-response, steady states, sensitivities."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq

from widgets.model import Model, ModelError, Parameter
from widgets.readouts import READOUTS
from widgets.schema import nearest
from widgets.simulate import Run, simulate

if TYPE_CHECKING:
    import pandas as pd

Array = npt.NDArray[np.float64]

# Readouts are taken from a fine grid, so that peaks and times do not hang on the drawn one.
FINE = 2401


def readout(run: Run, quantity: str, series: str, at: float | None = None) -> float:
    """Read one number off a run.

    Parameters
    ----------
    run
        The run.
    quantity
        A name of :data:`widgets.readouts.READOUTS`.
    series
        The series to read.
    at
        The time for ``value``, in the model's time unit.

    Raises
    ------
    ModelError
        For an unknown readout or series, or a missing time.
    """
    if quantity not in READOUTS:
        raise ModelError(
            f"there is no readout '{quantity}'.{nearest(quantity, READOUTS)} Readouts: {', '.join(READOUTS)}"
        )
    return READOUTS[quantity](run, series, at)


def scan(
    model: Model,
    parameter: str,
    values: Sequence[float] | Array,
    *,
    series: Sequence[str],
    quantity: str = "end",
    at: float | None = None,
    **settings: float | str,
) -> pd.DataFrame:
    """Solve the model once for each value of one parameter and read numbers off each run.

    Parameters
    ----------
    model
        The model.
    parameter
        The parameter to move.
    values : sequence of float, shape (n,)
        Its values, in its unit.
    series
        What to read.
    quantity, at
        How to read it; see :func:`readout`.
    **settings
        Everything else that is not at its default; ``end`` for the horizon.

    Returns
    -------
    pandas.DataFrame, shape (n, len(series))
        Indexed by the values.
    """
    import pandas as pd

    rows = []
    for value in values:
        run = _run(model, {**settings, parameter: float(value)})
        rows.append({key: readout(run, quantity, key, at) for key in series})
    unit = model.parameters[parameter].unit
    return pd.DataFrame(rows, index=pd.Index(values, name=f"{parameter} ({unit})"))


def half_dose(
    model: Model,
    parameter: str,
    series: str,
    at: float,
    *,
    rest: bool = True,
    **settings: float | str,
) -> float:
    """Return the EC50: the dose halfway between rest and the highest response at one time.

    The highest response is taken over the range of the parameter's slider, so that a curve which
    falls again at high doses has a well-defined top.

    Parameters
    ----------
    model, parameter, series
        What is dosed and what is read.
    at
        Time of reading, in the model's time unit.
    rest
        See :func:`widgets.simulate.simulate`.
    **settings
        Everything else that is not at its default.

    Returns
    -------
    float
        In the parameter's unit; ``nan`` where the response never crosses the halfway line.
    """

    def response(dose: float) -> float:
        return readout(_run(model, {**settings, parameter: dose}, at, rest), "value", series, at)

    doses = grid(model.parameters[parameter])
    responses = [response(dose) for dose in doses]
    resting = float(_run(model, {**settings, parameter: doses[0]}, at, rest)[series][0])
    half = (resting + max(responses)) / 2
    return crossing(doses, responses, lambda dose: response(dose) - half, half)


def half_inhibition(model: Model, parameter: str, series: str, at: float, **settings: float | str) -> float:
    """Return the IC50: where the parameter has halved the response it finds at its minimum.

    Returns
    -------
    float
        In the parameter's unit; ``nan`` where half is not reached within the slider.
    """

    def response(dose: float) -> float:
        return readout(_run(model, {**settings, parameter: dose}, at), "value", series, at)

    low = model.parameters[parameter].min or 0.0
    half = response(low) / 2
    doses = grid(model.parameters[parameter])
    responses = [response(dose) for dose in doses]
    return crossing(doses, responses, lambda dose: response(dose) - half, half)


def steady_state(model: Model, **settings: float | str) -> dict[str, float]:
    """Run until nothing moves any more.

    Returns
    -------
    dict of str to float
        Every state, in its unit.

    Raises
    ------
    ModelError
        If the model still moves at a million times its default horizon, as an oscillator does.
    """
    horizon = model.about.time.end
    before = _ends(model, settings, horizon)
    for factor in (1e1, 1e2, 1e3, 1e4, 1e5, 1e6):
        after = _ends(model, settings, horizon * factor)
        moved = max(abs(after[k] - before[k]) / max(abs(after[k]), 1e-12) for k in model.states)
        if moved < 1e-8:
            return {key: after[key] for key in model.states}
        before = after
    raise ModelError(f"{model.name} does not come to rest at these values")


def sensitivities(
    model: Model,
    series: str,
    *,
    quantity: str = "peak",
    at: float | None = None,
    step: float = 0.01,
    **settings: float | str,
) -> dict[str, float]:
    """Return how many per cent a readout changes for one per cent of each parameter.

    Parameters
    ----------
    model, series, quantity, at
        What is read; see :func:`readout`.
    step
        Relative step of the central difference.
    **settings
        Where the sensitivities are taken.

    Returns
    -------
    dict of str to float
        Dimensionless, largest in size first; parameters at zero, and those whose step would leave
        their slider, are left out.
    """
    at_point = {key: p.value for key, p in model.parameters.items()} | model.values(settings)
    found = {}
    for key, parameter in model.parameters.items():
        low, high = at_point[key] * (1 - step), at_point[key] * (1 + step)
        inside = (parameter.min is None or low >= parameter.min) and (parameter.max is None or high <= parameter.max)
        if at_point[key] == 0 or parameter.choices or not inside:
            continue
        ends = [readout(_run(model, {**settings, key: value}), quantity, series, at) for value in (low, high)]
        middle = sum(ends) / 2
        found[key] = (ends[1] - ends[0]) / (2 * step * middle) if middle else 0.0
    return dict(sorted(found.items(), key=lambda item: -abs(item[1])))


def _run(model: Model, settings: Mapping[str, float | str], at: float | None = None, rest: bool = True) -> Run:
    """Solve on the fine grid, at least until ``at``."""
    end = settings.get("end", model.about.time.end)
    if at is not None:
        end = max(float(end), at)
    return simulate(model, {k: v for k, v in settings.items() if k != "end"}, end=end, points=FINE, rest=rest)


def _ends(model: Model, settings: Mapping[str, float | str], end: float) -> dict[str, float]:
    from widgets.simulate import final_state

    return final_state(model, settings, end)


def grid(parameter: Parameter) -> Array:
    """Doses over the range of a slider, evenly spaced in the logarithm."""
    if parameter.max is None or parameter.min is None:
        raise ModelError(f"{parameter.id} has no slider, so its range is not known")
    low = parameter.min if parameter.min > 0 else parameter.max * 1e-4
    return np.geomspace(low, parameter.max, 41)


def crossing(doses: Array, responses: Sequence[float], gap: Callable[[float], float], half: float) -> float:
    """Find where a response first crosses a level, between grid points by bracketing."""
    above = np.asarray(responses) >= half
    changes = np.flatnonzero(above[1:] != above[:-1])
    if changes.size == 0:
        return math.nan
    i = int(changes[0])
    return float(brentq(gap, doses[i], doses[i + 1], rtol=1e-8))
