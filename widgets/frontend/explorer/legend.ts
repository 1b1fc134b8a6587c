/** The legend: in HTML, so that it can wrap, be read and keep its contrast. */

import { h } from "../dom.js";
import { formatSetting } from "../format.js";
import { END, type ModelSpec, type Plot, findParameter, findSeries } from "../spec.js";
import type { Run } from "../solver/run.js";
import { PALETTE_SIZE } from "../theme.js";
import { difference } from "./link.js";
import { defaults } from "../solver/values.js";

/** Strokes that look like the dashes of the chart's lines. */
const STROKES = ["", "7 4", "7 3 2 3", "11 4", "11 3 2 3", "8 3 2 3 2 3"];
export const DOTTED = "1.5 3";

export interface LegendItem {
  label: string;
  /** A CSS colour. */
  color: string;
  /** SVG dashes of a line; "full" or "open" for a point instead. */
  stroke: string;
}

/** The colour and dash of the i-th curve. */
export function curveItem(label: string, i: number): LegendItem {
  return { label, color: `var(--il6-${(i % PALETTE_SIZE) + 1})`, stroke: STROKES[i % STROKES.length] };
}

export function pinnedItem(spec: ModelSpec, pinned: Run): LegendItem {
  return { label: `pinned run: ${settings(spec, pinned)}`, color: "currentColor", stroke: DOTTED };
}

/** Items of a plot of time courses. */
export function plotItems(spec: ModelSpec, plot: Plot, pinned: Run | null): LegendItem[] {
  const items = plot.series.map((id, i) => curveItem(findSeries(spec, id)?.label ?? id, i));
  return pinned ? [...items, pinnedItem(spec, pinned)] : items;
}

/** Show these items, if they are not shown already. */
export function legend(list: HTMLElement, items: LegendItem[]): void {
  const key = JSON.stringify(items);
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren(...items.map((each) => h("li", {}, sample(each), each.label)));
}

/** What a run was set to, in words. */
export function settings(spec: ModelSpec, run: Run): string {
  const changed = Object.entries(difference(run.values, defaults(spec)));
  if (changed.length === 0) return "default settings";
  return changed.map(([id, value]) => {
    const parameter = findParameter(spec, id);
    return `${id === END ? "time shown" : (parameter?.label ?? id)} ${formatSetting(value, parameter?.unit ?? "")}`;
  }).join(", ");
}

function sample({ color, stroke }: LegendItem): SVGSVGElement {
  const point = stroke === "full" || stroke === "open";
  const svg = shape("svg", { width: point ? 14 : 34, height: point ? 14 : 10, "aria-hidden": "true" });
  const drawn = point
    ? shape("circle", { cx: 7, cy: 7, r: 5, "stroke-width": 2, ...(stroke === "open" ? { fill: "none" } : {}) })
    : shape("line", { x1: 1, x2: 33, y1: 5, y2: 5, "stroke-width": stroke === DOTTED ? 1.75 : 2.5, "stroke-dasharray": stroke });
  drawn.style.stroke = color;
  if (stroke === "full") drawn.style.fill = color;
  svg.append(drawn);
  return svg;
}

function shape<K extends "svg" | "line" | "circle">(tag: K, attributes: Record<string, string | number>): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}
