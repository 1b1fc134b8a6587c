"""Chapter 1 says what its model and its tables say."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.chapters.text import CHAPTERS, says
from widgets.analysis import readout
from widgets.model import load

CHAPTER = "01-cancer-in-bone"
MODEL = load("vicious_cycle")


@pytest.mark.parametrize(("il6", "bone"), [(1, 1), (1, 0), (0, 1), (0, 0)])
def test_the_soil_sets_the_pace(il6: int, bone: int) -> None:
    run = MODEL.simulate(end=365, IL6_to_tumour=il6, bone_to_tumour=bone)
    long = MODEL.simulate(end=1095, IL6_to_tumour=il6, bone_to_tumour=bone)
    day = readout(long, "time_above", "tumour_percent", 30)
    says(CHAPTER, f"| {il6} | {bone} | {{:.1f}} | {{:.0f}} |", run["tumour_percent"][-1], day)


def test_the_first_experiment() -> None:
    barren = MODEL.simulate(end=365, IL6_to_tumour=0, bone_to_tumour=0)
    says(
        CHAPTER,
        "With both feeds the tumour fills {:.1f} % of the site after 365 days. With neither it fills {:.1f} %.",
        MODEL.simulate(end=365)["tumour_percent"][-1],
        barren["tumour_percent"][-1],
    )


def test_cutting_the_arm_to_bone() -> None:
    whole, cut = MODEL.simulate(end=365), MODEL.simulate(end=365, IL6_to_RANKL=0)
    says(
        CHAPTER,
        "at 5, {:.1f} % of the bone is left and osteoclasts stand at {:.2f} times normal.",
        whole["bone_volume"][-1],
        whole["osteoclasts_fold"][-1],
    )
    says(
        CHAPTER,
        "Set it to 0: {:.1f} % of the bone is left, osteoclasts stand at {:.2f} times normal, and the tumour fills "
        "{:.1f} %.",
        cut["bone_volume"][-1],
        cut["osteoclasts_fold"][-1],
        cut["tumour_percent"][-1],
    )


def test_the_drug_delays() -> None:
    whole, treated = MODEL.simulate(), MODEL.simulate(anti_IL6=0.9)
    says(CHAPTER, "after 730 d the tumour fills {:.1f} % of the site.", whole["tumour_percent"][-1])
    says(CHAPTER, "Press **Anti-IL-6, early**: {:.1f} %.", treated["tumour_percent"][-1])
    says(
        CHAPTER,
        "365 d and read again: {:.1f} %, where {:.1f} % stood",
        MODEL.simulate(end=365, anti_IL6=0.9)["tumour_percent"][-1],
        MODEL.simulate(end=365)["tumour_percent"][-1],
    )
    says(
        CHAPTER,
        "Bone keeps more of the benefit, {:.1f} against {:.1f} % after 730 d.",
        treated["bone_volume"][-1],
        whole["bone_volume"][-1],
    )


def test_the_self_check() -> None:
    cut = MODEL.simulate(end=365, bone_to_tumour=0)
    says(CHAPTER, ":answer: {:.1f} :tolerance", cut["tumour_percent"][-1])
    says(
        CHAPTER,
        "{:.1f} % is left, against {:.1f} % with",
        cut["bone_volume"][-1],
        MODEL.simulate(end=365)["bone_volume"][-1],
    )


def test_the_exercise() -> None:
    half = MODEL.simulate(end=365)["tumour_percent"][-1] / 2
    shares = [MODEL.simulate(end=365, anti_IL6=dose)["tumour_percent"][-1] for dose in (0.8, 0.9)]
    assert shares[1] < half < shares[0]


@pytest.mark.parametrize("name", ["bone-metastasis", "bone-survival"])
def test_the_tables_are_whole(name: str) -> None:
    table = pd.read_csv(CHAPTERS / "data" / f"{name}.csv")
    assert table["id"].is_unique
    assert not table.isna().any().any()
    unitless = table.rename(columns=lambda column: str(column).split(" (")[0])
    assert (unitless["Low"] <= unitless["High"]).all()


def test_what_was_computed_for_the_tables() -> None:
    table = pd.read_csv(CHAPTERS / "data" / "bone-metastasis.csv").set_index("id")["Low (%)"]
    assert table["pros-dk"] == pytest.approx(100 * 569 / 23087, abs=0.05)
    assert table["pros-autall"] == pytest.approx(35 * 0.9)
    months = pd.read_csv(CHAPTERS / "data" / "bone-survival.csv").set_index("id")["Low"]
    assert months["mela-med"] == pytest.approx(17.3 * 7 / (365.25 / 12), abs=0.01)
