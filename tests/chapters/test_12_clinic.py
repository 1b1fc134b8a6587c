"""Chapter 12 says what its models and its tables say."""

from __future__ import annotations

import csv
from collections import Counter

import numpy as np

from tests.chapters.text import CHAPTERS, says
from widgets.model import load

CHAPTER = "12-clinic"


def rows(name: str) -> list[dict[str, str]]:
    with (CHAPTERS / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_first_run() -> None:
    run = load("siltuximab").simulate(CL_factor=1)
    says(
        CHAPTER,
        "After 126 days the model shows total IL-6 at {:.0f} times its level before the drug. "
        "Free IL-6 is at {:.2f} %.",
        run["total_fold"][-1],
        run["free"][-1],
    )


def test_the_total_hides_the_affinity() -> None:
    strong = load("siltuximab").simulate()
    weak = load("siltuximab").simulate(KD=0.1)
    says(
        CHAPTER,
        "read both plots: total {:.0f} times, free {:.2f} %. Now press **Weaker antibody**. "
        "Total IL-6 is {:.0f} times. Free IL-6 is {:.2f} %.",
        strong["total_fold"][-1],
        strong["free"][-1],
        weak["total_fold"][-1],
        weak["free"][-1],
    )
    says(CHAPTER, ":answer: {:.0f} :tolerance: 6", weak["total_fold"][-1])
    assert round(weak["free"][-1] / strong["free"][-1]) == 13


def test_fast_loss() -> None:
    run = load("siltuximab").simulate(kloss_IL6=835)
    says(
        CHAPTER,
        "about {:,.0f} times, yet free IL-6 falls to {:.1f} % only",
        round(run["total_fold"][-1], -2),
        run["free"][-1],
    )


def test_washout() -> None:
    run = load("siltuximab").simulate(doses=1, end=364)
    total = float(np.interp(180, run.time, run["total_fold"]))
    free = float(np.interp(180, run.time, run["free"]))
    says(CHAPTER, "at {:.0f} times the start. Free IL-6 is back to {:.0f} %.", total, free)
    says(CHAPTER, ":answer: {:.0f} :tolerance: 3", free)
    says(CHAPTER, "Total IL-6 is still {:.0f} times the start on that day", total)


def test_the_exercise() -> None:
    run = load("siltuximab").simulate(CL_factor=1, kloss_IL6=100)
    says(CHAPTER, "from 410 to about {:,.0f} times", round(run["total_fold"][-1], -2))


def test_crp_has_a_ceiling() -> None:
    model = load("acute_phase")
    crp = [
        model.simulate(IL6_fold=fold, episode=240, max_signal=5.5, steepness=2.5)["CRP"][-1] for fold in (1, 3, 10, 50)
    ]
    says(
        CHAPTER,
        "CRP is {:.1f} mg/L at rest, {:.1f} mg/L at three times the resting IL-6, "
        "{:.1f} mg/L at ten times and {:.1f} mg/L at fifty times.",
        *crp,
    )


def test_the_tables_count() -> None:
    studies = rows("serum-il6-outcome.csv")
    verdicts = Counter(row["Verdict"] for row in studies)
    assert len(studies) == 50
    assert verdicts == {"linked": 33, "no link": 9, "lost": 3, "receptor only": 3, "open": 2}
    says(CHAPTER, "Forest plot of {:d} hazard ratios", sum(row["HR"] != "" for row in studies))
    for name in ("serum-il6-outcome.csv", "serum-il6-levels.csv"):
        ids = [row["id"] for row in rows(name)]
        assert len(ids) == len(set(ids))


def test_the_reversed_ratio() -> None:
    row = next(row for row in rows("serum-il6-outcome.csv") if row["id"] == "c-wang")
    turned = [1 / float(row[key]) for key in ("HR", "High", "Low")]
    says(CHAPTER, "0.43 becomes {:.2f} ({:.2f} to {:.2f})", *turned)
