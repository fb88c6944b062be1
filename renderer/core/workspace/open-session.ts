import type { Clock, Random } from '../base/clock.ts';
import { codeOf } from '../base/coded-error.ts';
import type { Change } from '../changes/change.ts';
import type { Cache } from '../host/cache.ts';
import type { Host } from '../host/host.ts';
import { signChanges } from '../journal/entry.ts';
import { START } from '../journal/frame.ts';
import { type JournalReport, openJournal, type Position } from '../journal/journal.ts';
import { asSyncEntry } from '../sync/journal-entries.ts';
import { type Device, deviceSigner } from '../vault/device.ts';
import type { Sealers } from '../vault/envelope.ts';
import type { Notice, Progress, WorkspaceEvent } from '../workspace.ts';
import { Drafts } from './drafts.ts';
import { RecordStore } from './record-store.ts';
import type { ReferenceData } from './reference-data.ts';
import { SearchRoom } from './search-room.ts';
import { Session } from './session.ts';
import type { SpaceRoom } from './space-room.ts';
import { SyncCache } from './sync-cache.ts';

/** Changes taken in together while the journal is replayed. */
const BATCH = 500;

interface SessionPorts {
  readonly host: Host;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly random: Random;
  readonly reference: ReferenceData;
  readonly space: Pick<SpaceRoom, 'demand'>;
  readonly emit: (event: WorkspaceEvent) => void;
}

interface OpenVault {
  readonly vaultId: string;
  readonly sealers: Sealers;
  readonly device: Device;
  readonly keepDevice: (device: Device) => Promise<void>;
}

interface OpenedSession {
  readonly session: Session;
  readonly notices: readonly Notice[];
}

/**
 * Opens an unlocked vault: the cache's image first, then what the journal holds beyond it; the whole journal
 * where there is no usable image. Whatever was damaged, missing or rebuilt is in the notices.
 */
export async function openSession(
  ports: SessionPorts,
  vault: OpenVault,
  onProgress: (progress: Progress) => void,
): Promise<OpenedSession> {
  try {
    return await open(ports, vault, onProgress, { byImage: true });
  } catch (error) {
    if (codeOf(error) !== 'cache/unreadable') throw error;
  }
  // What is read at once was whole, and what the journal's end asked for was not.
  return open(ports, vault, onProgress, { byImage: false });
}

async function open(
  ports: SessionPorts,
  vault: OpenVault,
  onProgress: (progress: Progress) => void,
  { byImage }: { readonly byImage: boolean },
): Promise<OpenedSession> {
  const notices: Notice[] = [];
  const search = new SearchRoom(ports.cache, vault.sealers.index, ports.reference.synonyms);
  const sync = new SyncCache(ports.cache, vault.sealers.cache);
  const store = new RecordStore(ports.cache, vault.sealers.cache, () => search.pending(), sync);
  onProgress({ step: 'reading', done: 0, total: 0 });
  const image = byImage ? await store.load() : null;
  const meta = image !== null && (await sync.load()) ? image : null;
  if (meta === null) {
    sync.forget();
    await store.reset();
  }
  const indexed = meta?.indexed === true && (await search.restore(store.rows.length));

  const inJournal = new Set<string>();
  const twins: string[] = [];
  const touched = new Set<string>();
  let waiting: Change[] = [];
  let behind: Position | null = null;
  let before: Position = meta?.position ?? START;
  let anew = false;
  const takeIn = async (): Promise<void> => {
    if (behind === null) return;
    const taken = await store.apply(waiting, behind);
    twins.push(...taken.twins);
    for (const id of taken.touched.keys()) touched.add(id);
    waiting = [];
  };
  const { journal, report } = await openJournal({
    host: ports.host.journal,
    sealer: vault.sealers.journal,
    vaultId: vault.vaultId,
    from: meta?.position,
    async onEntry(entry, position, place) {
      if (!anew && meta !== null && position.sequence <= meta.position.sequence) {
        // The journal is not the one the image was made from: what it does not hold is not known of exchange either.
        sync.forget();
        before = START;
        anew = true;
      }
      behind = position;
      if (entry.kind === 'changes') {
        sync.state.wrote(entry.changes, before);
        for (const change of entry.changes) inJournal.add(change.id);
        waiting.push(...entry.changes);
      } else {
        const known = asSyncEntry(entry);
        if (known !== null) {
          const brought = await sync.state.take(known, place);
          for (const change of brought) inJournal.add(change.id);
          waiting.push(...brought);
        }
      }
      before = position;
      if (waiting.length >= BATCH) await takeIn();
    },
    onProgress(done, total) {
      onProgress({ step: meta === null ? 'rebuilding' : 'reading', done, total });
    },
  });
  await takeIn();

  const signer = await deviceSigner(vault.device);
  if (report.shorter) {
    if (!anew) sync.forget();
    // The image knows changes that the journal has lost: they go back into it, none is dropped.
    const lost = await store.changesMissingFrom(inJournal);
    if (lost.length > 0) {
      const end = journal.position;
      store.movedTo(await journal.appendAll(await signChanges(lost, signer)));
      sync.state.wrote(lost, end);
    }
    notices.push({ code: 'journal/shorter', detail: { recovered: lost.length } });
  }
  if (meta === null && report.frames > 0) {
    notices.push({ code: 'cache/rebuilt', detail: { observations: store.rows.length } });
  }
  notices.push(...noticesOf(report));
  if (twins.length > 0) notices.push({ code: 'changes/twins', detail: { changes: twins.length } });
  const session = new Session({
    store,
    search,
    drafts: new Drafts({
      files: ports.host.files,
      sealer: vault.sealers.drafts,
      clock: ports.clock,
      random: ports.random,
      changesOf: (record) => store.changes(record),
      notify: (notice) => ports.emit({ event: 'notice', notice }),
    }),
    reference: ports.reference,
    space: ports.space,
    clock: ports.clock,
    random: ports.random,
    state: sync.state,
    journal,
    device: vault.device,
    signer,
    keepDevice: vault.keepDevice,
    emit: ports.emit,
  });
  if (indexed) await session.reindex([...touched]);
  // A failure here costs time at the next unlock, nothing else.
  if (touched.size > 0 || report.shorter) await store.flush();
  return { session, notices };
}

function noticesOf(report: JournalReport): Notice[] {
  const notices: Notice[] = [];
  const { torn, damage, misplaced, unreadable } = report;
  if (torn !== null) {
    notices.push({ code: 'journal/torn', detail: { bytes: torn.bytes, file: torn.file ?? '' } });
  }
  const missing = damage.reduce((sum, stretch) => sum + stretch.missing, 0) + misplaced + unreadable;
  if (damage.length > 0 || missing > 0) {
    notices.push({ code: 'journal/damaged', detail: { frames: missing } });
  }
  return notices;
}
