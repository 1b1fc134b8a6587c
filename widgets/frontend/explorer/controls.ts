/** One control per parameter: a slider with a number field, or radios where there are choices. */

import { h, uniqueId } from "../dom.js";
import { formatInput, formatNumber, formatSetting, formatUnit, withUnit } from "../format.js";
import type { Parameter } from "../spec.js";
import { complaint } from "../solver/values.js";
import { scaleOf } from "./scale.js";

export interface Control {
  id: string;
  element: HTMLElement;
  /** Show a value that came from elsewhere. */
  show(value: number): void;
}

export type OnSet = (id: string, value: number) => void;

export function control(parameter: Parameter, onSet: OnSet): Control {
  return parameter.choices?.length ? radios(parameter, parameter.choices, onSet) : slider(parameter, onSet);
}

function radios(parameter: Parameter, choices: { value: number; label: string }[], onSet: OnSet): Control {
  const name = uniqueId(parameter.id);
  const inputs = choices.map((choice) => {
    const input = h("input", { type: "radio", name, value: choice.value });
    input.addEventListener("change", () => { if (input.checked) onSet(parameter.id, choice.value); });
    return input;
  });
  const element = h(
    "fieldset", { class: "il6-control il6-choice", "data-parameter": parameter.id },
    h("legend", { title: parameter.meaning }, withUnit(parameter.label, parameter.unit)),
    ...inputs.map((input, i) => h("label", { class: "il6-radio" }, input, h("span", {}, choices[i].label))),
  );
  return { id: parameter.id, element, show: (value) => { inputs.forEach((input, i) => { input.checked = choices[i].value === value; }); } };
}

function slider(parameter: Parameter, onSet: OnSet): Control {
  const scale = scaleOf(parameter);
  const id = uniqueId(parameter.id);
  const unit = formatUnit(parameter.unit);
  const range = h("input", { type: "range", id, name: parameter.id, min: scale.min, max: scale.max, step: scale.step });
  const typed = h("input", {
    type: "number", name: `${parameter.id}-value`, step: "any", min: parameter.min, max: parameter.max, inputmode: "decimal",
    "aria-label": `${withUnit(parameter.label, parameter.unit)}, typed value`,
  });
  const problem = h("p", { class: "il6-field-error", id: `${id}-error`, "aria-live": "polite" });
  const clear = (): void => {
    problem.textContent = "";
    typed.removeAttribute("aria-invalid");
    typed.removeAttribute("aria-describedby");
  };

  range.addEventListener("input", () => {
    clear();
    onSet(parameter.id, scale.toValue(Number(range.value)));
  });
  /** A value the model allows is taken at once; complaints wait until the reader has finished typing. */
  const type = (finished: boolean): void => {
    const text = typed.value.trim();
    const value = text === "" ? NaN : Number(text);
    const wrong = complaint(parameter, value, `${parameter.label}: ${text || "what you typed"}`);
    if (wrong === null) {
      onSet(parameter.id, value);
      clear();
    } else if (finished) {
      problem.textContent = wrong;
      typed.setAttribute("aria-invalid", "true");
      typed.setAttribute("aria-describedby", problem.id);
    }
  };
  typed.addEventListener("input", () => { type(false); });
  typed.addEventListener("change", () => { type(true); });

  const element = h(
    "div", { class: "il6-control", "data-parameter": parameter.id },
    h("div", { class: "il6-control-head" },
      h("label", { for: id, title: parameter.meaning }, parameter.label),
      h("span", { class: "il6-typed" }, typed, unit ? h("span", { class: "il6-unit" }, unit) : null)),
    range,
    h("div", { class: "il6-limits", "aria-hidden": "true" },
      h("span", {}, formatNumber(parameter.min ?? scale.toValue(scale.min), 4)),
      h("span", {}, `${formatNumber(parameter.max ?? scale.toValue(scale.max), 4)}${parameter.scale === "log" ? ", log scale" : ""}`)),
    problem,
  );
  return {
    id: parameter.id, element,
    show: (value) => {
      range.value = String(scale.toPosition(value));
      range.setAttribute("aria-valuetext", formatSetting(value, parameter.unit));
      // The filled part of the track; CSS cannot know it.
      const filled = (Number(range.value) - scale.min) / (scale.max - scale.min);
      range.style.setProperty("--il6-filled", `${(100 * filled).toFixed(1)}%`);
      if (document.activeElement !== typed || Number(typed.value) !== value) typed.value = formatInput(value);
    },
  };
}

