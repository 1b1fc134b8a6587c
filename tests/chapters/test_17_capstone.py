"""Chapter 17 says what its model says, and its cases can be solved. Holds the key for lecturers."""

from __future__ import annotations

import itertools

import pytest

from tests.chapters.text import says
from widgets.model import load
from widgets.simulate import simulate

CHAPTER = "17-capstone"

# Sliders, day found, highest tumour, lowest bone (%), budget.
CASES: dict[str, tuple[dict[str, float], int, float, float, float]] = {
    "Textbook": ({}, 120, 5, 90, 75),
    "Osteolytic": ({"bone_to_tumour": 1.5, "IL6_to_RANKL": 8, "PTHrP": 1000}, 120, 5, 85, 90),
    "Low IL-6": ({"IL6_to_tumour": 0.2, "IL6_to_RANKL": 1}, 240, 5, 90, 50),
    "Late": ({}, 300, 5, 75, 90),
    "No anti-RANKL": ({}, 120, 5, 88, 80),
}
# Cheapest plans found: anti-IL-6, anti-RANKL, cytotoxic drug (1/d), first day.
KEY: dict[str, tuple[float, float, float, int]] = {
    "Textbook": (0.9, 0.2, 0.009, 120),
    "Osteolytic": (0.9, 0.6, 0.009, 120),
    "Low IL-6": (0, 0.55, 0.01, 240),
    "Late": (0.9, 0.55, 0.013, 300),
    "No anti-RANKL": (0.9, 0, 0.01, 120),
}


def outcome(case: str, anti_il6: float, anti_rankl: float, chemo: float, start: int) -> tuple[float, float]:
    """Return tumour and bone in per cent on day 730."""
    drugs = {"anti_IL6": anti_il6, "anti_RANKL": anti_rankl, "chemo": chemo, "treatment_start": start}
    run = simulate(load("vicious_cycle"), {**CASES[case][0], **drugs}, points=2)
    return float(run["tumour_percent"][-1]), float(run["bone_volume"][-1])


def cost(anti_il6: float, anti_rankl: float, chemo: float, start: int) -> float:
    """Return the points of a plan."""
    c = chemo / 0.01
    return (10 * anti_il6 + 20 * anti_rankl + 20 * c**2 + 10 * anti_il6 * c) * (730 - start) / 365


def passes(case: str, plan: tuple[float, float, float, int]) -> bool:
    """Return whether a plan reaches the goals of a case within its budget."""
    _, found, highest, lowest, budget = CASES[case]
    tumour, bone = outcome(case, *plan)
    allowed = plan[3] >= found and max(plan[:2]) <= 0.9 and not (case == "No anti-RANKL" and plan[1])
    return allowed and tumour <= highest and bone >= lowest and cost(*plan) <= budget


@pytest.mark.parametrize("case", list(CASES))
def test_case(case: str) -> None:
    _, found, highest, lowest, budget = CASES[case]
    says(CHAPTER, f"| {case} | {{}} | {{:.0f}} | {{:.0f}} | {{:.0f}} |", found, highest, lowest, budget)
    day = simulate(load("vicious_cycle"), CASES[case][0], times=[0, found, 730])
    tumour, bone = day["tumour_percent"], day["bone_volume"]
    says(CHAPTER, f"| {case} | {{:.1f}} | {{:.1f}} | {{:.1f}} |", tumour[1], tumour[2], bone[2])
    # Reachable: the key passes, at the price printed.
    assert passes(case, KEY[case])
    says(CHAPTER, f"| {case} | {{:.1f}} | {{:.0f}} |", cost(*KEY[case]), budget)
    # Not trivially: no single drug passes, even at its highest.
    for single in ((0.9, 0, 0), (0, 0.9, 0), *((0, 0, dose / 1000) for dose in range(31))):
        assert not passes(case, (*single, found))


def test_the_opening() -> None:
    tumour, bone = outcome("Textbook", 0, 0, 0, 120)
    says(CHAPTER, "it will fill {:.1f} % on day 730, and {:.1f} % of the bone will be left", tumour, bone)


def test_worked_example() -> None:
    says(CHAPTER, "over {:.2f} years: {:.1f} points", 610 / 365, cost(0.5, 0.5, 0.01, 120))


def test_single_drugs() -> None:
    singles = {"anti-IL-6 0.9": (0.9, 0.0, 0.0), "anti-RANKL 0.9": (0.0, 0.9, 0.0)}
    for name, plan in singles.items():
        tumour, bone = outcome("Textbook", *plan, 120)
        says(CHAPTER, f"| {name} | {{:.1f}} | {{:.1f}} | {{:.1f}} |", tumour, bone, cost(*plan, 120))
    tumour, bone = outcome("Textbook", 0, 0, 0.02, 120)
    says(CHAPTER, "per day | {:.2f} | {:.1f} | {:.1f} |", tumour, bone, cost(0, 0, 0.02, 120))
    says(
        CHAPTER,
        "to a quarter, {:.1f} points. The tumour then stands at {:.1f} %",
        cost(0, 0, 0.01, 120),
        outcome("Textbook", 0, 0, 0.01, 120)[0],
    )


def test_partners() -> None:
    tumour, bone = outcome("Textbook", 0.9, 0, 0.01, 120)
    says(
        CHAPTER,
        "the tumour falls to {:.1f} % for {:.1f} points, but bone ends at {:.1f} %",
        tumour,
        cost(0.9, 0, 0.01, 120),
        bone,
    )
    plan = (0, 0.7, 0.012, 120)
    assert passes("Textbook", plan)
    says(
        CHAPTER,
        "the tumour ends at {:.1f} %, bone at {:.1f} %, for {:.1f} points",
        *outcome("Textbook", *plan),
        cost(*plan),
    )


def test_delay() -> None:
    says(CHAPTER, "The tumour ends at {:.1f} % and bone at {:.1f} %", *outcome("Textbook", 0, 0.7, 0.012, 150))
    untreated = load("vicious_cycle").simulate(points=731)
    free = untreated["tumour_percent"]
    says(CHAPTER, "By day 240 bone is already down to {:.1f} %", untreated["bone_volume"][240])
    cheapest = {
        120: (0.9, 0.2, 0.009),
        150: (0.9, 0.55, 0.009),
        180: (0.9, 0.75, 0.01),
        210: (0.9, 0.9, 0.011),
        240: (0.9, 0.9, 0.021),
    }
    for start, doses in cheapest.items():
        tumour, bone = outcome("Textbook", *doses, start)
        assert tumour <= 5
        assert bone >= 90
        says(CHAPTER, f"| {start} | {{:.1f}} | {{:.1f}} |", free[start], cost(*doses, start))


@pytest.mark.parametrize("case", KEY)
def test_the_key_for_lecturers_is_printed(case: str) -> None:
    a, r, c, day = KEY[case]
    says(CHAPTER, f"| {case} | {a:g} | {r:g} | {c:g} | {day} | {cost(a, r, c, day):.1f} |")


@pytest.mark.parametrize("case", CASES)
def test_the_link_of_a_case_sets_it(case: str) -> None:
    sliders, day = CASES[case][:2]
    settings = "&amp;".join(f"{key}={value:g}" for key, value in [*sliders.items(), ("treatment_start", day)])
    says(CHAPTER, f'<a href="#il6-vicious_cycle:{settings}">{case}</a>')


def test_example_plans() -> None:
    tumour, bone = outcome("Osteolytic", 0, 0.7, 0.012, 120)
    says(CHAPTER, "with tumour at {:.1f} % and bone at {:.1f} %", tumour, bone)
    tumour, bone = outcome("Low IL-6", 0.9, 0, 0.01, 240)
    assert tumour <= 5
    assert bone < 90
    assert round(cost(0.9, 0, 0.01, 240) - 50) == 1
    assert not passes("Late", (0.9, 0.5, 0.009, 300))
    assert not passes("No anti-RANKL", (0, 0, 0.02, 120))


def test_the_field() -> None:
    goals = afford = both = 0
    blocker = (0, 0.3, 0.6, 0.9)
    for anti_il6, anti_rankl, dose, start in itertools.product(blocker, blocker, range(0, 21, 2), (120, 180)):
        plan = (anti_il6, anti_rankl, dose / 1000, start)
        tumour, bone = outcome("Textbook", *plan)
        goal, within = tumour <= 5 and bone >= 90, cost(*plan) <= 75
        goals, afford, both = goals + goal, afford + within, both + (goal and within)
        assert not (goal and within and start == 180)
    says(CHAPTER, "{} reach both goals, {} fit the budget, and {} do both", goals, afford, both)


def test_dearer_anti_rankl() -> None:
    """Above this price of anti-RANKL its cheapest plan on the front costs more than 100 points."""
    tumour, bone = outcome("Textbook", 0.9, 0.3, 0.01, 120)
    assert tumour <= 5
    assert bone > outcome("Textbook", 0.9, 0, 0.012, 120)[1]
    says(CHAPTER, "(You should find about {:.0f}.)", 20 + (100 - cost(0.9, 0.3, 0.01, 120)) * 365 / 610 / 0.3)


def test_self_checks() -> None:
    plan = (0.6, 0.6, 0.01, 120)
    assert passes("Textbook", plan)
    says(CHAPTER, ":answer: {:.1f}", cost(*plan))
    says(CHAPTER, "It leaves the tumour at {:.1f} % and bone at {:.1f} %", *outcome("Textbook", *plan))
    bone = outcome("Low IL-6", 0.9, 0, 0, 240)[1]
    says(CHAPTER, ":answer: {:.1f}", bone)
    says(CHAPTER, "{:.1f} %, against 68.9 % untreated", bone)
    says(CHAPTER, "Anti-RANKL 0.9 alone leaves {:.1f} %", outcome("Low IL-6", 0, 0.9, 0, 240)[1])
    front = ((0.9, 0.3, 0.01, 120), (0, 0.9, 0.012, 120))
    assert all(outcome("Textbook", *each)[0] <= 5 for each in front)
    bones = [outcome("Textbook", *each)[1] for each in front]
    says(CHAPTER, "One costs {:.1f} points and keeps {:.1f} %", cost(*front[0]), bones[0])
    says(CHAPTER, "the other costs {:.1f} points and keeps {:.1f} %", cost(*front[1]), bones[1])
    says(CHAPTER, "worth less than {:.1f} points", cost(*front[1]) - cost(*front[0]))
