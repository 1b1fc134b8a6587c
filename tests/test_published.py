"""Models that re-encode a published file follow its own trajectories to a millionth of the peak."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from widgets.model import load

TABLES = Path(__file__).parent / "reference"


@dataclass(frozen=True)
class Case:
    """One published run: the table, our settings, and which column is which of our series."""

    model: str
    table: str
    columns: dict[str, str]
    values: dict[str, float] = field(default_factory=dict)
    #: What one unit of the table is in ours.
    factor: float = 1.0

    def __str__(self) -> str:
        return self.table


SOBOTTA = {
    "JAK1_gp130_nM": "gp130", "pJAK1_pgp130_nM": "pJAK1_gp130", "STAT3_nM": "STAT3",
    "tpSTAT3_nM": "pSTAT3", "nSTAT3_nM": "nSTAT3", "SOCS3RNA_nM": "SOCS3_mRNA", "SOCS3_nM": "SOCS3",
}  # fmt: skip
CELLS = {"osteoclasts": "osteoclasts", "osteoblasts": "osteoblasts", "bone_mass_pct": "bone_mass"}
LEMAIRE = {
    "R_resp_OB_pM": "responding_osteoblasts", "B_active_OB_pM": "active_osteoblasts",
    "C_active_OC_pM": "active_osteoclasts",
}  # fmt: skip
NAZARI = {
    "CSC_cells": "stem_cells", "progenitor_cells": "progenitors", "differentiated_cells": "differentiated",
}  # fmt: skip
FUJITA = {key: key for key in ("pEGFR_total", "pAkt_total", "pS6_total")}
CASES = [
    Case("jak_stat3", "jak_stat3/IL6_1ngml", SOBOTTA, {"IL6": 1}),
    Case("jak_stat3", "jak_stat3/IL6_10ngml", SOBOTTA, {"IL6": 10}),
    Case("jak_stat3", "jak_stat3/IL6_40ngml", SOBOTTA, {"IL6": 40}),
    Case("jak_stat3", "jak_stat3/IL6_40ngml_SOCS3off", SOBOTTA, {"IL6": 40, "SOCS3_translation": 0}),
    Case("jak_stat3", "jak_stat3/IL6_40ngml_rux500at0", SOBOTTA, {"IL6": 40, "Rux": 500}),
    Case(
        "mapk_cascade", "mapk_cascade/default",
        {"MKKK_P_nM": "pRaf", "MKK_PP_nM": "ppMEK", "MAPK_PP_nM": "ppERK", "MAPK_nM": "ERK"},
    ),
    Case(
        "ultrasensitivity", "ultrasensitivity/timecourse",
        {"MosP_uM": "pRaf", "Mek1PP_uM": "ppMEK", "Erk2PP_uM": "ppERK"}, factor=1000,
    ),
    *(
        Case("pi3k_akt", f"pi3k_akt/EGF_step{name}", FUJITA, {"EGF_dose": dose, "input_shape": 0})
        for name, dose in (("0p3", 0.3), ("1", 1.0), ("30", 30.0))
    ),
    Case(
        "bone_remodelling", "bone_remodelling/one_cycle", CELLS,
        {"kick": 9.939339828, "start_osteoblasts": 99.937758408},
    ),
    Case(
        "bone_remodelling", "bone_remodelling/one_cycle_ayati", CELLS,
        {"kick": 9.999339828, "start_osteoblasts": 99.999040995},
    ),
    Case(
        "bone_remodelling", "bone_remodelling/endless_cycles", CELLS,
        {"g11": 1.1, "k1": 0.0748, "k2": 0.0006395, "kick": 9.901380982, "start_osteoblasts": 91.544328473},
    ),
    Case("rankl_opg", "rankl_opg/PTH_1000", LEMAIRE, {"PTH": 1000}),
    Case("rankl_opg", "rankl_opg/RANKL_10", LEMAIRE, {"RANKL_added": 10}),
    Case("rankl_opg", "rankl_opg/RANKL_10000", LEMAIRE, {"RANKL_added": 10000}),
    Case("rankl_opg", "rankl_opg/OPG_200000", LEMAIRE, {"OPG_added": 200000}),
    Case("tumour_growth", "tumour_growth/no_IL6", NAZARI, {"secretion": 0}),
    Case(
        "myeloma_bone_disease", "myeloma_bone_disease/untreated", CELLS | {"tumour_pct": "tumour"},
    ),
    Case("angiogenesis", "angiogenesis/control", {"tumour_mm3": "tumour", "carrying_capacity_mm3": "capacity"}),
    Case(
        "angiogenesis", "angiogenesis/u10",
        {"tumour_mm3": "tumour", "carrying_capacity_mm3": "capacity", "inhibitor_conc": "inhibitor"},
        {"dose": 10, "dose_days": 400, "clr": 1.3},
    ),
    Case("combination_stat3", "jak_stat3/IL6_1ngml", SOBOTTA, {"IL6": 1}),
    Case("combination_stat3", "jak_stat3/IL6_40ngml", SOBOTTA, {"IL6": 40}),
    Case(
        "ruxolitinib", "jak_stat3/IL6_40ngml_rux500at0", SOBOTTA,
        {"route": 1, "Rux_added": 500, "IL6": 40, "IL6_time": 0},
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_published_trajectory_is_followed(case: Case) -> None:
    published = pd.read_csv(TABLES / f"{case.table}.csv")
    # The published runs change their settings at time 0, from the start of their file.
    run = load(case.model).simulate(times=list(published.iloc[:, 0]), rest=False, **case.values)  # type: ignore[arg-type]
    for theirs, ours in case.columns.items():
        column = published[theirs].to_numpy() * case.factor
        assert np.abs(run[ours] - column).max() <= 1e-6 * np.abs(column).max(), ours


def test_the_dose_response_of_the_published_cascade_is_followed() -> None:
    published = pd.read_csv(TABLES / "ultrasensitivity" / "dose_response.csv")
    model = load("ultrasensitivity")
    doses = published["E1_total_nM"].clip(upper=model.parameters["E1_total"].max)
    runs = [model.simulate(E1_total=dose, end=1000, points=2) for dose in doses]
    for layer in ("Raf_active", "MEK_active", "ERK_active"):
        column = published[f"{layer}_percent"].to_numpy()
        ours = np.array([run[layer][-1] for run in runs])
        assert np.abs(ours - column).max() <= 1e-6 * column.max(), layer


def test_crp_comes_near_the_published_panel_once_ceiling_and_steepness_are_fitted() -> None:
    """The two-line model is not the published one; fitted, it stays within 1 mg/L of it."""
    published = pd.read_csv(TABLES / "acute_phase" / "dwivedi_panel.csv")
    for il6, crp in zip(published["IL6_serum_pg_per_mL"], published["CRP_serum_mg_per_L"], strict=True):
        run = load("acute_phase").simulate(IL6_fold=il6, max_signal=5.5, steepness=2.5, episode=240, end=240)
        assert run["CRP"][-1] == pytest.approx(crp, abs=1), il6


def test_the_reduced_tumour_follows_the_full_model_to_a_thousandth() -> None:
    """The reduction replaces receptor binding by its balance; receptors are matched at the start."""
    published = pd.read_csv(TABLES / "tumour_growth" / "IL6_receptors_matched.csv")
    run = load("tumour_growth").simulate(times=list(published.iloc[:, 0]))
    for theirs, ours in (NAZARI | {"IL6_fmol": "IL6"}).items():
        column = published[theirs].to_numpy()
        assert np.abs(run[ours] - column).max() <= 1e-3 * np.abs(column).max(), ours
