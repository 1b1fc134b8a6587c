"""Chapter 6 says what its model and its table say."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.chapters.text import CHAPTERS, says
from widgets.model import load
from widgets.simulate import Run

CHAPTER = "06-sources"
MODEL = load("vicious_cycle")
TABLE = pd.read_csv(CHAPTERS / "data" / "il6-sources.csv")


def at(run: Run, day: float) -> float:
    return float(np.interp(day, run.time, run["IL6"]))


def test_the_part_that_comes_back_from_bone() -> None:
    whole, cut = MODEL.simulate(), MODEL.simulate(IL6_to_RANKL=0)
    drug = MODEL.simulate(anti_RANKL=0.9)
    says(CHAPTER, "At the end IL-6 stands at {:.1f} times normal.", whole["IL6"][-1])
    says(CHAPTER, "IL-6 peaks at {:.1f} times normal instead of {:.1f}.", cut["IL6"].max(), whole["IL6"].max())
    says(CHAPTER, "press **Anti-RANKL, early**: it peaks at {:.1f},", drug["IL6"].max())
    assert 0.3 < 1 - cut["IL6"].max() / whole["IL6"].max() < 0.4  # "a third"


def test_the_wrong_species() -> None:
    whole, deaf = MODEL.simulate(end=365), MODEL.simulate(end=365, IL6_to_tumour=0)
    says(
        CHAPTER,
        "The tumour fills {:.1f} % of the site instead of {:.1f} %.",
        deaf["tumour_percent"][-1],
        whole["tumour_percent"][-1],
    )


def test_the_source_stops() -> None:
    run = MODEL.simulate(chemo=0.03, treatment_start=240)
    says(CHAPTER, "On that day IL-6 stands at {:.1f} times normal.", at(run, 240))
    says(CHAPTER, "At the end, on day 730, it is back at {:.1f},", run["IL6"][-1])
    assert run["tumour_percent"][-1] < 0.1


def test_the_switch_of_chapter_10_stays_on() -> None:
    switch = load("inflammatory_switch").simulate()
    assert switch["IL6"][-1] > 0.99 * switch["IL6"].max()


def test_the_self_check() -> None:
    more = MODEL.simulate(IL6_to_RANKL=10)["IL6"].max()
    says(CHAPTER, ":answer: {:.1f} :tolerance", more)
    says(
        CHAPTER,
        "It rises to {:.1f}, against {:.1f} at 5 and {:.1f} at 0.",
        more,
        MODEL.simulate()["IL6"].max(),
        MODEL.simulate(IL6_to_RANKL=0)["IL6"].max(),
    )


def test_what_is_said_of_the_table() -> None:
    assert TABLE["id"].is_unique
    assert not TABLE.isna().any().any()
    says(CHAPTER, "The chart below places {} findings.", len(TABLE))
    says(
        CHAPTER,
        "{} of the {} findings come from cells in a dish.",
        sum(TABLE["Evidence"] == "Cell culture"),
        len(TABLE),
    )
    patients = TABLE[TABLE["Evidence"] == "Patients' samples"]
    assert len(patients) == 7
    assert sum((patients["Cell"] == "Tumour cell") & (patients["Effect"] == "makes IL-6")) == 2
    assert sum(patients["Cell"] != "Tumour cell") == 4
    silent = TABLE[(TABLE["Cell"] == "Tumour cell") & (TABLE["Inducer"] == "At rest: not found")]
    assert list(silent["Evidence"]).count("Cell culture") == 3
    assert len(silent) == 4
    assert TABLE["Cell"].isin(["Stromal cell", "Tumour cell", "Osteoblast"]).sum() == 40
