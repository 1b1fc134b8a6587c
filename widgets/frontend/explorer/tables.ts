/** Tables: a run's data, and every number with its source. */

import { h } from "../dom.js";
import { formatNumber, formatQuantity, formatUnit, withUnit } from "../format.js";
import { type ModelSpec, type Plot, findSeries } from "../spec.js";
import type { Run } from "../solver/run.js";
import { readable } from "./summary.js";

const ROWS = 13;

/** A table that scrolls inside its own box, reachable by keyboard. */
export function scrollBox(label: string, content: Node): HTMLElement {
  return h("div", { class: "il6-scroll", role: "group", tabindex: 0, "aria-label": label }, content);
}

/** About thirteen rows of the visible plot's curves. */
export function dataTable(spec: ModelSpec, plot: Plot, run: Run): HTMLElement {
  const rows = Math.min(ROWS, run.time.length);
  const body = h("tbody");
  for (let r = 0; r < rows; r++) {
    const k = Math.round((r * (run.time.length - 1)) / (rows - 1));
    body.append(h(
      "tr", {}, h("th", { scope: "row" }, formatNumber(run.time[k], 4)),
      ...plot.series.map((id) => h("td", {}, formatNumber(readable(run.series[id][k], spec)))),
    ));
  }
  const heads = plot.series.map((id) => {
    const series = findSeries(spec, id);
    return h("th", { scope: "col" }, withUnit(series?.label ?? id, series?.unit ?? ""));
  });
  const table = h(
    "table", { class: "il6-table" },
    h("caption", {}, `${plot.title}: the curves in numbers, for the present settings`),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, withUnit(spec.time.label, spec.time.unit)), ...heads)),
    body,
  );
  return scrollBox("Data table", table);
}

interface Row {
  id: string;
  meaning: string;
  value: number;
  unit: string;
  source: string | null;
  where: string | null;
  designed: string | null;
  changed: number | null;
}

/** Every parameter and starting value with its source, or why it was designed. */
export function sourceTable(spec: ModelSpec, run: Run | null): HTMLElement {
  const parameters: Row[] = spec.parameters.map((each) => {
    const now = run?.values[each.id];
    return { ...each, id: each.id, changed: now !== undefined && now !== each.value ? now : null };
  });
  const starts: Row[] = spec.states.filter((each) => each.source ?? each.designed).map((each) => ({
    id: each.id, meaning: `${each.meaning}, at the start`, value: each.initial ?? NaN, unit: each.unit,
    source: each.source ?? null, where: each.where ?? null, designed: each.designed ?? null, changed: null,
  }));
  const head = ["Name", "Meaning", "Value", "Unit", "Source"].map((text) => h("th", { scope: "col" }, text));
  const table = h(
    "table", { class: "il6-table il6-sources" },
    h("caption", {}, "Parameters and starting values of the model, and where each comes from"),
    h("thead", {}, h("tr", {}, ...head)),
    h("tbody", {}, ...[...parameters, ...starts].map((row) => sourceRow(spec, row))),
  );
  return scrollBox("Parameters and their sources", table);
}

function sourceRow(spec: ModelSpec, row: Row): HTMLElement {
  const value = Number.isFinite(row.value) ? formatNumber(row.value, 4) : "computed";
  return h(
    "tr", {},
    h("th", { scope: "row" }, h("code", {}, row.id)), h("td", {}, row.meaning),
    h("td", {}, value, row.changed === null ? null : h("span", { class: "il6-changed" }, ` (now ${formatQuantity(row.changed, "", 4)})`)),
    h("td", {}, formatUnit(row.unit)), h("td", {}, ...sourceOf(spec, row)),
  );
}

function sourceOf(spec: ModelSpec, row: Row): (Node | string)[] {
  const parts: (Node | string)[] = [];
  if (row.source) {
    const reference = spec.references[row.source] as ModelSpec["references"][string] | undefined;
    const label = reference?.label ?? row.source;
    parts.push(reference?.url ? h("a", { href: reference.url, title: reference.text }, label) : label);
    if (row.where) parts.push(`, ${row.where}`);
  }
  if (row.designed) {
    if (parts.length) parts.push(" ");
    parts.push(h("span", { class: "il6-badge" }, "designed"), ` ${row.designed}`);
  }
  return parts;
}
