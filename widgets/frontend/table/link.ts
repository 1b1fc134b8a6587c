/** What a table and the figure linked to it tell each other; each works without the other. */

/** Sent to a figure: the ids that its table shows, or null when it shows every row. */
export const KEEP = "il6-keep";
/** Sent by a figure: the id of a point that was clicked. */
export const POINT = "il6-point";

export interface Keep {
  ids: ReadonlySet<string> | null;
  /** Id of the table's element. */
  table: string;
}
