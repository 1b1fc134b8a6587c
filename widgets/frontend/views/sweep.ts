/** Runs at many settings, each read off as a number or a few. */

import { peakIndex } from "../explorer/summary.js";
import type { Parameter, ScanSpec, SurfaceSpec, Values } from "../spec.js";
import type { Work } from "../solver/slices.js";
import type { ModelSolver, Run } from "../solver/run.js";
import { Scale } from "./scale.js";

export type Quantity = "peak" | "end" | "value";

/** 31 values over the slider's range, evenly spaced on its own scale. */
export function doses(parameter: Parameter, count = 31): number[] {
  const log = parameter.scale === "log" && (parameter.min ?? 0) > 0;
  return new Scale(log, parameter.min ?? 0, parameter.max ?? 1).grid(count);
}

/** The number that a readout takes from a run; between two output times it interpolates. */
export function readOut(run: Run, id: string, kind: Quantity, at: number): number {
  const values = run.series[id];
  if (kind === "peak") return values[peakIndex(values)];
  if (kind === "end") return values[values.length - 1];
  const step = run.time[1] - run.time[0];
  const k = Math.min(values.length - 2, Math.max(0, Math.floor(at / step)));
  return values[k] + (values[k + 1] - values[k]) * Math.min(1, (at - run.time[k]) / step);
}

/** One run a setting; `read` takes what is wanted from each. */
export function* sweep<T>(solver: ModelSolver, settings: Iterable<Values>, read: (run: Run) => T): Work<T[]> {
  const found: T[] = [];
  for (const each of settings) {
    found.push(read(solver.simulate(each)));
    yield null;
  }
  return found;
}

/** The settings of a run that can be read as the view says: it lasts at least until then. */
export function runFor(view: ScanSpec | SurfaceSpec, values: Values): Values {
  const all = { ...values, ...view.set };
  return view.at !== null && all.end < view.at ? { ...all, end: view.at } : all;
}

/** How the view reads a run, in words: "at the end". */
export function taken(view: ScanSpec | SurfaceSpec, unit: string): string {
  if (view.quantity === "value") return `at ${view.at ?? 0} ${unit}`;
  return view.quantity === "peak" ? "at its peak" : "at the end";
}

/**
 * Where `f` crosses `level` between a and b, whose values are known: the Illinois form of regula falsi.
 * NaN where they lie on one side.
 */
export function* crossing(f: (x: number) => number, level: number, a: number, fa: number, b: number, fb: number, tolerance: number): Work<number> {
  let [x0, x1, y0, y1] = [a, b, fa - level, fb - level];
  if (!(y0 * y1 <= 0)) return NaN;
  let side = 0;
  for (let round = 0; round < 60 && Math.abs(x1 - x0) > tolerance; round++) {
    const x = y1 === y0 ? (x0 + x1) / 2 : (x0 * y1 - x1 * y0) / (y1 - y0);
    const y = f(x) - level;
    yield null;
    if (y * y1 > 0) {
      if (side === 1) y0 /= 2;
      if (Math.abs(x - x1) < tolerance / 10) return x;
      [x1, y1, side] = [x, y, 1];
    } else {
      if (side === -1) y1 /= 2;
      if (Math.abs(x - x0) < tolerance / 10) return x;
      [x0, y0, side] = [x, y, -1];
    }
    if (y === 0) return x;
  }
  return (x0 + x1) / 2;
}
