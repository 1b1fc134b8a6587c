"""Chapter 11 says what its model says."""

from __future__ import annotations

import numpy as np

from tests.chapters.text import says
from widgets.model import load
from widgets.simulate import Run, simulate

CHAPTER = "11-vicious-cycle"


def run(end: int = 730, /, **values: float) -> Run:
    """Return a run with one point a day."""
    return simulate(load("vicious_cycle"), values, end=end, points=end + 1)


def tumour(day: int, end: int = 730, /, **values: float) -> float:
    """Return the tumour in per cent on a day."""
    return float(run(max(day, end), **values)["tumour_percent"][day])


def bone(**values: float) -> float:
    """Return the bone in per cent after 730 days."""
    return float(run(**values)["bone_volume"][730])


def day_30(**values: float) -> int:
    """Return the first day on which the tumour fills 30 % of the site."""
    return int(np.argmax(run(**values)["tumour_percent"] >= 30))


def test_one_cut() -> None:
    rows: dict[str, dict[str, float]] = {
        "none": {},
        "anti-IL-6, 0.9": {"anti_IL6": 0.9},
        "anti-RANKL, 0.9": {"anti_RANKL": 0.9},
        "both": {"anti_IL6": 0.9, "anti_RANKL": 0.9},
    }
    for name, drugs in rows.items():
        says(
            CHAPTER,
            f"| {name} | {{:.1f}} | {{:.1f}} | {{:.1f}} | {{:.1f}} |",
            tumour(365, **drugs),
            tumour(730, **drugs),
            bone(**drugs),
            run(**drugs)["IL6"][365],
        )
    says(CHAPTER, "about 80 % of the site with either drug, and {:.0f} % with both", tumour(730, **rows["both"]))


def test_cutting_links() -> None:
    rows: dict[str, dict[str, float]] = {
        "none": {},
        "Bone feeds tumour": {"bone_to_tumour": 0},
        "IL-6 feeds tumour": {"IL6_to_tumour": 0},
        "IL-6 raises RANKL": {"IL6_to_RANKL": 0},
        "the first two": {"bone_to_tumour": 0, "IL6_to_tumour": 0},
        "all three": {"bone_to_tumour": 0, "IL6_to_tumour": 0, "IL6_to_RANKL": 0},
    }
    for name, cut in rows.items():
        says(
            CHAPTER,
            f"| {name} | {{}} | {{:.1f}} | {{:.1f}} |",
            day_30(**cut),
            tumour(365, **cut),
            bone(**cut),
        )
    delay = {name: day_30(**cut) - day_30() for name, cut in rows.items()}
    says(
        CHAPTER,
        "delays it by {} or {} days. Cutting both delays it by {} days",
        delay["Bone feeds tumour"],
        delay["IL-6 feeds tumour"],
        delay["the first two"],
    )


def test_a_perfect_drug() -> None:
    late = tumour(730, anti_IL6=1)
    says(CHAPTER, "{:.1f} % at one year, {:.1f} % at two", tumour(365, anti_IL6=1), late)
    says(CHAPTER, "the tumour still fills {:.1f} % of the site after two years", late)
    assert run(anti_IL6=1)["IL6"].max() < 1.001
    assert round(tumour(365, anti_IL6=1) / tumour(365), 1) == 0.2  # "by three quarters"
    assert round(late / tumour(730), 1) == 0.8  # "by a fifth"


def test_the_threshold() -> None:
    says(
        CHAPTER,
        "From day 90 the tumour is down to {:.1f} % after three years. From day 110 it stands at {:.1f} %",
        tumour(1095, 1095, chemo=0.015, treatment_start=90),
        tumour(1095, 1095, chemo=0.015, treatment_start=110),
    )
    says(CHAPTER, "On day 90 the tumour fills {:.1f} % of the site, on day 110 {:.1f} %", tumour(90), tumour(110))
    free = run()
    il6, resorbed = free["IL6"] - 1, np.maximum(free["osteoclasts_fold"] - 1, 0)
    by_il6, by_bone = il6 / (3 + il6), resorbed / (1 + resorbed)
    says(CHAPTER, "grows at 0.012 times {:.3f}, which is less, so it shrinks", 1 + by_il6[0] + by_bone[0])
    says(
        CHAPTER,
        "raised $G$ to {:.2f}: 1 from the tumour itself, {:.2f} from IL-6 and {:.2f} from bone",
        1 + by_il6[240] + by_bone[240],
        by_il6[240],
        by_bone[240],
    )
    late: dict[str, float] = {"chemo": 0.015, "treatment_start": 240}
    says(CHAPTER, "settles near {:.0f} % of the site", tumour(1095, 1095, **late))
    says(
        CHAPTER,
        "the tumour falls to {:.2f} %. On its own the same anti-IL-6 from the same day leaves {:.1f} % at 730 d",
        tumour(1095, 1095, anti_IL6=0.9, **late),
        tumour(730, anti_IL6=0.9, treatment_start=240),
    )
    says(CHAPTER, "more slowly: {:.1f} %", tumour(1095, 1095, anti_RANKL=0.9, **late))


def test_the_figure() -> None:
    partners: list[dict[str, float]] = [{"anti_RANKL": 0.9}, {"anti_IL6": 0.9}, {"anti_IL6": 0.9, "anti_RANKL": 0.9}]
    for drugs in partners:
        assert tumour(1095, 1095, chemo=0.015, treatment_start=365, **drugs) < 3.1
    assert 29 < tumour(1095, 1095, chemo=0.015, treatment_start=140) < 31


def test_pthrp() -> None:
    says(
        CHAPTER,
        "Without a drug {:.1f} % of the bone is left. Anti-IL-6 saves {:.1f} %, against {:.1f} % without PTHrP. "
        "Anti-RANKL saves {:.1f} %",
        bone(PTHrP=1000),
        bone(PTHrP=1000, anti_IL6=0.9),
        bone(anti_IL6=0.9),
        bone(PTHrP=1000, anti_RANKL=0.9),
    )


def test_the_rest() -> None:
    says(CHAPTER, "rises to {:.1f} times normal", run()["IL6"].max())
    says(CHAPTER, "delays the 30 % day by {} days", day_30(anti_RANKL=0.9) - day_30())
    both: dict[str, float] = {"anti_IL6": 0.9, "anti_RANKL": 0.9}
    says(CHAPTER, ":answer: {:.1f}", bone(treatment_start=240, **both))
    says(CHAPTER, "From day 0 the same drugs leave {:.1f} %", bone(**both))
