/**
 * The state of explorers in the URL fragment: `#il6-NAME:tab=dose-response&IL6=10&end=60;il6-OTHER:x=1`.
 * Several explorers on a page share the fragment; each writes only its own part.
 */

import type { Values } from "../spec.js";

const PREFIX = "il6-";
const TAB = "tab";

/** What a link carries of one explorer. */
export interface Linked {
  values: Values;
  /** The tab that is open; null for the first. */
  tab: string | null;
}

export function parseFragment(hash: string): Map<string, Linked> {
  const states = new Map<string, Linked>();
  for (const part of hash.replace(/^#/, "").split(";")) {
    if (!part.startsWith(PREFIX) || !part.includes(":")) continue;
    const [key, list] = part.slice(PREFIX.length).split(":", 2);
    const state: Linked = { values: {}, tab: null };
    for (const pair of list.split("&")) {
      const [id, value] = pair.split("=", 2);
      if (id === TAB && value) state.tab = decode(value);
      else if (id && value) state.values[decode(id)] = Number(decode(value));
    }
    states.set(decode(key), state);
  }
  return states;
}

export function formatFragment(states: Map<string, Linked>): string {
  const parts: string[] = [];
  for (const [key, { values, tab }] of states) {
    const open = tab === null ? [] : [`${TAB}=${encodeURIComponent(tab)}`];
    const pairs = Object.entries(values).map(([id, value]) => `${encodeURIComponent(id)}=${shortest(value)}`);
    if (open.length + pairs.length) parts.push(`${PREFIX}${encodeURIComponent(key)}:${[...open, ...pairs].join("&")}`);
  }
  return parts.length ? `#${parts.join(";")}` : "";
}

/** The address of this page with only this explorer's state. */
export function linkTo(key: string, state: Linked, address: string): string {
  return address.replace(/#.*$/, "") + formatFragment(new Map([[key, state]]));
}

/** Put one explorer's state into the address bar and leave the others' alone. */
export function writeFragment(key: string, state: Linked): void {
  const states = parseFragment(location.hash);
  if (state.tab !== null || Object.keys(state.values).length) states.set(key, state);
  else if (!states.delete(key)) return;
  const fragment = formatFragment(states);
  if (fragment !== location.hash) history.replaceState(history.state, "", fragment || location.pathname + location.search);
}

/** The values that differ from the start. */
export function difference(values: Values, start: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([id, value]) => value !== start[id]));
}

const taken = new Map<string, number>();

/** A key for the fragment: the model's name, with a number from the second explorer of a model on. */
export function claimKey(name: string): string {
  const nth = (taken.get(name) ?? 0) + 1;
  taken.set(name, nth);
  return nth === 1 ? name : `${name}.${nth}`;
}

function shortest(value: number): string {
  return String(Number(value.toPrecision(8)));
}

/** A fragment typed by hand may hold a stray percent sign; it is then taken as it stands. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
