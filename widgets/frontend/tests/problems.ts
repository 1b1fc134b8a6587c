/** Small problems with known answers, as model specs. */

import type { ModelEvent, ModelSpec, Parameter, Series, Vector } from "../spec.js";

export function parameter(id: string, value: number, more: Partial<Parameter> = {}): Parameter {
  return {
    id, label: id, unit: "nM", meaning: `What ${id} means.`, value, min: null, max: null, step: null, scale: "linear",
    source: null, where: null, designed: null, ...more,
  };
}

export function series(id: string, more: Partial<Series> = {}): Series {
  return { id, label: id, unit: "nM", meaning: `What ${id} means.`, nonnegative: false, ...more };
}

export interface Problem {
  name: string;
  y0: number[];
  end: number;
  rhs: (t: number, y: ArrayLike<number>, p: Float64Array, d: Vector) => void;
  jac: (t: number, y: ArrayLike<number>, p: Float64Array, J: Float64Array) => void;
  parameters?: Parameter[];
  np?: number;
  method?: "dopri" | "rodas";
  rtol?: number;
  atol?: number;
  points?: number;
  nonnegative?: boolean;
  events?: ModelEvent[];
  rest?: ModelSpec["rest"];
  init?: (p: Float64Array, y: Float64Array) => void;
}

export function problemSpec(problem: Problem): ModelSpec {
  const parameters = problem.parameters ?? [];
  const states = problem.y0.map((_, i) => series(`y${i}`, { nonnegative: problem.nonnegative ?? false }));
  return {
    name: problem.name, title: problem.name, question: "", designed: null,
    time: { unit: "min", label: "Time", end: problem.end, min: problem.end / 1000, max: problem.end * 1000, points: problem.points ?? 101 },
    solver: { method: problem.method ?? "dopri", rtol: problem.rtol ?? 1e-6, atol: problem.atol ?? 1e-9 },
    parameters, np: problem.np ?? parameters.length, states, outputs: [], sliders: [],
    plots: [{ id: "all", title: "All", series: states.map((each) => each.id), y: "Amount (nM)", description: "All states." }],
    scenarios: [], summary: "", limits: [], rest: problem.rest ?? null, equations: [], references: {},
    files: { sbml: { name: "toy.xml", text: "<sbml/>" }, antimony: { name: "toy.ant", text: "model toy" } },
    init: problem.init ?? ((_, y) => { y.set(problem.y0); }),
    rhs: problem.rhs, jac: problem.jac, out: () => undefined, events: problem.events ?? [],
  };
}

export const decay: Problem = {
  name: "decay", y0: [1], end: 5, nonnegative: true,
  rhs: (_, y, __, d) => { d[0] = -y[0]; },
  jac: (_, __, ___, J) => { J[0] = -1; },
};

export const oscillator: Problem = {
  name: "oscillator", y0: [1, 0], end: 20,
  rhs: (_, y, __, d) => { d[0] = y[1]; d[1] = -y[0]; },
  jac: (_, __, ___, J) => { J[0] = 0; J[1] = 1; J[2] = -1; J[3] = 0; },
};

/** Time stands in the right-hand side: y' = cos t - (y - sin t), so y = sin t. */
export const driven: Problem = {
  name: "driven", y0: [0], end: 10,
  rhs: (t, y, _, d) => { d[0] = Math.cos(t) - 50 * (y[0] - Math.sin(t)); },
  jac: (_, __, ___, J) => { J[0] = -50; },
};

export const robertson: Problem = {
  name: "robertson", y0: [1, 0, 0], end: 40, nonnegative: true, atol: 1e-10,
  rhs: (_, y, __, d) => {
    const slow = 0.04 * y[0], back = 1e4 * y[1] * y[2], fast = 3e7 * y[1] * y[1];
    d[0] = -slow + back; d[1] = slow - back - fast; d[2] = fast;
  },
  jac: (_, y, __, J) => {
    J[0] = -0.04; J[1] = 1e4 * y[2]; J[2] = 1e4 * y[1];
    J[3] = 0.04; J[4] = -1e4 * y[2] - 6e7 * y[1]; J[5] = -1e4 * y[1];
    J[6] = 0; J[7] = 6e7 * y[1]; J[8] = 0;
  },
};

export const vanDerPol: Problem = {
  name: "van_der_pol", y0: [2, 0], end: 2000, atol: 1e-8,
  rhs: (_, y, __, d) => { d[0] = y[1]; d[1] = 1000 * (1 - y[0] * y[0]) * y[1] - y[0]; },
  jac: (_, y, __, J) => { J[0] = 0; J[1] = 1; J[2] = -2000 * y[0] * y[1] - 1; J[3] = 1000 * (1 - y[0] * y[0]); },
};

/** Inflow k for a while, then none: y' = input - y. p: [input, pulse], then the live input. */
export const pulse: Problem = {
  name: "pulse", y0: [0], end: 10, np: 3, nonnegative: true, points: 101,
  parameters: [parameter("input", 2), parameter("pulse", 3.3)],
  init: (p, y) => { p[2] = p[0]; y[0] = 0; },
  rhs: (_, y, p, d) => { d[0] = p[2] - y[0]; },
  jac: (_, __, ___, J) => { J[0] = -1; },
  events: [{ time: (p) => p[1], apply: (_, __, p) => { p[2] = 0; } }],
};

/** A dose every `interval` from time 0 on; the event arms itself again. p: [dose, interval], then the next dose's time. */
export const dosing: Problem = {
  name: "dosing", y0: [0], end: 20, np: 3, nonnegative: true, points: 81,
  parameters: [parameter("dose", 1), parameter("interval", 4)],
  init: (p, y) => { p[2] = 0; y[0] = 0; },
  rhs: (_, y, __, d) => { d[0] = -0.5 * y[0]; },
  jac: (_, __, ___, J) => { J[0] = -0.5; },
  events: [{ time: (p) => p[2], apply: (_, y, p) => { y[0] += p[0]; p[2] += p[1]; } }],
};

/** Production k, loss 0.01 y, stimulus s. At rest y = k / 0.01. */
export const resting: Problem = {
  name: "resting", y0: [100], end: 50, parameters: [parameter("k", 1), parameter("s", 0)],
  rhs: (_, y, p, d) => { d[0] = p[0] + p[1] - 0.01 * y[0]; },
  jac: (_, __, ___, J) => { J[0] = -0.01; },
  rest: { moves: ["k"], duration: 1e5, note: "Rest solved again.", apply: (p) => { p[1] = 0; } },
};
