"""Runs keep what is conserved, rest where they should, and come as arrays, tables and figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.invariants import KEPT, ZERO, applies, drift, undershoot
from widgets.model import Model, ModelError, Parameter, catalogue, load
from widgets.simulate import final_state
from widgets.system import rest_constants


def setting(parameter: Parameter) -> st.SearchStrategy[float]:
    if parameter.choices:
        return st.sampled_from([value for _, value in parameter.choices])
    assert parameter.min is not None and parameter.max is not None
    return st.floats(parameter.min, parameter.max)


def box(name: str) -> st.SearchStrategy[dict[str, float]]:
    model = load(name)
    return st.fixed_dictionaries({key: setting(model.parameters[key]) for key in model.sliders})


def conserved(model: Model, values: dict[str, float]) -> None:
    run = model.simulate(**values)  # type: ignore[arg-type]
    for total in model.about.conserved:
        if applies(run, total):
            assert drift(run, total) <= KEPT, total.name
    assert undershoot(run) <= ZERO


@pytest.mark.parametrize("name", catalogue())
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_totals_are_kept_wherever_the_sliders_are(name: str, data: st.DataObject) -> None:
    conserved(load(name), data.draw(box(name)))


@pytest.mark.parametrize("name", [name for name in catalogue() if any(one.when for one in load(name).about.conserved)])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_totals_of_special_settings_are_kept_there(name: str, data: st.DataObject) -> None:
    """The first integral of bone remodelling at g11 = 1.1, the totals of a closed vessel."""
    model = load(name)
    for total in model.about.conserved:
        if total.when:
            conserved(model, data.draw(box(name)) | total.when)


@pytest.mark.parametrize(
    ("name", "nothing", "within"),
    [
        ("acute_phase", {"IL6_fold": 1}, 1e-7),
        ("bone_remodelling", {"kick": 0}, 1e-7),
        ("inflammatory_switch", {"Src": 0}, 1e-7),
        # The published start is rounded to four digits.
        ("rankl_opg", {"PTH": 0, "RANKL_added": 0, "OPG_added": 0, "IL6": 1}, 2e-4),
        ("siltuximab", {"dose": 0}, 1e-7),
        ("tocilizumab", {"dose": 0}, 1e-7),
    ],
)
def test_nothing_given_nothing_moves(name: str, nothing: dict[str, float], within: float) -> None:
    """A model that starts at rest stays there."""
    run = load(name).simulate(**nothing)  # type: ignore[arg-type]
    for key, values in run.series.items():
        if key == "AUC":
            continue
        assert np.ptp(values) <= within * max(float(np.abs(values).max()), 1e-9), key


def test_times_of_your_own() -> None:
    run = load("jak_stat3").simulate(times=[0, 16, 60])
    assert run.time.tolist() == [0, 16, 60]
    assert run["pSTAT3"][1] == pytest.approx(15.08, abs=0.005)
    with pytest.raises(ModelError, match=r"must start at 0 and rise"):
        load("jak_stat3").simulate(times=[0, 5, 5])


@pytest.mark.parametrize("values", [{"SOCS3_translation": 0}, {"gp130_production": 400}, {"Rux": 500}, {"Stattic": 20}])
def test_a_setting_that_moves_the_resting_state_starts_from_rest(values: dict[str, float]) -> None:
    model = load("jak_stat3")
    # The least IL-6 for the shortest time, and no loss of drug: nothing should move much.
    run = model.simulate(IL6=0.01, pulse=2, kdeg_Rux=0, **values)  # type: ignore[arg-type]
    assert run.rested
    assert np.ptp(run["pSTAT3"]) < 0.01 * run["pSTAT3"].max()
    other = model.simulate(IL6=0.01, pulse=2, kdeg_Rux=0, rest=False, **values)  # type: ignore[arg-type]
    assert not other.rested
    assert np.ptp(other["pSTAT3"]) > 0.02 * other["pSTAT3"].max()


def test_settings_that_leave_rest_alone_start_from_the_file() -> None:
    run = load("jak_stat3").simulate(IL6=100, pulse=30)
    assert not run.rested
    assert run["pSTAT3"][0] == 0.832161673943926


def test_every_slider_that_moves_rest_is_known() -> None:
    """Without IL-6 the cell stands still at any slider that is said to leave rest alone."""
    model = load("jak_stat3")
    moving = set(rest_constants(model)) & set(model.sliders)
    assert moving == {"SOCS3_translation", "gp130_production", "Stattic", "Rux"}
    for key in set(model.sliders) - moving:
        parameter = model.parameters[key]
        for value in (parameter.min, parameter.max):
            run = model.simulate(rest=False, kact_IL6=0, **{key: value})  # type: ignore[arg-type]
            for state in model.states:
                assert np.ptp(run[state]) <= 1e-6 * run[state].max(), (key, state)


def test_the_pulse_ends_exactly_when_it_says() -> None:
    model = load("jak_stat3")
    whole = model.simulate(pulse=240, end=240, points=2401)
    short = model.simulate(pulse=20, end=240, points=2401)
    before = whole.time <= 20
    assert np.allclose(whole["pSTAT3"][before], short["pSTAT3"][before], rtol=1e-7)
    assert short["pSTAT3"][-1] < 0.5 * whole["pSTAT3"][-1]


def test_binding_obeys_mass_action_at_equilibrium() -> None:
    model = load("receptor_binding")
    end = final_state(model, {"IL6": 10, "KD_gp130": 0.2}, 20_000)
    assert end["IL6_sIL6R"] == pytest.approx(end["IL6_free"] * end["sIL6R_free"] / 5, rel=1e-6)
    ternary = end["IL6_sIL6R"] * end["sgp130_free"] / 0.2
    assert end["IL6_sIL6R_sgp130"] == pytest.approx(ternary, rel=1e-6)


def test_a_run_is_a_table_and_a_figure() -> None:
    run = load("jak_stat3").simulate(points=25)
    table = run.to_dataframe()
    assert table.shape == (25, len(run.series))
    assert table.index.name == "time (min)"
    figure = run.figure("brake")
    assert figure.data[0].name == "SOCS3"
    assert "SOCS3 peaks at 2.8" in figure.layout.meta["alt"]
    assert figure.layout.xaxis.title.text == "Time after IL-6 (min)"


def test_exported_sbml_carries_the_settings_and_the_rest_state() -> None:
    import libsbml

    model = load("jak_stat3")
    document = libsbml.readSBMLFromString(model.sbml(SOCS3_translation=0, IL6=5))  # owns what its model refers to
    sbml = document.getModel()
    assert sbml.getParameter("SOCS3_translation").getValue() == 0
    assert sbml.getParameter("IL6").getValue() == 5
    run = model.simulate(SOCS3_translation=0, IL6=5)
    start = sbml.getSpecies("pSTAT3").getInitialConcentration()
    assert start == pytest.approx(run["pSTAT3"][0], rel=1e-9)


def test_a_dose_that_cvode_finds_hard_is_solved_all_the_same() -> None:
    """At these settings CVODE refuses its first tolerance at the fifth dose."""
    run = load("ruxolitinib").simulate(route=2, dose=5, interval=6, SOCS3_translation=0, IL6=10, end=2880)
    assert run["pSTAT3"][-1] == pytest.approx(8.5479, abs=5e-4)
