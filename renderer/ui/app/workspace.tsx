import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react';
import type { Workspace, WorkspaceEvent } from '@/core/workspace.ts';

type Listener = (event: WorkspaceEvent) => void;
type Flush = () => Promise<void>;

interface Door {
  readonly workspace: Workspace;
  readonly listeners: Set<Listener>;
  readonly flushes: Set<Flush>;
}

const DoorContext = createContext<Door | null>(null);

function useDoor(): Door {
  const door = useContext(DoorContext);
  if (door === null) throw new Error('The workspace is used outside of a WorkspaceProvider.');
  return door;
}

/** Hands the workspace to everything below it and keeps one subscription to its events for the whole window. */
export function WorkspaceProvider(props: { readonly workspace: Workspace; readonly children: ReactNode }) {
  const { workspace, children } = props;
  const door = useMemo<Door>(() => ({ workspace, listeners: new Set(), flushes: new Set() }), [workspace]);
  useEffect(() => {
    let over = false;
    let stop: (() => void) | null = null;
    void workspace
      .subscribe((event) => {
        if (!over) for (const listener of door.listeners) listener(event);
      })
      .then((unsubscribe) => {
        if (over) unsubscribe();
        else stop = unsubscribe;
      });
    return () => {
      over = true;
      stop?.();
    };
  }, [workspace, door]);
  return <DoorContext.Provider value={door}>{children}</DoorContext.Provider>;
}

export function useWorkspace(): Workspace {
  return useDoor().workspace;
}

/** Calls the latest `listener` after every event of the workspace while the component is there. */
export function useWorkspaceEvent(listener: Listener): void {
  const { listeners } = useDoor();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    const call: Listener = (event) => latest.current(event);
    listeners.add(call);
    return () => {
      listeners.delete(call);
    };
  }, [listeners]);
}

/** Registers work that must be on the disk before the vault locks, such as a draft still being typed. */
export function useBeforeLock(flush: Flush): void {
  const { flushes } = useDoor();
  const latest = useRef(flush);
  useEffect(() => {
    latest.current = flush;
  });
  useEffect(() => {
    const call: Flush = () => latest.current();
    flushes.add(call);
    return () => {
      flushes.delete(call);
    };
  }, [flushes]);
}

/** Locks the vault after every registered flush; one that fails does not keep the vault open. */
export function useLock(): () => Promise<void> {
  const { workspace, flushes } = useDoor();
  return useMemo(
    () => async () => {
      await Promise.allSettled([...flushes].map((flush) => flush()));
      await workspace.vault.lock();
    },
    [workspace, flushes],
  );
}
