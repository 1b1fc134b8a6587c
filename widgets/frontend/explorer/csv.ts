/** A run as CSV, with a comment header that says what was run. */

import { END, type ModelSpec } from "../spec.js";
import type { Run } from "../solver/run.js";

export function toCsv(spec: ModelSpec, run: Run): string {
  const all = [...spec.states, ...spec.outputs];
  const lines = [...csvHead(spec, run), csvLine([heading("time", spec.time.unit), ...all.map((each) => heading(each.id, each.unit))])];
  for (let k = 0; k < run.time.length; k++) lines.push(csvLine([run.time[k], ...all.map((each) => run.series[each.id][k])]));
  return lines.join("\n") + "\n";
}

/** Comment lines: what was run, at which settings. */
export function csvHead(spec: ModelSpec, run: Run, view: string | null = null): string[] {
  const lines = [`# ${spec.title} (model ${spec.name})${view === null ? "" : `: ${view}`}`];
  for (const each of spec.parameters) lines.push(comment(each.id, run.values[each.id], each.unit, each.meaning));
  lines.push(comment(END, run.values[END], spec.time.unit, "time shown"));
  if (run.rested && spec.rest) lines.push(`# ${spec.rest.note}`);
  return lines;
}

/** One line; numbers to nine figures, nothing where there is no number. */
export function csvLine(cells: (number | string | null)[]): string {
  return cells.map((cell) => {
    if (typeof cell === "string") return quote(cell);
    return cell === null || !Number.isFinite(cell) ? "" : String(Number(cell.toPrecision(9)));
  }).join(",");
}

function comment(id: string, value: number, unit: string, meaning: string): string {
  return `# ${id} = ${value}${unit ? ` ${unit}` : ""}${meaning ? ` (${meaning.replace(/\s+/g, " ")})` : ""}`;
}

function heading(id: string, unit: string): string {
  return unit ? `${id} (${unit})` : id;
}

function quote(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
