"""Chapter 5 says what its model says."""

import numpy as np
import pytest
from scipy.optimize import brentq

from tests.chapters.text import says
from widgets.model import load
from widgets.simulate import Run

CHAPTER = "05-pi3k-akt"
LAYERS = ("pEGFR_total", "pAkt_total", "pS6_total")


def chain(**settings: float) -> Run:
    """Run the chain for an hour on a grid of half a second, fine enough for the receptor's spike."""
    return load("pi3k_akt").simulate(points=7201, **settings)  # type: ignore[arg-type]


def peaks(**settings: float) -> list[float]:
    """Return the peaks of pEGFR, pAkt and pS6."""
    run = chain(**settings)
    return [float(run[layer].max()) for layer in LAYERS]


def area(run: Run, series: str) -> float:
    """Return the area under a series over the run."""
    return float(np.trapezoid(run[series], run.time))


def width(run: Run, series: str) -> float:
    """Return how long a series stays above half of its peak, in seconds."""
    return float(np.sum(run[series] > run[series].max() / 2) * (run.time[1] - run.time[0]))


def test_a_weaker_step_gives_more() -> None:
    strong, weak = chain(), chain(EGF_dose=1)
    first = strong.time[strong["pEGFR_total"].argmax()]
    says(CHAPTER, "the receptor signal peaks at {:.2f} after {:.0f} s", strong["pEGFR_total"].max(), first)
    says(CHAPTER, "With 1 ng/mL it peaks at only {:.2f}", weak["pEGFR_total"].max())
    says(CHAPTER, "But pS6 rises from {:.2f} to {:.2f}", strong["pS6_total"].max(), weak["pS6_total"].max())
    assert strong["pEGFR_total"].max() / weak["pEGFR_total"].max() == pytest.approx(6, abs=0.3)
    assert weak["pS6_total"].max() / strong["pS6_total"].max() == pytest.approx(5 / 3, abs=0.02)


@pytest.mark.parametrize(
    ("row", "settings"),
    [
        ("Step, 30 ng/mL", {}),
        ("60 s pulse, 30 ng/mL", {"input_shape": 1}),
        ("One-hour ramp to 30 ng/mL", {"input_shape": 2}),
        ("Step, 1 ng/mL", {"EGF_dose": 1}),
    ],
)
def test_shapes_of_the_input(row: str, settings: dict[str, float]) -> None:
    run = chain(**settings)
    late = run.time[run["pS6_total"].argmax()] / 60
    says(CHAPTER, f"| {row} | {{:.2f}} | {{:.2f}} | {{:.2f}} | {{:.0f}} |", *peaks(**settings), late)


def test_pulse_and_ramp_in_words() -> None:
    pulse, step, ramp = (peaks(input_shape=shape) for shape in (1, 0, 2))
    says(
        CHAPTER, "pEGFR peaks at {:.2f}, exactly as before. pS6 peaks at {:.2f} instead of {:.2f}", *pulse[::2], step[2]
    )
    says(CHAPTER, "pEGFR stays below {:.2f}, and pS6 climbs to {:.2f}", ramp[0], ramp[2])


def test_memory_of_each_step() -> None:
    run = chain()
    says(
        CHAPTER,
        "above half of its peak for {:.0f} s, and pAkt for {:.0f} s",
        *(width(run, layer) for layer in LAYERS[:2]),
    )
    parameters = load("pi3k_akt").parameters
    says(CHAPTER, "with a half-life of {:.0f} minutes", np.log(2) / parameters["kdephos_S6"].value / 60)
    says(CHAPTER, "half of the pool in {:.1f} h", np.log(2) / parameters["kturn_EGFR"].value / 3600)
    halves = [np.log(2) / parameters[rate].value for rate in ("kinact_pEGFR", "kdephos_Akt")]
    says(CHAPTER, "with the half-lives {:.0f} s, {:.0f} s and 10 min", *halves)


def test_the_pool_is_spent() -> None:
    left = [100 * np.interp(60, run.time, run["EGFR"]) / run["EGFR"][0] for run in (chain(), chain(EGF_dose=1))]
    says(CHAPTER, "only {:.1f} % of the free receptor is left. At 1 ng/mL it is {:.0f} %", *left)
    totals = [area(run, "pEGFR_total") for run in (chain(), chain(EGF_dose=1))]
    says(CHAPTER, "gives {:.0f} units times seconds, the weak one {:.0f}", *totals)
    says(CHAPTER, "Thirty times less EGF costs {:.0f} % of the total", 100 - 100 * totals[1] / totals[0])


def test_saturation() -> None:
    strong, weak = chain(), chain(EGF_dose=1)
    says(
        CHAPTER,
        "You find {:.0f} for the strong step and {:.0f} for the weak one",
        *(area(run, "pAkt_total") for run in (strong, weak)),
    )
    free = [100 * run["Akt"].min() / run["Akt"][0] for run in (strong, weak)]
    says(CHAPTER, "free Akt falls to {:.0f} % of its total", free[0])
    assert free[1] == pytest.approx(50, abs=1)
    slow = load("pi3k_akt").parameters["kon_Akt"].value / 100
    says(CHAPTER, f"(`kon_Akt={slow:.4e}".replace("e-07", "e-7"))
    share = 100 * peaks(kon_Akt=slow, EGF_dose=1)[2] / peaks(kon_Akt=slow)[2]
    says(CHAPTER, "the 1 ng/mL step gives {:.0f} % of the pS6 peak", share)
    says(CHAPTER, "costs only {:.0f} % of pS6", 100 - share)


def test_the_drug() -> None:
    none, most, nearly_all = peaks(), peaks(lapatinib=90), peaks(lapatinib=99)
    says(CHAPTER, "pEGFR peaks at {:.2f}, pAkt at {:.2f}, pS6 at {:.2f}", *most)
    assert most[2] / none[2] == pytest.approx(1.7, abs=0.05)
    says(CHAPTER, "pS6 reaches {:.2f}, about three quarters", nearly_all[2])
    assert nearly_all[2] / none[2] == pytest.approx(0.75, abs=0.05)
    pulses = [peaks(input_shape=1, lapatinib=block)[2] for block in (0, 90)]
    says(CHAPTER, "read pS6, {:.2f}. Set *Lapatinib block* to 90 %: {:.2f}", *pulses)
    edge = brentq(lambda block: peaks(lapatinib=block)[2] - none[2], 97, 99, xtol=0.01)
    says(CHAPTER, "Only beyond {:.1f} % does pS6 fall", edge)
    says(
        CHAPTER,
        "lowers the pEGFR peak by {:.0f} % and raises the pS6 peak by {:.0f} %",
        100 - 100 * most[0] / none[0],
        100 * most[2] / none[2] - 100,
    )


def half_block(layer: int, **settings: float) -> float:
    """Return the block that halves the peak of a layer, in per cent."""
    half = peaks(**settings)[layer] / 2
    return float(brentq(lambda block: peaks(lapatinib=block, **settings)[layer] - half, 1, 99, xtol=0.05))


def test_each_step_down_needs_more_drug() -> None:
    says(
        CHAPTER,
        "half of the pEGFR peak is gone at {:.0f} % block, half of the pAkt peak at {:.0f} %",
        half_block(0),
        half_block(1),
    )
    assert peaks(lapatinib=99)[2] > peaks()[2] / 2
    says(
        CHAPTER,
        "the three values are {:.0f}, {:.0f} and {:.0f} %",
        *(half_block(layer, EGF_dose=1) for layer in range(3)),
    )


@pytest.mark.parametrize("minutes", [1, 5, 10, 30, 60])
def test_when_to_measure(minutes: int) -> None:
    runs = (chain(), chain(lapatinib=90))
    row = [np.interp(60 * minutes, run.time, run[layer]) for layer in LAYERS[1:] for run in runs]
    says(CHAPTER, f"| {minutes} | {{:.2f}} | {{:.2f}} | {{:.2f}} | {{:.2f}} |", *row)


def test_self_check_and_exercise() -> None:
    says(CHAPTER, "> It is {:.2f}. That is more than the 0.61", peaks(EGF_dose=3)[2])
    # As the screen draws it.
    slow = load("pi3k_akt").simulate(kinact_pEGFR=0.01)
    peak, end = slow["pEGFR_total"].max(), slow["pS6_total"][-1]
    says(CHAPTER, "pEGFR peaks at {:.2f} on the drawn curve and pS6 ends at {:.2f}", peak, end)
