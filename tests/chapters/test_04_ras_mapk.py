"""Chapter 4 says what its models say."""

import math

import numpy as np
import pytest

from tests.chapters.text import says
from widgets.analysis import half_dose, readout
from widgets.dose import hill
from widgets.model import load
from widgets.simulate import Run

CHAPTER = "04-ras-mapk"


def late(**settings: float) -> Run:
    """Run the cascade long enough for its first wave to be forgotten."""
    return load("mapk_cascade").simulate(end=20000, points=4001, **settings)  # type: ignore[arg-type]


def wave(run: Run) -> tuple[float, float, float]:
    """Return lowest and highest ppERK in nM and the period in minutes."""
    low, high, period = (readout(run, quantity, "ppERK") for quantity in ("cycle_low", "cycle_high", "period"))
    return low, high, period / 60


def test_three_answers() -> None:
    low, high, period = wave(late())
    says(CHAPTER, "swings between {:.1f} and {:.1f} nM, of 300 nM in all", low, high)
    says(CHAPTER, "One round takes 1300 s, or {:.1f} minutes", period)
    assert round(period * 60, -1) == 1300
    says(CHAPTER, "ppERK settles at {:.1f} nM", late(Ki=60)["ppERK"][-1])
    says(CHAPTER, "and it settles at {:.1f} nM", late(V1=0.3)["ppERK"][-1])


@pytest.mark.parametrize(("V1", "Ki", "waves"), [(0.4, 5, False), (0.4, 60, True), (1, 9, True), (1, 100, False)])
def test_brake_and_signal_choose(V1: float, Ki: float, waves: bool) -> None:
    low, high, _ = wave(late(V1=V1, Ki=Ki))
    assert (high - low > 20) is waves
    assert waves or (high < 6 if V1 < 1 else low > 290)


def test_threshold_dose() -> None:
    model = load("ultrasensitivity")
    ends = [model.simulate(E1_total=dose) for dose in (0.002, 0.006)]
    says(
        CHAPTER,
        "Active Raf goes from {:.1f} to {:.1f} %, active MEK from {:.1f} to {:.1f} %, "
        "active ERK from {:.2f} to {:.1f} %",
        *(run[series][-1] for series in ("Raf_active", "MEK_active", "ERK_active") for run in ends),
    )
    says(
        CHAPTER,
        "At 0.002 nM E1, {:.0f} % of the ERK phosphatase holds a substrate; at 0.006 nM it is {:.0f} %",
        *(100 - 100 * run["ERK_phosphatase"][-1] / 120 for run in ends),
    )
    half = half_dose(model, "E1_total", "ERK_active", at=1000)
    raf = model.simulate(E1_total=half, end=1000)["Raf_active"][-1]
    says(CHAPTER, "ERK is half on at {:.4f} nM E1, where only {:.0f} % of Raf is active", half, raf)


def test_steepness_down_the_row() -> None:
    run = load("ultrasensitivity").simulate(end=1000)
    rows = {"Raf": (0.00615, 0.649, 0), "MEK": (0.00365, 0.062, 1), "ERK": (0.00294, 0.0073, 1)}
    for layer, (low, high, digits) in rows.items():
        series = f"{layer}_active"
        n = hill(run, "E1_total", series, None)
        says(CHAPTER, f"| {layer} | {low} | {high} | {{:.{digits}f}} | {{:.2f}} |", 81 ** (1 / n), n)
        top = load("ultrasensitivity").simulate(E1_total=1, end=1000)[series][-1]
        for dose, level in ((low, 0.1), (high, 0.9)):
            there = load("ultrasensitivity").simulate(E1_total=dose, end=1000)[series][-1] / top
            assert there == pytest.approx(level, abs=0.005)


def test_mek_sets_the_steepness() -> None:
    model = load("ultrasensitivity")
    says(CHAPTER, "active ERK ends at {:.1f} %", model.simulate(E1_total=0.3, MEK_total=120)["ERK_active"][-1])
    for dose, words in ((0.0012, "active ERK ends at {:.1f} %"), (0.0008, "to 0.0008 nM: {:.2f} %")):
        says(CHAPTER, words, model.simulate(E1_total=dose, MEK_total=6000, end=1000)["ERK_active"][-1])
    for mek, words in ((120, "falls to {:.2f}"), (6000, "rises to {:.2f}")):
        says(CHAPTER, words, hill(model.simulate(MEK_total=mek, end=1000), "E1_total", "ERK_active", None))
    says(CHAPTER, "so {:.2f}. With the published", math.log(81) / math.log(0.230 / 0.0166))
    phosphatase = model.simulate(MEK_phosphatase_total=3, end=1000)
    says(CHAPTER, "(You should find about {:.1f}.)", hill(phosphatase, "E1_total", "ERK_active", None))


def test_one_wave() -> None:
    run = load("mapk_cascade").simulate(points=9001)
    for time in (1679, 1790, 2000, 2300, 2600, 2979):
        row = [np.interp(time, run.time, run[series]) for series in ("pRaf", "ppMEK", "ppERK", "feedback")]
        says(CHAPTER, f"| {time} | {{:.1f}} | {{:.1f}} | {{:.1f}} | {{:.1f}} |", *row)
    after = run.time > 1500
    turn = run.time[after][run["pRaf"][after][:600].argmax()]
    top = run.time[after][run["ppERK"][after][:900].argmax()]
    assert abs(turn - 1790) < 2 and 210 < top - turn < 240


@pytest.mark.parametrize("V1", [0.3, 0.5, 1, 2.5, 5, 6, 8])
def test_window_of_signals(V1: float) -> None:
    low, high, period = wave(late(V1=V1))
    last = "none" if math.isnan(period) else f"{period:.1f}"
    says(CHAPTER, f"| {V1} | {{:.1f}} | {{:.1f}} | {last} |", low, high)


def test_drive_left_by_the_brake() -> None:
    weak, strong = late(V1=0.3), late(V1=8)
    drives = [0.3 / weak["feedback"][-1], 8 / strong["feedback"][-1]]
    says(CHAPTER, "At *V1* 0.3 nM/s this is {:.3f} nM/s. At 8 nM/s it is {:.3f} nM/s", *drives)
    says(CHAPTER, "grew {:.0f}-fold, the drive by {:.0f} %", 8 / 0.3, 100 * (drives[1] / drives[0] - 1))
    says(CHAPTER, "takes ERK from {:.0f} to {:.0f} %", weak["ppERK_percent"][-1], strong["ppERK_percent"][-1])


def test_edges_of_the_windows() -> None:
    # A run that still swings at the end of 20,000 s, or that has come to rest.
    for inside, outside in [((0.45, 9), (0.3, 9)), ((6.2, 9), (6.6, 9)), ((1.1, 60), (1.2, 60))]:
        assert np.ptp(wave(late(V1=inside[0], Ki=inside[1]))[:2]) > 20
        assert np.ptp(wave(late(V1=outside[0], Ki=outside[1]))[:2]) < 1
    for V1, waves, none in [(2.5, 23, 25), (4, 14, 16)]:
        assert np.ptp(wave(late(V1=V1, Ki=waves))[:2]) > 20
        assert np.ptp(wave(late(V1=V1, Ki=none))[:2]) < 2


@pytest.mark.parametrize("inhibition", [0, 50, 70, 80, 90, 95])
def test_drug_inside_the_loop(inhibition: float) -> None:
    run = late(MEK_inhibition=inhibition)
    low, high, period = wave(run)
    mean = run["ppERK"][run.time >= 10000].mean()
    last = "none" if math.isnan(period) else f"{period:.1f}"
    says(CHAPTER, f"| {inhibition} | {{:.1f}} | {{:.1f}} | {{:.1f}} | {last} |", low, high, mean)


def test_drug_above_the_loop_and_control() -> None:
    drug, signal = late(MEK_inhibition=70), late(V1=0.75)
    says(CHAPTER, "is {:.1f} nM; without the drug it is {:.1f} nM", wave(drug)[1], wave(late())[1])
    says(
        CHAPTER,
        "ppMEK now climbs to {:.1f} nM instead of {:.1f} nM",
        *(readout(run, "cycle_high", "ppMEK") for run in (drug, late())),
    )
    says(CHAPTER, "Now the highest ppERK after the first wave is {:.1f} nM", wave(signal)[1])
    means = [run["ppERK"][run.time >= 10000].mean() for run in (late(), drug, signal)]
    says(
        CHAPTER,
        "from {:.1f} to {:.1f} nM. A cut of the same size above the loop lowers the average to {:.1f} nM",
        *means,
    )
    says(CHAPTER, "ppERK ends at {:.1f} nM", late(Ki=200, MEK_inhibition=70)["ppERK"][-1])
    cascade = load("mapk_cascade").parameters
    most, limit = cascade["k7"].value * cascade["MEK_total"].value, cascade["V9"].value
    says(CHAPTER, "or {:.1f} nM/s. The most the phosphatase can do is {:.1f} nM/s", most, limit)
    says(CHAPTER, "14 parts in 15, which is {:.1f} %", 100 * (1 - limit / most))
