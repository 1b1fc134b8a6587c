/**
 * Dormand-Prince 5(4) from the npm package `dopri`, with our own step loop around its stepper.
 *
 * The package's own loop keeps a copy of every step and ends up to one rounding error away from a
 * requested time. Here output points are read off while stepping, nothing is allocated, and a
 * segment ends exactly where an event is.
 */

import { Dopri5 } from "dopri/lib/dopri5/stepper";
import { type Integrator, type Rhs, SolverError, firstStep } from "./integrator.js";

export interface DopriLimits {
  /** Steps tried in one run before we hand over to the stiff method. */
  maxSteps: number;
  /** Accepted steps after which stiffness is looked for. */
  stiffAfter: number;
}

export const DOPRI_LIMITS: DopriLimits = { maxSteps: 2000, stiffAfter: 400 };

export class Dopri implements Integrator {
  readonly method = "dopri";
  t = 0;
  steps = 0;
  private readonly stepper: Dopri5;
  private readonly scratchY: Float64Array;
  private readonly scratchF: Float64Array;
  private tOld = 0;
  private hOld = 0;
  private h = 0;
  private errorOld = 1e-4;
  private stiff = 0;
  private notStiff = 0;

  constructor(
    private readonly rhs: Rhs, private readonly n: number, private readonly rtol: number,
    private readonly atol: number, private readonly limits: DopriLimits = DOPRI_LIMITS,
  ) {
    this.stepper = new Dopri5(rhs, n);
    this.scratchY = new Float64Array(n);
    this.scratchF = new Float64Array(n);
  }

  get y(): ArrayLike<number> {
    return this.stepper.y;
  }

  reset(): void {
    this.steps = 0;
    this.stiff = 0;
    this.notStiff = 0;
  }

  start(t: number, y: ArrayLike<number>, tEnd: number): void {
    const { stepper } = this;
    for (let i = 0; i < this.n; i++) stepper.y[i] = y[i];
    this.rhs(t, stepper.y, stepper.k1);
    this.t = this.tOld = t;
    this.errorOld = 1e-4;
    this.h = firstStep(this.rhs, t, stepper.y, stepper.k1, this.scratchF, this.scratchY, 5, this.rtol, this.atol, tEnd - t);
  }

  step(tEnd: number): void {
    const { stepper, t } = this;
    const control = stepper.stepControl;
    let h = this.h;
    let rejected = false;
    for (;;) {
      const last = t + 1.01 * h >= tEnd;
      if (last) h = tEnd - t;
      if (++this.steps > this.limits.maxSteps) throw new SolverError(`more than ${this.limits.maxSteps} explicit steps at time ${t}`);
      if (!(h > Math.abs(t) * Number.EPSILON)) throw new SolverError(`explicit step vanished at time ${t}`);
      stepper.step(t, h);
      const error = stepper.error(this.atol, this.rtol);
      if (error <= 1) {
        if (this.isStiff(h)) throw new SolverError(`the problem is stiff at time ${t}`);
        stepper.stepComplete(t, h);
        const factor = error ** control.constant / this.errorOld ** control.beta / control.factorSafe;
        const next = h / Math.min(1 / control.factorMin, Math.max(1 / control.factorMax, factor));
        this.h = rejected ? Math.min(next, h) : next;
        this.errorOld = Math.max(error, 1e-4);
        this.tOld = t;
        this.hOld = h;
        this.t = last ? tEnd : t + h;
        return;
      }
      rejected = true;
      // A right-hand side that is not finite says only that the step was too long.
      h = Number.isFinite(error) ? h / Math.min(1 / control.factorMin, error ** control.constant / control.factorSafe) : h / 10;
    }
  }

  at(t: number, into: Float64Array): void {
    const data = this.stepper.history.data;
    const n = this.n;
    const s = (t - this.tOld) / this.hOld;
    const r = 1 - s;
    for (let i = 0; i < n; i++) {
      into[i] = data[i] + s * (data[n + i] + r * (data[2 * n + i] + s * (data[3 * n + i] + r * data[4 * n + i])));
    }
  }

  /** The test of Hairer's DOPRI5: fifteen stiff steps with never six calm ones in a row. */
  private isStiff(h: number): boolean {
    if (this.steps < this.limits.stiffAfter) return false;
    if (this.stepper.isStiff(h)) {
      this.notStiff = 0;
      return ++this.stiff >= 15;
    }
    if (this.stiff > 0 && ++this.notStiff >= 6) this.stiff = this.notStiff = 0;
    return false;
  }
}
