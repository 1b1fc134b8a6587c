/** A three-state model with everything the explorer can show, like one made from SBML. */

import type { ModelSpec } from "../../spec.js";
import { parameter, series } from "../problems.js";

/** A -> B -> C with a bolus of A from an event; rest depends on `make`. Exact for make = 0: see `exactToy`. */
export function toySpec(more: Partial<ModelSpec> = {}): ModelSpec {
  return {
    name: "toy", title: "A toy chain", question: "Where does A go?", designed: "to test the page",
    time: { unit: "min", label: "Time", end: 60, min: 6, max: 600, points: 121 },
    solver: { method: "dopri", rtol: 1e-6, atol: 1e-9 },
    parameters: [
      parameter("dose", 10, { label: "Dose", min: 0.1, max: 100, scale: "log", unit: "nM", source: "paper2020", where: "Table 1" }),
      parameter("k1", 0.2, { label: "First rate", min: 0, max: 1, step: 0.01, unit: "1/min", designed: "a round number" }),
      parameter("open", 0, { label: "Vessel", min: 0, max: 1, unit: "", choices: [{ value: 0, label: "closed" }, { value: 1, label: "open" }] }),
      parameter("k2", 0.05, { label: "Second rate", unit: "1/min" }),
      parameter("make", 0, { label: "Making of A", min: 0, max: 5, unit: "nM/min" }),
    ],
    np: 6,
    states: [
      series("A", { nonnegative: true, initial: 0, designed: "nothing before the dose" }),
      series("B", { nonnegative: true, label: "B, active" }),
      series("C", { nonnegative: true }),
    ],
    outputs: [series("share", { unit: "%", label: "Share of C" })],
    sliders: ["dose", "k1", "open", "make"],
    plots: [
      { id: "chain", title: "The chain", series: ["A", "B", "C"], y: "Concentration (nM)", description: "Three curves." },
      { id: "share", title: "Share", series: ["share"], y: "Share (%)", description: "One curve." },
    ],
    scenarios: [
      { id: "normal", label: "Normal", note: "As published.", set: {} },
      { id: "high", label: "High dose", note: "Ten times the dose.", set: { dose: 100, end: 120 } },
    ],
    summary: "B peaks at {peak:B} after {peak_time:B} and is {end:B} at {horizon}; the dose is {value:dose}.",
    limits: ["No space.", "No noise."],
    rest: { moves: ["make"], duration: 1e4, note: "Rest was solved again.", apply: (p) => { p[5] = 0; } },
    equations: [
      { id: "A", mathml: "<math><mi>A</mi></math>", uses: ["k1", "make"] },
      { id: "B", mathml: "<math><mi>B</mi></math>", uses: ["k1", "k2"] },
    ],
    references: { paper2020: { label: "Paper 2020", text: "A paper (2020).", url: "https://doi.org/10.1000/1" } },
    files: { sbml: { name: "toy.xml", href: "models/toy.xml" }, antimony: { name: "toy.ant", text: "model toy\nend" } },
    init: (p, y) => { p[5] = 1; y[0] = 0; y[1] = 0; y[2] = 0; },
    rhs: (_, y, p, d) => {
      d[0] = p[4] - p[1] * y[0];
      d[1] = p[1] * y[0] - p[3] * y[1];
      d[2] = p[3] * y[1] - (p[2] + (p[4] > 0 ? 0.1 : 0)) * y[2];
    },
    jac: (_, __, p, J) => {
      J.fill(0);
      J[0] = -p[1]; J[3] = p[1]; J[4] = -p[3]; J[7] = p[3]; J[8] = -(p[2] + (p[4] > 0 ? 0.1 : 0));
    },
    out: (_, y, __, o) => { o[0] = y[0] + y[1] + y[2] > 0 ? (100 * y[2]) / (y[0] + y[1] + y[2]) : 0; },
    events: [{ time: () => 5, apply: (_, y, p) => { y[0] += p[0] * p[5]; } }],
    ...more,
  };
}

/** B of the closed chain after the bolus at minute 5 (Bateman's formula). */
export function exactToy(t: number, dose: number, k1 = 0.2, k2 = 0.05): [number, number, number] {
  if (t < 5) return [0, 0, 0];
  const s = t - 5;
  const a = dose * Math.exp(-k1 * s);
  const b = (dose * k1 * (Math.exp(-k1 * s) - Math.exp(-k2 * s))) / (k2 - k1);
  return [a, b, dose - a - b];
}
