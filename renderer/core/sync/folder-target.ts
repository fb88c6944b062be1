import type { Bytes } from '../base/bytes.ts';
import { CodedError } from '../base/coded-error.ts';
import type { Host } from '../host/host.ts';
import { type OpenTarget, TARGET_PATH } from './target.ts';

/**
 * A target in a folder: a USB stick, a folder that Syncthing or a cloud's client carries on.
 *
 * The host does what a file system needs (`FoldersHost`): whole files or none, read back and compared, names found
 * again that were changed in case. There are no tags: nothing travels that could be spared. A stick that was taken
 * out is `target/unreachable`; once it is back in the same place, the next call goes on with it.
 *
 * Errors of opening: `target/unreachable` (no such folder, no such stick), `target/failed` with detail.reason `path`
 * (not the whole path of a folder on this machine, or one in the vault).
 */
export async function openFolderTarget(host: Pick<Host, 'folders'>, path: string): Promise<OpenTarget> {
  const { folders } = host;
  let grant: string | null = await openGrant(folders, path);
  let closed = false;

  /** Calls the host with a living grant, and in the port's words when it fails. */
  async function withGrant<T>(what: 'read' | 'write', call: (grant: string) => Promise<T>): Promise<T> {
    if (closed) throw new CodedError('target/unreachable', 'The target was closed.');
    try {
      grant ??= await openGrant(folders, path);
      return await call(grant);
    } catch (error) {
      const coded = asTargetError(error, what);
      // Another drive may be there by the next time, or the same one anew.
      if (coded.code === 'target/unreachable' || coded.detail.reason === 'grant') grant = null;
      throw coded;
    }
  }

  return {
    list: (folder) => withGrant('read', (grant) => folders.list(grant, folder)),

    get: (file, { maxBytes }) =>
      withGrant('read', async (grant) => {
        const bytes = await folders.read(grant, file, maxBytes);
        return bytes === null ? { state: 'absent' } : { state: 'found', bytes: bytes as Bytes, tag: null };
      }),

    async put(file, bytes) {
      if (!TARGET_PATH.test(file)) throw new CodedError('target/failed', 'This is no path of a target.');
      await withGrant('write', (grant) => folders.write(grant, file, bytes));
    },

    async close() {
      closed = true;
    },
  };
}

async function openGrant(folders: Host['folders'], path: string): Promise<string> {
  try {
    return (await folders.open(path)).id;
  } catch (error) {
    const coded = asTargetError(error, 'read');
    if (coded.detail.reason !== 'grant') throw coded;
    throw new CodedError('target/failed', 'The path does not name a folder of this machine.', {
      reason: 'path',
    });
  }
}

function asTargetError(error: unknown, what: 'read' | 'write'): CodedError {
  if (!(error instanceof CodedError)) return new CodedError('target/failed', 'The folder failed.');
  const { code, detail } = error;
  if (code.startsWith('target/')) return error;
  if (code === 'disk/full') return new CodedError('target/full', 'The drive is full.', detail);
  if (code === 'disk/read-only') {
    return what === 'write'
      ? new CodedError('target/read-only', 'The folder cannot be written.', detail)
      : new CodedError('target/refused', 'The folder cannot be read.', detail);
  }
  const reason = code === 'host/refused' ? 'grant' : code;
  return new CodedError('target/failed', 'The folder failed.', { ...detail, reason });
}
