/** The plane of two states: rates on a grid, nullclines, steady points and directions. */

import { type GridPoint, contour, crossings } from "../solver/contour.js";
import type { Held } from "../solver/held.js";
import type { Work } from "../solver/slices.js";
import { Steady, structure } from "../solver/steady.js";
import type { Scale } from "./scale.js";

export interface PlaneAxis {
  /** What is shown, and the state under it. */
  shown: string;
  state: number;
  scale: Scale;
  /** Positions at the ends of the axis. */
  range: [number, number];
}

export interface PlanePoint {
  x: number;
  y: number;
}

export interface SteadyPoint extends PlanePoint {
  stable: boolean;
}

export interface Plane {
  /** Lines in positions, by the state that stands still on them. */
  nullclines: { state: number; lines: PlanePoint[][] }[];
  /** Steady points, in shown values. */
  steady: SteadyPoint[];
  /** Rates in positions per time, at every fifth node. */
  arrows: { at: PlanePoint; dx: number; dy: number }[];
}

export const NODES = 61;

interface Column {
  positions: Float64Array;
  states: Float64Array;
}

/** Rates over the plane with the other states at their start (`start`) or at rest for each point (`quasi`). */
export function* plane(held: Held, axes: [PlaneAxis, PlaneAxis], others: "start" | "quasi"): Work<Plane> {
  const [ix, iy] = [axes[0].state, axes[1].state];
  const shape = structure(held.field, held.start.map((each) => each || 0.1), [ix, iy], [ix, iy]);
  if (!shape.free.includes(ix) || !shape.free.includes(iy)) throw new Error("The two states of the plane are tied to each other by a conserved sum.");
  const nonnegative = held.spec.states.map((each) => each.nonnegative);
  const outside = shape.free.filter((each) => each !== ix && each !== iy);
  const rest = new Steady(held.field, shape, nonnegative, [ix, iy]);
  const quasi = others === "quasi" && rest.size > 0;
  rest.hold(held.start);
  const columns = axes.map((axis) => column(held, axis));
  const [fx, fy] = [new Float64Array(NODES * NODES), new Float64Array(NODES * NODES)];
  const kept: (Float64Array | null)[] = new Array<null>(NODES * NODES).fill(null);
  const rates = new Float64Array(held.field.n);
  const first = rest.gather(held.start);
  for (let j = 0; j < NODES; j++) {
    for (let i = 0; i < NODES; i++) {
      const k = j * NODES + i;
      fx[k] = fy[k] = NaN;
      rest.y[ix] = columns[0].states[i];
      rest.y[iy] = columns[1].states[j];
      let u = first.slice();
      if (quasi) {
        // The neighbour's answer is the best guess; a fresh start is the second.
        const near = (i > 0 ? kept[k - 1] : null) ?? (j > 0 ? kept[k - NODES] : null);
        if (near) u = near.slice();
        if (!(rest.relax(u, near === null) || (u.set(first), rest.relax(u, true)))) continue;
        kept[k] = u;
      }
      rest.spread(u);
      held.field.rhs(rest.y, rates);
      fx[k] = rates[ix];
      fy[k] = rates[iy];
    }
    yield null;
  }
  const grids = [fx, fy].map((values) => ({ nx: NODES, ny: NODES, values }));
  const place = (point: GridPoint): PlanePoint => ({ x: along(columns[0].positions, point.i), y: along(columns[1].positions, point.j) });
  const nullclines = [ix, iy].map((state, g) => ({ state, lines: contour(grids[g], 0).map((line) => line.map(place)) }));
  yield null;

  // With the others held, they are held for the steady points too.
  const whole = new Steady(held.field, shape, nonnegative, quasi ? [] : outside);
  whole.hold(held.start);
  const steady: SteadyPoint[] = [];
  for (const cell of crossings(grids[0], grids[1])) {
    const k = cell.j * NODES + cell.i;
    const y = held.start.slice();
    const near = kept[k];
    if (near) rest.unknown.forEach((each, r) => { y[each] = near[r]; });
    y[ix] = along(columns[0].states, cell.i + 0.5);
    y[iy] = along(columns[1].states, cell.j + 0.5);
    const u = whole.gather(y);
    if (!whole.relax(u)) continue;
    whole.spread(u);
    const [x, v] = axes.map((axis) => held.read(axis.shown, whole.y));
    const at = { x: axes[0].scale.position(x), y: axes[1].scale.position(v) };
    const known = steady.some((each) => axes.every((axis, a) => {
      const other = axis.scale.position(a === 0 ? each.x : each.y);
      return Math.abs(other - (a === 0 ? at.x : at.y)) < 1e-4 * (axis.range[1] - axis.range[0]);
    }));
    if (known || !within(at.x, axes[0].range) || !within(at.y, axes[1].range)) continue;
    steady.push({ x, y: v, stable: whole.slowest(u).re < 0 });
    yield null;
  }
  steady.sort((a, b) => a.x - b.x);

  const arrows: Plane["arrows"] = [];
  for (let j = 3; j < NODES; j += 6) {
    for (let i = 3; i < NODES; i += 6) {
      const [dx, dy] = [fx[j * NODES + i] * pace(columns[0], i), fy[j * NODES + i] * pace(columns[1], j)];
      if (Number.isFinite(dx) && Number.isFinite(dy)) arrows.push({ at: place({ i, j }), dx, dy });
    }
  }
  return { nullclines, steady, arrows };
}

function within(value: number, [from, to]: [number, number]): boolean {
  const slack = 1e-6 * (to - from);
  return value >= from - slack && value <= to + slack;
}

/** Between the entries of a table. */
function along(table: Float64Array, at: number): number {
  const k = Math.min(table.length - 2, Math.floor(at));
  return table[k] + (at - k) * (table[k + 1] - table[k]);
}

/** Position per state at a node. */
function pace({ positions, states }: Column, k: number): number {
  const [a, b] = [Math.max(0, k - 1), Math.min(NODES - 1, k + 1)];
  return (positions[b] - positions[a]) / (states[b] - states[a]);
}

/** Nodes evenly spaced on the drawn axis, and the values of the state under them. */
function column(held: Held, { shown, state, scale, range: [from, to] }: PlaneAxis): Column {
  // A hair inside: at zero itself powers and logarithms may have no value.
  const inset = 1e-6 * (to - from);
  const positions = Float64Array.from({ length: NODES }, (_, k) => from + inset + ((to - from - 2 * inset) * k) / (NODES - 1));
  if (held.spec.states[state].id === shown) return { positions, states: positions.map((each) => scale.value(each)) };
  const y = held.start.slice();
  const read = (value: number): number => {
    y[state] = value;
    return held.read(shown, y);
  };
  return { positions, states: positions.map((each) => inverse(read, scale.value(each), held.start[state])) };
}

/** Where a rising or falling function has a value: bracketed outwards from `near`, then halved. */
export function inverse(f: (x: number) => number, value: number, near: number): number {
  let width = 0.1 * Math.abs(near) || 0.1;
  let [low, high] = [near - width, near + width];
  const rising = f(high) > f(low);
  const short = (x: number): boolean => f(x) < value === rising;
  for (let round = 0; round < 60 && !short(low); round++) low -= width *= 1.6;
  width = high - near;
  for (let round = 0; round < 60 && short(high); round++) high += width *= 1.6;
  if (!short(low) || short(high)) return NaN;
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2;
    if (short(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
