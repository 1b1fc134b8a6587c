/** What the reader has set: values, the way back, the pinned run. */

import { END, type ModelSpec, type Scenario, type Values } from "../spec.js";
import { checked, complete } from "../solver/values.js";
import type { Run } from "../solver/run.js";
import { difference } from "./link.js";

const UNDO_STEPS = 100;
/** Changes of one slider closer than this many milliseconds are one step back. */
const ONE_GESTURE = 800;

export class Session {
  /** Every parameter and `end`. */
  values: Values;
  pinned: Run | null = null;
  private readonly start: Values;
  private readonly history: Values[] = [];
  private lastId: string | null = null;
  private lastTime = -Infinity;

  constructor(private readonly spec: ModelSpec, options: { set?: Values; scenario?: string | null }) {
    const scenario = options.scenario ? this.scenario(options.scenario) : null;
    this.start = complete(spec, { ...scenario?.set, ...options.set });
    this.values = { ...this.start };
  }

  /**
   * What a link has to carry: nothing where nothing was changed; else all that differs from the model's defaults,
   * and what this page itself starts with, so that the link gives the same picture on every page.
   */
  get changes(): Values {
    if (Object.keys(difference(this.values, this.start)).length === 0) return {};
    const defaults = complete(this.spec, {});
    const ids = [...Object.keys(difference(this.values, defaults)), ...Object.keys(difference(this.start, defaults))];
    return Object.fromEntries([...new Set(ids)].map((id) => [id, this.values[id]]));
  }

  get canUndo(): boolean {
    return this.history.length > 0;
  }

  /** The values a reader can move, and whatever else was changed from the model's defaults. */
  get shown(): Values {
    const defaults = complete(this.spec, {});
    const ids = new Set([...this.spec.sliders, END, ...Object.keys(difference(this.values, defaults))]);
    return Object.fromEntries([...ids].map((id) => [id, this.values[id]]));
  }

  /** Parameters that differ from the model's defaults. */
  get changedIds(): Set<string> {
    return new Set(Object.keys(difference(this.values, complete(this.spec, {}))));
  }

  scenario(id: string): Scenario {
    const found = this.spec.scenarios.find((each) => each.id === id);
    if (!found) throw new Error(`${this.spec.name} has no scenario "${id}"; it has ${this.spec.scenarios.map((each) => each.id).join(", ")}.`);
    return found;
  }

  isActive(scenario: Scenario): boolean {
    const wanted = complete(this.spec, scenario.set);
    return Object.keys(wanted).every((id) => wanted[id] === this.values[id]);
  }

  /** One value from a control. */
  set(id: string, value: number, now = performance.now()): void {
    const next = checked(this.spec, id, value);
    if (next === this.values[id]) return;
    const sameGesture = id === this.lastId && now - this.lastTime < ONE_GESTURE;
    this.lastId = id;
    this.lastTime = now;
    if (!sameGesture) this.remember();
    this.values = { ...this.values, [id]: next };
  }

  /** Some values at once; the others stay. */
  merge(values: Values): void {
    const next = complete(this.spec, { ...this.values, ...values });
    if (Object.keys(difference(next, this.values)).length === 0) return;
    this.replace(next);
  }

  /** What a link says, from this page's own start: nothing of what was set before stays. */
  follow(values: Values): void {
    this.replace(complete(this.spec, { ...this.start, ...values }));
  }

  apply(scenario: Scenario): void {
    this.replace(complete(this.spec, scenario.set));
  }

  reset(): void {
    this.replace({ ...this.start });
  }

  undo(): void {
    const previous = this.history.pop();
    if (previous) this.values = previous;
    this.lastId = null;
  }

  private replace(values: Values): void {
    if (Object.keys(difference(values, this.values)).length > 0) this.remember();
    this.values = values;
    this.lastId = null;
  }

  private remember(): void {
    this.history.push(this.values);
    if (this.history.length > UNDO_STEPS) this.history.shift();
  }
}
