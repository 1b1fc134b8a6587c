"""Chapter 16 says what its model and its table say."""

from __future__ import annotations

import csv
from collections import Counter

import numpy as np

from tests.chapters.text import CHAPTERS, says
from widgets.model import load

CHAPTER = "16-trials"
LATE = 240


def at(series: str, day: float, **values: float) -> float:
    run = load("vicious_cycle").simulate(**values)  # type: ignore[arg-type]
    return float(np.interp(day, run.time, run[series]))


def tumour(day: float, **values: float) -> float:
    return at("tumour_percent", day, **values)


def bone(day: float, **values: float) -> float:
    return at("bone_volume", day, **values)


def test_early_and_late() -> None:
    says(CHAPTER, "the model tumour fills {:.0f} % of the site after a year", tumour(365))
    says(
        CHAPTER,
        "With the early start the tumour fills {:.0f} % of the site at day 365. With the late start it fills "
        "{:.0f} %. By day 730 the two have met, at {:.0f} and {:.0f} %, and the untreated tumour stands at {:.0f} %.",
        tumour(365, anti_IL6=0.9),
        tumour(365, anti_IL6=0.9, treatment_start=LATE),
        tumour(730, anti_IL6=0.9),
        tumour(730, anti_IL6=0.9, treatment_start=LATE),
        tumour(730),
    )


def test_the_pair() -> None:
    ends = [tumour(730, chemo=0.02, anti_IL6=block, treatment_start=LATE) for block in (0.9, 0, 0.2)]
    says(
        CHAPTER,
        "day 730: {:.1f} %. Set *Anti-IL-6* to 0: {:.1f} %. Now set it to 0.2, "
        "a block that stops only a fifth of the signal: {:.1f} %.",
        *ends,
    )
    says(CHAPTER, ":answer: {:.1f} :tolerance: 0.4", ends[1])
    assert 45 < ends[1] / ends[0] < 60  # "a fiftyfold gain"


def test_bone() -> None:
    late = [{}, {"anti_IL6": 0.9}, {"anti_RANKL": 0.9}]
    says(
        CHAPTER,
        "keeps {:.1f} % of its bone. **Anti-IL-6, late** keeps {:.1f} %, **Anti-RANKL, late** {:.1f} %.",
        *(bone(730, treatment_start=LATE, **drugs) for drugs in late),
    )
    says(
        CHAPTER,
        "The tumour is at {:.1f}, {:.1f} and {:.1f} %.",
        *(tumour(730, treatment_start=LATE, **drugs) for drugs in late),
    )
    says(CHAPTER, ":answer: {:.1f} :tolerance: 0.6", bone(730, anti_RANKL=0.9, treatment_start=LATE))


def test_the_exercise() -> None:
    # The slider of the start moves in steps of five days.
    assert tumour(365, anti_IL6=0.9, treatment_start=130) < 50 < tumour(365, anti_IL6=0.9, treatment_start=135)
    says(CHAPTER, "You should land at day {:d}.", 130)


def test_the_table() -> None:
    with (CHAPTERS / "data" / "trials.csv").open(encoding="utf-8", newline="") as file:
        trials = list(csv.DictReader(file))
    says(CHAPTER, "The chart and the table hold {:d} entries.", len(trials))
    assert len({trial["id"] for trial in trials}) == len(trials)
    cancer = [trial for trial in trials if trial["Group"] == "IL-6 or its receptor, cancer"]
    randomised = Counter(trial["Verdict"] for trial in cancer if trial["Design"].startswith("randomised"))
    assert randomised == {"did not meet it": 5}
