/** What is said under the chart: the sentence, the pinned run's, a note, and for paper the settings. */

import { h } from "../dom.js";

export interface Said {
  sentence: string;
  /** The sentence of the pinned run; empty where there is none. */
  pinned: string;
  note: string;
  settings: string;
}

export class Words {
  readonly elements: HTMLElement[];
  private readonly sentence = h("p", { class: "il6-sentence" });
  private readonly pinned = h("p", { class: "il6-pinned" });
  private readonly note = h("p", { class: "il6-note" });
  /** Where no control says it. */
  private readonly settings = h("p", { class: "il6-set" });

  constructor() {
    this.elements = [h("div", { class: "il6-live", "aria-live": "polite" }, this.sentence, this.pinned, this.note), this.settings];
  }

  /** Put them into the live region; only what changed is spoken. */
  say(said: Said): void {
    for (const key of ["sentence", "pinned", "note", "settings"] as const) {
      if (this[key].textContent !== said[key]) this[key].textContent = said[key];
    }
  }
}
