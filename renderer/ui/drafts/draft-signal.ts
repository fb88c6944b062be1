/**
 * Tells screens that show drafts when a form's draft was written or taken away: a form that is left writes its last
 * words while the next screen is already there. Within this window; the workspace has no event for drafts.
 */
const listeners = new Set<() => void>();

export function draftsChanged(): void {
  for (const listener of listeners) listener();
}

/** Calls `listener` after every change until the returned function is called. */
export function onDraftsChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
