/** Building elements, and waiting for quiet. */

type Attributes = Record<string, string | number | boolean | null | undefined>;
type Child = Node | string | null | undefined;

/** An element with attributes and children; `false`, null and undefined leave an attribute out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== null && child !== undefined) element.append(child);
  return element;
}

/** A native button; never a submit button. */
export function button(label: string, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const element = h("button", { type: "button", class: "il6-button", ...attributes }, label);
  element.addEventListener("click", onClick);
  return element;
}

let count = 0;

/** An id no other element on the page has. */
export function uniqueId(stem: string): string {
  count += 1;
  return `il6-${stem}-${count}`;
}

/** Run `action` once things have been quiet for `delay` milliseconds. */
export function debounce(action: () => void, delay: number): { call(): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    call: () => {
      clearTimeout(timer);
      timer = setTimeout(action, delay);
    },
    cancel: () => { clearTimeout(timer); },
  };
}
