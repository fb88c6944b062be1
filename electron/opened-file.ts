import { isAbsolute, resolve } from 'node:path';
import { CodedError } from '../renderer/core/host/contract.ts';
import { type Disk, onDisk } from './disk.ts';
import { readUpTo } from './durable.ts';

/**
 * A file that the system asks the program to open: a double click, a second start with a name, macOS' own event. Only its
 * bytes go to the window, once; what they are is found out there, by the parsers that would take such a file in.
 */
const OURS = /\.bkj$/i;
const MOST_BYTES = 16_000_000;

export interface OpenedFile {
  /** Notes the file among a program's arguments, if there is one. */
  noteArguments(args: readonly string[], folder: string): void;
  note(path: string): void;
  /** Errors: `file/too-large`, `file/unreadable`. */
  take(): Promise<Uint8Array | null>;
}

/** `onNoted` is told when there is something to take. */
export function createOpenedFile(disk: Disk, onNoted: () => void): OpenedFile {
  let waiting: string | null = null;

  const note = (path: string): void => {
    waiting = path;
    onNoted();
  };

  async function read(path: string): Promise<Uint8Array> {
    const file = await disk.open(path, 'read');
    try {
      if ((await file.size()) > MOST_BYTES)
        throw new CodedError('file/too-large', 'The file is larger than any of ours.');
      return await readUpTo(file, 0, MOST_BYTES);
    } finally {
      await file.close();
    }
  }

  return {
    note,
    noteArguments(args, folder) {
      const named = args.filter((arg) => !arg.startsWith('-') && OURS.test(arg)).at(-1);
      if (named !== undefined) note(isAbsolute(named) ? named : resolve(folder, named));
    },
    async take() {
      const path = waiting;
      waiting = null;
      if (path === null) return null;
      try {
        // A device or a pipe by that name would never end.
        if ((await disk.kind(path)) !== 'file') throw new Error('It is no plain file.');
        return await onDisk(() => read(path));
      } catch (error) {
        if (error instanceof CodedError && error.code === 'file/too-large') throw error;
        throw new CodedError('file/unreadable', 'The file cannot be read.');
      }
    },
  };
}
