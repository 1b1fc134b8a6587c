/**
 * Where a model stands still. The states are sorted first: those that the question does not depend on are
 * left out, those fixed by a conserved sum follow from the others, and the rest is solved for by Newton's
 * method with the model's own Jacobian.
 */

import type { ModelSpec } from "../spec.js";
import { abscissa, eigenvalues } from "./eigen.js";
import { factorise, solve } from "./lu.js";

/** Right-hand side and Jacobian with parameters and time held. */
export interface Field {
  n: number;
  rhs(y: Float64Array, d: Float64Array): void;
  jac(y: Float64Array, J: Float64Array): void;
}

export function fieldOf(spec: ModelSpec, p: Float64Array): Field {
  return {
    n: spec.states.length,
    rhs: (y, d) => { spec.rhs(0, y, p, d); },
    jac: (y, J) => { spec.jac(0, y, p, J); },
  };
}

/** `y[state] = total - sum of weights[k] * y[others[k]]`, the total being what the start holds. */
interface Law {
  state: number;
  others: number[];
  weights: number[];
}

/** What the question leaves to be solved. */
export interface Structure {
  free: number[];
  laws: Law[];
}

const SAMPLES = 3;

/**
 * Sort the states of a field for a question about the states `targets`.
 * `first` are kept free where a conserved sum leaves a choice.
 */
export function structure(field: Field, y: Float64Array, targets: number[], first: number[] = []): Structure {
  const { n } = field;
  const scale = Float64Array.from(y, (each) => Math.abs(each) || 1);
  const jacobians = Array.from({ length: SAMPLES }, (_, k) => {
    const at = Float64Array.from(y, (each, i) => (each || 1) * (0.6 + 0.8 * scatter(k * n + i)));
    const J = new Float64Array(n * n);
    field.jac(at, J);
    return { at, J };
  });
  const kept = ancestors(jacobians.map((each) => each.J), n, targets);
  const order = [...first.filter((each) => kept.includes(each)), ...kept.filter((each) => !first.includes(each))];
  const laws = conserved(jacobians.map((each) => each.J), n, order, scale)
    .filter((law) => jacobians.every(({ at }) => holds(field, law, at)));
  const bound = laws.map((law) => law.state);
  return { free: kept.filter((each) => !bound.includes(each)), laws };
}

/** A number between 0 and 1 that looks like chance and is the same each time. */
function scatter(k: number): number {
  const x = Math.sin(12.9898 * (k + 1)) * 43758.5453;
  return x - Math.floor(x);
}

/** The targets, and every state that they depend on through others, in order. */
function ancestors(jacobians: Float64Array[], n: number, targets: number[]): number[] {
  const found = new Set(targets);
  // A set grows while it is walked.
  for (const i of found) for (let j = 0; j < n; j++) if (jacobians.some((J) => J[i * n + j] !== 0)) found.add(j);
  return [...found].sort((a, b) => a - b);
}

/** Conserved sums: the vectors c with c J = 0 at every sample, each solved for one state. */
function conserved(jacobians: Float64Array[], n: number, order: number[], scale: Float64Array): Law[] {
  const rows: number[][] = [];
  for (const J of jacobians) {
    for (const j of order) {
      const row = order.map((i) => J[i * n + j] * scale[j]);
      const size = Math.max(...row.map(Math.abs));
      if (size > 0) rows.push(row.map((each) => each / size));
    }
  }
  const pivots: number[] = [];
  const loose: number[] = [];
  let done = 0;
  for (let column = 0; column < order.length; column++) {
    let best = done;
    for (let r = done; r < rows.length; r++) if (Math.abs(rows[r][column]) > Math.abs(rows[best][column])) best = r;
    if (done >= rows.length || Math.abs(rows[best][column]) < 1e-9) {
      loose.push(column);
      continue;
    }
    [rows[done], rows[best]] = [rows[best], rows[done]];
    const head = rows[done][column];
    rows[done] = rows[done].map((each) => each / head);
    for (let r = 0; r < rows.length; r++) {
      const factor = rows[r][column];
      if (r !== done && factor !== 0) rows[r] = rows[r].map((each, k) => each - factor * rows[done][k]);
    }
    pivots.push(column);
    done += 1;
  }
  return loose.map((column) => {
    const used = pivots.map((pivot, r) => ({ pivot, weight: -rows[r][column] })).filter((each) => Math.abs(each.weight) > 1e-9);
    return { state: order[column], others: used.map((each) => order[each.pivot]), weights: used.map((each) => each.weight) };
  });
}

/** Does the sum really stand still, or does it only grow at a steady pace? */
function holds(field: Field, law: Law, at: Float64Array): boolean {
  const d = new Float64Array(field.n);
  field.rhs(at, d);
  let sum = d[law.state];
  let size = Math.abs(sum);
  law.others.forEach((each, k) => {
    sum += law.weights[k] * d[each];
    size += Math.abs(law.weights[k] * d[each]);
  });
  return Math.abs(sum) <= 1e-8 * size;
}

/** The states that are solved for, as a problem of its own; `y` holds the whole state. */
export class Steady {
  readonly y: Float64Array;
  readonly size: number;
  readonly unknown: number[];
  private totals: number[] = [];
  private readonly full: Float64Array;
  private readonly slopes: Float64Array;
  private readonly matrix: Float64Array;
  private readonly step: Float64Array;
  private readonly pivots: Int32Array;

  /** `fixed` states stay where `y` has them. */
  constructor(public field: Field, private readonly shape: Structure, private readonly nonnegative: boolean[], fixed: number[] = []) {
    this.unknown = shape.free.filter((each) => !fixed.includes(each));
    this.size = this.unknown.length;
    this.y = new Float64Array(field.n);
    this.full = new Float64Array(field.n * field.n);
    this.slopes = new Float64Array(field.n);
    this.matrix = new Float64Array(this.size * this.size);
    this.step = new Float64Array(this.size);
    this.pivots = new Int32Array(this.size);
  }

  /** Take the conserved totals from this state. */
  hold(y: ArrayLike<number>): void {
    this.y.set(y);
    this.totals = this.shape.laws.map((law) => law.others.reduce((sum, each, k) => sum + law.weights[k] * y[each], y[law.state]));
  }

  /** Put values of the unknowns into `y`, and what follows from them. */
  spread(u: ArrayLike<number>): void {
    this.unknown.forEach((each, k) => { this.y[each] = u[k]; });
    this.shape.laws.forEach((law, l) => {
      this.y[law.state] = law.others.reduce((rest, each, k) => rest - law.weights[k] * this.y[each], this.totals[l]);
    });
  }

  gather(y: ArrayLike<number>): Float64Array {
    return Float64Array.from(this.unknown, (each) => y[each]);
  }

  /** Rates of the unknowns at `u`. */
  residual(u: ArrayLike<number>, into: Float64Array): void {
    this.spread(u);
    this.field.rhs(this.y, this.slopes);
    for (let k = 0; k < this.size; k++) into[k] = this.slopes[this.unknown[k]];
  }

  /** Jacobian of `residual`, row-major, with the conserved sums worked in. */
  jacobian(u: ArrayLike<number>, into: Float64Array): void {
    const { size, unknown, full, shape } = this;
    const { n } = this.field;
    this.spread(u);
    this.field.jac(this.y, full);
    for (let r = 0; r < size; r++) {
      const row = unknown[r] * n;
      for (let c = 0; c < size; c++) into[r * size + c] = full[row + unknown[c]];
      for (const law of shape.laws) {
        const slope = full[row + law.state];
        if (slope === 0) continue;
        law.others.forEach((each, k) => {
          const c = unknown.indexOf(each);
          if (c >= 0) into[r * size + c] -= slope * law.weights[k];
        });
      }
    }
  }

  /** Real part of the slowest way back to the steady state at `u`, or away from it. */
  slowest(u: ArrayLike<number>): { re: number; turns: boolean } {
    this.jacobian(u, this.matrix);
    const values = eigenvalues(this.matrix, this.size);
    const re = abscissa(values);
    return { re, turns: values.im[values.re.indexOf(re)] !== 0 };
  }

  /**
   * Bring `u` to a steady state near it: Newton's method, and where that fails implicit steps in time that
   * grow until they are Newton's. False where nothing is reached. From far away Newton's method may end on
   * another branch; `stay` begins with steps in time, which keep to the basin that `u` lies in.
   */
  relax(u: Float64Array, stay = false): boolean {
    const start = u.slice();
    if (!stay && this.newton(u, Infinity, 12) && this.nowhereBelow(u)) return true;
    u.set(start);
    return this.newton(u, this.pace(u), 200) && this.nowhereBelow(u);
  }

  /** A first step in time over which no unknown moves by much. */
  private pace(u: Float64Array): number {
    this.residual(u, this.step);
    let fastest = 0;
    for (let k = 0; k < this.size; k++) fastest = Math.max(fastest, Math.abs(this.step[k]) / (Math.abs(u[k]) + 1e-3));
    return 0.1 / (fastest || 1);
  }

  /** Is every amount zero or more at `u`? */
  nowhereBelow(u: Float64Array): boolean {
    this.spread(u);
    const scale = this.y.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
    return this.nonnegative.every((each, i) => !each || this.y[i] >= -1e-9 * scale);
  }

  private newton(u: Float64Array, time: number, most: number): boolean {
    const { size, matrix, step, pivots } = this;
    let h = time;
    let before = Infinity;
    for (let round = 0; round < most; round++) {
      this.residual(u, step);
      let norm = 0;
      for (let k = 0; k < size; k++) norm += (step[k] / (Math.abs(u[k]) + 1e-6)) ** 2;
      if (!Number.isFinite(norm)) return false;
      // The calmer the field, the longer the steps in time (switched evolution relaxation).
      if (h !== Infinity && before !== Infinity) h *= Math.min(10, Math.max(0.5, Math.sqrt(before / (norm || 1e-300))) * 1.5);
      before = norm;
      this.jacobian(u, matrix);
      for (let k = 0; k < size * size; k++) matrix[k] = -matrix[k];
      for (let k = 0; k < size; k++) matrix[k * size + k] += 1 / h;
      if (!factorise(matrix, size, pivots)) return false;
      solve(matrix, size, pivots, step);
      if (h !== Infinity) this.shorten(u);
      let moved = 0;
      for (let k = 0; k < size; k++) {
        u[k] += step[k];
        moved = Math.max(moved, Math.abs(step[k]) / (Math.abs(u[k]) + 1e-9));
      }
      if (!Number.isFinite(moved)) return false;
      if (moved < 1e-9 && (h === Infinity || h * this.rate(u) > 1e3)) return true;
    }
    return false;
  }

  /** A step in time must not carry an amount below zero. */
  private shorten(u: Float64Array): void {
    let share = 1;
    this.unknown.forEach((each, k) => {
      if (this.nonnegative[each] && u[k] > 0 && u[k] + this.step[k] < 0) share = Math.min(share, (-0.9 * u[k]) / this.step[k]);
    });
    for (let k = 0; k < this.size; k++) this.step[k] *= share;
  }

  /** About the slowest rate of the unknowns, from the Jacobian's diagonal. */
  private rate(u: Float64Array): number {
    this.jacobian(u, this.matrix);
    let slow = Infinity;
    for (let k = 0; k < this.size; k++) slow = Math.min(slow, Math.abs(this.matrix[k * this.size + k]) || Infinity);
    return slow;
  }
}
