/**
 * Steady states along a parameter, by pseudo-arclength continuation: predict along the tangent, correct
 * with Newton's method on the plane across it, so that a branch is followed round its folds.
 */

import { factorise, solve } from "./lu.js";
import type { Work } from "./slices.js";

/** Steady states u of size n along w, the position on the parameter's axis from 0 to 1. */
export interface Problem {
  n: number;
  /** Typical size of each unknown. */
  scale: Float64Array;
  residual(u: Float64Array, w: number, into: Float64Array): void;
  jacobian(u: Float64Array, w: number, into: Float64Array): void;
  /** May the branch go on here? Amounts below zero end it. */
  allowed(u: Float64Array, w: number): boolean;
  /** Largest real part of the eigenvalues, and whether it belongs to a turning pair. */
  slowest(u: Float64Array, w: number): { re: number; turns: boolean };
}

export type Mark = "fold" | "oscillation";

export interface BranchPoint {
  w: number;
  u: Float64Array;
  stable: boolean;
  /** A turning point, or where a steady state begins to oscillate. */
  mark: Mark | null;
}

export type Branch = BranchPoint[];

export interface Limits {
  longest: number;
  shortest: number;
  points: number;
}

const LIMITS: Limits = { longest: 0.02, shortest: 1e-7, points: 1500 };
const DELTA = 1e-6;
const SHORT = 1e-6;
/** Two tangents may differ by this much, as a cosine, before the step is halved. */
const BEND = 0.97;

/** The whole branch through the steady state `u` at `w`, from one end to the other. */
export function* branch(problem: Problem, u: Float64Array, w: number, limits: Limits = LIMITS): Work<Branch> {
  const forward = yield* new Tracer(problem, limits).follow(u, w, 1);
  if (forward.closed) return forward.points;
  const backward = yield* new Tracer(problem, limits).follow(u, w, -1);
  const points = [...backward.points.reverse(), ...forward.points.slice(1)];
  return points;
}

/** Does the branch pass through `u` at `w`? */
export function passes(one: Branch, problem: Problem, u: Float64Array, w: number): boolean {
  for (let k = 0; k + 1 < one.length; k++) {
    const [a, b] = [one[k], one[k + 1]];
    // The last point of a branch is found by halving, so it stops a little short of the axis's end.
    const short = Math.min(Math.abs(a.w - w), Math.abs(b.w - w)) < SHORT;
    if ((a.w - w) * (b.w - w) > 0 && !short) continue;
    const share = a.w === b.w ? 0 : (w - a.w) / (b.w - a.w);
    let gap = 0;
    let width = 0;
    for (let i = 0; i < problem.n; i++) {
      const here = a.u[i] + share * (b.u[i] - a.u[i]);
      gap = Math.max(gap, Math.abs(here - u[i]) / problem.scale[i]);
      width = Math.max(width, Math.abs(b.u[i] - a.u[i]) / problem.scale[i]);
    }
    if (gap < 1e-4 + 0.25 * width) return true;
  }
  return false;
}

class Tracer {
  private readonly m: number;
  /** The unknowns over their scale, then w. */
  private readonly z: Float64Array;
  private readonly next: Float64Array;
  private readonly tangent: Float64Array;
  private readonly ahead: Float64Array;
  private readonly u: Float64Array;
  private readonly f: Float64Array;
  private readonly g: Float64Array;
  private readonly jacobian: Float64Array;
  private readonly matrix: Float64Array;
  private readonly pivots: Int32Array;
  private readonly step: Float64Array;

  constructor(private readonly problem: Problem, private readonly limits: Limits) {
    const { n } = problem;
    this.m = n + 1;
    const vector = (length = this.m): Float64Array => new Float64Array(length);
    this.z = vector(); this.next = vector(); this.tangent = vector(); this.ahead = vector(); this.step = vector();
    this.u = vector(n); this.f = vector(n); this.g = vector(n);
    this.jacobian = vector(n * n);
    this.matrix = vector(this.m * this.m);
    this.pivots = new Int32Array(this.m);
  }

  *follow(u: Float64Array, w: number, direction: 1 | -1): Work<{ points: Branch; closed: boolean }> {
    const { z, next, tangent, ahead, m, limits, problem } = this;
    for (let i = 0; i < problem.n; i++) z[i] = u[i] / problem.scale[i];
    z[m - 1] = w;
    const points = [this.point(z)];
    tangent.fill(0);
    tangent[m - 1] = direction;
    if (!this.tangentAt(z, tangent, ahead)) return { points, closed: false };
    tangent.set(ahead);
    const began = { z: z.slice(), tangent: tangent.slice() };
    let ds = limits.longest / 4;
    while (points.length < limits.points && ds >= limits.shortest) {
      yield null;
      const rounds = this.correct(ds);
      if (rounds === 0 || !this.tangentAt(next, tangent, ahead) || dot(tangent, ahead) < BEND) {
        ds /= 2;
        continue;
      }
      if (!this.inside(next)) {
        this.clip(ds, points);
        return { points, closed: false };
      }
      if (tangent[m - 1] * ahead[m - 1] < 0) this.fold(ds, points);
      const landed = this.point(next);
      const before = points[points.length - 1];
      if (before.mark === null && before.stable !== landed.stable && this.turning(before, landed)) this.onset(ds, before.stable, points);
      points.push(landed);
      z.set(next);
      tangent.set(ahead);
      if (points.length > 10 && distance(z, began.z) < ds && dot(tangent, began.tangent) > 0.9) {
        points.push(points[0]);
        return { points, closed: true };
      }
      if (rounds <= 3) ds = Math.min(limits.longest, ds * 1.5);
    }
    return { points, closed: false };
  }

  /** Newton's rounds from z along the tangent by ds, into `next`; 0 where it does not settle. */
  private correct(ds: number): number {
    const { z, next, tangent, matrix, step, m, pivots } = this;
    for (let i = 0; i < m; i++) next[i] = z[i] + ds * tangent[i];
    for (let round = 1; round <= 7; round++) {
      this.bordered(next, tangent);
      let along = -ds;
      for (let i = 0; i < m; i++) along += tangent[i] * (next[i] - z[i]) / this.weight(i);
      for (let i = 0; i < m - 1; i++) step[i] = -this.f[i];
      step[m - 1] = -along;
      if (!factorise(matrix, m, pivots)) return 0;
      solve(matrix, m, pivots, step);
      let moved = 0;
      for (let i = 0; i < m; i++) {
        next[i] += step[i];
        moved = Math.max(moved, Math.abs(step[i]));
      }
      if (!(moved < 1)) return 0;
      if (moved < 1e-10) return round;
    }
    return 0;
  }

  /** The unknowns share the weight of one axis, however many they are. */
  private weight(i: number): number {
    return i === this.m - 1 ? 1 : this.m - 1;
  }

  /** Unit tangent at `at`, pointing the way of `like`. */
  private tangentAt(at: Float64Array, like: Float64Array, into: Float64Array): boolean {
    const { m, matrix, pivots } = this;
    this.bordered(at, like);
    if (!factorise(matrix, m, pivots)) return false;
    into.fill(0);
    into[m - 1] = 1;
    solve(matrix, m, pivots, into);
    let length = 0;
    for (let i = 0; i < m; i++) length += into[i] ** 2 / this.weight(i);
    length = Math.sqrt(length);
    if (!Number.isFinite(length) || length === 0) return false;
    for (let i = 0; i < m; i++) into[i] /= length;
    return true;
  }

  /** Residual at `at`, and the Jacobian with the parameter's column and the row `across` below it. */
  private bordered(at: Float64Array, across: Float64Array): void {
    const { m, u, f, g, matrix, jacobian, problem } = this;
    const n = m - 1;
    const w = at[n];
    for (let i = 0; i < n; i++) u[i] = at[i] * problem.scale[i];
    problem.residual(u, w + DELTA, g);
    problem.residual(u, w - DELTA, f);
    for (let i = 0; i < n; i++) g[i] = (g[i] - f[i]) / (2 * DELTA);
    problem.residual(u, w, f);
    problem.jacobian(u, w, jacobian);
    for (let i = 0; i < n; i++) {
      // Rates differ by many powers of ten: each row is measured by its own largest entry.
      let size = Math.abs(g[i]);
      for (let j = 0; j < n; j++) size = Math.max(size, Math.abs(jacobian[i * n + j] * problem.scale[j]));
      const by = size > 0 ? 1 / size : 1;
      for (let j = 0; j < n; j++) matrix[i * m + j] = jacobian[i * n + j] * problem.scale[j] * by;
      matrix[i * m + n] = g[i] * by;
      f[i] *= by;
    }
    for (let i = 0; i < m; i++) matrix[n * m + i] = across[i] / this.weight(i);
  }

  private inside(at: Float64Array): boolean {
    const w = at[this.m - 1];
    return w >= 0 && w <= 1 && this.problem.allowed(this.unscaled(at), w);
  }

  private unscaled(at: Float64Array): Float64Array {
    return Float64Array.from(this.problem.scale, (each, i) => each * at[i]);
  }

  private point(at: Float64Array, mark: Mark | null = null): BranchPoint {
    const u = this.unscaled(at);
    const w = at[this.m - 1];
    return { u, w, stable: this.problem.slowest(u, w).re < 0, mark };
  }

  /** The last point inside, found by halving the step that left. */
  private clip(ds: number, points: Branch): void {
    let low = 0;
    let high = ds;
    let best: Float64Array | null = null;
    for (let round = 0; round < 40; round++) {
      const middle = (low + high) / 2;
      if (this.correct(middle) > 0 && this.inside(this.next)) {
        low = middle;
        best = this.next.slice();
      } else {
        high = middle;
      }
    }
    if (best) points.push(this.point(best));
  }

  /** Between z and `next` the branch turns round: add the turning point. */
  private fold(ds: number, points: Branch): void {
    const { next, ahead, tangent, m } = this;
    const kept = next.slice();
    const way = ahead.slice();
    const turned = new Float64Array(m);
    let low = 0;
    let high = ds;
    for (let round = 0; round < 45; round++) {
      const middle = (low + high) / 2;
      if (this.correct(middle) === 0 || !this.tangentAt(next, tangent, turned)) break;
      if (turned[m - 1] * tangent[m - 1] > 0) low = middle;
      else high = middle;
    }
    points.push(this.point(next, "fold"));
    next.set(kept);
    ahead.set(way);
  }

  /** Between z and `next` a steady state begins or ceases to oscillate: add the point where it does. */
  private onset(ds: number, stable: boolean, points: Branch): void {
    const { next } = this;
    const kept = next.slice();
    let [low, high] = [0, ds];
    for (let round = 0; round < 30; round++) {
      const middle = (low + high) / 2;
      if (this.correct(middle) === 0) break;
      if (this.point(next).stable === stable) low = middle;
      else high = middle;
    }
    points.push(this.point(next, "oscillation"));
    next.set(kept);
  }

  private turning(a: BranchPoint, b: BranchPoint): boolean {
    return this.problem.slowest(a.u, a.w).turns && this.problem.slowest(b.u, b.w).turns;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  const n = a.length - 1;
  let sum = a[n] * b[n];
  for (let i = 0; i < n; i++) sum += (a[i] * b[i]) / n;
  return sum;
}

function distance(a: Float64Array, b: Float64Array): number {
  const n = a.length - 1;
  let sum = (a[n] - b[n]) ** 2;
  for (let i = 0; i < n; i++) sum += (a[i] - b[i]) ** 2 / n;
  return Math.sqrt(sum);
}
