/** The numbers of a view as a table on the page and as a CSV file. */

import { h } from "../dom.js";
import { csvHead, csvLine } from "../explorer/csv.js";
import { scrollBox } from "../explorer/tables.js";
import { formatNumber } from "../format.js";
import type { Run } from "../solver/run.js";
import type { ModelSpec } from "../spec.js";
import { type Sheet, headText } from "./view.js";

export function sheetTable(sheet: Sheet): HTMLElement {
  const cell = (value: Sheet["rows"][number][number]): string =>
    value === null ? "" : typeof value === "string" ? value : Number.isFinite(value) ? formatNumber(value) : "none";
  const rows = (sheet.few ?? sheet.rows).map((row) =>
    h("tr", {}, ...row.map((value, k) => (k === 0 ? h("th", { scope: "row" }, cell(value)) : h("td", {}, cell(value))))));
  const heads = sheet.heads.map((each) => h("th", { scope: "col" }, headText(each)));
  const table = h("table", { class: "il6-table" }, h("caption", {}, sheet.caption), h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...rows));
  return scrollBox("Data table", table);
}

/** All rows, under the settings of the run that they belong to. */
export function sheetCsv(model: ModelSpec, run: Run, title: string, sheet: Sheet): string {
  const heads = sheet.heads.map(({ id, unit }) => (unit ? `${id} (${unit})` : id));
  return [...csvHead(model, run, title), csvLine(heads), ...sheet.rows.map(csvLine)].join("\n") + "\n";
}
