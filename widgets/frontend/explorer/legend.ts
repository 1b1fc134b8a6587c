/** The legend: in HTML, so that it can wrap, be read and keep its contrast. */

import { h } from "../dom.js";
import { formatQuantity } from "../format.js";
import { END, type ModelSpec, type Plot, findParameter, findSeries } from "../spec.js";
import type { Run } from "../solver/run.js";
import { PALETTE_SIZE } from "../theme.js";
import { difference } from "./link.js";
import { defaults } from "../solver/values.js";

/** Strokes that look like the dashes of the chart's lines. */
const STROKES = ["", "7 4", "7 3 2 3", "11 4", "11 3 2 3", "8 3 2 3 2 3"];

export function legend(list: HTMLElement, spec: ModelSpec, plot: Plot, pinned: Run | null): void {
  const key = `${plot.id} ${pinned ? JSON.stringify(pinned.values) : ""}`;
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  const items = plot.series.map((id, i) =>
    h("li", {}, sample(`var(--il6-${(i % PALETTE_SIZE) + 1})`, STROKES[i % STROKES.length], 2.5), findSeries(spec, id)?.label ?? id));
  if (pinned) items.push(h("li", {}, sample("currentColor", "1.5 3", 1.75), `pinned run: ${settings(spec, pinned)}`));
  list.replaceChildren(...items);
}

function settings(spec: ModelSpec, run: Run): string {
  const changed = Object.entries(difference(run.values, defaults(spec)));
  if (changed.length === 0) return "default settings";
  return changed.map(([id, value]) => {
    const parameter = findParameter(spec, id);
    return `${id === END ? "time shown" : (parameter?.label ?? id)} ${formatQuantity(value, parameter?.unit ?? "")}`;
  }).join(", ");
}

function sample(color: string, stroke: string, width: number): SVGSVGElement {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("width", "34");
  svg.setAttribute("height", "10");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(ns, "line");
  for (const [name, value] of Object.entries({ x1: 1, x2: 33, y1: 5, y2: 5, "stroke-width": width, "stroke-dasharray": stroke })) {
    line.setAttribute(name, String(value));
  }
  line.style.stroke = color;
  svg.append(line);
  return svg;
}
