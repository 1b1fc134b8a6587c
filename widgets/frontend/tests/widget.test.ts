// @vitest-environment happy-dom
import { describe, expect, it, vi } from "vitest";
import type { Values } from "../spec.js";
import widget, { type WidgetModel } from "../widget.js";
import { toySpec } from "./explorer/toy.js";

/** anywidget's model, with Python on the other side played by the test. */
function fakeModel(values: Values, name = "toy") {
  const traits: Record<string, unknown> = { spec_name: name, values, options: { sliders: ["dose"], compact: false } };
  const callbacks = new Map<string, ((...parts: unknown[]) => void)[]>();
  const emit = (event: string, ...parts: unknown[]): void => { callbacks.get(event)?.forEach((each) => { each(...parts); }); };
  const model = {
    get: (id: string) => traits[id],
    set: vi.fn((id: string, value: unknown) => { traits[id] = value; emit(`change:${id}`); }),
    save_changes: vi.fn(),
    send: vi.fn(),
    on: (event: string, callback: (...parts: unknown[]) => void) => { callbacks.set(event, [...(callbacks.get(event) ?? []), callback]); },
    off: (event: string, callback: (...parts: unknown[]) => void) => {
      callbacks.set(event, (callbacks.get(event) ?? []).filter((each) => each !== callback));
    },
  };
  return { model: model as unknown as WidgetModel, spy: model, emit, count: () => [...callbacks.values()].flat().length };
}

const register = (globalThis as unknown as { __il6_register: (spec: unknown) => void }).__il6_register;
const react = vi.fn(() => Promise.resolve());
(globalThis as Record<string, unknown>).Plotly = { react, purge: vi.fn() };

describe("the notebook widget", () => {
  it("keeps screen and Python in step without echoes", async () => {
    register(toySpec());
    const el = document.createElement("div");
    document.body.append(el);
    const { model, spy, count } = fakeModel({ dose: 20 });
    const stop = await widget.render({ model, el });
    await vi.waitFor(() => { expect(react).toHaveBeenCalled(); });
    expect(model.get("values")).toEqual({ dose: 20, k1: 0.2, open: 0, make: 0, end: 60 });
    spy.save_changes.mockClear();

    // From Python.
    spy.set("values", { ...model.get("values"), dose: 30 });
    expect(el.querySelector<HTMLInputElement>("input[name=dose-value]")?.value).toBe("30");
    await vi.waitFor(() => { expect(react.mock.calls.length).toBeGreaterThan(1); });
    expect(spy.save_changes).not.toHaveBeenCalled();

    // From the screen: several events, one message, the last value.
    const range = el.querySelector<HTMLInputElement>("input[type=range][name=dose]")!;
    for (const position of ["1.7", "1.8", "2"]) {
      range.value = position;
      range.dispatchEvent(new Event("input"));
    }
    await vi.waitFor(() => { expect(model.get("values").dose).toBe(100); });
    expect(spy.save_changes).toHaveBeenCalledTimes(1);

    spy.set("values", { ...model.get("values"), dose: -5 });
    expect(el.querySelector("[role=alert]")?.textContent).toContain("dose = -5 is out of range");
    stop();
    expect(count()).toBe(0);
  });

  it("says which model is missing", async () => {
    const el = document.createElement("div");
    const { model } = fakeModel({}, "toi");
    await widget.render({ model, el });
    expect(el.querySelector("[role=alert]")?.textContent).toBe('The model "toi" could not be loaded. Did you mean "toy"?');
  });
});
