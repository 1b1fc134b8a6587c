"""COPASI as a second, independent simulator: it reads the exported SBML and nothing else of ours."""

from __future__ import annotations

import basico
import libsbml
import numpy as np
import numpy.typing as npt

from widgets.model import Model
from widgets.simulate import moves_rest

RTOL, ATOL = 1e-11, 1e-18


def solve(model: Model, setting: dict[str, float], points: int) -> dict[str, npt.NDArray[np.float64]]:
    """Solve one setting with COPASI's LSODA, the resting state included.

    Returns
    -------
    dict
        Each state, shape (points,).
    """
    values = {key: value for key, value in setting.items() if key != "end"}
    document = libsbml.readSBMLFromString(model.sbml())
    sbml = document.getModel()
    for key, value in values.items():
        sbml.getParameter(key).setValue(value)
    if moves_rest(model, {key: p.value for key, p in model.parameters.items()} | values):
        for key, value in _rest_state(model, document).items():
            sbml.removeInitialAssignment(key)
            sbml.getSpecies(key).setInitialConcentration(value)
    end = setting.get("end", model.about.time.end)
    return _run(model, libsbml.writeSBMLToString(document), end, points)


def _rest_state(model: Model, document: libsbml.SBMLDocument) -> dict[str, float]:
    """Run without stimulus and without events for as long as the model's file says."""
    rest = model.about.rest
    assert rest is not None
    quiet = document.clone()
    sbml = quiet.getModel()
    sbml.getListOfEvents().clear()
    for key, value in rest.set.items():
        sbml.removeInitialAssignment(key)
        sbml.getParameter(key).setValue(value)
    table = _run(model, libsbml.writeSBMLToString(quiet), rest.duration, 2)
    return {key: float(values[-1]) for key, values in table.items()}


def _run(model: Model, sbml: str, end: float, points: int) -> dict[str, npt.NDArray[np.float64]]:
    engine = basico.load_model_from_string(sbml)
    try:
        table = basico.run_time_course(
            duration=end, intervals=points - 1, r_tol=RTOL, a_tol=ATOL, max_steps=1_000_000,
            use_initial_values=True, model=engine,
        )  # fmt: skip
        if len(table) != points:
            raise RuntimeError(f"COPASI stopped after {len(table)} of {points} points")
        return {key: table[key].to_numpy() for key in model.states}
    finally:
        basico.remove_datamodel(engine)
