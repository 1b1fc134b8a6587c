/** The one-sentence summary: a template of the model, filled from a run. */

import { formatQuantity, formatSetting } from "../format.js";
import { type ModelSpec, findParameter, findSeries } from "../spec.js";
import type { Run } from "../solver/run.js";

export type Summary = (run: Run) => string;

type Part = (run: Run) => string;

/** Read the template once; an unknown token is an error of the model's author and throws. */
export function compileSummary(spec: ModelSpec): Summary {
  const parts: Part[] = [];
  let from = 0;
  for (const match of spec.summary.matchAll(/\{([^{}]*)\}/g)) {
    const text = spec.summary.slice(from, match.index);
    parts.push(() => text);
    parts.push(token(spec, match[1]));
    from = match.index + match[0].length;
  }
  const rest = spec.summary.slice(from);
  if (/[{}]/.test(rest)) throw new Error(`summary of ${spec.name}: a brace is not closed in "${rest}"`);
  parts.push(() => rest);
  return (run) => parts.map((part) => part(run)).join("");
}

function token(spec: ModelSpec, body: string): Part {
  if (body === "horizon") return (run) => formatSetting(run.values.end, spec.time.unit);
  const [kind, id = ""] = body.split(":");
  if (kind === "value") {
    const parameter = findParameter(spec, id);
    if (!parameter) throw new Error(`summary of ${spec.name}: no parameter "${id}" in {${body}}`);
    return (run) => formatSetting(run.values[id], parameter.unit);
  }
  const series = findSeries(spec, id);
  if (!series) throw new Error(`summary of ${spec.name}: no series "${id}" in {${body}}`);
  switch (kind) {
    case "peak": return (run) => formatQuantity(readable(run.series[id][peakIndex(run.series[id])], spec), series.unit);
    case "peak_time": return (run) => formatQuantity(run.time[peakIndex(run.series[id])], spec.time.unit);
    case "end": return (run) => formatQuantity(readable(run.series[id][run.time.length - 1], spec), series.unit);
    default: throw new Error(`summary of ${spec.name}: {${body}} is not peak, peak_time, end, value or horizon`);
  }
}

/** Where a series is largest; on a plateau the beginning of it, not whichever point rounding lifts highest. */
export function peakIndex(values: Float64Array): number {
  let highest = values[0];
  for (const value of values) if (value > highest) highest = value;
  const level = highest - 1e-5 * Math.abs(highest);
  return values.findIndex((value) => value >= level);
}

/** What the solver cannot tell from nothing is shown as nothing. */
export function readable(value: number, spec: ModelSpec): number {
  return Math.abs(value) <= 10 * spec.solver.atol ? 0 : value;
}
