// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Change } from "../../explorer/explorer.js";
import { explorerElement, type ParameterInfo } from "../../explorer/element.js";
import { register } from "../../registry.js";
import type { Run } from "../../solver/run.js";
import type { Values } from "../../spec.js";
import { toySpec } from "./toy.js";

type ExplorerElement = HTMLElement & {
  ready: Promise<void>; values: Values; parameters: ParameterInfo[]; simulate(values?: Values): Run;
};

const react = vi.fn<(canvas: HTMLElement, data: { name: string }[], layout: object) => Promise<void>>(() => Promise.resolve());

customElements.define("il6-explorer", explorerElement("http://localhost/il6/"));

async function open(attributes = ""): Promise<ExplorerElement> {
  document.body.innerHTML = `<il6-explorer model="toy" ${attributes}><p>still</p></il6-explorer>`;
  const element = document.querySelector<ExplorerElement>("il6-explorer")!;
  await element.ready;
  return element;
}

function changed(element: HTMLElement): Promise<Change> {
  return new Promise((resolve) => {
    element.addEventListener("il6:change", (event) => { resolve((event as CustomEvent<Change>).detail); }, { once: true });
  });
}

function press(element: HTMLElement, label: string): void {
  const found = [...element.querySelectorAll("button")].find((each) => each.textContent === label);
  if (!found) throw new Error(`no button ${label}`);
  found.click();
}

function range(element: HTMLElement, name: string): HTMLInputElement {
  return element.querySelector<HTMLInputElement>(`input[type=range][name="${name}"]`)!;
}

beforeEach(() => {
  (globalThis as Record<string, unknown>).Plotly = { react, toImage: vi.fn(), purge: vi.fn() };
  // Without an observer the chart is drawn at once.
  vi.stubGlobal("IntersectionObserver", undefined);
  react.mockClear();
  register(toySpec());
  location.hash = "";
});

afterEach(() => { document.body.innerHTML = ""; });

describe("controls", () => {
  it("label every slider, with a number field and a spoken value", async () => {
    const element = await open();
    const dose = range(element, "dose");
    expect(element.querySelector(`label[for="${dose.id}"]`)?.textContent).toBe("Dose");
    expect(dose.getAttribute("aria-valuetext")).toBe("10 nM");
    expect([dose.min, dose.max, dose.value]).toEqual(["-1", "2", "1"]);
    expect(element.querySelector("input[name=dose-value]")?.getAttribute("aria-label")).toBe("Dose (nM), typed value");
    expect([...element.querySelectorAll("fieldset[data-parameter=open] label")].map((each) => each.textContent)).toEqual(["closed", "open"]);
    expect(element.parameters.map((each) => each.id)).toEqual(["dose", "k1", "open", "make", "end"]);
    expect(element.parameters[0]).toEqual({ id: "dose", value: 10, min: 0.1, max: 100, unit: "nM", scale: "log" });
  });

  it("solve once for many inputs in a frame, and say what happened", async () => {
    const element = await open();
    const seen = changed(element);
    const dose = range(element, "dose");
    for (const position of ["1.2", "1.4", "1.5"]) {
      dose.value = position;
      dose.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const detail = await seen;
    expect(detail.values).toEqual({ dose: 31.6, k1: 0.2, open: 0, make: 0, end: 60 });
    expect(detail.rested).toBe(false);
    expect(detail.method).toBe("dopri");
    expect(element.querySelector<HTMLInputElement>("input[name=dose-value]")?.value).toBe("31.6");
  });

  it("take typed values and complain about ones that are not allowed", async () => {
    const element = await open();
    const typed = element.querySelector<HTMLInputElement>("input[name=dose-value]")!;
    typed.value = "55.5";
    typed.dispatchEvent(new Event("change"));
    expect(element.values.dose).toBe(55.5);
    typed.value = "1000";
    typed.dispatchEvent(new Event("change"));
    expect(element.values.dose).toBe(55.5);
    expect(typed.getAttribute("aria-invalid")).toBe("true");
    const complaints = [...element.querySelectorAll(".il6-field-error")].map((each) => each.textContent).join("");
    expect(complaints).toBe("Dose: 1000 is out of range; allowed: 0.1 to 100 nM.");
  });

  it("show a subset first, the others behind More controls, and one plot of a subset", async () => {
    const element = await open('sliders="k1" plots="share"');
    expect([...element.querySelectorAll(".il6-controls > [data-parameter]")].map((each) => each.getAttribute("data-parameter"))).toEqual(["k1"]);
    expect(element.querySelectorAll(".il6-others [data-parameter]")).toHaveLength(4);
    expect(element.querySelector(".il6-plot-title")?.textContent).toBe("Share");
  });
});

describe("buttons", () => {
  it("scenarios are pressed while their values hold, with their note", async () => {
    const element = await open();
    const pressed = (): string[] => [...element.querySelectorAll('button[aria-pressed="true"]')].map((each) => each.textContent);
    expect(pressed()).toEqual(["Normal"]);
    press(element, "High dose");
    expect(pressed()).toEqual(["High dose"]);
    expect(element.querySelector(".il6-scenario-note")?.textContent).toBe("Ten times the dose.");
    expect(element.values).toMatchObject({ dose: 100, end: 120 });
    element.values = { k1: 0.9 };
    expect(pressed()).toEqual([]);
    press(element, "Undo");
    expect(pressed()).toEqual(["High dose"]);
    press(element, "Reset");
    expect(element.values.dose).toBe(10);
  });

  it("pin the present curves and take them away again", async () => {
    const element = await open();
    await vi.waitFor(() => { expect(react.mock.lastCall && element.contains(react.mock.lastCall[0])).toBe(true); });
    press(element, "Pin run");
    expect(react.mock.lastCall?.[1].map((each) => each.name)).toEqual(["A, pinned", "B, active, pinned", "C, pinned", "A", "B, active", "C"]);
    expect(element.querySelector(".il6-legend")?.textContent).toContain("pinned run: default settings");
    press(element, "Unpin");
    expect(react.mock.lastCall?.[1]).toHaveLength(3);
  });
});

describe("what is said and shown", () => {
  it("speaks once things are quiet, with the note on rest", async () => {
    const element = await open();
    expect(element.querySelector("[aria-live] .il6-sentence")?.textContent).toContain("B peaks at 6.3 nM");
    element.values = { make: 1, dose: 100 };
    await changed(element);
    expect(element.querySelector(".il6-sentence")?.textContent).toContain("B peaks at 6.3 nM");
    await vi.waitFor(() => { expect(element.querySelector(".il6-note")?.textContent).toBe("Rest was solved again."); });
    expect(element.querySelector(".il6-sentence")?.textContent).toContain("the dose is 100 nM");
    expect(element.querySelector(".il6-chart")?.getAttribute("aria-label")).toContain("Three curves.");
  });

  it("builds panels when they are opened", async () => {
    const element = await open();
    const details = (title: string): HTMLDetailsElement =>
      [...element.querySelectorAll("details")].find((each) => each.querySelector("summary")?.textContent === title)!;
    const unfold = (title: string): HTMLDetailsElement => {
      const found = details(title);
      found.open = true;
      found.dispatchEvent(new Event("toggle"));
      return found;
    };
    expect(element.querySelector("table")).toBe(null);
    expect(unfold("Data table").querySelectorAll("tbody tr")).toHaveLength(13);
    const sources = unfold("Parameters and their sources");
    expect(sources.querySelector("a")?.getAttribute("href")).toBe("https://doi.org/10.1000/1");
    expect(sources.textContent).toContain("designed nothing before the dose");
    const equations = unfold("Equations");
    element.values = { make: 1 };
    await changed(element);
    const marks = [...equations.querySelectorAll(".il6-changed")].map((each) => (each as HTMLElement).hasAttribute("hidden"));
    expect(marks).toEqual([false, true]);
    expect(unfold("Download").querySelector('a[download="toy.xml"]')?.getAttribute("href")).toBe("http://localhost/il6/models/toy.xml");
    expect(unfold("What this model leaves out").textContent).toContain("No noise.");
    const dose = unfold("Dose-response");
    await vi.waitFor(() => { expect(dose.querySelectorAll("tbody tr")).toHaveLength(31); });
  });

  it("puts everything but chart, controls and sentence into one More in a compact explorer", async () => {
    const element = await open("compact");
    expect(element.querySelectorAll(".il6-box > .il6-panel")).toHaveLength(1);
    expect(element.querySelector(".il6-more .il6-panels")).not.toBe(null);
  });
});

describe("the interface for tests and scripts", () => {
  it("solves without touching the view", async () => {
    const element = await open(`set='{"dose":20}'`);
    const before = element.querySelector(".il6-sentence")?.textContent;
    const run = element.simulate({ dose: 50 });
    expect(run.time).toHaveLength(121);
    expect(run.series.A[10]).toBe(50);
    expect(element.values.dose).toBe(20);
    expect(element.querySelector(".il6-sentence")?.textContent).toBe(before);
    expect(() => element.simulate({ doze: 1 })).toThrow('the nearest name is "dose"');
  });

  it("reads the link and writes changes back", async () => {
    const element = await open();
    element.values = { dose: 42 };
    await vi.waitFor(() => { expect(location.hash).toMatch(/il6-toy\.\d+:dose=42$/); });
    location.hash = location.hash.replace("dose=42", "dose=17");
    window.dispatchEvent(new Event("hashchange"));
    expect(element.values.dose).toBe(17);
    location.hash = location.hash.replace("dose=17", "dose=1e9");
    window.dispatchEvent(new Event("hashchange"));
    expect(element.querySelector("[role=alert]")?.textContent).toContain("The link's settings were not used: dose = 1000000000 is out of range");
  });

  it("carries the open tab in the link, and opens it again", async () => {
    const element = await open();
    const tab = (id: string): HTMLInputElement => element.querySelector(`.il6-tabs input[value="${id}"]`)!;
    tab("share").click();
    await vi.waitFor(() => { expect(location.hash).toMatch(/il6-toy\.\d+:tab=share$/); });
    location.hash = location.hash.replace("tab=share", "tab=chain");
    window.dispatchEvent(new Event("hashchange"));
    expect([tab("chain").checked, tab("share").checked]).toEqual([true, false]);
    location.hash = location.hash.replace("tab=chain", "tab=none");
    window.dispatchEvent(new Event("hashchange"));
    expect(element.querySelector("[role=alert]")?.textContent).toContain('does not show the tab "none" of the link. The settings of the link are used.');
  });

  it("shows a failure and keeps the still figure", async () => {
    document.body.innerHTML = `<il6-explorer model="toy" set='{"dose":-1}'><p>still</p></il6-explorer>`;
    const element = document.querySelector<ExplorerElement>("il6-explorer")!;
    await expect(element.ready).rejects.toThrow("dose = -1 is out of range");
    expect(element.querySelector("[role=alert]")?.textContent).toContain("allowed: 0.1 to 100 nM");
    expect(element.textContent).toContain("still");
  });
});
