// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { KEEP, type Keep, POINT } from "../../table/link.js";
import { startTables } from "../../table/table.js";

const filters = (list: string[]): string => `data-filters='${JSON.stringify(list)}'`;
let kept: Keep[];

beforeEach(() => {
  document.body.innerHTML = `
  <div id="fig-a"></div>
  <figure class="il6-data" id="tab-a" data-figure="fig-a" ${filters(["Cancer", "Evidence"])}>
    <figcaption>Studies</figcaption>
    <div class="il6-data-box"><table>
      <thead><tr><th scope="col">Cancer</th><th scope="col">HR</th><th scope="col"><a href="#x">Term</a></th></tr></thead>
      <tbody>
        <tr data-id="a" ${filters(["Lung", "trial"])}><th scope="row">Lung</th><td>1.74 (1.3-2.2)</td><td>Müller</td></tr>
        <tr data-id="b" ${filters(["Breast", "trial"])}><th scope="row">Breast</th><td>0.9</td><td>serum</td></tr>
        <tr data-id="c" ${filters(["Lung", ""])}><th scope="row">Lung</th><td>12</td><td>Serum</td></tr>
      </tbody></table></div>
  </figure>`;
  kept = [];
  get("#fig-a").addEventListener(KEEP, (event) => { kept.push((event as CustomEvent<Keep>).detail); });
  startTables(document);
});

const get = (selector: string): HTMLElement => document.querySelector<HTMLElement>(selector)!;
const field = (): HTMLInputElement => document.querySelector("input")!;
const rows = (): HTMLTableRowElement[] => [...document.querySelectorAll<HTMLTableRowElement>("tbody tr")];
const visible = (): string[] => rows().filter((row) => !row.hidden).map((row) => row.dataset.id!);
const status = (): string => get("[aria-live=polite]").textContent;
const selects = (): HTMLSelectElement[] => [...document.querySelectorAll("select")];
const sorts = (): HTMLButtonElement[] => [...document.querySelectorAll<HTMLButtonElement>("thead button")];
const reset = (): void => { [...document.querySelectorAll("button")].find((each) => each.textContent === "Reset")!.click(); };

function type(text: string): void {
  field().value = text;
  field().dispatchEvent(new Event("input"));
}

function choose(i: number, option: string): void {
  selects()[i].selectedIndex = [...selects()[i].options].findIndex((each) => each.textContent === option);
  selects()[i].dispatchEvent(new Event("change"));
}

describe("a data table", () => {
  it("labels its controls and offers each value once, All first", () => {
    const labels = [...document.querySelectorAll("label")].map((label) => [label.textContent, get(`#${label.htmlFor}`).tagName]);
    expect(labels).toEqual([["Search the rows", "INPUT"], ["Cancer", "SELECT"], ["Evidence", "SELECT"]]);
    expect(selects().map((each) => [...each.options].map((option) => option.textContent)))
      .toEqual([["All", "Breast", "Lung"], ["All", "trial", "(empty)"]]);
    expect(status()).toBe("3 of 3 rows");
  });

  it("finds all words in any case, with or without accents", () => {
    type("SERUM");
    expect(visible()).toEqual(["b", "c"]);
    type("muller  lung");
    expect(visible()).toEqual(["a"]);
    expect(status()).toBe("1 of 3 rows");
  });

  it("joins its filters, and tells the figure which points to keep", () => {
    choose(0, "Lung");
    choose(1, "(empty)");
    expect(visible()).toEqual(["c"]);
    type("lung");
    reset();
    expect(visible()).toEqual(["a", "b", "c"]);
    expect(field().value).toBe("");
    // Not told again where the rows stay the same.
    expect(kept.map(({ ids }) => ids && [...ids])).toEqual([null, ["a", "c"], ["c"], null]);
    expect(kept[0].table).toBe("tab-a");
  });

  it("keeps no point when no row fits", () => {
    type("nothing");
    expect(status()).toBe("0 of 3 rows");
    expect(kept[kept.length - 1].ids?.size).toBe(0);
  });

  it("sorts by number, turns round, and goes back", () => {
    const ids = (): string => rows().map((row) => row.dataset.id).join("");
    const heads = [...document.querySelectorAll("thead th")];
    sorts()[1].click();
    expect(ids()).toBe("bac");
    expect(heads.map((head) => head.getAttribute("aria-sort"))).toEqual([null, "ascending", null]);
    sorts()[1].click();
    expect(ids()).toBe("cab");
    sorts()[0].click();
    expect(ids()).toBe("bac");
    expect(heads.map((head) => head.getAttribute("aria-sort"))).toEqual(["ascending", null, null]);
    reset();
    expect(ids()).toBe("abc");
    expect(document.querySelector("[aria-sort]")).toBeNull();
  });

  it("puts no link of a header into its button", () => {
    expect(sorts().map((each) => each.textContent)).toEqual(["Cancer", "HR", ""]);
    expect(sorts()[2].getAttribute("aria-label")).toBe("Sort by Term");
    expect(document.querySelector("button a")).toBeNull();
  });

  it("shows the row of a point and leaves the focus where it is", () => {
    const scrolled = vi.spyOn(HTMLElement.prototype, "scrollIntoView");
    selects()[0].focus();
    get("#fig-a").dispatchEvent(new CustomEvent(POINT, { detail: "b" }));
    get("#fig-a").dispatchEvent(new CustomEvent(POINT, { detail: "c" }));
    expect([...document.querySelectorAll<HTMLElement>(".il6-marked")].map((row) => row.dataset.id)).toEqual(["c"]);
    expect(scrolled).toHaveBeenCalledTimes(2);
    expect(document.activeElement).toBe(selects()[0]);
  });
});
