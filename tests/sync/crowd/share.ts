import { mkdir } from 'node:fs/promises';
import { newId } from '@/core/base/ids.ts';
import { writeChange } from '@/core/changes/edit.ts';
import { fieldsOf, foldChanges, seenOf } from '@/core/changes/register.ts';
import { demoPhrasesSchema } from '@/core/model/demo-phrases.ts';
import { toFields } from '@/core/model/fields.ts';
import type { Observation } from '@/core/model/observation.ts';
import { openFolderTarget } from '@/core/sync/folder-target.ts';
import { keptOf } from '@/core/sync/kept.ts';
import { runRound } from '@/core/sync/round.ts';
import { RoundControl } from '@/core/sync/round-control.ts';
import { exchangeJoinFiles } from '@/core/sync/round-join.ts';
import type { OpenTarget } from '@/core/sync/target.ts';
import { demoObservations } from '@/core/workspace/demo.ts';
import { readSeeds } from '@/core/workspace/reference-data.ts';
import { openRealHost, type RealHost } from '../../support/real-host.ts';
import { seedFiles } from '../../support/vault.ts';
import { Chance } from '../simulator/chance.ts';
import { Machine } from '../simulator/machine.ts';

/** What was asked of a target. */
interface Calls {
  list: number;
  get: number;
  put: number;
  /** Most packs that were on their way beside each other. */
  packsAtOnce: number;
}

/** What one sweep, in which every device of a share meets the folder once, came to. */
export interface Sweep {
  readonly changesIn: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly calls: Readonly<Calls>;
  /** Writes to the devices' disks, each with a flush: of the journals, since nothing else is written in a round. */
  readonly flushes: number;
  /** Changes that whichever device knows least knows of. */
  readonly least: number;
  /** Seconds of processor time. */
  readonly busy: number;
}

/** How the devices of a share ended. */
export interface Ending {
  readonly hashes: readonly string[];
  readonly leastChanges: number;
  readonly flags: readonly string[];
  /** Other devices of which the device whose words are held least knows that they hold them. */
  readonly leastHolders: number;
}

const invented = (): Observation[] => {
  const seeds = readSeeds(seedFiles);
  return demoObservations(seeds, demoPhrasesSchema.parse(seeds.demo), '2025-06-30');
};

/** Records that several write in although nobody has met anybody: conflicts by design, of some ten values each. */
const SHARED = 40;
const sharedRecord = (n: number): string => newId(new Chance(77_000 + (n % SHARED)));

/**
 * Some of the crowd's devices in one process: the product's own sessions, packs, signatures and rounds, and its own
 * handlers on a real folder. Their journals and caches are in memory, since two hundred laptops have a disk each.
 */
export class Share {
  readonly #folder: string;
  readonly #changes: number;
  readonly #machines: Machine[];
  #host: RealHost | null = null;

  /** Devices `from` to `to` - 1 of the crowd; `changes` is how many each will write. */
  constructor(folder: string, from: number, to: number, changes: number) {
    this.#folder = folder;
    this.#changes = changes;
    this.#machines = Array.from(
      { length: to - from },
      (_, i) => new Machine(`m${from + i}`, new Chance(from + i + 1)),
    );
  }

  async start(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    this.#host = await openRealHost();
    for (const machine of this.#machines) await machine.start();
  }

  async end(): Promise<void> {
    await this.#host?.close();
  }

  get #founder(): Machine {
    return this.#machines[0] as Machine;
  }

  /** The first device begins the team and invites so many; resolves with the words for each. */
  async found(newcomers: number): Promise<string[]> {
    await this.#founder.team.found('crowd');
    const words: string[] = [];
    for (let i = 0; i < newcomers; i++)
      words.push((await this.#founder.team.invite('monitor')).words.join(' '));
    return words;
  }

  /** All but the founder ask to join, or, asked again, go in: requests and answers travel by the folder. */
  async join(words: readonly string[] | null): Promise<void> {
    const newcomers = this.#machines.slice(words === null ? 0 : -words.length);
    for (const [i, machine] of newcomers.entries()) {
      if (words !== null) await machine.team.ask(words[i] as string);
      await this.#exchange(machine);
      if (words === null && machine.session.state.membership === null) await machine.team.enter();
    }
  }

  /** The founder takes in everybody whose request lies in the folder. */
  async admitAll(): Promise<number> {
    const { team } = this.#founder;
    await this.#exchange(this.#founder);
    const asked = (await team.invitations()).filter(({ state }) => state === 'asked');
    for (const { id } of asked) await team.admit(id);
    await this.#exchange(this.#founder);
    return asked.length;
  }

  async #exchange(machine: Machine): Promise<void> {
    const target = await this.#open();
    await exchangeJoinFiles(machine.team.desk(), target, new RoundControl(machine.clock));
    await target.close();
  }

  #open(): Promise<OpenTarget> {
    if (this.#host === null) throw new Error('The share was not started.');
    return openFolderTarget(this.#host.host, this.#folder);
  }

  /** Everybody writes, offline: new observations, each edited once, and now and then in a record that others write in. */
  async write(): Promise<void> {
    const observations = invented();
    for (const [m, machine] of this.#machines.entries()) {
      const { session } = machine;
      const written: string[] = [];
      for (let i = 0; i < this.#changes; i++) {
        const own = i % 2 === 1 ? written.at(-1) : undefined;
        const record = i % 25 === 9 ? sharedRecord(m + i) : (own ?? newId(session.random));
        const known = await session.store.changes(record);
        const state = known.length === 0 ? null : foldChanges(known);
        const edited =
          state === null
            ? toFields(observations[(m * 31 + i) % observations.length] as Observation)
            : {
                narrative: {
                  text: `${machine.name} ${i}: ${JSON.stringify(fieldsOf(state).title)}`,
                  lang: 'ky',
                },
              };
        const seen = state === null ? {} : seenOf(state);
        await session.write((pen) => [
          writeChange(pen, session.clock, { record, type: 'observation' }, edited, seen),
        ]);
        if (!written.includes(record)) written.push(record);
      }
    }
  }

  /** Every device meets the folder once, one after the other. */
  async sweep(): Promise<Sweep> {
    const calls: Calls = { list: 0, get: 0, put: 0, packsAtOnce: 0 };
    let changesIn = 0;
    let sentBytes = 0;
    let receivedBytes = 0;
    const before = process.cpuUsage();
    const flushed = this.#flushes;
    for (const { session, clock } of this.#machines) {
      const target = await this.#open();
      const control = new RoundControl(clock);
      const memory = session.state.target('folder');
      const round = { ledger: session, target: counted(target, calls), memory, name: 'folder', control };
      changesIn += (await runRound(round)).changesIn;
      await target.close();
      sentBytes += control.sentBytes;
      receivedBytes += control.receivedBytes;
    }
    const least = Math.min(...this.#machines.map((machine) => changesOf(machine)));
    const { user, system } = process.cpuUsage(before);
    return {
      changesIn,
      sentBytes,
      receivedBytes,
      calls,
      flushes: this.#flushes - flushed,
      least,
      busy: (user + system) / 1e6,
    };
  }

  get #flushes(): number {
    return this.#machines.reduce((sum, { host }) => sum + host.disk.writes, 0);
  }

  async ending(): Promise<Ending> {
    const hashes = new Set<string>();
    const flags = new Set<string>();
    let leastChanges = Number.POSITIVE_INFINITY;
    let leastHolders = Number.POSITIVE_INFINITY;
    for (const { session } of this.#machines) {
      const { store, state, device } = session;
      hashes.add(await session.stateHash());
      for (const { code } of state.flags) flags.add(code);
      const ids = new Set<string>();
      const lastOwn = `${device.device}:${store.counter(device.device)}`;
      let holders = 0;
      const records = store.rows.map((row) => row.id);
      for (let at = 0; at < records.length; at += 500) {
        for (const changes of await store.changesOf(records.slice(at, at + 500))) {
          for (const change of changes) {
            ids.add(change.id);
            if (change.id !== lastOwn) continue;
            const kept = keptOf(state, device.device, [change]);
            if (kept.state === 'held') holders = kept.devices;
          }
        }
      }
      leastChanges = Math.min(leastChanges, ids.size);
      leastHolders = Math.min(leastHolders, holders);
    }
    return { hashes: [...hashes], leastChanges, flags: [...flags], leastHolders };
  }
}

function changesOf({ session }: Machine): number {
  let sum = 0;
  for (const device of session.state.membership?.roster.devices.keys() ?? [])
    sum += session.store.counter(device);
  return sum;
}

function counted(target: OpenTarget, calls: Calls): OpenTarget {
  let packs = 0;
  return {
    list(folder) {
      calls.list += 1;
      return target.list(folder);
    },
    async get(path, options) {
      calls.get += 1;
      if (!path.endsWith('.bkp')) return target.get(path, options);
      packs += 1;
      calls.packsAtOnce = Math.max(calls.packsAtOnce, packs);
      return target.get(path, options).finally(() => {
        packs -= 1;
      });
    },
    put(path, bytes) {
      calls.put += 1;
      return target.put(path, bytes);
    },
    close: () => target.close(),
  };
}
