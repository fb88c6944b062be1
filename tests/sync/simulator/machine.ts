import { fromUtf8, utf8 } from '@/core/base/bytes.ts';
import { canonical, type Json } from '@/core/base/json.ts';
import type { Change } from '@/core/changes/change.ts';
import type { Cache } from '@/core/host/cache.ts';
import type { Host } from '@/core/host/host.ts';
import { type Device, newDevice } from '@/core/vault/device.ts';
import { deriveSealers, type Sealers } from '@/core/vault/envelope.ts';
import { openSession } from '@/core/workspace/open-session.ts';
import { readSeeds } from '@/core/workspace/reference-data.ts';
import type { Session } from '@/core/workspace/session.ts';
import { TeamRoom } from '@/core/workspace/team-room.ts';
import { MemoryCache } from '../../support/memory-cache.ts';
import { type MemoryHost, memoryHost, PowerCut } from '../../support/memory-host.ts';
import { seedFiles } from '../../support/vault.ts';
import type { Chance } from './chance.ts';

const reference = readSeeds(seedFiles);
const LETTERS = [...'абвгдежзик'];
/** A list as long as the product's, of words that are quick to make. */
const WORDS = [
  Array.from({ length: 1296 }, (_, i) => [...String(i)].map((digit) => LETTERS[Number(digit)]).join('')),
];

/** One laptop: the product's own session over a disk and a cache in memory. The vault's key is given, not derived. */
export class Machine {
  readonly name: string;
  readonly vaultId: string;
  readonly keyBytes: Uint8Array<ArrayBuffer>;
  readonly clock: { time: number; now(): number };
  host: MemoryHost;
  cache: MemoryCache;
  /** Ends with the program: whatever still runs of an ended one reaches nothing. */
  #life: { on: boolean } = { on: false };
  #session: Session | null = null;
  #team: TeamRoom | null = null;
  readonly #chance: Chance;
  /** Changes whose writing was acknowledged on this machine. */
  readonly acknowledged = new Map<string, Change>();
  stolen = false;

  constructor(name: string, chance: Chance, from?: Machine) {
    this.name = name;
    this.#chance = chance;
    const time = from?.clock.time ?? Date.UTC(2021, 3, 12, 8);
    this.clock = {
      time,
      now() {
        return this.time;
      },
    };
    this.vaultId = from?.vaultId ?? name.padEnd(26, '0');
    this.keyBytes = from?.keyBytes ?? chance.bytes(32);
    this.host = from === undefined ? memoryHost() : from.host.disk.clone();
    this.cache = new MemoryCache();
    for (const [key, value] of from?.cache.entries ?? []) this.cache.entries.set(key, value);
  }

  get session(): Session {
    if (this.#session === null) throw new Error(`${this.name} is off.`);
    return this.#session;
  }

  get team(): TeamRoom {
    if (this.#team === null) throw new Error(`${this.name} is off.`);
    return this.#team;
  }

  get on(): boolean {
    return this.#session !== null;
  }

  /** Throws when the program that asks has ended. */
  alive(life = this.#life): void {
    if (!life.on) throw new PowerCut('The program has ended.');
  }

  get life(): { on: boolean } {
    return this.#life;
  }

  /** The power goes, now. */
  crash(): void {
    this.#life.on = false;
    this.#session = null;
    this.#team = null;
  }

  async start(): Promise<void> {
    this.host.disk.restart();
    const life = { on: true };
    this.#life = life;
    const sealers = await deriveSealers(this.keyBytes.slice(), this.#chance);
    const { device } = await this.#device(sealers);
    const host = mortal<Host>(this.host, life);
    const { session } = await openSession(
      {
        host,
        cache: mortal<Cache>(this.cache, life),
        clock: this.clock,
        random: this.#chance,
        reference,
        space: { demand: async () => undefined },
        emit: () => undefined,
      },
      {
        vaultId: this.vaultId,
        sealers,
        device,
        keepDevice: async (next) => {
          this.alive(life);
          await this.#writeDevice(next);
        },
      },
      () => undefined,
    );
    this.#session = session;
    this.#team = new TeamRoom({
      session,
      files: host.files,
      words: async () => WORDS,
      demo: false,
    });
  }

  async #device(sealers: Sealers): Promise<{ device: Device; sealers: Sealers }> {
    const bytes = this.host.disk.files.get('device.bkv');
    if (bytes !== undefined) return { device: JSON.parse(fromUtf8(bytes)) as Device, sealers };
    const device = await newDevice({ name: this.name, idleMinutes: 10 }, this.#chance);
    await this.#writeDevice(device);
    return { device, sealers };
  }

  async #writeDevice(device: Device): Promise<void> {
    await this.host.files.replace('device.bkv', utf8(canonical(device as unknown as Json)));
  }

  /** Notes what a write that was acknowledged has made. */
  async acknowledge(record: string, from: number): Promise<void> {
    const { device } = this.session.device;
    for (const change of await this.session.store.changes(record)) {
      const [by, counter] = change.id.split(':');
      if (by === device && Number(counter) > from) this.acknowledged.set(textOf(change), change);
    }
  }
}

export const textOf = (change: Change): string => canonical(change as unknown as Json);

/** Everything of a host or cache, until the program that holds it ends. */
function mortal<T extends object>(thing: T, life: { readonly on: boolean }): T {
  return new Proxy(thing, {
    get(target, name) {
      const member = Reflect.get(target, name, target) as unknown;
      if (typeof member === 'function') {
        return async (...args: unknown[]) => {
          if (!life.on) throw new PowerCut('The program has ended.');
          const answer: unknown = await (member as (...args: unknown[]) => unknown).apply(target, args);
          if (!life.on) throw new PowerCut('The program has ended.');
          return answer;
        };
      }
      return typeof member === 'object' && member !== null ? mortal(member, life) : member;
    },
  });
}
