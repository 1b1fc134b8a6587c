/** A view at work: its slow part kept up to date with the settings, in slices, and what can be shown meanwhile. */

import { debounce } from "../dom.js";
import { inSlices } from "../solver/slices.js";
import type { Run } from "../solver/run.js";
import type { Values } from "../spec.js";
import type { Drawing, Scene, Sheet, View } from "./view.js";

export interface Computed {
  view: string;
  /** Milliseconds of work, and of the longest piece of it between two turns of the browser. */
  time: number;
  longest: number;
}

interface Result {
  present: unknown;
  pinned: unknown;
}

export class Pane {
  private result: Result | null = null;
  private wanted = "";
  private shown = "";
  private settings: { values: Values; pinned: Run | null } | null = null;
  private job = 0;
  private busy = false;
  private readonly later;

  /** `done` is called whenever a slow part has been finished. */
  constructor(readonly view: View, private readonly done: (computed: Computed) => void, private readonly report: (error: unknown) => void) {
    this.later = debounce(() => { void this.start(); }, this.view.delay);
  }

  /** Is what can be drawn what was asked for last? */
  get current(): boolean {
    return this.result !== null && this.shown === this.wanted;
  }

  get empty(): boolean {
    return this.result === null;
  }

  ask(values: Values, pinned: Run | null): void {
    const { view } = this;
    const compared = view.compares ? pinned : null;
    const key = JSON.stringify([view.depends(values), compared && view.depends(compared.values)]);
    if (key === this.wanted) return;
    this.wanted = key;
    this.settings = { values, pinned: compared };
    if (view.delay > 0 && this.result) {
      // A newer setting has overtaken whatever is being computed.
      this.job += 1;
      this.later.call();
    } else if (!this.busy || view.delay > 0) {
      void this.start();
    }
  }

  draw(scene: Scene): Drawing | null {
    return this.result && this.view.draw(this.result.present, this.result.pinned, scene);
  }

  sentence(run: Run): string {
    return this.result ? this.view.sentence(this.result.present, run) : "";
  }

  sheet(run: Run): Sheet | null {
    return this.result && this.view.sheet(this.result.present, run);
  }

  close(): void {
    this.job += 1;
    this.later.cancel();
    this.wanted = "";
    this.shown = "";
  }

  private async start(): Promise<void> {
    const { settings, view } = this;
    if (!settings) return;
    const job = ++this.job;
    const key = this.wanted;
    this.busy = true;
    const work = function* (): Generator<unknown, Result, undefined> {
      const present = yield* view.compute(settings.values);
      return { present, pinned: settings.pinned ? yield* view.compute(settings.pinned.values) : null };
    };
    try {
      const found = await inSlices(work(), () => job === this.job);
      if (!found || job !== this.job) return;
      this.result = found.value;
      this.shown = key;
      this.busy = false;
      this.done({ view: view.spec.id, time: found.time, longest: found.longest });
    } catch (error) {
      if (job === this.job) this.report(error);
    }
    if (job !== this.job) return;
    this.busy = false;
    // Settings that came in while a quick view was computed.
    if (this.wanted !== key) void this.start();
  }
}
