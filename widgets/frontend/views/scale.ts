/** Axes of views. Everything is drawn in positions: the value itself, or its base-10 logarithm. */

import { formatNumber, withUnit } from "../format.js";
import type { Parameter } from "../spec.js";
import type { Theme } from "../theme.js";
import { linearRange, logRange } from "../explorer/axis.js";
import { axis } from "../explorer/figure.js";

/** How many decades a log axis spans that begins at zero. */
const DECADES = 3;

export class Scale {
  /** Where zero stands on a log axis that begins there: a little before the lowest value. */
  private readonly zero: number | null;

  constructor(readonly log: boolean, readonly low: number, readonly high: number, fromZero = false) {
    this.zero = log && fromZero ? Math.log10(low) - 0.08 * Math.log10(high / low) : null;
  }

  /** The range of a slider; log if its own scale is, or if the view says so. */
  static ofSlider(parameter: Parameter, log: boolean): Scale {
    const low = parameter.min ?? 0;
    const high = parameter.max ?? 1;
    if (parameter.scale !== "log" && !log) return new Scale(false, low, high);
    if (low > 0) return new Scale(true, low, high);
    return new Scale(true, Math.max(high / 10 ** DECADES, parameter.scale === "log" ? 0 : (parameter.step ?? 0)), high, true);
  }

  get fromZero(): boolean {
    return this.zero !== null;
  }

  /** First and last position. */
  get ends(): [number, number] {
    return this.log ? [this.zero ?? Math.log10(this.low), Math.log10(this.high)] : [this.low, this.high];
  }

  position(value: number): number {
    if (!this.log) return value;
    if (value >= this.low || this.zero === null) return value > 0 ? Math.log10(value) : NaN;
    return this.zero + Math.max(0, value / this.low) * (Math.log10(this.low) - this.zero);
  }

  value(position: number): number {
    if (!this.log) return position;
    const first = Math.log10(this.low);
    if (this.zero === null || position >= first) return 10 ** position;
    return Math.max(0, ((position - this.zero) / (first - this.zero)) * this.low);
  }

  /** `count` values over the range, evenly spaced in position; the ends are exact. */
  grid(count: number): number[] {
    if (this.zero !== null) return [0, ...new Scale(true, this.low, this.high).grid(count - 1)];
    const [from, to] = this.ends;
    return Array.from({ length: count }, (_, k) => {
      if (k === 0) return this.low;
      return k === count - 1 ? this.high : this.value(from + ((to - from) * k) / (count - 1));
    });
  }

  /** Plotly's axis for positions, with ticks at values. */
  layout(theme: Theme, title: string, range: [number, number] = this.ends): Record<string, unknown> {
    return { ...axis(theme), title: { text: title, standoff: 8 }, range, ...(this.log ? this.ticks(range) : { nticks: 6 }) };
  }

  private ticks([from, to]: [number, number]): Record<string, unknown> {
    const first = Math.ceil(Math.max(from, this.zero === null ? from : Math.log10(this.low)) - 1e-9);
    const decades = Array.from({ length: Math.max(0, Math.floor(to + 1e-9) - first + 1) }, (_, k) => first + k);
    const every = Math.ceil(decades.length / 7);
    // A range within one decade has no power of ten in it, or one: then 1, 2 and 5 are written.
    const major = decades.length > 2 ? decades.filter((_, k) => k % every === 0).map((each) => 10 ** each) : steps(from, to, [1, 2, 5]);
    const values = this.zero === null ? major : [0, ...major];
    return {
      tickvals: values.map((each) => this.position(each)), ticktext: values.map((each) => formatNumber(each)),
      minor: { tickvals: steps(from, to, [2, 3, 4, 5, 6, 7, 8, 9]).filter((each) => each > this.low * 0.999).map(Math.log10), ticks: "outside", ticklen: 2 },
    };
  }
}

function steps(from: number, to: number, leads: number[]): number[] {
  const found: number[] = [];
  for (let decade = Math.floor(from); decade <= Math.ceil(to); decade++) {
    for (const lead of leads) {
      const value = lead * 10 ** decade;
      if (Math.log10(value) >= from - 1e-9 && Math.log10(value) <= to + 1e-9) found.push(value);
    }
  }
  return found;
}

/** The scale of drawn values, and the positions that its axis spans. */
export function valueScale(log: boolean, values: Iterable<number>, range: [number, number] | null = null): { scale: Scale; range: [number, number] } {
  let low = Infinity;
  let high = -Infinity;
  let positive = Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
    if (value > 0) positive = Math.min(positive, value);
  }
  const scale = new Scale(log, log ? 1e-300 : low, high);
  if (range) return { scale, range: [scale.position(range[0]), scale.position(range[1])] };
  if (log) return { scale, range: logRange(Number.isFinite(positive) ? positive : 0, high) };
  return { scale, range: low > high ? [0, 1] : linearRange(low, high, null) };
}

export function titleOf({ label, unit }: { label: string; unit: string }): string {
  return withUnit(label, unit);
}
