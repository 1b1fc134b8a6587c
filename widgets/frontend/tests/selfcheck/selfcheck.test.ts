// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import { startSelfChecks } from "../../selfcheck/selfcheck.js";

beforeEach(() => {
  document.body.innerHTML = `
  <fieldset class="il6-check" data-kind="choice"><legend>Check yourself</legend>
    <label><input type="radio" name="a" value="0"> Yes</label><label><input type="radio" name="a" value="1"> No</label>
    <details class="il6-answer"><summary>Show answer</summary>
      <div class="il6-feedback" data-option="0" data-right="true"><p class="il6-feedback-option">Yes</p><p>Because.</p></div>
      <div class="il6-feedback" data-option="1" data-right="false"><p class="il6-feedback-option">No</p><p>Think again.</p></div>
    </details></fieldset>
  <fieldset class="il6-check" data-kind="number" data-answer="15.1" data-tolerance="0.5" data-unit="nM"><legend>Check yourself</legend>
    <label for="n">Your answer (nM)</label><input type="number" id="n">
    <details class="il6-answer"><summary>Show answer</summary><div class="il6-feedback"><p>At minute 16.</p></div></details></fieldset>`;
  startSelfChecks(document);
});

const verdict = (i: number): string => document.querySelectorAll(".il6-verdict")[i].textContent.replace(/\s+/g, " ").trim();

describe("self-checks", () => {
  it("say at once whether the choice is right, and why", () => {
    const [yes, no] = document.querySelectorAll<HTMLInputElement>("input[type=radio]");
    no.checked = true;
    no.dispatchEvent(new Event("change"));
    expect(verdict(0)).toBe("Not quite. Think again.");
    yes.checked = true;
    yes.dispatchEvent(new Event("change"));
    expect(verdict(0)).toBe("Right. Because.");
    expect(document.querySelector(".il6-verdict")?.getAttribute("aria-live")).toBe("polite");
  });

  it("judge a number within its tolerance", () => {
    const input = document.querySelector<HTMLInputElement>("#n")!;
    const check = document.querySelector("button")!;
    check.click();
    expect(verdict(1)).toBe("Type a number first.");
    input.value = "12";
    check.click();
    expect(verdict(1)).toBe("Not quite. The answer is 15.1 nM. At minute 16.");
    input.value = "15.5";
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
    expect(verdict(1)).toBe("Right. At minute 16.");
  });
});
