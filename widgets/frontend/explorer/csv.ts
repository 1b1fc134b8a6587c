/** A run as CSV, with a comment header that says what was run. */

import { END, type ModelSpec } from "../spec.js";
import type { Run } from "../solver/run.js";

export function toCsv(spec: ModelSpec, run: Run): string {
  const lines = [`# ${spec.title} (model ${spec.name})`];
  for (const each of spec.parameters) lines.push(comment(each.id, run.values[each.id], each.unit, each.meaning));
  lines.push(comment(END, run.values[END], spec.time.unit, "time shown"));
  if (run.rested && spec.rest) lines.push(`# ${spec.rest.note}`);
  const all = [...spec.states, ...spec.outputs];
  lines.push([heading("time", spec.time.unit), ...all.map((each) => heading(each.id, each.unit))].map(quote).join(","));
  for (let k = 0; k < run.time.length; k++) {
    lines.push([run.time[k], ...all.map((each) => run.series[each.id][k])].map((value) => String(Number(value.toPrecision(9)))).join(","));
  }
  return lines.join("\n") + "\n";
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
