/** Scenarios and the buttons that act on the whole run. */

import { button, h } from "../dom.js";
import type { Scenario } from "../spec.js";
import type { Explorer } from "./explorer.js";

export class Toolbar {
  readonly scenarios: HTMLElement;
  readonly buttons: HTMLElement;
  private readonly choices: { scenario: Scenario; element: HTMLButtonElement }[];
  private readonly note = h("p", { class: "il6-scenario-note", "aria-live": "polite" });
  private readonly status = h("p", { class: "il6-status", role: "status" });
  private readonly undo: HTMLButtonElement;
  private readonly pin: HTMLButtonElement;
  private readonly address = h("input", { type: "text", readonly: true, class: "il6-address", "aria-label": "Link to this picture and its settings", hidden: true });

  constructor(private readonly explorer: Explorer) {
    const { session, spec, options } = explorer;
    this.choices = spec.scenarios.map((scenario) => ({
      scenario,
      element: button(scenario.label, () => { session.apply(scenario); explorer.changed(); }, { "aria-pressed": "false" }),
    }));
    this.scenarios = h("div", { class: "il6-scenarios", role: "group", "aria-label": "Scenarios", hidden: this.choices.length === 0 },
      h("div", { class: "il6-buttons" }, ...this.choices.map((each) => each.element)), this.note);

    this.undo = button("Undo", () => { session.undo(); explorer.changed(); });
    this.pin = button("Pin run", () => { this.togglePin(); });
    const reset = button("Reset", () => { session.reset(); explorer.changed(); });
    const { link } = options;
    const copy = link ? button("Copy link", () => { this.copy(link(explorer.linked)); }) : null;
    // For a projector: the model alone, with larger letters.
    const { host } = explorer;
    const full = document.fullscreenEnabled
      ? button("Full screen", () => { void (document.fullscreenElement ? document.exitFullscreen() : host.requestFullscreen()); })
      : null;
    this.buttons = h("div", { class: "il6-actions" },
      h("div", { class: "il6-buttons" }, reset, this.undo, this.pin, copy, full), this.status, this.address);
  }

  refresh(): void {
    const { session } = this.explorer;
    let note = "";
    for (const { scenario, element } of this.choices) {
      const active = session.isActive(scenario);
      element.setAttribute("aria-pressed", String(active));
      if (active && !note) note = scenario.note;
    }
    if (!note) note = "Settings of your own.";
    if (this.note.textContent !== note) this.note.textContent = note;
    // Not `disabled`: the button would lose the focus of a reader who has just undone the last change.
    this.undo.setAttribute("aria-disabled", String(!session.canUndo));
    this.pin.textContent = session.pinned ? "Unpin" : "Pin run";
    this.status.textContent = "";
    this.address.hidden = true;
  }

  private togglePin(): void {
    const { session } = this.explorer;
    session.pinned = session.pinned ? null : this.explorer.run;
    this.explorer.redraw();
    this.refresh();
    this.status.textContent = session.pinned ? "Run pinned: its curves stay as dotted lines." : "Pinned run removed.";
  }

  private copy(address: string): void {
    const show = (): void => {
      // No clipboard on this page: the reader copies from the field.
      this.address.value = address;
      this.address.hidden = false;
      this.address.select();
      this.status.textContent = "Copy the link from the field.";
    };
    const clipboard = navigator.clipboard as Clipboard | undefined;
    if (!clipboard) {
      show();
      return;
    }
    clipboard.writeText(address).then(() => {
      this.status.textContent = location.protocol === "file:"
        ? "Link copied. It opens on this computer only; the part from # on works in every copy of the book."
        : "Link copied.";
    }, show);
  }
}
