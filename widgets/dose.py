"""Readouts that solve a model at many doses: steepness of a response, doses that halve a reading.

Each has the signature ``NAME(run, parameter, series, at) -> float``. Of the run only the model, the
settings and the end are used; ``parameter`` is moved over the range of its slider.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from widgets.analysis import crossing, grid
from widgets.readouts import mean_from
from widgets.simulate import Run, simulate

Array = npt.NDArray[np.float64]


def hill(run: Run, parameter: str, series: str, at: float | None) -> float:
    """Return the effective Hill coefficient of a response, ln 81 / ln(EC90 / EC10).

    The response is normalised by the one at the slider's top, as in Huang and Ferrell 1996. Both
    doses are solved for.

    Parameters
    ----------
    run
        Gives the model, the settings and the end.
    parameter
        What is dosed.
    series
        The response; zero without input.
    at
        Time at which the response is read; by default the end of the run.

    Returns
    -------
    float
        Dimensionless; ``nan`` where the response does not pass both 10 % and 90 % of its top.
    """
    response, doses, responses = _curve(run, parameter, _value(series, at))

    def dose_at(level: float) -> float:
        return crossing(doses, responses, lambda dose: response(dose) - level, level)

    return math.log(81) / math.log(dose_at(0.9 * responses[-1]) / dose_at(0.1 * responses[-1]))


def hill_from_doses(run: Run, parameter: str, series: str, at: float | None) -> float:
    """Return the effective Hill coefficient as read off 41 doses joined by straight lines.

    A steep response spans few of the doses, so that this falls short of :func:`hill`.

    Parameters
    ----------
    run, parameter, series, at
        As in :func:`hill`.

    Returns
    -------
    float
        Dimensionless; meaningful for a response that never falls with the dose.
    """
    _, doses, responses = _curve(run, parameter, _value(series, at))
    low, high = np.interp([0.1 * responses[-1], 0.9 * responses[-1]], responses, np.log(doses))
    return float(math.log(81) / (high - low))


def half_peak_dose(run: Run, parameter: str, series: str, at: float | None) -> float:
    """Return the dose that halves the peak of a series.

    Parameters
    ----------
    run, parameter, series
        As in :func:`hill`.
    at
        Not used.

    Returns
    -------
    float
        In the unit of the parameter; ``nan`` where half is not reached within the slider.
    """
    return _half(run, parameter, lambda one: float(one[series].max()))


def half_area_dose(run: Run, parameter: str, series: str, at: float | None) -> float:
    """Return the dose that halves the area under a series from a time to the end.

    Parameters
    ----------
    run, parameter, series
        As in :func:`hill`.
    at
        Time from which on to take the area, in the model's time unit.

    Returns
    -------
    float
        In the unit of the parameter; ``nan`` where half is not reached within the slider.

    Raises
    ------
    ModelError
        Without a time.
    """
    return _half(run, parameter, lambda one: mean_from(one, series, at))


def _value(series: str, at: float | None) -> Callable[[Run], float]:
    """Read a series at a time, or at the end."""
    return lambda run: float(run[series][-1] if at is None else np.interp(at, run.time, run[series]))


def _curve(
    run: Run, parameter: str, read: Callable[[Run], float]
) -> tuple[Callable[[float], float], Array, list[float]]:
    """Return a reading as a function of the dose, and at 41 doses over the slider."""
    end, points = float(run.time[-1]), run.time.size

    def response(dose: float) -> float:
        return read(simulate(run.model, {**run.values, parameter: float(dose)}, end=end, points=points))

    doses = grid(run.model.parameters[parameter])
    return response, doses, [response(dose) for dose in doses]


def _half(run: Run, parameter: str, read: Callable[[Run], float]) -> float:
    """Find the dose that halves a reading of the run with the least dose."""
    response, doses, responses = _curve(run, parameter, read)
    half = responses[0] / 2
    return crossing(doses, responses, lambda dose: response(dose) - half, half)


DOSE_READOUTS: dict[str, Callable[[Run, str, str, float | None], float]] = {
    "hill": hill,
    "hill_from_doses": hill_from_doses,
    "half_peak_dose": half_peak_dose,
    "half_area_dose": half_area_dose,
}
"""Every one of them by name."""
