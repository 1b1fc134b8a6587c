"""Chapter 7 says what its models say."""

import numpy as np

from tests.chapters.text import says
from widgets.analysis import readout
from widgets.model import load
from widgets.readouts import _peaks
from widgets.simulate import Run, simulate

CHAPTER = "07-bone"
CYCLES = {"k1": 0.0748, "k2": 0.0006395}
ENDLESS = {"g11": 1.1, "start_osteoblasts": 91.5, **CYCLES}


def bone(end: float = 400, **settings: float) -> Run:
    """Run the first model on a fine grid."""
    return simulate(load("bone_remodelling"), settings, end=end, points=12001)


def signals(**settings: float) -> Run:
    """Run the second model on a fine grid."""
    return simulate(load("rankl_opg"), settings, end=140, points=2801)


def at(run: Run, series: str, time: float) -> float:
    """Read a series at a time."""
    return float(np.interp(time, run.time, run[series]))


def test_one_cycle() -> None:
    run = bone()
    account, late = run["bone"], run.time > 12.5
    says(CHAPTER, "Bone falls to {:.1f} % of its start on day {:.0f}.", account.min(), run.time[account.argmin()])
    says(CHAPTER, "back within 1 % on day {:.0f}", run.time[late][np.argmax(account[late] > 99)])
    says(CHAPTER, "at 400 days {:.2f} % is there", account[-1])
    below = run["osteoclasts"] < run["osteoclasts_balance"]
    says(CHAPTER, "below their resting number on day {:.0f}", run.time[np.argmax(below)])
    rest, peak = run["osteoblasts"][0], run["osteoblasts"].max()
    says(CHAPTER, "from {:.0f} to {:.0f} near day {:.0f}", rest, peak, run.time[run["osteoblasts"].argmax()])
    says(CHAPTER, "about {:.0f} osteoclast and {:.0f} osteoblasts", run["osteoclasts_balance"][0], rest)


def test_cycles() -> None:
    run = bone(1200, g11=1, kick=3, **CYCLES)
    times = _peaks(run.time, run["osteoclasts"])[:3]
    shown = [number for time in times for number in (time, at(run, "osteoclasts", time))]
    says(
        CHAPTER,
        "peak again on day {:.0f} at {:.2f} cells, on day {:.0f} at {:.2f} and on day {:.0f} at {:.2f}.",
        *shown,
    )
    run = bone(1200, kick=9.9, **ENDLESS)
    assert _peaks(run.time, run["osteoclasts"]).size == 5
    period = readout(run, "peak_period", "osteoclasts")
    says(CHAPTER, "peak at {:.1f} cells five times in 1200 days, every {:.0f} days", run["osteoclasts"].max(), period)
    run = bone(1200, g11=1.11, kick=0.5, **CYCLES)
    times = _peaks(run.time, run["osteoclasts"])
    shown = [at(run, "osteoclasts", time) for time in (times[0], times[-1])]
    says(CHAPTER, "the peaks grow from {:.2f} cells to {:.2f} in 1200 days", *shown)


def test_centre() -> None:
    tiny = readout(bone(1200, g11=1.1, kick=0.0116, **CYCLES), "peak_period", "osteoclasts")
    says(CHAPTER, "For a tiny push it is {:.0f} days", tiny)
    periods = [readout(bone(1200, kick=kick, **ENDLESS), "peak_period", "osteoclasts") for kick in (3, 5, 10)]
    says(CHAPTER, "{:.0f} days with 3 added osteoclasts, {:.0f} with 5, and {:.0f} with 10.", *periods)


def test_il6_moves_the_balance() -> None:
    normal, high = bone(), bone(IL6=10)
    says(CHAPTER, "The dip is almost the same, {:.1f} %. The end is {:.1f} %.", high["bone"].min(), high["bone"][-1])
    clasts = [run["osteoclasts_balance"][0] for run in (normal, high)]
    blasts = [run["osteoblasts_balance"][0] for run in (normal, high)]
    says(CHAPTER, "from {:.2f} to {:.2f} osteoclasts and from {:.0f} to {:.0f} osteoblasts", *clasts, *blasts)
    says(CHAPTER, "by the same share, {:.0f} %.", 100 * (clasts[1] / clasts[0] - 1))
    says(CHAPTER, "Both cells rose by {:.0f} %.", 100 * (blasts[1] / blasts[0] - 1))


def test_signals() -> None:
    rows = {
        "PTH infusion": {"PTH": 1000},
        "RANKL": {"RANKL_added": 10000},
        "IL-6 tenfold": {"IL6": 10},
        "IL-6 and OPG": {"IL6": 10, "OPG_added": 20000},
        "OPG": {"OPG_added": 200000},
    }
    series = ("responding_fold", "osteoblasts_fold", "osteoclasts_fold", "osteoclasts_per_osteoblast")
    for name, settings in rows.items():
        run = signals(**settings)
        says(CHAPTER, "| " + name + " | {:.2f} | {:.2f} | {:.2f} | {:.2f} |", *[at(run, key, 80) for key in series])
    run = signals(RANKL_added=10000)
    early = [at(run, key, 25) for key in ("osteoclasts_fold", "osteoblasts_fold")]
    says(CHAPTER, "osteoclasts stand at {:.2f} and active osteoblasts at {:.2f}", *early)
    run = signals(IL6=10)
    ratio = run["osteoclasts_per_osteoblast"]
    says(CHAPTER, "the ratio peaks at {:.2f} on day {:.0f} and", ratio.max(), run.time[ratio.argmax()])
    says(CHAPTER, "sinks to {:.2f} by day 80", at(run, "osteoclasts_per_osteoblast", 80))
    says(CHAPTER, "OPG stands at {:.2f} times its start", at(run, "OPG", 79) / run["OPG"][0])
    free = [run["RANKL"][0], run["RANKL"].max(), at(run, "RANKL", 79)]
    says(CHAPTER, "jumped from {:.2f} to {:.2f} pM when IL-6 came on, and is {:.2f} pM by then", *free)
    says(CHAPTER, "Its OPG stands near {:.0f} nM", run["OPG"][0] / 1000)


def test_opg_against_il6() -> None:
    peaks = [signals(IL6=10, OPG_added=opg)["osteoclasts_fold"].max() for opg in (20000, 0)]
    says(CHAPTER, "Osteoclasts peak at {:.2f} instead of {:.2f}, with 20,000 pM/d", *peaks)
    says(CHAPTER, "they stand at {:.2f} on day 80", at(signals(IL6=10, OPG_added=50000), "osteoclasts_fold", 80))


def test_questions() -> None:
    run = signals(PTH=500)
    says(CHAPTER, ":answer: {:.2f}", run["osteoclasts_fold"].max())
    says(CHAPTER, "active osteoblasts reach {:.2f} times theirs", run["osteoblasts_fold"].max())
    alike = [signals(RANKL_added=3210), signals(IL6=10)]
    for key in ("osteoblasts_fold", "osteoclasts_fold"):
        assert abs(alike[0][key].max() / alike[1][key].max() - 1) < 0.001
    double = [signals(RANKL_added=6430), signals(IL6=10, IL6_gain=10)]
    assert abs(double[0]["osteoclasts_fold"].max() / double[1]["osteoclasts_fold"].max() - 1) < 0.001
