import type { SyncOverview } from '@/core/team-doors.ts';

/** A person's own edits, each counted once: where it has come furthest. */
export interface OwnEdits {
  readonly all: number;
  readonly here: number;
  /** At a target, and no other device has confirmed it yet. */
  readonly handedOver: number;
  readonly held: number;
}

/** What is held by another device has left this one, even if the target it went through was removed since. */
export function ownEdits({ changes, handedOver, held }: SyncOverview['own']): OwnEdits {
  const left = Math.min(changes, Math.max(handedOver, held));
  return { all: changes, here: changes - left, handedOver: left - Math.min(held, left), held };
}
