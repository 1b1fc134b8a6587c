/** Data tables of the book: search, filters and sorting for the table that is already on the page. */

import { button, h, uniqueId } from "../dom.js";
import { KEEP, type Keep, POINT } from "./link.js";
import { sortedOrder } from "./order.js";

export function startTables(root: ParentNode): void {
  for (const figure of root.querySelectorAll<HTMLElement>("figure.il6-data")) startTable(figure);
}

/** From this many rows on, a table without filters can be searched. */
const SEARCHED = 10;

function startTable(figure: HTMLElement): void {
  const body = figure.querySelector("tbody");
  const box = figure.querySelector(".il6-data-box");
  if (!body || !box) return;
  const rows = [...body.querySelectorAll("tr")];
  const texts = rows.map((row) => plain([...row.children].map((cell) => cell.textContent).join(" ")));
  const values = rows.map((row) => parsed(row.dataset.filters));
  const search = h("input", { type: "search", autocomplete: "off" });
  const selects = parsed(figure.dataset.filters).map((_, i) => select(distinct(values.map((each) => each[i]))));
  const status = h("p", { class: "il6-status", "aria-live": "polite" });
  const chart = document.getElementById(figure.dataset.figure ?? "");
  let told = "";

  const filter = (): void => {
    const words = plain(search.value).split(/\s+/);
    let count = 0;
    rows.forEach((row, r) => {
      const fits = words.every((word) => texts[r].includes(word))
        && selects.every((each, i) => each.selectedIndex === 0 || each.value === values[r][i]);
      row.hidden = !fits;
      if (fits) count += 1;
    });
    status.textContent = `${count} of ${rows.length} rows`;
    const kept = rows.filter((row) => !row.hidden).map((row) => row.dataset.id ?? "");
    // Plotly draws anew, so it is told of changes only.
    if (!chart || told === String(kept)) return;
    told = String(kept);
    const detail: Keep = { ids: count < rows.length ? new Set(kept) : null, table: figure.id };
    chart.dispatchEvent(new CustomEvent(KEEP, { detail }));
  };
  const unsort = sortable(figure, body, rows);
  const reset = button("Reset", () => {
    search.value = "";
    for (const each of selects) each.selectedIndex = 0;
    unsort();
    filter();
  });
  search.addEventListener("input", filter);
  for (const each of selects) each.addEventListener("change", filter);
  chart?.addEventListener(POINT, (event) => { mark(rows, (event as CustomEvent<string>).detail); });

  const names = parsed(figure.dataset.filters);
  // A few rows are seen at a glance; sorting them is enough.
  if (names.length === 0 && !chart && rows.length < SEARCHED) return;
  box.before(h(
    "div", { class: "il6-data-controls" },
    field("Search the rows", search), ...selects.map((each, i) => field(names[i], each)), reset, status,
  ));
  filter();
}

/** Make the headers sort. Returns how to go back to the order of the page. */
function sortable(figure: HTMLElement, body: HTMLTableSectionElement, rows: HTMLTableRowElement[]): () => void {
  const heads = [...figure.querySelectorAll<HTMLTableCellElement>("thead th")];
  const clear = (): void => { for (const head of heads) head.removeAttribute("aria-sort"); };
  heads.forEach((head, c) => {
    const sort = button("", () => {
      const descending = head.getAttribute("aria-sort") === "ascending";
      clear();
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const cells = rows.map((row) => row.children[c].textContent.trim());
      body.append(...sortedOrder(cells, descending).map((i) => rows[i]));
    }, { class: "il6-sort" });
    // A link cannot stand in a button.
    if (head.querySelector("a")) sort.setAttribute("aria-label", `Sort by ${head.textContent}`);
    else sort.append(h("span", {}, ...head.childNodes));
    head.append(sort);
  });
  return () => {
    clear();
    body.append(...rows);
  };
}

/** Show which row a point of the chart belongs to. */
function mark(rows: HTMLTableRowElement[], id: string): void {
  for (const row of rows) {
    const found = row.dataset.id === id;
    row.classList.toggle("il6-marked", found);
    if (found) row.scrollIntoView({ block: "center", inline: "nearest", behavior: still() ? "auto" : "smooth" });
  }
}

function still(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function field(label: string, control: HTMLElement): HTMLElement {
  control.id = uniqueId("data");
  return h("div", { class: "il6-field" }, h("label", { for: control.id }, label), control);
}

function select(values: string[]): HTMLSelectElement {
  const options = values.map((value) => h("option", { value }, value || "(empty)"));
  return h("select", { autocomplete: "off" }, h("option", {}, "All"), ...options);
}

function distinct(values: string[]): string[] {
  const found = [...new Set(values)];
  return sortedOrder(found, false).map((i) => found[i]);
}

/** For comparing: without capitals and accents. */
function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

function parsed(list: string | undefined): string[] {
  return JSON.parse(list ?? "[]") as string[];
}
