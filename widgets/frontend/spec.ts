/** The model as the browser sees it: what a generated `models/NAME.js` registers. */

export interface Parameter {
  id: string;
  label: string;
  unit: string;
  meaning: string;
  value: number;
  min: number | null;
  max: number | null;
  step: number | null;
  scale: "linear" | "log";
  choices?: { value: number; label: string }[] | null;
  source: string | null;
  where: string | null;
  designed: string | null;
}

export interface Series {
  id: string;
  label: string;
  unit: string;
  meaning: string;
  nonnegative: boolean;
  initial?: number | null;
  source?: string | null;
  where?: string | null;
  designed?: string | null;
}

export interface Plot {
  id: string;
  title: string;
  series: string[];
  y: string;
  description: string;
  log?: boolean;
}

interface ViewBase {
  id: string;
  title: string;
  description: string;
  /** Settings that the view keeps, whatever the sliders say. */
  set: Values;
}

interface Reading {
  quantity: "end" | "peak" | "value";
  at: number | null;
}

interface Logs {
  x_log: boolean;
  y_log: boolean;
}

/** Inputs that events change: as at the start, as at the end of the run, or as the rest before time 0 has them. */
export type Inputs = "start" | "rest" | "end";

export interface ScanSpec extends ViewBase, Reading, Logs {
  kind: "scan";
  parameter: string;
  series: string[];
  normalise: boolean;
  hill: boolean;
}

export interface PhaseSpec extends ViewBase, Logs {
  kind: "phase";
  x: string;
  y: string;
  x_state: string | null;
  y_state: string | null;
  x_range: [number, number] | null;
  y_range: [number, number] | null;
  nullclines: string[] | null;
  directions: boolean;
  others: "start" | "quasi";
  inputs: Inputs;
}

export interface BifurcationSpec extends ViewBase, Logs {
  kind: "bifurcation";
  parameter: string;
  /** One. */
  series: string[];
  y_range: [number, number] | null;
  starts: Record<string, number>[];
  inputs: Inputs;
}

export interface SurfaceSpec extends ViewBase, Reading, Logs {
  kind: "surface";
  x: string;
  y: string;
  /** One. */
  series: string[];
  reference: "maximum" | "origin";
  levels: number[];
  additivity: "none" | "loewe";
  bliss: boolean;
}

export interface PanelsSpec extends ViewBase {
  kind: "panels";
  plots: string[];
}

export type ViewSpec = ScanSpec | PhaseSpec | BifurcationSpec | SurfaceSpec | PanelsSpec;

export interface Scenario {
  id: string;
  label: string;
  note: string;
  set: Record<string, number>;
}

export interface SpecFile {
  name: string;
  href?: string;
  text?: string;
}

export interface ModelEvent {
  time(p: Float64Array): number;
  apply(t: number, y: Float64Array, p: Float64Array): void;
}

export type Vector = Float64Array | number[];

export interface ModelSpec {
  name: string;
  title: string;
  question: string;
  designed: string | null;
  time: { unit: string; label: string; end: number; min: number; max: number; points: number };
  solver: { method: "dopri" | "rodas"; rtol: number; atol: number };
  parameters: Parameter[];
  /** Length of `p`: the parameters, then computed constants and inputs that events change. */
  np: number;
  states: Series[];
  outputs: Series[];
  sliders: string[];
  plots: Plot[];
  /** Pictures beside the plots that are no time courses. */
  views?: ViewSpec[];
  scenarios: Scenario[];
  summary: string;
  limits: string[];
  rest: { moves: string[]; duration: number; note: string; apply(p: Float64Array): void } | null;
  equations: { id: string; mathml: string; uses: string[] }[];
  references: Record<string, { label: string; text: string; url: string | null }>;
  files: { sbml: SpecFile; antimony: SpecFile };
  init(p: Float64Array, y: Float64Array): void;
  rhs(t: number, y: ArrayLike<number>, p: Float64Array, d: Vector): void;
  /** Row-major: `J[i * n + j]` is the derivative of `rhs[i]` with respect to `y[j]`. */
  jac(t: number, y: ArrayLike<number>, p: Float64Array, J: Float64Array): void;
  out(t: number, y: ArrayLike<number>, p: Float64Array, o: Float64Array): void;
  events: ModelEvent[];
}

/** Slider values by parameter id; the reserved id `end` is the time shown. */
export type Values = Record<string, number>;

export const END = "end";

/** The parameter with this id; `end` gives the horizon as if it were a parameter. */
export function findParameter(spec: ModelSpec, id: string): Parameter | undefined {
  return id === END ? horizon(spec) : spec.parameters.find((each) => each.id === id);
}

export function findSeries(spec: ModelSpec, id: string): Series | undefined {
  return spec.states.find((each) => each.id === id) ?? spec.outputs.find((each) => each.id === id);
}

function horizon(spec: ModelSpec): Parameter {
  const { unit, end, min, max } = spec.time;
  return {
    id: END, label: "Time shown", unit, meaning: "How long the run lasts.", value: end, min, max, step: null,
    scale: min > 0 && max / min >= 100 ? "log" : "linear", source: null, where: null, designed: null,
  };
}
