import { newId } from '@/core/base/ids.ts';
import type { Change } from '@/core/changes/change.ts';
import { type Entry, signChanges } from '@/core/journal/entry.ts';
import type { Position } from '@/core/journal/frame.ts';
import { type JournalReport, openJournal } from '@/core/journal/journal.ts';
import { type Device, deviceSigner, newDevice, type Signer } from '@/core/vault/device.ts';
import { deriveSealers, type Sealer } from '@/core/vault/envelope.ts';
import { type MemoryHost, memoryHost } from '../../support/memory-host.ts';
import { seededRandom } from '../../support/seeded-random.ts';

export const VAULT = '0123456789abcdefghjkmnpqrs';

/** The journal sealer of a vault whose key is 32 times this byte. */
export async function sealerOf(byte = 1): Promise<Sealer> {
  return (await deriveSealers(new Uint8Array(32).fill(byte))).journal;
}

/**
 * Remembers what was opened: a test that replays nearly the same journal ten thousand times opens each frame
 * once, and every altered frame for real.
 */
export function remembering(sealer: Sealer): Sealer {
  const opened = new Map<string, Uint8Array<ArrayBuffer>>();
  const text = ({ buffer, byteOffset, length }: Uint8Array<ArrayBuffer>) =>
    Buffer.from(buffer, byteOffset, length).toString('latin1');
  return {
    seal: (plain, aad) => sealer.seal(plain, aad),
    async open(sealed, aad) {
      const name = text(sealed) + text(aad);
      const known = opened.get(name);
      if (known !== undefined) return known.slice();
      const plain = await sealer.open(sealed, aad);
      opened.set(name, plain.slice());
      return plain;
    },
  };
}

const random = seededRandom(2021);
let device: Promise<Device> | null = null;

export function testDevice(): Promise<Device> {
  device ??= newDevice({ name: 'Айгүл', idleMinutes: 10 }, random);
  return device;
}

export const testSigner = async (): Promise<Signer> => deviceSigner(await testDevice());

/** The nth change of the test device: a title and, with `letters`, a narrative of that length. */
export async function change(n: number, letters = 0): Promise<Change> {
  const { device: id, member } = await testDevice();
  return {
    id: `${id}:${n}`,
    record: newId(random),
    type: 'observation',
    author: member,
    at: '2021-04-12T08:15:30Z',
    fields: {
      title: [`Көчүрүү ${n}`, []],
      ...(letters > 0
        ? { narrative: [Array.from({ length: letters / 10 }, (_, i) => `сөз ${i * n} `).join(''), []] }
        : {}),
    },
  };
}

export async function entry(n: number, letters = 0): Promise<Entry> {
  const [signed] = await signChanges([await change(n, letters)], await testSigner());
  return signed as Entry;
}

export interface Opened {
  readonly entries: readonly Entry[];
  readonly positions: readonly Position[];
  readonly report: JournalReport;
  readonly append: (entry: Entry) => Promise<Position>;
  readonly appendAll: (entries: readonly Entry[]) => Promise<Position>;
  readonly position: () => Position;
}

/** Opens a journal and collects what it replays. */
export async function open(host: MemoryHost, sealer: Sealer, from?: Position): Promise<Opened> {
  const entries: Entry[] = [];
  const positions: Position[] = [];
  const { journal, report } = await openJournal({
    host: host.journal,
    sealer,
    vaultId: VAULT,
    from,
    onEntry: (read, position) => {
      entries.push(read);
      positions.push(position);
    },
  });
  return {
    entries,
    positions,
    report,
    append: (one) => journal.append(one),
    appendAll: (many) => journal.appendAll(many),
    position: () => journal.position,
  };
}

/** A journal of `count` one-change frames, with what went into each and the position behind it. */
export async function written(
  sealer: Sealer,
  count: number,
): Promise<{ host: MemoryHost; entries: Entry[]; positions: Position[] }> {
  const host = memoryHost();
  const journal = await open(host, sealer);
  const entries: Entry[] = [];
  const positions: Position[] = [];
  for (let n = 1; n <= count; n++) {
    const one = await entry(n);
    entries.push(one);
    positions.push(await journal.append(one));
  }
  return { host, entries, positions };
}

/** A host with just this journal on its disk. */
export function hostWith(journal: Uint8Array): MemoryHost {
  const host = memoryHost();
  host.disk.journal = journal;
  return host;
}
