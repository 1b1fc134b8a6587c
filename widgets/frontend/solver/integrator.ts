/** What the explicit and the implicit method have in common. */

import type { Vector } from "../spec.js";

export type Rhs = (t: number, y: ArrayLike<number>, d: Vector) => void;
export type Jacobian = (t: number, y: ArrayLike<number>, J: Float64Array) => void;

export interface Integrator {
  readonly method: "dopri" | "rodas";
  /** Time reached. */
  readonly t: number;
  /** State at `t`. */
  readonly y: ArrayLike<number>;
  /** Steps tried since `reset`. */
  readonly steps: number;
  /** Forget everything, also the step count. */
  reset(): void;
  /** Begin at `t` with a fresh step size; `tEnd` bounds the first step. */
  start(t: number, y: ArrayLike<number>, tEnd: number): void;
  /** One accepted step that never passes `tEnd` and lands on it exactly. */
  step(tEnd: number): void;
  /** The state at a time inside the last step. */
  at(t: number, into: Float64Array): void;
}

/** The method cannot go on: too many steps, a vanished step, or a stiff stretch for an explicit method. */
export class SolverError extends Error {
  override name = "SolverError";
}

/**
 * First step size after Hairer, Norsett & Wanner, Solving Ordinary Differential Equations I, II.4.
 * `f0` holds the derivative at the start; `f1` and `y1` are scratch space.
 */
export function firstStep(
  rhs: Rhs, t: number, y: ArrayLike<number>, f0: ArrayLike<number>, f1: Float64Array, y1: Float64Array,
  order: number, rtol: number, atol: number, span: number,
): number {
  const n = f1.length;
  let normF = 0;
  let normY = 0;
  for (let i = 0; i < n; i++) {
    const scale = atol + rtol * Math.abs(y[i]);
    normF += (f0[i] / scale) ** 2;
    normY += (y[i] / scale) ** 2;
  }
  let h = normF <= 1e-10 || normY <= 1e-10 ? 1e-6 : 0.01 * Math.sqrt(normY / normF);
  h = Math.min(h, span);
  for (let i = 0; i < n; i++) y1[i] = y[i] + h * f0[i];
  rhs(t + h, y1, f1);
  let second = 0;
  for (let i = 0; i < n; i++) {
    const scale = atol + rtol * Math.abs(y[i]);
    second += ((f1[i] - f0[i]) / scale) ** 2;
  }
  const curve = Math.max(Math.sqrt(second) / h, Math.sqrt(normF));
  const guess = curve <= 1e-15 ? Math.max(1e-6, h * 1e-3) : (0.01 / curve) ** (1 / order);
  const step = Math.min(100 * h, guess, span);
  return step > 0 ? step : Math.min(1e-6, span);
}
