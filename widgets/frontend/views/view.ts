/** What every kind of view has in common. */

import { withUnit } from "../format.js";
import type { LegendItem } from "../explorer/legend.js";
import { type ModelSpec, type Parameter, type Series, type Values, type ViewSpec, findParameter, findSeries } from "../spec.js";
import type { Work } from "../solver/slices.js";
import type { ModelSolver, Run } from "../solver/run.js";
import type { Theme } from "../theme.js";
import type { Size } from "../explorer/figure.js";

/** What a drawing is made for. */
export interface Scene {
  theme: Theme;
  size: Size;
  run: Run;
  pinned: Run | null;
  /** Drawn on the page, not into a file. */
  onPage: boolean;
}

export interface Drawing {
  data: unknown[];
  layout: Record<string, unknown>;
  legend: LegendItem[];
}

/** The numbers of a view, for its table and its CSV file. */
export interface Sheet {
  caption: string;
  heads: { label: string; id: string; unit: string }[];
  rows: (number | string | null)[][];
  /** Rows for the table on the page, where all of them would be too many. */
  few?: (number | string | null)[][];
}

/** A view of one model: a slow part `compute`, and quick ones made from its result in each frame. */
export interface View<R = unknown> {
  readonly spec: ViewSpec;
  /** Milliseconds of quiet before the slow part is done again; 0 for one that keeps up with a slider. */
  readonly delay: number;
  /** Is the slow part done for the pinned run as well? */
  readonly compares: boolean;
  /** How many plots high the chart is. */
  readonly rows: number;
  /** Controls and keys of the view's own, above the chart. */
  readonly extra: HTMLElement | null;
  /** Settings that the slow part depends on. */
  depends(values: Values): Values;
  compute(values: Values): Work<R>;
  draw(result: R, pinned: R | null, scene: Scene): Drawing;
  sentence(result: R, run: Run): string;
  sheet(result: R, run: Run): Sheet;
}

export interface Source {
  model: ModelSpec;
  solver: ModelSolver;
  /** Draw again: a control of the view's own was used. */
  redraw(): void;
}

export function parameterOf(model: ModelSpec, id: string): Parameter {
  const found = findParameter(model, id);
  if (!found) throw new Error(`${model.name} has no parameter "${id}"`);
  return found;
}

export function seriesOf(model: ModelSpec, id: string): Series {
  const found = findSeries(model, id);
  if (!found) throw new Error(`${model.name} has no series "${id}"`);
  return found;
}

/** The settings without some that do not matter. */
export function without(values: Values, ...ids: string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([id]) => !ids.includes(id)));
}

export function head(one: Parameter | Series, label = one.label): Sheet["heads"][number] {
  return { id: one.id, label, unit: one.unit };
}

export function headText({ label, unit }: { label: string; unit: string }): string {
  return withUnit(label, unit);
}

/** A vertical line at the present setting. */
export function present(theme: Theme, at: number): Record<string, unknown> {
  return { type: "line", x0: at, x1: at, yref: "paper", y0: 0, y1: 1, line: { color: theme.muted, width: 1.5, dash: "dot" } };
}

/** "a", "a and b", "a, b and c". */
export function listed(parts: string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`;
}
