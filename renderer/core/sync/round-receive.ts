import type { Bytes } from '../base/bytes.ts';
import type { DeviceId } from '../base/ids.ts';
import type { Result } from '../base/result.ts';
import type { Chain, LineEnd } from './chain.ts';
import { FILE_LIMIT, parseFile } from './envelope.ts';
import { raiseFlag } from './flags.ts';
import type { Head } from './head.ts';
import { packName, packPath, shardFolders } from './layout.ts';
import { endsTold, walkBack } from './line-walk.ts';
import type { Round } from './meeting.ts';
import type { OpenedPack } from './pack.ts';
import type { Membership } from './roster.ts';
import { askBeside, fetchFile, listFolder } from './round-files.ts';
import { foundBad, isLeftAlone, type ShownHead } from './target-memory.ts';
import { type Refusal, verifyPack } from './verify-pack.ts';

/** A device's packs were out of reach for so many rounds in a row before a person is told. */
const PATIENCE = 3;
/** Packs that wait for the one before them, within one device's turn. */
const WAITING_LIMIT = 128;
/** Unknown files of one shard that are looked at: it holds 64 packs, and perhaps a few copies of each. */
const MOST_IN_SHARD = 256;
/** Shards in a row without a file after which no more are listed: nobody writes so far ahead of what is there. */
const MOST_EMPTY = 3;

/**
 * Packs asked for beside each other: on a slow line most of the time is waiting. A few of the long ones, so that a
 * line that breaks, broken off in all of them, has not carried much in vain.
 */
const AT_ONCE = 16;
const BYTES_AT_ONCE = 64 * 1024;

/** Receives what every device has put. True when devices came to light whose heads were not read yet. */
export async function receiveAll(round: Round): Promise<boolean> {
  const before = round.ledger.state.membership?.roster.devices.size ?? 0;
  const { signer, state } = round.ledger;
  forgetWanted(round);
  const devices = [...(state.membership?.roster.devices.keys() ?? [])].filter(
    (device) => device !== signer.device,
  );
  round.control.begin('receiving', expectedBytes(round, devices));
  const receptions = devices.map((device) => new Reception(round, device));
  await receiveNamed(round, receptions);
  for (const reception of receptions) await reception.run();
  return (state.membership?.roster.devices.size ?? 0) > before;
}

/** What nobody tells of any longer, or has come from elsewhere, is not looked for. */
function forgetWanted(round: Round): void {
  const { memory, ledger } = round;
  for (const [hash, device] of Object.entries(memory.wanted)) {
    const stillTold = endsTold(round, device).has(hash) || memory.shown[device]?.hash === hash;
    if (!stillTold || ledger.state.chain(device).has(hash)) delete memory.wanted[hash];
  }
}

/** What the heads name that is not here, and what is missing before that, which no head tells, at the mean of what it names. */
function expectedBytes(round: Round, devices: readonly DeviceId[]): number {
  let sum = 0;
  for (const device of devices) {
    const shown = round.memory.shown[device];
    const chain = round.ledger.state.chain(device);
    if (shown === undefined || chain.has(shown.hash)) continue;
    const recent = recentOf(round, device);
    for (const [, hash, bytes] of recent) if (!chain.has(hash)) sum += bytes;
    const unnamed = (recent[0]?.[0] ?? 0) - 1 - chain.seq;
    sum += Math.max(0, unnamed) * meanOf(recent);
  }
  return sum;
}

const recentOf = (round: Round, device: DeviceId): Head['recent'] =>
  round.ledger.state.head(device)?.head.recent ?? [];

const meanOf = (recent: Head['recent']): number =>
  recent.reduce((sum, [, , bytes]) => sum + bytes, 0) / Math.max(1, recent.length);

interface NamedPack {
  readonly path: string;
  /** As the device's head tells. */
  readonly bytes: number;
}

/** What the heads name, of whichever device: in a large team most have one or two packs that are new. */
async function receiveNamed(round: Round, receptions: readonly Reception[]): Promise<void> {
  const named = receptions.flatMap((reception) => reception.named().map((pack) => ({ reception, ...pack })));
  for (let at = 0; at < named.length; ) {
    let [count, bytes] = [1, named[at]?.bytes ?? 0];
    while (count < AT_ONCE && at + count < named.length) {
      bytes += named[at + count]?.bytes ?? 0;
      if (bytes > BYTES_AT_ONCE) break;
      count += 1;
    }
    await askBeside(
      named.slice(at, at + count),
      async ({ reception, path, bytes }) => ({
        reception,
        path,
        bytes: await reception.getNamed(path, bytes),
      }),
      (came) =>
        takeInAll(
          round,
          came.flatMap(({ bytes, ...file }) => (bytes === null ? [] : [{ ...file, bytes }])),
        ),
    );
    at += count;
  }
}

async function takeInAll(round: Round, received: readonly ReceivedFile[]): Promise<void> {
  let files = received;
  // A pack links to the one before it, so of each device one at a time.
  while (files.length > 0) {
    const next = files.filter(
      ({ reception }, i) => files.findIndex((one) => one.reception === reception) === i,
    );
    files = files.filter((file) => !next.includes(file));
    await takeIn(round, next);
  }
}

interface ReceivedFile {
  readonly reception: Reception;
  /** Where it lay, to be left alone if it is no pack; null for what was asked for by its hash. */
  readonly path: string | null;
  readonly bytes: Bytes;
}

/** At most one file of each device. What is taken in costs one flush of the disk together. */
async function takeIn({ ledger }: Round, files: readonly ReceivedFile[]): Promise<void> {
  const looked = await Promise.all(
    files.map(async (file) => ({ ...file, opened: await file.reception.open(file.bytes) })),
  );
  const fresh = looked.flatMap(({ reception, opened }) =>
    opened.ok && !reception.chain.has(opened.value.hash)
      ? [{ reception, pack: opened.value, wasForked: reception.chain.forked }]
      : [],
  );
  const brought = await ledger.keep(
    fresh.map(({ pack }) => ({
      entry: { kind: 'pack', own: false, fileBytes: pack.file.bytes },
      opened: pack,
    })),
  );
  for (const [i, { reception, pack, wasForked }] of fresh.entries()) {
    await reception.kept(pack, brought[i] ?? 0, wasForked);
  }
  for (const { reception, path, bytes, opened } of looked) {
    if (opened.ok) await reception.link(opened.value.hash);
    else await reception.refused(opened.error, bytes, path);
  }
}

/** One device's packs from one target. */
class Reception {
  readonly #round: Round;
  readonly #device: DeviceId;
  readonly #membership: Membership;
  readonly #waiting: { readonly prev: string; readonly bytes: Bytes }[] = [];

  constructor(round: Round, device: DeviceId) {
    this.#round = round;
    this.#device = device;
    this.#membership = round.ledger.state.membership as Membership;
  }

  /** The packs that the device's head names and that are not here, where none is missing before them. */
  named(): readonly NamedPack[] {
    const { memory } = this.#round;
    const shown = memory.shown[this.#device];
    const { chain } = this;
    if (shown === undefined || chain.has(shown.hash)) return [];
    const named = recentOf(this.#round, this.#device).filter(
      ([seq, hash]) => seq <= shown.seq && !chain.has(hash),
    );
    // A gap before them: only the shards tell what is in it.
    if ((named[0]?.[0] ?? Number.POSITIVE_INFINITY) > chain.seq + 1) return [];
    return named.map(([seq, hash, bytes]) => ({
      path: packPath(this.#membership.workspace, this.#device, seq, hash),
      bytes,
    }));
  }

  /** What the head named has been asked for. Goes where it leads beyond that, then to the ends that others tell of. */
  async run(): Promise<void> {
    const { memory } = this.#round;
    const shown = memory.shown[this.#device];
    const { chain } = this;
    if (shown !== undefined && !chain.has(shown.hash)) await this.#follow(shown);
    else if (shown !== undefined) delete memory.lacking[this.#device];
    for (const [hash, seq] of endsTold(this.#round, this.#device)) {
      if (!chain.has(hash)) await this.#seek([seq, hash]);
    }
  }

  async #follow(shown: ShownHead): Promise<void> {
    const { chain } = this;
    await this.#searchShards(chain.seq, shown.seq, meanOf(recentOf(this.#round, this.#device)));
    if (!chain.has(shown.hash)) await this.#walk([shown.seq, shown.hash]);
    await this.#conclude(shown.hash);
  }

  /** Looks for an end that another device holds; where it is not to be had, who holds it will be asked for it. */
  async #seek([seq, hash]: LineEnd): Promise<void> {
    const { memory } = this.#round;
    const path = packPath(this.#membership.workspace, this.#device, seq, hash);
    if (isLeftAlone(memory, path, null)) return;
    const { chain } = this;
    await this.#walk([seq, hash]);
    // Something may lie before the gap: who answers begins where this device's receipt ends.
    if (!chain.has(hash) && seq !== chain.seq + 1) await this.#searchShards(chain.seq, seq, 0);
    if (chain.has(hash)) return;
    foundBad(memory, path, null);
    memory.wanted[hash] = this.#device;
  }

  /** Goes back from a line's end to where it leaves what is known: far back, where a device was copied long ago. */
  async #walk(end: LineEnd): Promise<void> {
    const { workspace } = this.#membership;
    const { chain } = this;
    const { files } = await walkBack(chain, end, (seq, hash) =>
      this.get(packPath(workspace, this.#device, seq, hash), null, null),
    );
    for (const bytes of files) await takeIn(this.#round, [{ reception: this, path: null, bytes }]);
  }

  /**
   * Every file of the shards that is not known by name: renamed files and conflicted copies are among them. `taken` is
   * for how much each of them that the head does not name was taken.
   */
  async #searchShards(held: number, until: number, taken: number): Promise<void> {
    const { memory, control } = this.#round;
    const { chain } = this;
    let empty = 0;
    const known = new Set(chain.all.map((pack) => packName(pack.seq, pack.hash)));
    const named = new Set(recentOf(this.#round, this.#device).map(([seq, hash]) => packName(seq, hash)));
    // One shard further back: a fork begins before the last pack known.
    const from = Math.max(1, Math.min(held, until) - 63);
    for (const folder of shardFolders(
      this.#membership.workspace,
      this.#device,
      from,
      Math.max(from, until),
    )) {
      await control.ready();
      const listed = await listFolder(this.#round, folder);
      empty = listed === null || listed.length === 0 ? empty + 1 : 0;
      if (listed === null) await this.#leaveAside(folder, null);
      if (empty === MOST_EMPTY) return;
      if (listed === null) continue;
      const unknown = listed
        .filter(({ name }) => !known.has(name))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      // More than are remembered as bad would be read at every round.
      if (unknown.length > MOST_IN_SHARD) await this.#tellUnreadable();
      const files = unknown
        .slice(0, MOST_IN_SHARD)
        .map(({ name, size }) => ({ name, size, path: `${folder}/${name}` }))
        .filter(({ size, path }) => !isLeftAlone(memory, path, size));
      control.expect(
        files.reduce((sum, { name, size }) => sum + (named.has(name) ? 0 : (size ?? taken) - taken), 0),
      );
      for (const { path, size } of files) {
        const bytes = await this.get(path, size, size ?? taken);
        if (bytes !== null) await takeIn(this.#round, [{ reception: this, path, bytes }]);
      }
    }
  }

  /**
   * A pack of the length that its head tells. Null where there is none; a longer file waits for its own turn, so that
   * no head makes its reader hold more at once than it told of.
   */
  async getNamed(path: string, told: number): Promise<Bytes | null> {
    const fetched = await fetchFile(this.#round, path, { maxBytes: Math.min(told, FILE_LIMIT) }, told);
    return fetched.state === 'found' ? fetched.bytes : null;
  }

  /** Null when there is nothing that could be a pack. `told`: see `RoundControl.transfer`. */
  async get(path: string, size: number | null, told: number | null): Promise<Bytes | null> {
    if (size === null || size <= FILE_LIMIT) {
      const fetched = await fetchFile(this.#round, path, { maxBytes: FILE_LIMIT }, told);
      if (fetched.state === 'found') return fetched.bytes;
      if (fetched.state !== 'too-long' && fetched.state !== 'unread') return null;
    }
    await this.#leaveAside(path, size);
    return null;
  }

  async #leaveAside(path: string, size: number | null): Promise<void> {
    if (foundBad(this.#round.memory, path, size)) await this.#tellUnreadable();
  }

  #tellUnreadable(): Promise<void> {
    const { ledger, name } = this.#round;
    return raiseFlag(ledger, 'sync/unreadable', { device: this.#device, target: name, ...this.#who() });
  }

  get chain(): Chain {
    return this.#round.ledger.state.chain(this.#device);
  }

  open(bytes: Bytes): Promise<Result<OpenedPack, Refusal>> {
    return verifyPack(bytes, this.#device, this.#membership, this.chain);
  }

  /** A file that cannot be taken in: one whose turn comes after another one is kept until then. */
  async refused(why: Refusal, bytes: Bytes, path: string | null): Promise<void> {
    if (why === 'bad') {
      if (path !== null) await this.#leaveAside(path, bytes.length);
    } else if (why === 'waiting') {
      const parsed = parseFile(bytes, 'BKP1');
      if (parsed.ok && this.#waiting.length < WAITING_LIMIT) {
        this.#waiting.push({ prev: parsed.value.header.prev, bytes });
      }
    } else {
      // Nobody has signed that it is newer, so it may be noise, and is nobody's in particular.
      const { ledger, memory, name } = this.#round;
      if (path !== null) foundBad(memory, path, bytes.length);
      await raiseFlag(ledger, 'sync/newer', { target: name });
    }
  }

  /** The journal has the pack, `taken` of whose changes were let in. `wasForked`: the device had more than one line before. */
  async kept(opened: OpenedPack, taken: number, wasForked: boolean): Promise<void> {
    const { ledger, carried } = this.#round;
    carried.changesIn += taken;
    const refused = opened.refused + opened.content.changes.length - taken;
    if (refused > 0) {
      await raiseFlag(ledger, 'sync/refused', {
        device: this.#device,
        seq: opened.file.header.seq,
        changes: refused,
        ...this.#who(),
      });
    }
    if (this.chain.forked && !wasForked) {
      await raiseFlag(ledger, 'sync/forked', { device: this.#device, ...this.#who() });
    }
  }

  /** Takes in what waited for the pack that has just come. */
  async link(hash: string): Promise<void> {
    for (;;) {
      const at = this.#waiting.findIndex(({ prev }) => prev === hash);
      if (at < 0) return;
      const [next] = this.#waiting.splice(at, 1);
      if (next !== undefined) await takeIn(this.#round, [{ reception: this, path: null, bytes: next.bytes }]);
    }
  }

  async #conclude(hash: string): Promise<void> {
    const { memory, ledger, name } = this.#round;
    if (this.chain.has(hash)) {
      delete memory.lacking[this.#device];
      return;
    }
    memory.wanted[hash] = this.#device;
    const rounds = (memory.lacking[this.#device] ?? 0) + 1;
    memory.lacking[this.#device] = rounds;
    if (rounds >= PATIENCE) {
      await raiseFlag(ledger, 'sync/withheld', { device: this.#device, target: name, ...this.#who() });
    }
  }

  #who(): { member: string } {
    return { member: this.#membership.roster.devices.get(this.#device)?.member ?? '' };
  }
}
