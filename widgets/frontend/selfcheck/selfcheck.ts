/** Self-checks of the book: the chosen answer's feedback is shown and spoken at once. */

import { button, h } from "../dom.js";
import { formatQuantity } from "../format.js";

export function startSelfChecks(root: ParentNode): void {
  const checks = root.querySelectorAll<HTMLElement>("fieldset.il6-check");
  for (const [i, check] of [...checks].entries()) {
    const legend = check.querySelector("legend");
    if (legend && checks.length > 1) legend.textContent = `Question ${i + 1} of ${checks.length}`;
    const verdict = h("div", { class: "il6-verdict", "aria-live": "polite" });
    check.querySelector(".il6-answer")?.before(verdict);
    if (check.dataset.kind === "number") startNumber(check, verdict);
    else startChoice(check, verdict);
  }
}

function startChoice(check: HTMLElement, verdict: HTMLElement): void {
  for (const input of check.querySelectorAll<HTMLInputElement>("input[type=radio]")) {
    input.addEventListener("change", () => {
      const feedback = check.querySelector<HTMLElement>(`.il6-feedback[data-option="${CSS.escape(input.value)}"]`);
      show(verdict, feedback?.dataset.right === "true", null, feedback);
    });
  }
}

function startNumber(check: HTMLElement, verdict: HTMLElement): void {
  const input = check.querySelector<HTMLInputElement>("input[type=number]");
  if (!input) return;
  const answer = Number(check.dataset.answer);
  const tolerance = Number(check.dataset.tolerance ?? 0);
  const judge = (): void => {
    if (input.value.trim() === "" || !Number.isFinite(input.valueAsNumber)) {
      verdict.className = "il6-verdict";
      verdict.replaceChildren(h("p", {}, "Type a number first."));
      return;
    }
    const right = judgeNumber(input.valueAsNumber, answer, tolerance);
    const exact = `The answer is ${formatQuantity(answer, check.dataset.unit ?? "", 4)}.`;
    show(verdict, right, right ? null : exact, check.querySelector<HTMLElement>(".il6-feedback"));
  };
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") judge(); });
  input.after(button("Check", judge));
}

/** Within the tolerance, and not wrong by a rounding error at its edge. */
export function judgeNumber(given: number, answer: number, tolerance: number): boolean {
  return Math.abs(given - answer) <= tolerance + 1e-9 * Math.max(1, Math.abs(answer));
}

function show(verdict: HTMLElement, right: boolean, extra: string | null, feedback: HTMLElement | null): void {
  const copies = feedback ? [...feedback.childNodes].filter((node) => !(node instanceof Element && node.matches(".il6-feedback-option"))) : [];
  verdict.className = `il6-verdict ${right ? "il6-right" : "il6-wrong"}`;
  verdict.replaceChildren(
    h("p", {}, h("strong", {}, right ? "Right." : "Not quite."), extra ? ` ${extra}` : null),
    " ", ...copies.map((node) => node.cloneNode(true)),
  );
}
