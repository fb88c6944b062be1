import type { Bytes } from '../base/bytes.ts';
import { CodedError } from '../base/coded-error.ts';
import type { Change } from '../changes/change.ts';
import { foldChanges } from '../changes/register.ts';
import type { CopyPart, JournalHost } from '../host/host.ts';
import { openJournal } from '../journal/journal.ts';
import { asSyncEntry } from '../sync/journal-entries.ts';
import { SyncState } from '../sync/sync-state.ts';
import { openDevice } from '../vault/device.ts';
import { deriveSealers } from '../vault/envelope.ts';
import { type Header, parseHeader } from '../vault/header.ts';
import type { Opened } from '../vault/slots.ts';
import type { Progress } from '../workspace.ts';
import { hashOfLines, stateLine } from './state-hash.ts';

const LARGEST_FILE = 64 * 1024;

/** What a safety copy holds, read with nothing but itself and a secret. */
export interface ReadCopy {
  /** Of every record's visible values, as `Session.stateHash`. */
  readonly hash: string;
  /** Those that are not deleted. */
  readonly observations: number;
  /** True when some of it cannot be read. */
  readonly damaged: boolean;
}

/**
 * Reads a copy as another computer would; nothing is written. Errors: `vault/foreign`, `vault/newer`, those of
 * `openKey`, and the host's.
 */
export async function readCopy(
  copy: {
    read(what: CopyPart, from: number, length: number): Promise<Uint8Array>;
    readonly journalBytes: number;
  },
  openKey: (header: Header) => Promise<Opened>,
  onProgress: (progress: Progress) => void,
): Promise<ReadCopy> {
  onProgress({ step: 'deriving', done: 0, total: 0 });
  const header = parseHeader(await copy.read('header', 0, LARGEST_FILE));
  if (!header.ok) throw new CodedError(header.error, 'The header of the safety copy cannot be read.');
  const { vaultKeyBytes, intact } = await openKey(header.value);
  const sealers = await deriveSealers(vaultKeyBytes);
  vaultKeyBytes.fill(0);
  const device = (await copy.read('device', 0, LARGEST_FILE)) as Bytes;
  const opensDevice = await openDevice(device, sealers.device, header.value.vault).then(
    () => true,
    () => false,
  );

  const records = new Map<string, Change[]>();
  // Packs from other devices lie in the journal as they came.
  const sync = new SyncState();
  const { report } = await openJournal({
    host: readOnly(copy.read, copy.journalBytes),
    sealer: sealers.journal,
    vaultId: header.value.vault,
    async onEntry(entry, _position, place) {
      const received = asSyncEntry(entry);
      const brought = received === null ? [] : await sync.take(received, place);
      for (const change of entry.kind === 'changes' ? entry.changes : brought) {
        const known = records.get(change.record);
        if (known === undefined) records.set(change.record, [change]);
        else known.push(change);
      }
    },
    onProgress: (done, total) => onProgress({ step: 'reading', done, total }),
  });
  const lines: string[] = [];
  let observations = 0;
  for (const changes of records.values()) {
    const state = foldChanges(changes);
    if (state.type === 'observation' && state.deletion !== 'deleted') observations += 1;
    lines.push(await stateLine(state));
  }
  const damaged = !intact || !opensDevice || report.torn !== null || report.damage.length > 0;
  return { hash: await hashOfLines(lines), observations, damaged };
}

/** The copy's journal as one that can only be read. */
function readOnly(
  read: (what: CopyPart, from: number, length: number) => Promise<Uint8Array>,
  size: number,
): JournalHost {
  const refuse = async (): Promise<never> => {
    throw new CodedError('host/refused', 'Nothing is written into a copy.');
  };
  return {
    size: async () => size,
    read: (from, length) => read('journal', from, Math.min(length, size - from)),
    append: refuse,
    setAside: refuse,
  };
}
