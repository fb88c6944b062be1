/** Something that happened to the vault which the person should know; `code` is translated, nothing is lost silently. */
export interface Notice {
  /** `journal/torn` (kept aside: detail.file, detail.bytes), `journal/damaged` (detail.frames unreadable in the middle, the
   * rest is used), `journal/shorter` (the cache knew more than the journal), `cache/rebuilt`, `cache/lost` (emptied under
   * the open vault: the next unlock rebuilds it), `header/damaged` (another key slot than the one that opened the vault),
   * `device/renewed` (its file was missing), `device/moved` (another machine), `device/restored` (from a safety copy),
   * `changes/twins` (two different changes under one id), `draft/unreadable`, `exit/unclean` (the program before this one
   * did not end in good order). */
  readonly code: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

export interface Progress {
  /** `deriving` (no figures), `reading`, `rebuilding`, `indexing`, `writing`. */
  readonly step: string;
  readonly done: number;
  readonly total: number;
}
