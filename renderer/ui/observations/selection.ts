/** Chosen observations by id, and the row from which Shift extends the choice. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** What was chosen before Shift began to extend, and where it began; null when there is nothing to extend from. */
  readonly anchor: { readonly index: number; readonly before: ReadonlySet<string> } | null;
}

export const NOTHING: Selection = { ids: new Set(), anchor: null };

/** Chooses one row more, or one less; later extensions start here. */
export function toggle(selection: Selection, id: string, index: number): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: { index, before: ids } };
}

/** Chooses every row from the anchor to the one at hand (`range`, both included), besides what was chosen before. */
export function extend(selection: Selection, from: number, range: readonly string[]): Selection {
  const before = selection.anchor?.before ?? selection.ids;
  return {
    ids: new Set([...before, ...range]),
    anchor: selection.anchor ?? { index: from, before },
  };
}

export const all = (ids: readonly string[]): Selection => ({ ids: new Set(ids), anchor: null });

/** The choice without what is no longer there. The same object when everything is. */
export function keepOnly(selection: Selection, existing: readonly string[]): Selection {
  const there = new Set(existing);
  const ids = [...selection.ids].filter((id) => there.has(id));
  return ids.length === selection.ids.size ? selection : { ids: new Set(ids), anchor: null };
}
