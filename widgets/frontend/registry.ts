/** The models this page knows: registered by their generated scripts, checked as they come in. */

import { compileSummary } from "./explorer/summary.js";
import { nearest } from "./nearest.js";
import { loadScript } from "./plotly.js";
import { END, type ModelSpec, type ViewSpec, findParameter, findSeries } from "./spec.js";

const specs = new Map<string, ModelSpec>();
const loading = new Map<string, Promise<ModelSpec>>();

/** Take a model in. Throws where its parts do not fit together, so that a mistake is seen at once. */
export function register(spec: ModelSpec): void {
  for (const id of spec.sliders) {
    if (!findParameter(spec, id)) throw new Error(`${spec.name}: the slider "${id}" is no parameter`);
  }
  for (const plot of spec.plots) {
    for (const id of plot.series) {
      if (!findSeries(spec, id)) throw new Error(`${spec.name}: plot "${plot.id}" draws "${id}", which is no series`);
    }
  }
  for (const scenario of spec.scenarios) {
    for (const id of Object.keys(scenario.set)) {
      if (id !== END && !findParameter(spec, id)) throw new Error(`${spec.name}: scenario "${scenario.id}" sets "${id}", which is no parameter`);
    }
  }
  for (const view of spec.views ?? []) checkView(spec, view);
  if (spec.plots.length === 0) throw new Error(`${spec.name}: there is no plot`);
  compileSummary(spec);
  specs.set(spec.name, spec);
}

/** The names a view uses exist; the rest was checked when its model was read. */
function checkView(spec: ModelSpec, view: ViewSpec): void {
  const need = (id: string, known: boolean, what: string): void => {
    if (!known) throw new Error(`${spec.name}: view "${view.id}" uses "${id}", which is no ${what}`);
  };
  const slider = (id: string): void => { need(id, findParameter(spec, id) !== undefined, "parameter"); };
  const series = (id: string): void => { need(id, findSeries(spec, id) !== undefined, "series"); };
  const state = (id: string): void => { need(id, spec.states.some((each) => each.id === id), "state"); };
  Object.keys(view.set).forEach(slider);
  switch (view.kind) {
    case "scan":
      slider(view.parameter);
      view.series.forEach(series);
      break;
    case "phase":
      [view.x, view.y].forEach(series);
      [view.x_state ?? view.x, view.y_state ?? view.y, ...(view.nullclines ?? [])].forEach(state);
      break;
    case "bifurcation":
      slider(view.parameter);
      view.series.forEach(series);
      view.starts.flatMap(Object.keys).forEach(state);
      break;
    case "surface":
      [view.x, view.y].forEach(slider);
      view.series.forEach(series);
      break;
    case "panels":
      view.plots.forEach((id) => { need(id, spec.plots.some((each) => each.id === id), "plot"); });
  }
}

/** Names the page can solve now. */
export function names(): string[] {
  return [...specs.keys()];
}

/** A model, from its script `models/NAME.js` in the folder `base` if it is not here yet. */
export function load(name: string, base: string | null): Promise<ModelSpec> {
  const known = specs.get(name);
  if (known) return Promise.resolve(known);
  if (base === null) return Promise.reject(new Error(missing(name)));
  let promise = loading.get(name);
  if (!promise) {
    const script = new URL(`models/${encodeURIComponent(name)}.js`, base).href;
    const arrived = (): ModelSpec => {
      const spec = specs.get(name);
      if (!spec) throw new Error(missing(name));
      return spec;
    };
    promise = loadScript(script).then(arrived, () => { throw new Error(missing(name)); });
    loading.set(name, promise);
    promise.catch(() => loading.delete(name));
  }
  return promise;
}

function missing(name: string): string {
  const near = nearest(name, specs.keys());
  return `The model "${name}" could not be loaded.${near ? ` Did you mean "${near}"?` : ""}`;
}
