"""Slider settings at which the engines are compared: random ones and every corner of the box."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt

from widgets.model import Model, Parameter
from widgets.simulate import Run, simulate

RANDOM = 200


def controls(model: Model) -> list[Parameter]:
    """Every control of a model: its sliders and the time shown."""
    return [*(model.parameters[key] for key in model.sliders), model.horizon]


def random_settings(model: Model, count: int = RANDOM) -> list[dict[str, float]]:
    """Draw settings evenly over each slider's own scale, the same ones in every run."""
    draw = np.random.default_rng(20101123)
    return [{p.id: _draw(p, draw) for p in controls(model)} for _ in range(count)]


def corners(model: Model) -> list[dict[str, float]]:
    """Every combination of the ends of all sliders, at the default time shown."""
    names = model.sliders
    ends = [(model.parameters[key].min, model.parameters[key].max) for key in names]
    return [
        {key: float(value) for key, value in zip(names, corner, strict=True) if value is not None}
        for corner in itertools.product(*ends)
    ]


def reference(model: Model, setting: dict[str, float]) -> Run:
    """Solve one setting with libRoadRunner."""
    other = {key: value for key, value in setting.items() if key != "end"}
    return simulate(model, other, end=setting.get("end"))


def scales(model: Model) -> dict[str, float]:
    """Size of each series in the default run: what counts as nothing is far below it."""
    run = model.simulate()
    largest = max(float(np.abs(values).max()) for values in run.series.values())
    return {key: max(float(np.abs(values).max()), 1e-9 * largest) for key, values in run.series.items()}


def deviation(ours: npt.NDArray[np.float64], other: npt.NDArray[np.float64], scale: float) -> float:
    """Largest difference over the peak; a series that stays below 1e-6 of its scale is nothing."""
    peak = max(float(np.abs(ours).max()), 1e-6 * scale)
    return float(np.abs(ours - other).max()) / peak


def _draw(parameter: Parameter, draw: np.random.Generator) -> float:
    if parameter.choices:
        return float(draw.choice([value for _, value in parameter.choices]))
    assert parameter.min is not None and parameter.max is not None
    if parameter.scale == "log":
        value = 10 ** draw.uniform(np.log10(parameter.min), np.log10(parameter.max))
    else:
        value = draw.uniform(parameter.min, parameter.max)
    return float(min(max(value, parameter.min), parameter.max))
