"""Chapter 8 says what its models say."""

import numpy as np
import pytest
from scipy.optimize import brentq

from tests.chapters.text import says
from widgets.model import load
from widgets.readouts import _peaks
from widgets.simulate import Run, simulate

CHAPTER = "08-growth"
MILLION = 1e6
BOTH = {"V1": 0.001, "V2": 0.008}


def tumour(**settings: float) -> Run:
    """Run the first model to day 120."""
    return simulate(load("tumour_growth"), settings, end=120, points=241)


def cells(**settings: float) -> float:
    """Return the tumour of day 120 in million cells."""
    return float(tumour(**settings)["tumour_cells"][-1] / MILLION)


def myeloma(**settings: float) -> Run:
    """Run the second model on a fine grid."""
    return simulate(load("myeloma_bone_disease"), settings, end=1200, points=12001)


def at(run: Run, series: str, time: float) -> float:
    """Read a series at a time."""
    return float(np.interp(time, run.time, run[series]))


def uptake(run: Run) -> tuple[float, float]:
    """Return IL-6 taken up per day (fmol), and per cell with full receptors (zmol), on the last day."""
    stem, total = run["stem_cells"][-1], run["tumour_cells"][-1]
    full = 24.95 * (1.66 * stem + 0.2075 * (total - stem))
    return float(full * run["occupied"][-1] / MILLION), float(full / total)


def test_block() -> None:
    free, none, block = tumour(), cells(secretion=0), tumour(blocked=0.9)
    gain = cells() - none
    says(CHAPTER, "holds {:.0f} million cells with IL-6 and {:.0f} million without it", cells(), none)
    says(CHAPTER, "The difference, {:.0f} million,", gain)
    says(CHAPTER, "still reaches {:.0f} million cells", cells(blocked=0.9))
    says(CHAPTER, "The block has taken {:.0f} %", 100 * (cells() - cells(blocked=0.9)) / gain)
    levels = [run["IL6"][-1] for run in (block, free)]
    says(CHAPTER, "{:.0f} fmol instead of {:.1f} fmol, {:.0f} times as much", *levels, levels[0] / levels[1])
    taken = uptake(free)[0]
    says(CHAPTER, "{:.1f} % of all IL-6 leaves in this way", 100 * taken / (taken + 0.4152 * levels[1]))
    filled = [block["occupied_percent"][-1] / 0.1, free["occupied_percent"][-1]]
    says(CHAPTER, "{:.0f} % of the free ones now hold IL-6, instead of {:.0f} %", *filled)
    fall = [run["occupied_percent"][-1] for run in (free, block)]
    says(CHAPTER, "occupied receptors fall from {:.1f} to {:.1f} %", *fall)


def test_threshold() -> None:
    capacity = uptake(tumour())[1]
    share = 100 * 0.7 / capacity
    says(CHAPTER, "\\frac{{0.7}}{{{:.1f}}} \\approx {:.0f}\\ \\%", capacity, share)
    says(CHAPTER, "until it passes {:.0f} %", 100 - share)
    none, full = cells(secretion=0), tumour()
    for blocked in (0.5, 0.75, 0.9, 0.95, 0.99):
        run = tumour(blocked=blocked)
        size = cells(blocked=blocked)
        lost = 100 * (cells() - size) / (cells() - none)
        fold = run["IL6"][-1] / full["IL6"][-1]
        row = "| {:.0f} % | {:.0f} | {:.0f} % | {:.1f} % | {:.1f} |"
        says(CHAPTER, row, 100 * blocked, size, lost, run["occupied_percent"][-1], fold)
    losses = [
        100 * (cells(secretion=s) - cells(secretion=s, blocked=0.9)) / (cells(secretion=s) - none) for s in (2, 0.2)
    ]
    says(CHAPTER, "a 90 % block takes {:.0f} % of the gain", losses[0])
    says(CHAPTER, "the same block takes {:.0f} %", losses[1])
    says(CHAPTER, "only {:.0f} % are in use", tumour(secretion=0.2)["occupied_percent"][-1])


def test_survival_or_renewal() -> None:
    none = cells(secretion=0)
    gains = [cells(renewal_gain=0) - none, cells(survival_gain=0) - none, cells() - none]
    says(CHAPTER, "adds {:.0f} million cells, self-renewal alone {:.0f} million, both together {:.0f} million", *gains)
    runs = tumour(secretion=0), tumour()
    shares = [run["stem_percent"][-1] for run in runs]
    numbers = [run["stem_cells"][-1] / MILLION for run in runs]
    says(CHAPTER, "from {:.2f} to {:.2f} %, while their number rises from {:.1f} to {:.1f} million", *shares, *numbers)
    says(
        CHAPTER, "differentiated cells are {:.0f} %", 100 * runs[0]["differentiated"][-1] / runs[0]["tumour_cells"][-1]
    )
    says(CHAPTER, "rises a little, to {:.2f} %", tumour(survival_gain=0)["stem_percent"][-1])
    says(CHAPTER, "the share is then {:.2f} %", tumour(renewal_gain=0.3)["stem_percent"][-1])
    says(CHAPTER, "the life of a cell {:.2f}-fold", 1 + load("tumour_growth").parameters["survival_gain"].value)


def test_myeloma_untreated() -> None:
    run = myeloma()
    for day in (200, 400, 600, 800, 1000):
        says(CHAPTER, "| {:.0f} | {:.1f} | {:.1f} |", day, at(run, "tumour", day), at(run, "bone", day))
    times = _peaks(run.time, run["osteoclasts"])[1:]
    says(CHAPTER, "peak on days {:.0f}, {:.0f}, {:.0f} and {:.0f}", *times)
    peaks = [at(run, "osteoblasts", time) for time in _peaks(run.time, run["osteoblasts"])]
    says(CHAPTER, "reach {:.0f} cells in the first cycle, then {:.0f}, {:.0f}, {:.0f} and {:.0f}", *peaks)
    assert 1190 < run.time[run["bone_mass"] < 0][0] < 1200
    weak = at(myeloma(r11=0, r22=0.1), "bone", 1000)
    says(CHAPTER, "{:.1f} % of the bone is left on day 1000 instead of {:.1f} %", weak, at(run, "bone", 1000))


def test_treatments() -> None:
    rows: dict[str, dict[str, float]] = {
        "None": {},
        "Keeps osteoblasts, day 600": {"V1": 0.001},
        "Shrinks tumour, day 600": {"V2": 0.008},
        "Both, day 600": BOTH,
        "Both, day 500": {**BOTH, "treatment_start": 500},
    }
    for name, settings in rows.items():
        run = myeloma(**settings)
        read = at(run, "tumour", 1200), at(run, "bone", 800), at(run, "bone", 1200)
        says(CHAPTER, "| " + name + " | {:.1f} | {:.1f} | {:.1f} |", *read)
    run = myeloma(**BOTH)
    says(CHAPTER, "bone falls from {:.1f} to {:.1f} % by day 800", at(run, "bone", 600), at(run, "bone", 800))
    says(CHAPTER, "shrinks from {:.1f} to {:.1f} %", at(run, "tumour", 600), at(run, "tumour", 800))
    says(CHAPTER, "it peaks on day {:.0f}", _peaks(run.time, run["osteoclasts"])[2])


def test_questions() -> None:
    says(CHAPTER, ":answer: {:.1f}", tumour(secretion=2)["occupied_percent"][-1])
    none = cells(secretion=0)

    def half(secretion: float) -> float:
        middle = (cells(secretion=secretion) + none) / 2
        return float(brentq(lambda blocked: cells(secretion=secretion, blocked=blocked) - middle, 0, 1, xtol=1e-3))

    says(CHAPTER, "near {:.2f} and near {:.2f}.)", half(0.7), half(2))
    bone = [at(myeloma(**BOTH, treatment_start=day), "bone", 1200) for day in (585, 595, 870, 880)]
    assert bone[0] - bone[1] == pytest.approx(3.3, abs=0.05)
    assert bone[2] - bone[3] == pytest.approx(0.1, abs=0.05)
