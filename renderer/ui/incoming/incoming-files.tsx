import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { codeOf } from '@/core/base/coded-error.ts';
import { MOST_INCOMING_BYTES } from '@/core/model/incoming-file.ts';
import { useWorkspace, useWorkspaceEvent } from '../app/workspace.tsx';
import { DropZone } from './drop-zone.tsx';
import { type Incoming, IncomingDialog, type NotLookedAt } from './incoming-dialog.tsx';

const NO_BYTES = new Uint8Array(0);

const ShowContext = createContext<((files: readonly File[]) => void) | null>(null);

/** Shows files that somebody chose with a button as those that are dropped are shown. */
export function useShowFiles(): (files: readonly File[]) => void {
  const showFiles = useContext(ShowContext);
  if (showFiles === null) throw new Error('Files are shown outside of IncomingFiles.');
  return showFiles;
}

/**
 * Files from elsewhere, dropped on the window, chosen below or opened by the system, lead here: they are looked at, shown
 * for what they are, and nothing is done with them before somebody says so.
 */
export function IncomingFiles({ children }: { readonly children: ReactNode }) {
  const { incoming } = useWorkspace();
  const [shown, setShown] = useState<Incoming | null>(null);

  const look = async (name: string, bytes: Uint8Array) => {
    setShown({ name, bytes, file: null });
    try {
      setShown({ name, bytes, file: await incoming.look(bytes) });
    } catch (error) {
      setShown({ name, bytes, file: null, failure: { error, again: () => void look(name, bytes) } });
    }
  };
  const refuse = (name: string, kind: NotLookedAt) => setShown({ name, bytes: NO_BYTES, file: { kind } });

  const showFiles = async (files: readonly File[]) => {
    const [file] = files;
    if (file === undefined) return;
    if (files.length > 1) return refuse(file.name, 'several');
    if (file.size > MOST_INCOMING_BYTES) return refuse(file.name, 'too-large');
    // A folder comes as a file that cannot be read.
    const bytes = await file.arrayBuffer().catch(() => null);
    if (bytes === null) return refuse(file.name, 'unreadable');
    await look(file.name, new Uint8Array(bytes));
  };
  const takeOpened = async () => {
    try {
      const bytes = await incoming.opened();
      if (bytes !== null) await look('', bytes);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'file/too-large') return refuse('', 'too-large');
      if (code === 'file/unreadable') return refuse('', 'unreadable');
      // It is handed over once, so it has to be opened anew from its folder.
      setShown({ name: '', bytes: NO_BYTES, file: null, failure: { error, again: null } });
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for what was opened before the vault was.
  useEffect(() => {
    void takeOpened();
  }, []);
  useWorkspaceEvent(({ event }) => {
    if (event === 'file') void takeOpened();
  });

  return (
    <ShowContext value={(files) => void showFiles(files)}>
      {children}
      <DropZone onFiles={(files) => void showFiles(files)} />
      {shown !== null && <IncomingDialog incoming={shown} onClose={() => setShown(null)} />}
    </ShowContext>
  );
}
