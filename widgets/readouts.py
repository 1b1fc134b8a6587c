"""What can be read off one run: peaks, times, areas, periods, half-lives.

Each readout has the signature ``NAME(run, series, at) -> float``; ``at`` is a time in the model's unit
unless the readout says otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from widgets.schema import ModelError
from widgets.simulate import Run

Array = npt.NDArray[np.float64]
Readout = Callable[[Run, str, float | None], float]


def decline(run: Run, series: str, at: float | None) -> float:
    """Return the share of the peak that is lost by the end (0 where the signal never falls)."""
    values = run[series]
    return float(1 - values[-1] / values.max())


def cycle_low(run: Run, series: str, at: float | None) -> float:
    """Return the lowest value of a series once the first transient is over.

    Parameters
    ----------
    run
        The run.
    series
        What is read.
    at
        Time from which on to look, in the model's time unit; by default the second half of the run.

    Returns
    -------
    float
        In the unit of the series.
    """
    return float(_late(run, series, at)[1].min())


def cycle_high(run: Run, series: str, at: float | None) -> float:
    """Return the highest value of a series once the first transient is over.

    Parameters
    ----------
    run, series, at
        As in :func:`cycle_low`.

    Returns
    -------
    float
        In the unit of the series.
    """
    return float(_late(run, series, at)[1].max())


def period(run: Run, series: str, at: float | None) -> float:
    """Return the mean time between upward crossings of the middle of a cycle.

    Parameters
    ----------
    run, series, at
        As in :func:`cycle_low`.

    Returns
    -------
    float
        In the model's time unit; ``nan`` where the series swings by less than 1 % of its highest
        value, or crosses its middle fewer than twice.
    """
    time, values = _late(run, series, at)
    low, high = float(values.min()), float(values.max())
    if high - low < 0.01 * abs(high):
        return math.nan
    above = values - (low + high) / 2
    up = np.flatnonzero((above[:-1] < 0) & (above[1:] >= 0))
    if up.size < 2:
        return math.nan
    crossings = time[up] - above[up] * (time[up + 1] - time[up]) / (above[up + 1] - above[up])
    return float(np.diff(crossings).mean())


def minimum_time(run: Run, series: str, at: float | None) -> float:
    """Return the time of the lowest point.

    Parameters
    ----------
    run
        The run.
    series
        The series to read.
    at
        Not used.

    Returns
    -------
    float
        In the model's time unit; the first time where the lowest value occurs more than once.
    """
    return float(run.time[run[series].argmin()])


def peak_period(run: Run, series: str, at: float | None) -> float:
    """Return the mean time between successive peaks.

    Peak times are those of parabolas through three points, so that they do not hang on the grid.

    Parameters
    ----------
    run
        The run.
    series
        The series to read.
    at
        Peaks before this time are left out; none by default.

    Returns
    -------
    float
        In the model's time unit; ``nan`` where there are fewer than two peaks.
    """
    times = _peaks(run.time, run[series])
    times = times[times >= (at or 0.0)]
    return float(np.diff(times).mean()) if times.size > 1 else math.nan


def time_above(run: Run, series: str, at: float | None) -> float:
    """Return the time at which a series first reaches a level.

    Parameters
    ----------
    run
        The run.
    series
        The series to read.
    at
        The level, in the unit of the series (not a time).

    Returns
    -------
    float
        In the model's time unit, interpolated between points; ``nan`` where the level is not reached.

    Raises
    ------
    ModelError
        Without a level.
    """
    if at is None:
        raise ModelError("the readout 'time_above' needs a level: at=...")
    return _first_reached(run.time, run[series], at)


def time_below(run: Run, series: str, at: float | None) -> float:
    """Return the time at which a series first falls to a level.

    Parameters
    ----------
    run
        The run.
    series
        The series to read.
    at
        The level, in the unit of the series (not a time).

    Returns
    -------
    float
        In the model's time unit, interpolated between points; ``nan`` where the level is not reached.

    Raises
    ------
    ModelError
        Without a level.
    """
    if at is None:
        raise ModelError("the readout 'time_below' needs a level: at=...")
    # Falling to a level is rising to it upside down.
    return _first_reached(run.time, -run[series], -at)


def gain(run: Run, series: str, at: float | None) -> float:
    """Return how much a series has grown from a time to the end of the run.

    Of a running total, such as an exposure, this is what one dosing interval adds.

    Parameters
    ----------
    run
        The run.
    series
        What is read.
    at
        Start of the interval, in the model's time unit.

    Returns
    -------
    float
        In the unit of the series.

    Raises
    ------
    ModelError
        Without a time.
    """
    return float(run[series][-1] - np.interp(need(at), run.time, run[series]))


def peak_from(run: Run, series: str, at: float | None) -> float:
    """Return the highest value of a series from a time on, such as within the last dosing interval.

    Parameters
    ----------
    run
        The run.
    series
        What is read.
    at
        Time from which on to look, in the model's time unit.

    Returns
    -------
    float
        In the unit of the series.

    Raises
    ------
    ModelError
        Without a time.
    """
    return float(run[series][run.time >= need(at)].max())


def half_life(run: Run, series: str, at: float | None) -> float:
    """Return the half-life of a series over the stretch from a time to the end of the run.

    Parameters
    ----------
    run
        The run.
    series
        What is read; it must be positive at both ends of the stretch.
    at
        Start of the stretch, in the model's time unit.

    Returns
    -------
    float
        In the model's time unit; ``nan`` where the series does not fall.

    Raises
    ------
    ModelError
        Without a time.
    """
    begin = need(at)
    fall = math.log(float(np.interp(begin, run.time, run[series])) / float(run[series][-1]))
    return math.log(2) * (float(run.time[-1]) - begin) / fall if fall > 0 else math.nan


def mean_from(run: Run, series: str, at: float | None) -> float:
    """Return the mean of a series from a time to the end of the run, such as over one dosing interval.

    Parameters
    ----------
    run
        The run.
    series
        What is read.
    at
        Time from which on to take the mean, in the model's time unit.

    Returns
    -------
    float
        In the unit of the series.

    Raises
    ------
    ModelError
        Without a time.
    """
    late = run.time >= need(at) - 1e-9 * run.time[-1]
    return float(np.trapezoid(run[series][late], run.time[late]) / (run.time[late][-1] - run.time[late][0]))


def _first_reached(time: Array, values: Array, level: float) -> float:
    """Find when values first rise to a level, between points; nan where they never do."""
    reached = np.flatnonzero(values >= level)
    if reached.size == 0:
        return math.nan
    i = int(reached[0])
    if i == 0:
        return float(time[0])
    return float(np.interp(level, values[i - 1 : i + 1], time[i - 1 : i + 1]))


def _late(run: Run, series: str, at: float | None) -> tuple[Array, Array]:
    begin = run.time[-1] / 2 if at is None else at
    late = run.time >= begin
    return run.time[late], run[series][late]


def _peaks(time: Array, values: Array) -> Array:
    """Find the times of the inner maxima; none where the series only carries rounding."""
    if np.ptp(values) <= 1e-9 * np.abs(values).max():
        return np.empty(0)
    inner = np.flatnonzero((values[1:-1] > values[:-2]) & (values[1:-1] >= values[2:])) + 1
    left, top, right = values[inner - 1], values[inner], values[inner + 1]
    shift = 0.5 * (left - right) / (left - 2 * top + right)
    return np.asarray(time[inner] + shift * (time[1] - time[0]))


def need(at: float | None) -> float:
    """Return the time, or say that it is missing."""
    if at is None:
        raise ModelError("this readout needs a time: at=...")
    return at


READOUTS: dict[str, Readout] = {
    "peak": lambda run, series, at: float(run[series].max()),
    "peak_time": lambda run, series, at: float(run.time[run[series].argmax()]),
    "peak_from": peak_from,
    "minimum": lambda run, series, at: float(run[series].min()),
    "minimum_time": minimum_time,
    "end": lambda run, series, at: float(run[series][-1]),
    "value": lambda run, series, at: float(np.interp(need(at), run.time, run[series])),
    "integral": lambda run, series, at: float(np.trapezoid(run[series], run.time)),
    "mean_from": mean_from,
    "gain": gain,
    "decline": decline,
    "half_life": half_life,
    "time_above": time_above,
    "time_below": time_below,
    "period": period,
    "peak_period": peak_period,
    "cycle_low": cycle_low,
    "cycle_high": cycle_high,
}
"""Every readout by name."""

READOUT_UNITS = {
    "peak": "series", "peak_time": "time", "peak_from": "series", "minimum": "series",
    "minimum_time": "time", "end": "series", "value": "series", "integral": "series time",
    "mean_from": "series", "gain": "series", "decline": "", "half_life": "time",
    "time_above": "time", "time_below": "time", "period": "time", "peak_period": "time", "cycle_low": "series",
    "cycle_high": "series", "hill": "", "hill_from_doses": "", "inhibition": "", "bliss_excess": "", "loewe_index": "",
}  # fmt: skip
"""Unit of each readout: that of the series, that of time, their product, or none."""
