"""Readouts, scans, half-doses, steady states and sensitivities give the values they are named for."""

from __future__ import annotations

import math

import numpy as np
import pytest

from widgets import analysis
from widgets.model import ModelError, load


def test_a_scan_is_one_run_a_value() -> None:
    model = load("jak_stat3")
    table = analysis.scan(model, "IL6", [1, 10], series=["pSTAT3", "SOCS3"], quantity="peak")
    assert table.shape == (2, 2)
    assert table.index.name == "IL6 (ng/mL)"
    assert table["pSTAT3"].iloc[1] == pytest.approx(8.55, abs=0.005)


def test_half_dose_lies_halfway() -> None:
    model = load("jak_stat3")
    dose = analysis.half_dose(model, "IL6", "pSTAT3", 15)
    at = [model.simulate(IL6=x, end=30, points=301) for x in (dose, 1000)]
    rest = at[0]["pSTAT3"][0]
    top = at[1]["pSTAT3"][150]
    assert at[0]["pSTAT3"][150] == pytest.approx((rest + top) / 2, rel=1e-3)


def test_half_inhibition_is_nan_where_half_is_never_reached() -> None:
    model = load("receptor_binding")
    assert math.isnan(analysis.half_inhibition(model, "sgp130", "classic", 12, IL6=100))


def test_the_steady_state_is_where_nothing_moves() -> None:
    model = load("jak_stat3")
    state = analysis.steady_state(model, IL6=40, pulse=240, kdeg_Rux=0)
    # The pulse is over, so the cell returns to the rest of its file.
    assert state["pSTAT3"] == pytest.approx(0.832161673943926, rel=1e-6)


def test_sensitivities_know_a_power_law() -> None:
    """Half the gp130 production halves every receptor at rest, so the sensitivity there is one."""
    model = load("jak_stat3")
    found = analysis.sensitivities(model, "gp130", quantity="value", at=0, SOCS3_translation=0, IL6=1)
    assert found["gp130_production"] == pytest.approx(1, rel=1e-4)
    assert found["kprod_gp130"] == pytest.approx(1, rel=1e-4)
    assert found["kact_IL6"] == 0


def test_every_readout_of_a_known_curve() -> None:
    run = load("receptor_binding").simulate(points=2401)
    free = run["IL6_free"]
    assert analysis.readout(run, "peak", "IL6_free") == free.max()
    assert analysis.readout(run, "peak_time", "IL6_free") == 0
    assert analysis.readout(run, "minimum", "IL6_free") == free.min()
    assert analysis.readout(run, "end", "IL6_free") == free[-1]
    assert analysis.readout(run, "value", "IL6_free", 6) == pytest.approx(free[1200])
    assert analysis.readout(run, "integral", "IL6_free") == pytest.approx(np.mean(free) * 12, rel=1e-2)
    assert analysis.readout(run, "decline", "IL6_free") == pytest.approx(1 - free[-1] / free[0])


def test_bad_questions_are_answered_in_one_line() -> None:
    run = load("receptor_binding").simulate()
    with pytest.raises(ModelError, match=r"no readout 'peek'. Did you mean 'peak'?"):
        analysis.readout(run, "peek", "trans")
    with pytest.raises(ModelError, match=r"needs a time"):
        analysis.readout(run, "value", "trans")
    with pytest.raises(ModelError, match=r"has no slider"):
        analysis.half_dose(load("jak_stat3"), "kdelay", "pSTAT3", 15)
