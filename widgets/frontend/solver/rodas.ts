/**
 * RODAS4(3): Rosenbrock method of order 4 with an embedded method of order 3, six stages, stiffly
 * accurate, with dense output. Coefficients and step control after the code RODAS of E. Hairer and
 * G. Wanner, Solving Ordinary Differential Equations II (Springer, 1996), IV.7 and IV.10.
 */

import { type Integrator, type Jacobian, type Rhs, SolverError, firstStep } from "./integrator.js";
import { factorise, solve } from "./lu.js";

const GAMMA = 0.25;
const C2 = 0.386, C3 = 0.21, C4 = 0.63;
const D1 = 0.25, D2 = -0.1043, D3 = 0.1035, D4 = -0.03620000000000023;
const A21 = 1.544;
const A31 = 0.9466785280815826, A32 = 0.2557011698983284;
const A41 = 3.314825187068521, A42 = 2.896124015972201, A43 = 0.9986419139977817;
const A51 = 1.221224509226641, A52 = 6.019134481288629, A53 = 12.53708332932087, A54 = -0.687886036105895;
const C21 = -5.6688;
const C31 = -2.430093356833875, C32 = -0.2063599157091915;
const C41 = -0.1073529058151375, C42 = -9.594562251023355, C43 = -20.47028614809616;
const C51 = 7.496443313967647, C52 = -10.24680431464352, C53 = -33.99990352819905, C54 = 11.7089089320616;
const C61 = 8.083246795921522, C62 = -7.981132988064893, C63 = -31.52159432874371, C64 = 16.31930543123136,
  C65 = -6.058818238834054;
const D21 = 10.12623508344586, D22 = -7.487995877610167, D23 = -34.80091861555747, D24 = -7.992771707568823,
  D25 = 1.025137723295662;
const D31 = -0.6762803392801253, D32 = 6.087714651680015, D33 = 16.43084320892478, D34 = 24.76722511418386,
  D35 = -6.594389125716872;

const SAFE = 0.9;
/** A step may shrink to a fifth or grow sixfold. */
const SHRINK = 5, GROW = 1 / 6;

export class Rodas implements Integrator {
  readonly method = "rodas";
  t = 0;
  steps = 0;
  readonly y: Float64Array;
  private readonly yNew: Float64Array;
  private readonly f: Float64Array;
  private readonly slope: Float64Array;
  private readonly k1: Float64Array;
  private readonly k2: Float64Array;
  private readonly k3: Float64Array;
  private readonly k4: Float64Array;
  private readonly k5: Float64Array;
  private readonly k6: Float64Array;
  private readonly dense: Float64Array;
  private readonly jacobian: Float64Array;
  private readonly matrix: Float64Array;
  private readonly pivots: Int32Array;
  private tOld = 0;
  private hOld = 0;
  private h = 0;
  private hAccepted = 0;
  private errorAccepted = 0;

  constructor(
    private readonly rhs: Rhs, private readonly jac: Jacobian, private readonly n: number,
    private readonly rtol: number, private readonly atol: number, private readonly maxSteps = 20000,
  ) {
    const vector = (): Float64Array => new Float64Array(n);
    this.y = vector(); this.yNew = vector(); this.f = vector(); this.slope = vector();
    this.k1 = vector(); this.k2 = vector(); this.k3 = vector(); this.k4 = vector(); this.k5 = vector(); this.k6 = vector();
    this.dense = new Float64Array(4 * n);
    this.jacobian = new Float64Array(n * n);
    this.matrix = new Float64Array(n * n);
    this.pivots = new Int32Array(n);
  }

  reset(): void {
    this.steps = 0;
  }

  start(t: number, y: ArrayLike<number>, tEnd: number): void {
    this.y.set(y);
    this.t = this.tOld = t;
    this.rhs(t, this.y, this.f);
    this.h = firstStep(this.rhs, t, this.y, this.f, this.k1, this.k2, 4, this.rtol, this.atol, tEnd - t);
    this.hAccepted = 0;
  }

  step(tEnd: number): void {
    const { t } = this;
    this.rhs(t, this.y, this.f);
    this.jac(t, this.y, this.jacobian);
    this.timeSlope(t);
    let h = this.h;
    let rejected = false;
    for (;;) {
      const last = t + 1.01 * h >= tEnd;
      if (last) h = tEnd - t;
      if (++this.steps > this.maxSteps) throw new SolverError(`more than ${this.maxSteps} implicit steps at time ${t}`);
      if (!(h > Math.abs(t) * Number.EPSILON)) throw new SolverError(`implicit step vanished at time ${t}`);
      const error = this.attempt(t, h);
      // NaN fails the comparison and so counts as a rejected step.
      if (error <= 1) {
        this.accept(t, h, last ? tEnd : t + h, error, rejected);
        return;
      }
      rejected = true;
      h = Number.isFinite(error) ? h / Math.min(SHRINK, Math.max(1 / SAFE, error ** 0.25 / SAFE)) : h / 10;
    }
  }

  at(t: number, into: Float64Array): void {
    const { n, dense } = this;
    const s = (t - this.tOld) / this.hOld;
    const r = 1 - s;
    for (let i = 0; i < n; i++) {
      into[i] = dense[i] * r + s * (dense[n + i] + r * (dense[2 * n + i] + s * dense[3 * n + i]));
    }
  }

  /** Partial derivative in time by a difference; exactly zero for a right-hand side without time in it. */
  private timeSlope(t: number): void {
    const delta = Math.sqrt(Number.EPSILON * Math.max(1e-5, Math.abs(t)));
    this.rhs(t + delta, this.y, this.slope);
    for (let i = 0; i < this.n; i++) this.slope[i] = (this.slope[i] - this.f[i]) / delta;
  }

  /** Try a step of length h: fills `yNew` and `k1`..`k6`, returns the error in units of the tolerance. */
  private attempt(t: number, h: number): number {
    const { n, y, yNew, f, slope, k1, k2, k3, k4, k5, k6, matrix, pivots, jacobian, rhs } = this;
    const diagonal = 1 / (h * GAMMA);
    for (let i = 0; i < n * n; i++) matrix[i] = -jacobian[i];
    for (let i = 0; i < n; i++) matrix[i * n + i] += diagonal;
    if (!factorise(matrix, n, pivots)) return NaN;
    const v = 1 / h;

    for (let i = 0; i < n; i++) k1[i] = f[i] + h * D1 * slope[i];
    solve(matrix, n, pivots, k1);

    for (let i = 0; i < n; i++) yNew[i] = y[i] + A21 * k1[i];
    rhs(t + C2 * h, yNew, k2);
    for (let i = 0; i < n; i++) k2[i] += v * C21 * k1[i] + h * D2 * slope[i];
    solve(matrix, n, pivots, k2);

    for (let i = 0; i < n; i++) yNew[i] = y[i] + A31 * k1[i] + A32 * k2[i];
    rhs(t + C3 * h, yNew, k3);
    for (let i = 0; i < n; i++) k3[i] += v * (C31 * k1[i] + C32 * k2[i]) + h * D3 * slope[i];
    solve(matrix, n, pivots, k3);

    for (let i = 0; i < n; i++) yNew[i] = y[i] + A41 * k1[i] + A42 * k2[i] + A43 * k3[i];
    rhs(t + C4 * h, yNew, k4);
    for (let i = 0; i < n; i++) k4[i] += v * (C41 * k1[i] + C42 * k2[i] + C43 * k3[i]) + h * D4 * slope[i];
    solve(matrix, n, pivots, k4);

    for (let i = 0; i < n; i++) yNew[i] = y[i] + A51 * k1[i] + A52 * k2[i] + A53 * k3[i] + A54 * k4[i];
    rhs(t + h, yNew, k5);
    for (let i = 0; i < n; i++) k5[i] += v * (C51 * k1[i] + C52 * k2[i] + C53 * k3[i] + C54 * k4[i]);
    solve(matrix, n, pivots, k5);

    for (let i = 0; i < n; i++) yNew[i] += k5[i];
    rhs(t + h, yNew, k6);
    for (let i = 0; i < n; i++) k6[i] += v * (C61 * k1[i] + C62 * k2[i] + C63 * k3[i] + C64 * k4[i] + C65 * k5[i]);
    solve(matrix, n, pivots, k6);

    let sum = 0;
    for (let i = 0; i < n; i++) {
      yNew[i] += k6[i];
      const scale = this.atol + this.rtol * Math.max(Math.abs(y[i]), Math.abs(yNew[i]));
      sum += (k6[i] / scale) ** 2;
    }
    return Math.sqrt(sum / n);
  }

  private accept(t: number, h: number, tNew: number, error: number, rejected: boolean): void {
    const { n, y, yNew, dense, k1, k2, k3, k4, k5 } = this;
    for (let i = 0; i < n; i++) {
      dense[i] = y[i];
      dense[n + i] = yNew[i];
      dense[2 * n + i] = D21 * k1[i] + D22 * k2[i] + D23 * k3[i] + D24 * k4[i] + D25 * k5[i];
      dense[3 * n + i] = D31 * k1[i] + D32 * k2[i] + D33 * k3[i] + D34 * k4[i] + D35 * k5[i];
    }
    y.set(yNew);
    let factor = Math.max(GROW, Math.min(SHRINK, error ** 0.25 / SAFE));
    if (this.hAccepted > 0) {
      // Gustafsson's predictive controller: it looks at how the error moved since the last step.
      const predicted = (this.hAccepted / h) * (error ** 2 / this.errorAccepted) ** 0.25 / SAFE;
      factor = Math.max(factor, Math.max(GROW, Math.min(SHRINK, predicted)));
    }
    this.hAccepted = h;
    this.errorAccepted = Math.max(0.01, error);
    this.h = rejected ? Math.min(h / factor, h) : h / factor;
    this.tOld = t;
    this.hOld = h;
    this.t = tNew;
  }
}
