"""COPASI as a second, independent simulator: it reads the exported SBML and nothing else of ours."""

from __future__ import annotations

import functools
from typing import Any

import basico
import COPASI
import libsbml
import numpy as np
import numpy.typing as npt

from widgets.model import Model
from widgets.simulate import moves_rest

RTOL, ATOL = 1e-11, 1e-18

Array = npt.NDArray[np.float64]


def solve(model: Model, setting: dict[str, float], points: int) -> dict[str, Array]:
    """Solve one setting with COPASI's LSODA, the resting state included.

    Returns
    -------
    dict
        Each state, shape (points,).
    """
    values = {key: p.value for key, p in model.parameters.items()} | setting
    end = values.pop("end", model.about.time.end)
    if not moves_rest(model, values):
        return _run(model, _engine(model, "as it is"), values, end, points)
    rest = model.about.rest
    assert rest is not None
    settled = _run(model, _engine(model, "quiet"), values | rest.set, rest.duration, 2)
    start = {key: float(column[-1]) for key, column in settled.items()}
    return _run(model, _engine(model, "rested"), values | start, end, points)


@functools.cache
def _engine(model: Model, kind: str) -> Any:
    """Load a model once: as it is, without events and stimulus, or with a start that can be set."""
    document = libsbml.readSBMLFromString(model.sbml())
    sbml = document.getModel()
    if kind == "quiet":
        sbml.getListOfEvents().clear()
        assert model.about.rest is not None
        for key in model.about.rest.set:
            sbml.removeInitialAssignment(key)
    if kind == "rested":
        for key in model.states:
            sbml.removeInitialAssignment(key)
    return basico.load_model_from_string(libsbml.writeSBMLToString(document))


def _run(model: Model, engine: Any, values: dict[str, float], end: float, points: int) -> dict[str, Array]:
    inside = engine.getModel()
    changed = COPASI.ObjectStdVector()
    for key, value in values.items():
        changed.append(_set(inside, key, value))
    # Everything that the file computes at the start follows from what was set.
    inside.updateInitialValues(changed)
    table = basico.run_time_course(
        duration=end, intervals=points - 1, r_tol=min(RTOL, model.about.solver.reference_rtol),
        a_tol=ATOL, max_steps=1_000_000,
        use_initial_values=True, model=engine,
    )  # fmt: skip
    if len(table) != points:
        raise RuntimeError(f"COPASI stopped after {len(table)} of {points} points")
    return {key: table[key].to_numpy() for key in model.states}


def _set(inside: Any, key: str, value: float) -> Any:
    """Set the start value of the quantity with this SBML id, and return what was set."""
    for quantity in (*inside.getModelValues(), *inside.getCompartments()):
        if quantity.getSBMLId() == key:
            quantity.setInitialValue(value)
            return quantity.getInitialValueReference()
    for species in inside.getMetabolites():
        if species.getSBMLId() == key:
            species.setInitialConcentration(value)
            return species.getInitialConcentrationReference()
    raise KeyError(key)
